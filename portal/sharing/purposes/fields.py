"""The parts of a purpose as an editor knows them: one list for form, checker and comparison."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .record import Ground

TEXTS = {
    "title": _("Naam van het doel"),
    "who": _("Wie vraagt het?"),
    "asked": _("Wat wilt u delen?"),
    "not_seen": _("Wat zien wij niet?"),
    "what_for": _("Waarvoor?"),
    "law": _("Wat zegt de wet?"),
    "how_long": _("Hoe lang?"),
    "on_no": _("Wat als u nee zegt?"),
    "other_way": _("Zo kan het zonder app"),
    "stopping": _("Stoppen kan altijd"),
    "stays": _("Dit blijft na het stoppen"),
    "kept": _("Hoe lang bewaren wij het?"),
    "disagree": _("Bent u het er niet mee eens?"),
    "contact": _("Contact"),
    "receivers": _("Wie krijgt het?"),
}
"""Texts that residents read, in the order of the screen."""

SETTINGS = {
    "ground": _("Op welke grond?"),
    "consumer": _("Welk systeem leest het?"),
    "attributes": _("Gegevens"),
    "case_types": _("Bij welke soorten zaken?"),
    "initiative": _("Wie begint erover?"),
    "goes_on": _("Bij nee gaat de dienst gewoon door"),
    "free_because": _("Waarom is de inwoner vrij?"),
    "bsn_law": _("Waarom mag het BSN?"),
    "dpia": _("Nummer van de DPIA"),
    "no_dpia": _("Waarom is een DPIA niet nodig?"),
    "english": _("Engels"),
    "valid_months": _("Geldig: aantal maanden"),
    "valid_days": _("Geldig: aantal dagen"),
    "valid_minutes": _("Geldig: aantal minuten"),
    "one_time": _("Eén keer lezen"),
    "explicit": _("Gevoelig: twee keer bevestigen"),
    "for_another": _("Ook namens een ander"),
    "personal": _("De app bewijst ook wie het is"),
    "wallet": _("Kan met de app"),
    "substantial": _("De verandering is groot"),
    "proof_years": _("Jaren dat het bewijs van de keuze blijft"),
    "max_age_days": _("Hoe oud mag het bewijs uit de app zijn? (dagen)"),
    "team": _("Naam van het team"),
}

CHOICES: Mapping[str, Mapping[str, str | Promise]] = {
    "ground": {
        Ground.CONSENT.value: _("Toestemming (AVG, artikel 6 lid 1 onder a)"),
        Ground.LAW_ASKS_YES.value: _("Een wet die een ja vraagt"),
        Ground.LAW.value: _("Een wet: er is geen ja of nee"),
    },
    "initiative": {"resident": _("De inwoner"), "municipality": _("De gemeente")},
    "english": {
        "wish": _("Liefst vertaald"),
        "must": _("Moet vertaald zijn"),
        "no": _("Niet nodig"),
    },
    "typed": {"email": _("E-mailadres"), "mobile": _("Mobiel nummer")},
}
"""What an editor reads for a code."""

LABELS: Mapping[str, object] = {**TEXTS, **SETTINGS}

_ALWAYS = ("title", "who", "asked", "what_for", "law", "kept", "contact")
_WITH_A_YES = (*_ALWAYS, "how_long", "on_no", "stopping", "stays")
NEEDED: Mapping[str, tuple[str, ...]] = {
    Ground.CONSENT: _WITH_A_YES,
    Ground.LAW_ASKS_YES: _WITH_A_YES,
    Ground.LAW: (*_ALWAYS, "disagree"),
}
"""What no screen of that ground can do without."""

LANGUAGES = {"nl": _("Nederlands"), "en": _("Engels")}


def label_of(field: str) -> str:
    """What an editor calls a field such as "nl.on_no" or "attributes.mobile"."""
    first, _dot, rest = field.partition(".")
    if first in LANGUAGES and rest:
        name = str(LABELS.get(rest.partition(".")[0], rest))
        return name if first == "nl" else f"{name} ({LANGUAGES[first]})"
    name = str(LABELS.get(first, first))
    return f"{name}: {rest}" if rest else name
