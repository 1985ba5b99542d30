"""What lies in the cases of the demo: letters, what residents sent, and decisions. Days count from T."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """One document in a case."""

    title: str
    day: int
    lines: Sequence[str]
    """Its paragraphs."""
    received: bool = False
    """It came in; the resident or somebody else sent it."""
    status: str = "definitief"
    confidentiality: str = "zaakvertrouwelijk"


@dataclass(frozen=True)
class Ruling:
    """A decision in a case."""

    number: str
    kind: str
    decided: int
    sent: int | None
    """None while it waits to be sent."""
    starts: int


HIDDEN = ("Nooit aan een inwoner getoond.",)
"""The text of what no resident may ever open."""

PAPERS: Mapping[str, Sequence[Paper]] = {
    "ZM-0411": (
        Paper(
            "Bevestiging van uw verhuizing", -40,
            ("Uw nieuwe adres staat in de Basisregistratie Personen (BRP).", "U hoeft niets meer te doen."),
        ),
    ),
    "ZM-0507": (
        Paper(
            "Aanvraag omgevingsvergunning dakkapel", -23,
            ("Ik vraag een vergunning voor een dakkapel aan de voorkant van mijn huis.",
             "De dakkapel wordt 2,40 meter breed en 1,50 meter hoog."), received=True,
        ),
        Paper("Tekening van de voorgevel", -23, ("Schaal 1 op 100. Links nu, rechts straks.",), True),
        Paper(
            "Ontvangstbevestiging", -20,
            ("Wij hebben uw aanvraag ontvangen, en alles zit erbij.",
             "U krijgt een besluit binnen acht weken na uw aanvraag."),
        ),
        Paper("Concept van het besluit", -2, HIDDEN, status="in_bewerking"),
        Paper("Advies van de adviseur", -3, HIDDEN, confidentiality="vertrouwelijk"),
    ),
    "ZM-0530": (
        Paper(
            "Betaalverzoek parkeervergunning", -2,
            ("Uw parkeervergunning kost € 48 per jaar.", "Betaal binnen acht dagen. Daarna gaat zij in."),
        ),
    ),
    "VR-0118": (
        Paper("Aanvraag bijstandsuitkering", -31, ("Ik stop met mijn bedrijf en vraag bijstand aan.",), True),
        Paper(
            "Wij missen uw jaarcijfers", -12,
            ("Stuur ons de cijfers van uw bedrijf over vorig jaar.",
             "Tot die dag tellen de dagen van onze termijn niet mee."),
        ),
    ),
    "VR-0007": (
        Paper("Bezwaarschrift", -290, ("Ik ben het niet eens met de WOZ-waarde van mijn huis.",), True),
        Paper("Besluit op uw bezwaar", -200, ("Uw bezwaar is ongegrond. De waarde blijft zoals zij is.",)),
    ),
    "VR-0103": (Paper("Verslag van ons gesprek", -4, ("Wij spraken over hulp bij het huishouden.",)),),
    "OS-0750": (Paper("Besluit kwijtschelding", -30, ("U hoeft de aanslag van dit jaar niet te betalen.",)),),
    "OS-0802": (
        Paper("Factuur van de wasmachine", -50, ("Wasmachine, geleverd en aangesloten: € 489.",), True),
        Paper(
            "Besluit bijzondere bijstand", -30,
            ("U krijgt € 300 voor een nieuwe wasmachine.", "Wij betalen binnen vijf werkdagen."),
        ),
    ),
    "OS-0655": (
        Paper("Wij hebben meer tijd nodig", -7, ("De commissie komt pas volgende maand bij elkaar.",)),
    ),
}  # fmt: skip

RULINGS: Mapping[str, Sequence[Ruling]] = {
    "ZM-0507": (Ruling("B-ZM-0507", "Besluit op aanvraag", -1, None, 7),),
    "VR-0007": (Ruling("B-VR-0007", "Besluit op bezwaar", -202, -200, -200),),
    "OS-0750": (Ruling("B-OS-0750", "Besluit op aanvraag", -31, -30, -30),),
    "OS-0802": (Ruling("B-OS-0802", "Besluit op aanvraag", -31, -30, -30),),
}
"""The first is not sent yet, so that nobody may see it."""
