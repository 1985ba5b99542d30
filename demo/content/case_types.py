"""The ten kinds of cases of the demo, in a resident's words.

A step is a short name, then what the resident does or can expect. Results fit in the 30 characters of
Catalogi 1.3.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class CaseType:
    """A kind of case, with what a resident reads at each step."""

    key: str
    title: str
    steps: Sequence[str]
    results: Sequence[str]
    term: str
    """Legal term, ISO 8601 in days; empty when the law has none."""
    promise: str
    """Service promise, ISO 8601 in days."""
    team: str
    external: bool = True
    begins: str = "aanvragen"
    """What who begins it does: "aanvragen", "indienen" or "melden"."""

    @property
    def catalogued_term(self) -> str:
        """What its catalogue says is the term: it cannot be left out, so without a law it is our promise."""
        return self.term or self.promise


MOVING = CaseType(
    "verhuizing", "Verhuizing doorgeven",
    (
        "Wij hebben uw verhuizing ontvangen. U hoeft nu niets te doen.",
        "Wij controleren het adres. Soms bellen wij u.",
        "Uw nieuwe adres staat in de BRP.",
    ),
    ("Verwerkt", "Niet verwerkt, adres onjuist"), "P28D", "P2D", "Team Burgerzaken",
)  # fmt: skip
DORMER = CaseType(
    "dakkapel", "Omgevingsvergunning dakkapel",
    (
        "Aanvraag ontvangen.",
        "Wij kijken of alles erbij zit. U krijgt bericht als er iets mist.",
        "Wij beoordelen uw plan. Wij bellen als iets niet past.",
        "Wij nemen een besluit.",
        "Besluit verstuurd. Bent u het er niet mee eens? Maak dan binnen zes weken bezwaar.",
    ),
    ("Vergunning gegeven", "Gegeven, met voorwaarden", "Vergunning geweigerd"),
    "P56D", "P42D", "Team Vergunningen",
)  # fmt: skip
HOME_HELP = CaseType(
    "hulp-thuis", "Hulp thuis",
    (
        "Uw vraag is binnen. Een vaste contactpersoon belt u.",
        "Gesprek gepland. Neem iemand mee. Cliëntondersteuning is gratis.",
        "Verslag klaar. Lees het. Klopt er iets niet? Laat het ons weten.",
        "Wij beslissen.",
        "Besluit verstuurd. Bent u het er niet mee eens? Maak dan binnen zes weken bezwaar.",
    ),
    ("Hulp toegekend", "Hulp voor een deel toegekend", "Hulp afgewezen"),
    "P56D", "P42D", "Dorpenteam Veldrecht",
)  # fmt: skip
BENEFIT = CaseType(
    "bijstand", "Bijstandsuitkering",
    (
        "Aanvraag ontvangen.",
        "Wij halen op wat wij al weten. U hoeft dit niet te sturen.",
        "Wij missen nog iets. Stuur het op tijd, dan kunnen wij verder.",
        "Voorschot betaald.",
        "Wij beslissen.",
        "Besluit verstuurd. Bent u het er niet mee eens? Maak dan binnen zes weken bezwaar.",
    ),
    ("Uitkering toegekend", "Uitkering afgewezen", "Ingetrokken door u"), "P56D", "P42D", "Team Inkomen",
)  # fmt: skip
SPECIAL = CaseType(
    "bijzondere-bijstand", "Bijzondere bijstand",
    (
        "Aanvraag ontvangen.",
        "Wij bekijken uw kosten.",
        "Wij beslissen.",
        "Besluit verstuurd. Wij betalen binnen vijf werkdagen.",
    ),
    ("Toegekend", "Voor een deel toegekend", "Afgewezen"), "P56D", "P28D", "Team Inkomen",
)  # fmt: skip
REMISSION = CaseType(
    "kwijtschelding", "Kwijtschelding gemeentelijke belasting",
    (
        "Aanvraag ontvangen. U hoeft nu niet te betalen.",
        "Wij kijken naar inkomen en vermogen.",
        "Besluit verstuurd. Bent u het er niet mee eens? Maak dan bezwaar.",
    ),
    ("Alles kwijt", "Een deel kwijt", "Niet kwijt"), "P56D", "P42D", "Team Belastingen",
)  # fmt: skip
PARKING = CaseType(
    "parkeren", "Parkeervergunning bewoners",
    (
        "Aanvraag ontvangen.",
        "U staat op de wachtlijst.",
        "Wij wachten op uw betaling.",
        "Vergunning actief.",
    ),
    ("Vergunning actief", "Afgewezen", "Van wachtlijst gehaald door u"), "P56D", "P14D", "Team Parkeren",
)  # fmt: skip
REPORT = CaseType(
    "melding", "Melding openbare ruimte",
    ("Melding ontvangen.", "Het werk is ingepland.", "Opgelost. Klopt dat? Laat het ons weten."),
    ("Opgelost", "Niet van ons, doorgegeven"), "", "P7D", "Team Buitenruimte", begins="melden",
)  # fmt: skip
OBJECTION = CaseType(
    "bezwaar", "Bezwaar",
    (
        "Bezwaar ontvangen.",
        "Wij bellen u. Misschien is het zo op te lossen.",
        "Hoorzitting. U mag iemand meenemen.",
        "Advies binnen.",
        "Besluit op bezwaar verstuurd. Bent u het er niet mee eens? Ga dan binnen zes weken in beroep.",
    ),
    ("Gegrond", "Deels gegrond", "Ongegrond", "Opgelost zonder besluit"),
    "P84D", "P42D", "Team Juridische Zaken", begins="indienen",
)  # fmt: skip
CORRECTION = CaseType(
    "verbetering", "Verbetering van gegevens in de BRP",
    (
        "Verzoek ontvangen.",
        "Wij zoeken het bewijs op. Soms vragen wij een kopie van een akte.",
        "Wij besluiten.",
        "Gegeven verbeterd. Wij vertellen het ook aan wie het gebruikt.",
    ),
    ("Verbeterd", "Niet verbeterd, met uitleg"), "P28D", "P28D", "Team Burgerzaken",
)  # fmt: skip
INTERNAL = CaseType(
    "adresonderzoek", "Adresonderzoek", ("Gestart.", "Afgerond."), ("Klaar",), "P28D", "P28D",
    "Team Burgerzaken", external=False,
)  # fmt: skip
"""Not one of the ten: a kind that no resident may ever see."""

CASE_TYPES = (
    MOVING, DORMER, HOME_HELP, BENEFIT, SPECIAL, REMISSION, PARKING, REPORT, OBJECTION, CORRECTION, INTERNAL,
)  # fmt: skip
