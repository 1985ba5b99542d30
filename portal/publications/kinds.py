"""Kinds of publications as people look for them; the source has some forty rubrics, and older names for them.

More than half of all is about building, a tenth other permits, a twentieth traffic; the rest is seldom.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """The value stands in addresses, so it stays."""

    BUILDING = "bouwen"
    PERMIT = "vergunning"
    TRAFFIC = "verkeer"
    PLAN = "plan"
    RULE = "regels"
    OTHER = "anders"


IN_WORDS: Mapping[Kind, str | Promise] = {
    Kind.BUILDING: _("Bouwen, slopen en kappen"),
    Kind.PERMIT: _("Andere vergunningen, zoals voor een evenement"),
    Kind.TRAFFIC: _("Verkeer en parkeren"),
    Kind.PLAN: _("Plannen voor een gebied"),
    Kind.RULE: _("Regels van de gemeente"),
    Kind.OTHER: _("Andere bekendmakingen"),
}
BY_WORD = (
    (Kind.TRAFFIC, ("verkeer",)),
    (
        Kind.PLAN,
        ("plan", "omgevingsdocument", "omgevingsvisie", "omgevingsverordening", "projectbesluit",
         "voorbereidingsbesluit", "hogere waarde"),
    ),
    (
        Kind.BUILDING,
        ("omgevingsvergunning", "omgevingsmelding", "bouw", "sloop", "kapvergunning", "aanlegvergunning",
         "monument", "milieu", "splits"),
    ),
    (Kind.PERMIT, ("vergunning", "ontheffing", "melding")),
    (
        Kind.RULE,
        ("verordening", "voorschrift", "beleidsregel", "algemene strekking", "mandaat", "reglement"),
    ),
)  # fmt: skip
"""The first that has a word of the rubric counts."""


def kind_of(rubric: str) -> Kind:
    """What a rubric of the source (OVERHEIDop.Rubriek) is to who looks for it."""
    said = rubric.casefold()
    return next((kind for kind, words in BY_WORD if any(word in said for word in words)), Kind.OTHER)
