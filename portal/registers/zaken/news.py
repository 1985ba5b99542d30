"""Whether what was heard of a case is news, and to whom: it is asked anew, by the same rules as its page."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from django.utils import timezone

from portal.municipalities.bsn import BSN

from ..caller import Caller
from ..case_types import CaseTypeChoice, choice_of
from ..documenten import connected as documents_are_connected
from ..documenten import document
from ..errors import NotThere
from ..zgw_token import headers
from . import lists
from .called import News, What
from .capabilities import capabilities_of
from .catalogue import statustypes, zaaktype
from .decisions import Decision, decision, decisions
from .decisions import connected as decisions_are_connected
from .documents import ids_added
from .outline import limit
from .records import Rol, Status, Zaak, id_in
from .visible import decision_is_told, document_is_news, may_be_shown, owners

AT_MOST = 10
"""Documents of one case that are asked about, until one is news."""


@dataclass(frozen=True, slots=True)
class Told:
    """What of the news of a case is news to its residents."""

    owners: Sequence[BSN]
    """Whose case it is; nobody where nothing is news."""
    by_message: bool
    """Whether they must hear of it; else it is only marked in Mijn."""
    beside_steps: bool
    """Whether a document or decision is among it, which the list of cases cannot know by itself."""


NOTHING = Told([], by_message=False, beside_steps=False)


async def what_is_news(zaken: Caller, zaak_id: UUID, news: Sequence[News]) -> Told:
    """To whom this is news, and which. Three calls or a few more, types remembered.

    Raises RegisterUnavailable, RegisterRefused.
    """
    try:
        zaak = Zaak.of(await zaken.get(f"zaken/{zaak_id}", headers(zaken)))
    except NotThere:
        return NOTHING
    kind = await zaaktype(zaken, zaak.zaaktype)
    choice = choice_of(zaken.connection.parameters, kind.key)
    if zaak.id != zaak_id or not may_be_shown(zaak, kind, limit(zaken), choice):
        return NOTHING
    ids = {what: frozenset(one.id for one in news if one.what is what) for what in RULES}
    found = {what for what, rule in RULES.items() if ids[what] and await rule(zaken, zaak, choice, ids[what])}
    if not found:
        return NOTHING
    rows = await lists.read(zaken, "rollen", {"zaak": zaak.url})
    return Told(
        owners(zaak, [Rol.of(one) for one in rows]),
        by_message=What.STATUS in found or _tells_all(zaken, choice),
        beside_steps=bool(found - {What.STATUS}),
    )


async def _status_is_news(zaken: Caller, zaak: Zaak, choice: CaseTypeChoice, ids: Collection[UUID]) -> bool:
    """Whether the case got to a step of which its resident must hear."""
    rows = await lists.read(zaken, "statussen", {"zaak": zaak.url})
    reached = {
        Status.of(one).statustype for one in rows if one["zaak"] == zaak.url and id_in(one["url"]) in ids
    }
    says = capabilities_of(zaken.connection.parameters).informs
    steps = await statustypes(zaken, zaak.zaaktype)
    return any((step.informs if says else choice.inform) for step in steps if step.url in reached)


async def _document_is_news(
    zaken: Caller, zaak: Zaak, _choice: CaseTypeChoice, ids: Collection[UUID]
) -> bool:
    if not documents_are_connected(zaken):
        return False
    for one in (await ids_added(zaken, zaak, ids))[:AT_MOST]:
        try:
            found = await document(zaken, one)
        except NotThere:
            continue
        if found.id == one and document_is_news(found, limit(zaken)):
            return True
    return False


async def _decision_is_news(
    zaken: Caller, zaak: Zaak, _choice: CaseTypeChoice, ids: Collection[UUID]
) -> bool:
    if not decisions_are_connected(zaken):
        return False
    today = timezone.localdate()
    found = [one for one in await decisions(zaken, zaak) if one.id in ids]
    return any(decision_is_told(one, zaak, today) for one in found)


def _tells_all(zaken: Caller, choice: CaseTypeChoice) -> bool:
    """No case system says of a document or decision whether one must hear; of steps some do, or one chose."""
    return capabilities_of(zaken.connection.parameters).informs or choice.inform


IsNews: TypeAlias = Callable[[Caller, Zaak, CaseTypeChoice, Collection[UUID]], Awaitable[bool]]
RULES: Mapping[What, IsNews] = {
    What.STATUS: _status_is_news,
    What.DECISION: _decision_is_news,
    What.DOCUMENT: _document_is_news,
}


async def one_decision(zaken: Caller, one: UUID) -> Decision | None:
    """A decision that was heard of; None where it is not there, or decisions are not connected.

    Raises RegisterUnavailable, RegisterRefused.
    """
    return await decision(zaken, one) if decisions_are_connected(zaken) else None
