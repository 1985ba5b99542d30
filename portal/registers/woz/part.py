"""The part on the value of the house of the page of own data."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from ..caller import Caller
from ..earlier import Keeps
from ..errors import NoPerson
from ..gather import Question
from ..own_data import Home, Known, Needs, OwnData
from .client import objects
from .records import WozObject
from .visible import groups, owns_home

KIND = "woz"


def ask(woz: Connection, bsn: BSN, known: Known) -> Question:
    """The question for the house of who signed in; never sent without a house."""

    async def _ask(caller: Caller) -> Sequence[WozObject]:
        if known.home is None:
            raise NoPerson
        return await objects(caller, bsn, known.home)

    return Question(woz, _ask)


def ask_owns(woz: Connection, bsn: BSN, home: Home) -> Question:
    """The question whether who lives in a house owns it."""

    async def _ask(caller: Caller) -> bool | None:
        return owns_home(await objects(caller, bsn, home))

    return Question(woz, _ask)


def _fit(found: Sequence[WozObject]) -> Sequence[WozObject] | None:
    return found or None


PART = OwnData(
    kind=KIND,
    place=20,
    title=_("Waarde van uw woning (WOZ)"),
    ask=ask,
    groups=groups,
    empty=_("Op uw naam en adres staat geen WOZ-waarde. Die staat er wel als u eigenaar of huurder bent."),
    keeps=Keeps(KIND, Sequence[WozObject], _fit),
    needs=Needs.HOME,
    about=_("Met deze waarde berekenen wij onder meer de onroerendezaakbelasting (OZB)."),
    wrong=_(
        "Klopt de waarde niet? Maak dan op tijd bezwaar. Dat kan tot zes weken na de datum op uw "
        "WOZ-beschikking. Weet u niet hoe? Bel ons."
    ),
)
