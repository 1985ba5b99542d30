"""The kinds of notices: all that a notice says of what it is about."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """A resident says yes to these by name; what is not in the yes goes by post."""

    REQUEST = "request"
    GIVEN = "given"
    CHANGED = "changed"
    STOPPED = "stopped"
    EXPIRED = "expired"
    RECALLED = "recalled"
    REMINDER = "reminder"
    OVERVIEW = "overview"
    INSIGHT = "insight"
    ANSWER = "answer"
    CASE = "case"


IN_WORDS: Mapping[Kind, str | Promise] = {
    Kind.REQUEST: _("een vraag aan u"),
    Kind.GIVEN: _("een bewijs van uw ja"),
    Kind.CHANGED: _("een bewijs dat u iets wijzigde"),
    Kind.STOPPED: _("een bewijs dat er iets stopte"),
    Kind.EXPIRED: _("een bericht dat een tijd om is"),
    Kind.RECALLED: _("een bericht dat de gemeente zelf iets stopte"),
    Kind.REMINDER: _("een herinnering"),
    Kind.OVERVIEW: _("uw jaaroverzicht"),
    Kind.INSIGHT: _("een antwoord op uw verzoek om inzage"),
    Kind.ANSWER: _("een antwoord op uw vraag"),
    Kind.CASE: _("nieuws over uw zaak"),
}
"""As a resident reads them, after “Soort bericht:”."""
NOT_BY_POST = frozenset({Kind.CASE})
"""Who did not choose mail gets none of these: whatever a case decides, its own letter tells."""
