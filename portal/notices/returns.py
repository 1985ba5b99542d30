"""Mail that comes back: each notice has a return address of its own, so a bounce says which it was.

A bounce is a delivery status notification (RFC 3464). Only "failed" counts: a delay does not, nor an
automatic answer.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.municipalities.acting import acting_for, current_municipality
from portal.municipalities.models import Municipality

from .letters import queue
from .models import Notice, State

_others: list[Callable[["Bounce"], bool]] = []
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Bounce:
    """One notice that did not arrive."""

    municipality: str
    """Its gemeentecode."""
    notice: UUID
    status: str
    """As RFC 3463 has it, such as 5.1.1; empty when the mail server did not say."""


def also_comes_back(known: Callable[[Bounce], bool]) -> None:
    """Register who else sends from return addresses; says whether a bounce was theirs, and notes it."""
    if known not in _others:
        _others.append(known)


def return_address(notice: UUID | None) -> str:
    """Where a notice of the municipality in force comes back to; without one, the address it is from."""
    local, _at, host = settings.NOTICES_ADDRESS.partition("@")
    return f"{local}+{current_municipality().code}.{notice.hex}@{host}" if notice else f"{local}@{host}"


def domain() -> str:
    """The part after the @."""
    return str(settings.NOTICES_ADDRESS.partition("@")[2])


def bounce_of(mail: Message) -> Bounce | None:
    """What a mail in the bounce inbox says did not arrive; None when it says nothing of the kind."""
    status = _failed(mail)
    ours = _ours().search(_addressed_to(mail))
    if status is None or ours is None:
        return None
    return Bounce(ours["code"], UUID(ours["notice"]), status)


def record(bounce: Bounce) -> bool:
    """Note it, and send a letter in its place; False when that was known, or it is no notice of ours."""
    municipality = Municipality.objects.filter(code=bounce.municipality, keys_destroyed=None).first()
    if municipality is None:
        return False
    with acting_for(municipality), transaction.atomic():
        row = Notice.objects.select_for_update().filter(id=bounce.notice, state=State.SENT).first()
        if row is None:
            return any(known(bounce) for known in _others)
        row.state, row.came_back, row.why = State.BOUNCED, timezone.now(), bounce.status
        row.save(update_fields=["state", "came_back", "why"])
        queue(row)
    return True


def _ours() -> re.Pattern[str]:
    local, _at, host = settings.NOTICES_ADDRESS.partition("@")
    pattern = rf"{re.escape(local)}\+(?P<code>\d{{4}})\.(?P<notice>[0-9a-f]{{32}})@{re.escape(host)}"
    return re.compile(pattern, re.IGNORECASE)


def _addressed_to(mail: Message) -> str:
    names = ("Delivered-To", "X-Original-To", "To")
    return " ".join(str(one) for name in names for one in mail.get_all(name, []))


def _failed(mail: Message) -> str | None:
    """The status of the first recipient that failed; None when nobody did."""
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == "failed":
                found = STATUS.search(str(block.get("Status", "")))
                return found[1] if found else ""
    return None
