"""How each of the ten kinds of cases goes, in the library's words; Mijn shows them at a resident's own case."""

from collections.abc import Sequence

from .case_types import CASE_TYPES, CaseType
from .described import STEPS
from .written import Written, contact

ALL = Written(
    "zo-gaat-uw-zaak",
    "Zo gaat uw zaak",
    "Heeft u iets aangevraagd of gemeld? Hier leest u welke stappen er komen, en hoe lang het duurt.",
    (contact("Liever horen hoe het staat? Bel ons"),),
    checked=12,
)

TIMES = {
    "verhuizing": ("Twee werkdagen.", ""),
    "dakkapel": ("Zes weken.", "Acht weken na uw aanvraag."),
    "hulp-thuis": ("Zes weken.", "Onderzoek binnen zes weken, en twee weken na uw aanvraag een besluit."),
    "bijstand": ("Zes weken.", "Acht weken na uw aanvraag. Een voorschot binnen vier weken."),
    "bijzondere-bijstand": ("Vier weken.", "Acht weken na uw aanvraag."),
    "kwijtschelding": ("Zes weken.", "Acht weken na uw aanvraag."),
    "parkeren": ("Drie werkdagen, als er plaats is.", "Acht weken na uw aanvraag."),
    "melding": ("Vijf werkdagen.", ""),
    "bezwaar": ("Zes weken.", "Zes weken. Met een commissie twaalf weken."),
    "verbetering": ("Vier weken.", "Vier weken na uw verzoek."),
}
"""What it usually takes, and what the law says at most."""

OBJECTING = (
    "<p>Maak bezwaar binnen zes weken na de dag waarop het besluit is verstuurd. Bel eerst: vaak is het zo op te lossen. "
    'Lees hoe het gaat bij <a href="page:bezwaar">bezwaar maken</a>.</p>'
)
APPEALING = (
    "<p>Ga binnen zes weken in beroep bij de rechtbank. In het besluit staat bij welke, en wat het kost.</p>"
)
NAMES: dict[str, Sequence[str]] = {
    "parkeren": (
        "Wij hebben uw aanvraag",
        "U staat op de wachtlijst",
        "Wij wachten op uw betaling",
        "Uw vergunning geldt",
    ),
    "kwijtschelding": ("Wij hebben uw aanvraag", "Wij kijken naar uw inkomen", "Ons besluit is verstuurd"),
}
"""Where the case system's own words are not those of a resident."""


def _page(kind: CaseType) -> Written:
    said = STEPS[kind.key]
    names = NAMES.get(kind.key) or [step.split(".", 1)[0] for step in kind.steps]
    usual, at_most = TIMES[kind.key]
    is_objection = kind.key == "bezwaar"
    return Written(
        f"zaak-{kind.key}",
        f"Zo gaat het: {kind.title[0].lower()}{kind.title[1:]}",
        "Dit zijn de stappen. In Mijn ziet u bij welke stap uw eigen zaak is.",
        (contact("Vragen over uw zaak? Bel ons"),),
        button=("Naar uw zaken in Mijn", "/mijn/zaken/"),
        checked=12,
        kind="CaseTypePage",
        below=ALL.slug,
        fields={
            "identification": kind.key,
            "steps": [
                ("step", {"name": name, "do": said[number][0], "expect": said[number][1]})
                for number, name in enumerate(names, 1)
            ],
            "promise": usual,
            "legal_term": at_most,
            "way": "beroep" if is_objection else "bezwaar",
            "objection": APPEALING if is_objection else "" if kind.key == "melding" else OBJECTING,
        },
    )


CASES = (ALL, *(_page(kind) for kind in CASE_TYPES if kind.external))
