"""The questions about tasks, and the one thing we write; the back end's own words stand beside it.

A back end is a handful of functions (`BackEnd`); which one a connection has, its parameters say.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any
from uuid import UUID

from django.utils import timezone

from portal.municipalities.bsn import BSN

from ..caller import Caller
from ..errors import NoPerson, NotAccepted, NotThere, RegisterUnavailable
from . import objecten, open_vtb
from .records import State, Task
from .visible import is_shown

NONSENSE = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What reading a record raises that is JSON, but not what the API promises."""
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BackEnd:
    """What a back end can do, each as one function."""

    find: Callable[[Caller, BSN, bool], Awaitable[Sequence[Record]]]
    """A person's tasks as the register's own filter finds them; perhaps only those that are open."""
    one: Callable[[Caller, UUID], Awaitable[Record]]
    read: Callable[[Record], Task]
    finish: Callable[[Caller, Task, Record], Awaitable[Record]]
    """Write that a form was filled in, and with what."""
    sent: Callable[[Record], Record]
    """What a record says was filled in."""
    form: Callable[[Caller, str], Awaitable[Record]] | None = None
    """The form at an address of the register; None where a form is always in its task."""


BACK_ENDS: Mapping[str, BackEnd] = {
    "objecten": BackEnd(
        objecten.find, objecten.one, objecten.read, objecten.finish, objecten.sent, objecten.form
    ),
    "open-vtb": BackEnd(open_vtb.find, open_vtb.one, open_vtb.read, open_vtb.finish, open_vtb.sent),
}


@dataclass(frozen=True, slots=True)
class Several:
    """A resident's own tasks."""

    tasks: Sequence[Task]
    unread: int
    """Records that could not be read; never silently left out."""


class Outcome(Enum):
    """What became of a form that was sent."""

    SENT = auto()
    ALREADY = auto()
    """The task is not open any more: another tab or the municipality was first. Nothing was written."""
    NOT_THERE = auto()
    """There is no such task, or it is not this resident's."""
    NOT_ACCEPTED = auto()
    """The register finds fault with what was filled in."""


async def tasks(register: Caller, bsn: BSN, *, only_open: bool = False) -> Several:
    """The resident's own tasks, in no order. One call for each hundred.

    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    _person(bsn)
    back_end, today = back_end_of(register), timezone.localdate()
    found, unread = [], 0
    for record in await back_end.find(register, bsn, only_open):
        try:
            task = back_end.read(record)
        except NONSENSE:
            unread += 1
            continue
        if is_shown(task, bsn, today) and (task.state is State.OPEN or not only_open):
            found.append(task)
    if unread and not found:
        raise RegisterUnavailable("no record that can be read")
    return Several(found, unread)


async def task(register: Caller, bsn: BSN, id: UUID) -> Task | None:
    """One task; None when it is not there, and just so when it is not this resident's. One call.

    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    _person(bsn)
    back_end = back_end_of(register)
    try:
        found = back_end.read(await back_end.one(register, id))
    except NotThere:
        # One that says so of everything is broken: it must have a list of tasks at all.
        await back_end.find(register, bsn, True)
        return None
    if found.id != id:
        raise RegisterUnavailable("another task than asked")
    return found if is_shown(found, bsn, timezone.localdate()) else None


async def definition(register: Caller, task: Task) -> Record | None:
    """The form of a task: in it, named in the connection, or kept by the register; None where it is in none.

    An address that is not below the register's own is never followed. At most one call.
    """
    asked = task.form
    if asked is None or asked.definition is not None:
        return asked.definition if asked else None
    if asked.named:
        named = register.connection.parameters.get("forms") or {}
        return named.get(asked.named) if isinstance(named, dict) else None
    kept = back_end_of(register).form
    try:
        return await kept(register, asked.address) if kept and asked.address else None
    except (RegisterUnavailable, *NONSENSE):
        return None


async def send_form(register: Caller, bsn: BSN, id: UUID, answers: Record) -> Outcome:
    """Write what was filled in, if the task is still open: it is read again first, since two tabs can race.

    Two calls. Raises NoPerson, RegisterUnavailable, RegisterRefused. After RegisterTooSlow it may be written.
    """
    now = await task(register, bsn, id)
    if now is None or now.form is None:
        return Outcome.NOT_THERE
    if now.state is not State.OPEN:
        return Outcome.ALREADY
    back_end = back_end_of(register)
    try:
        written = await back_end.finish(register, now, answers)
    except NotAccepted:
        return Outcome.NOT_ACCEPTED
    kept = back_end.read(written)
    if kept.id != id or kept.state is State.OPEN or back_end.sent(written) != answers:
        raise RegisterUnavailable("keeps something else than was sent")
    return Outcome.SENT


def back_end_of(register: Caller) -> BackEnd:
    """Of this connection. Raises LookupError for one that is not known."""
    return BACK_ENDS[str(register.connection.parameters["back_end"])]


def _person(bsn: BSN) -> None:
    """An empty filter would give everybody's. Raises NoPerson."""
    if not isinstance(bsn, BSN):
        raise NoPerson
