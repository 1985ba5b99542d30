"""The part on travel documents of the page of own data."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from ..earlier import Keeps
from ..gather import Question
from ..own_data import Group, Known, OwnData
from .client import documents
from .records import TravelDocument
from .visible import groups

KIND = "reisdocumenten"


def ask(reisdocumenten: Connection, bsn: BSN, _known: Known) -> Question:
    """The question for who signed in."""
    return Question(reisdocumenten, lambda caller: documents(caller, bsn))


def _groups(found: Sequence[TravelDocument]) -> Sequence[Group]:
    return groups(found, timezone.localdate())


def _fit(found: Sequence[TravelDocument]) -> Sequence[TravelDocument] | None:
    return found or None


PART = OwnData(
    kind=KIND,
    place=10,
    title=_("Reisdocumenten"),
    ask=ask,
    groups=_groups,
    empty=_("U heeft geen paspoort of identiteitskaart die in de BRP staat."),
    wrong=_("Klopt hier iets niet, of bent u iets kwijt? Bel ons, of kom langs met wat u heeft."),
    keeps=Keeps(KIND, Sequence[TravelDocument], _fit),
)
