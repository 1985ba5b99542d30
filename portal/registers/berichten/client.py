"""The questions to Berichten, and the one thing we write."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from portal.municipalities.bsn import BSN

from ..caller import Caller
from ..documenten import Document, connected, document, document_is_shown
from ..errors import NoPerson, NotThere, RegisterError, RegisterUnavailable
from ..paged import all_pages
from ..urns import urn_of
from .records import Message
from .visible import attachment_of, is_shown

NONSENSE = (LookupError, TypeError, ValueError, AttributeError)
"""What reading a record raises that is JSON, but not what the API promises."""
MARKING = 1.0  # seconds that a page waits for its being read to be written down
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Several:
    """Messages to a resident."""

    messages: Sequence[Message]
    unread: int
    """Records that could not be read; never silently left out."""


async def messages(register: Caller, bsn: BSN, *, only_new: bool = False) -> Several:
    """The messages to this resident, or those not opened yet, in no order. One call for each hundred.

    All of them, for a page too: the API knows no order in which a page of it would be the newest.
    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    _person(bsn)
    asked = {"ontvanger": urn_of(bsn), "pageSize": "100"}
    if only_new:
        asked["geopendOp__isnull"] = "true"

    async def page(number: int) -> Any:
        return await register.get("berichten", headers(register), {**asked, "page": str(number)})

    found, unread, now = [], 0, timezone.now()
    for record in await all_pages(page):
        try:
            message = Message.of(record)
        except NONSENSE:
            unread += 1
            continue
        if is_shown(message, bsn, now) and not (only_new and message.opened):
            found.append(message)
    if unread and not found:
        raise RegisterUnavailable("no record that can be read")
    return Several(found, unread)


async def message(register: Caller, bsn: BSN, id: UUID) -> Message | None:
    """One message; None when it is not there, and just so when it is not to this resident. One call.

    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    _person(bsn)
    try:
        found = Message.of(await register.get(f"berichten/{id}", headers(register)))
    except NotThere:
        # One that says so of everything is broken: it must have a list of messages at all.
        await messages(register, bsn, only_new=True)
        return None
    if found.id != id:
        raise RegisterUnavailable("another message than asked")
    return found if is_shown(found, bsn, timezone.now()) else None


async def read(register: Caller, bsn: BSN, id: UUID, at: datetime | None) -> Message | None:
    """One message to look at: `at` is the moment of that, None where nobody looks. Raises as `message`.

    The first time it is written down. When that fails, or takes long, the message is shown all the same and
    stays new: it is a help to its resident and nothing hangs on it.
    """
    found = await message(register, bsn, id)
    if found is not None and found.opened is None and at is not None:
        try:
            async with asyncio.timeout(MARKING):
                await register.write(
                    "PATCH", f"berichten/{id}", headers(register), {"geopendOp": at.isoformat()}
                )
        except (TimeoutError, RegisterError) as fault:
            log.warning("not marked as read: %s", type(fault).__name__)
    return found


async def own_attachment(register: Caller, bsn: BSN, id: UUID, one: UUID) -> tuple[Document, str] | None:
    """A document that goes with a message to this resident, and how its sender calls it; None for any other.

    Two calls. Raises as `message`.
    """
    found = await message(register, bsn, id)
    attached = attachment_of(found, one) if found else None
    if attached is None or not connected(register):
        return None
    try:
        told = await document(register, one)
    except NotThere:
        return None
    limit = str(register.connection.parameters.get("max_confidentiality", "openbaar"))
    return (told, attached.title) if told.id == one and document_is_shown(told, limit) else None


def headers(register: Caller) -> Mapping[str, str]:
    """Berichten knows a fixed token."""
    return {
        "Authorization": f"Token {register.connection.credentials['token']}",
        "Accept": "application/json",
    }


def _person(bsn: BSN) -> None:
    """An empty filter would give everybody's. Raises NoPerson."""
    if not isinstance(bsn, BSN):
        raise NoPerson
