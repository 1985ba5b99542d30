"""What a resident may see of messages, and what counts as reading one. Pure functions; any doubt means no."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from portal.municipalities.bsn import BSN

from .records import Attachment, Message

EARLIEST = datetime.min.replace(tzinfo=UTC)


def is_shown(message: Message, bsn: BSN, now: datetime) -> bool:
    """Whether this resident may see that message: it is to them, and its day has come."""
    return message.is_to(bsn) and (message.at is None or message.at <= now)


def newest_first(messages: Iterable[Message]) -> list[Message]:
    """In the order of a list; one without a date comes last."""
    return sorted(messages, key=lambda one: (one.at or EARLIEST, one.subject), reverse=True)


def attachment_of(message: Message, document: object) -> Attachment | None:
    """The attachment with that document's id, if this very message has it."""
    return next((one for one in message.attachments if one.document == document), None)


def is_being_read(headers: Mapping[str, str]) -> bool:
    """Whether somebody asked for the page to look at it, by the headers of the request.

    A browser may fetch a page ahead (prefetch, prerender, preview), or a script may; that is no reading. Such
    a request says so: `Sec-Purpose` and the older names, or `Sec-Fetch-Dest` that is no document.
    """
    told = {name.lower(): value.lower() for name, value in headers.items()}
    ahead = any(told.get(name) for name in ("sec-purpose", "purpose", "x-purpose", "x-moz"))
    return not ahead and told.get("sec-fetch-dest", "document") == "document" and "x-automatic" not in told
