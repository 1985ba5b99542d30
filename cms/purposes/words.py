"""What an editor or officer reads of a refusal or a finding."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.sharing.purposes.fields import LANGUAGES, label_of
from portal.sharing.purposes.finding import Finding, Weight
from portal.sharing.purposes.making import Refused


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with a place in the form to go to."""

    blocks: bool
    label: str
    anchor: str
    text: str


def findings_in_words(findings: Sequence[Finding]) -> list[Found]:
    """As the list above the form shows them."""
    return [
        Found(one.weight is Weight.ERROR, label_of(one.field), _anchor(one.field), one.text)
        for one in findings
    ]


def _anchor(field: str) -> str:
    first, _dot, rest = field.partition(".")
    if first in LANGUAGES and rest not in ("labels", "shown_as"):
        return f"id_{first}-{rest}"
    return "gegevens" if first in ("attributes", *LANGUAGES) else f"id_{first}"


def refused_in_words(why: str) -> str:
    """Why a step was not made, and what to do."""
    said = {
        Refused.ROLE: _("Dit mag u hier niet. Vraag de redacteur of de privacy-functionaris."),
        Refused.STATE: _("Dit kan nu niet: iemand anders was u voor. Kijk hoe het er nu voor staat."),
        Refused.OWN_TEXT: _("U schreef hier zelf aan mee. Iemand anders moet dit goedkeuren."),
        Refused.CHANGED: _("De tekst is intussen veranderd. Lees hem eerst opnieuw."),
        Refused.NOT_AS_APPROVED: _(
            "Na de goedkeuring zijn gegevens van de gemeente veranderd die in deze tekst staan. "
            "Lees bij “Wat nu?” wat u kunt doen."
        ),
        Refused.FINDINGS: _("Er zijn nog fouten. Los die eerst op; ze staan in de lijst."),
        Refused.NOT_FREE: _("Bevestig eerst dat de inwoner vrij is om nee te zeggen."),
        Refused.OPEN_DRAFT: _("Er is al een concept van dit doel. Ga daarmee verder."),
        "why": _("Schrijf in een paar woorden waarom."),
    }
    return said.get(why) or _("Dit kan niet.")
