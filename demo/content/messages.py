"""What the municipality of the demo wrote to its residents. Days count from T, the day of reset."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import residents as people
from .residents import Resident


@dataclass(frozen=True)
class MessageStory:
    """One message to one resident."""

    resident: Resident
    day: int
    subject: str
    """At most fifty characters."""
    text: str
    opened: int | None = None
    """The day on which it was first opened; None while it is new."""
    case: str = ""
    """The number of the case it is about."""
    papers: Sequence[str] = ()
    """Titles of papers of that case that go with it."""
    purpose: str = ""
    until: int | None = None


MESSAGES: Sequence[MessageStory] = (
    MessageStory(
        people.HELGA, -40, "Uw verhuizing is verwerkt",
        "Uw nieuwe adres staat in de Basisregistratie Personen (BRP). U hoeft niets meer te doen.\n\n"
        "Deze instanties krijgen uw nieuwe adres vanzelf:\n"
        "- de Belastingdienst\n- uw zorgverzekeraar\n- uw pensioenfonds\n\n"
        "Vertel het zelf aan uw bank, uw werkgever en de school van uw kinderen.",
        opened=-39, case="ZM-0411", papers=("Bevestiging van uw verhuizing",),
    ),
    MessageStory(
        people.HELGA, -20, "Uw aanvraag voor de dakkapel is compleet",
        "Wij hebben alles wat wij nodig hebben. Wij kijken nu of uw plan past in de regels van uw straat.\n\n"
        "**U hoeft nu niets te doen.** Hebben wij een vraag? Dan staat die in Mijn, bij Taken.",
        opened=-19, case="ZM-0507", papers=("Ontvangstbevestiging",),
    ),
    MessageStory(
        people.HELGA, -2, "Betaal uw parkeervergunning",
        "Uw parkeervergunning kost **€ 48 per jaar**. Zodra wij uw betaling hebben, gaat zij in.\n\n"
        "U betaalt in Mijn, bij Taken. Lukt dat niet? Bel ons. Wij zoeken samen een oplossing.",
        case="ZM-0530", purpose="betalen", until=6,
    ),
    MessageStory(
        people.HELGA, -1, "Wij hebben een vraag over uw dakkapel",
        "Op de tekening zien wij niet hoe hoog de dakkapel komt. Wilt u twee vragen beantwoorden?\n\n"
        "1. Ga in Mijn naar Taken.\n2. Beantwoord de twee vragen.\n\nDaarna beoordelen wij uw plan verder.",
        case="ZM-0507", purpose="informatie_geven", until=4,
    ),
    MessageStory(people.HELGA, 5, "Nooit aan een inwoner getoond: te vroeg", "Dit bericht is er nog niet."),
    MessageStory(
        people.AYSE, -299, "Uw adres blijft geheim",
        "U vroeg ons om uw adres geheim te houden. Dat doen wij vanaf vandaag.\n\n"
        "Wilt u zien wie uw gegevens gebruikte? Dat staat in Mijn.",
        opened=-298,
    ),
    MessageStory(
        people.KEES, -200, "Wij beslisten over uw bezwaar",
        "Uw bezwaar is ongegrond. De waarde van uw huis blijft zoals zij is. U leest waarom in de bijlage."
        "\n\nWilt u erover praten? Bel ons gerust.",
        opened=-199, case="VR-0007", papers=("Besluit op uw bezwaar",),
    ),
    MessageStory(
        people.KEES, -12, "Wij missen uw jaarcijfers",
        "Wij willen graag over uw uitkering beslissen. Daarvoor hebben wij de jaarcijfers van uw bedrijf "
        "nodig.\n\n"
        "U stuurt ze in Mijn, bij Taken. Heeft u meer tijd nodig? Bel ons.",
        opened=-11, case="VR-0118", papers=("Wij missen uw jaarcijfers",),
        purpose="informatie_geven", until=5,
    ),
    MessageStory(
        people.KEES, -3, "Uw voorschot is betaald",
        "Vandaag maakten wij uw voorschot over. U ziet het binnen twee werkdagen op uw rekening.\n\n"
        "Het voorschot gaat later van uw uitkering af. Krijgt u geen uitkering? Dan spreken wij met u af "
        "hoe u het terugbetaalt.",
        case="VR-0118",
    ),
    MessageStory(
        people.PETRI, -58, "Welkom in Veldrecht",
        "Fijn dat u in Veldrecht woont. Op [onze site](https://www.veldrecht.example/welkom) leest u wat u "
        "als nieuwe inwoner kunt regelen. Er is ook uitleg in het Engels.\n\nVragen? Kom langs of bel ons.",
    ),
    MessageStory(
        people.ABDELLAH, -30, "U hoeft de belasting niet te betalen",
        "Goed nieuws: u krijgt kwijtschelding. U hoeft de aanslag van dit jaar niet te betalen.\n\n"
        "In de bijlage staat het besluit.",
        opened=-28, case="OS-0750", papers=("Besluit kwijtschelding",),
    ),
    MessageStory(
        people.ABDELLAH, -30, "U krijgt geld voor een wasmachine",
        "U krijgt **€ 300** voor een nieuwe wasmachine. Wij betalen binnen vijf werkdagen.\n\n"
        "Bent u het er niet mee eens? In de bijlage staat wat u kunt doen.",
        opened=-28, case="OS-0802", papers=("Besluit bijzondere bijstand",),
    ),
    MessageStory(
        people.ABDELLAH, -1, "De lantaarn is gemaakt",
        "Onze monteur heeft de lantaarn in de Stroomweg gemaakt. Doet hij het weer?\n\n"
        "Laat het ons weten in Mijn, bij Taken.",
        case="OS-0901", purpose="reactie_ontvangen", until=9,
    ),
    MessageStory(
        people.TINA, -7, "Wij hebben meer tijd nodig",
        "De commissie komt pas volgende maand bij elkaar. Daarom duurt uw bezwaar vier weken langer.\n\n"
        "U hoeft niets te doen. Wilt u weten hoe het staat? Bel het team.",
        case="OS-0655", papers=("Wij hebben meer tijd nodig",),
    ),
)  # fmt: skip
