"""What this session fetched earlier, to show with its age when a register gives no answer now.

Kept for the session only, under a key that is made of its cookie: when the session is over nobody can read
it, even before the row is gone. A secret address is never in it: of who keeps it secret, nothing is kept but
what the register of that secret says, without the address; and so it is while we do not know. What an
administrator changed of a connection counts at once: nothing from before is shown any more.
"""

import hashlib
import json
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from pydantic import TypeAdapter

from portal.accounts.sessions import Session, held_open
from portal.municipalities.acting import acting_for, current_municipality
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection
from portal.municipalities.worded import Worded

from .answers import Answer, Found, SwitchedOff
from .gather import Question, ask_each
from .models import KeptAnswer

if TYPE_CHECKING:
    from .sections import Answered

LARGEST = 200_000  # bytes of one answer; a longer one is not kept
ONE = "one:"
"""Begins the names of questions about one thing out of many: of those only the page's own is read."""
MOST_ONES = 20  # of them kept for a session, those fetched last
YOUNG = timedelta(minutes=1)  # not written anew before; pages that are looked at often write seldom
NONCE = 12  # bytes
CHOSEN = 16  # bytes before an answer, of what an administrator had chosen for its connection
NEEDED = Worded(
    lambda session, one: KeptAnswer.objects.filter(~Q(what__startswith=ONE) | Q(what=one), session=session),
    session=uuid4(),
    one="its own",
)
log = logging.getLogger(__name__)

Key: TypeAlias = tuple[UUID, str]
Asks: TypeAlias = Callable[[Connection, BSN], Question]


@dataclass(frozen=True, slots=True)
class Earlier(Found):
    """It gives no answer now; this is what it answered before, in this session."""

    at: datetime
    instead_of: Answer | None
    """What came of the question now; None where we were too busy to ask."""


@dataclass(frozen=True, slots=True)
class Keeps:
    """How a room lets the answers to one of its questions be kept."""

    what: str
    """Tells it from other questions to the same connection."""
    of: Any
    """The type of the answer's value; it is read back as this, or not at all."""
    fit: Callable[[Any], Any | None]
    """What of a value may be kept; None where nothing may, or there is nothing."""
    hides_home: Callable[[Any], bool] | None = None
    """Whether a value says that the resident's address is secret; in the room that knows it only."""


@dataclass(frozen=True, slots=True)
class Stale:
    """That a part of a page is from earlier, for its template."""

    title: str | Promise
    """What it is."""
    at: datetime
    """When the oldest of it was fetched."""


Fresh: TypeAlias = tuple[Keeps, Any, datetime, bytes]


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer as it was kept."""

    value: Any
    fetched: datetime
    chosen: bytes


_hiding: dict[str, Keeps] = {}


def home_is_hidden_by(keeps: Keeps) -> None:
    """Register the room that knows whether an address is secret; called when its app is ready."""
    _hiding[keeps.what] = keeps


def stale(title: str | Promise, answered: "Answered") -> Stale | None:
    """What is told above a part of a page; None where all of it is new."""
    moments = [answer.at for _connection, answer in answered if isinstance(answer, Earlier)]
    return Stale(title, min(moments)) if moments else None


class Memory:
    """What one session fetched, for one page: read before the first byte, written after the last."""

    def __init__(self, session: Session, one: str = "") -> None:
        """One query, in a transaction of the caller; `one` is the page's own question about one thing."""
        self._session, self._municipality = session, current_municipality()
        self._fresh: dict[Key, Fresh] = {}
        rows = NEEDED(session=session.id, one=one) if session.key else []
        self._kept = {(row.connection, row.what): row for row in rows}

    def settle(self, keeps: Keeps | None, answered: "Answered") -> "list[tuple[Connection, Answer | None]]":
        """Each answer, or in place of one that did not come what came earlier."""
        if keeps is None:
            return list(answered)
        return [(one, self._settled(keeps, one, answer)) for one, answer in answered]

    def note(self, keeps: Keeps, connection: Connection, value: Any) -> None:
        """This came now, and may be kept."""
        self._fresh[connection.id, keeps.what] = (keeps, value, timezone.now(), _chosen(connection))

    def earlier(self, keeps: Keeps, connection: Connection, instead_of: Answer | None) -> Earlier | None:
        """What came earlier; None where nothing did, it cannot be read, or the municipality chose since."""
        if isinstance(instead_of, SwitchedOff):
            return None  # the municipality does not show it now, so not from earlier either
        kept = self._read(keeps, connection.id)
        if kept is None or kept.chosen != _chosen(connection):
            return None
        return Earlier(kept.value, kept.fetched, instead_of)

    def write(self) -> None:
        """Keep what came; outside the view's transaction. A page never breaks on it. Harmless to repeat."""
        fresh, self._fresh = self._fresh, {}
        if not fresh or not self._session.key:
            return
        try:
            secret = self._home_is_secret(fresh)
            rows, gone = self._changes(fresh, secret)
            if not rows and not gone and not secret:
                return
            with acting_for(self._municipality), transaction.atomic():
                if held_open(self._session):
                    _replace(rows, gone)
                    _let_go(self._session.id, secret)
        except (DatabaseError, ValueError, TypeError) as fault:
            log.warning("answers not kept: %s", type(fault).__name__)

    def _read(self, keeps: Keeps, connection: UUID) -> "_Kept | None":
        row = self._kept.get((connection, keeps.what))
        if row is None or row.fetched <= timezone.now() - timedelta(minutes=settings.SESSION_MINUTES):
            return None
        try:
            plain = self._open(row)
            value = _type(keeps.of).validate_json(plain[CHOSEN:])
        except (InvalidTag, ValueError) as fault:  # of another version of ours, or another key
            log.warning("an earlier answer cannot be read: %s", type(fault).__name__)
            return None
        return _Kept(value, row.fetched, plain[:CHOSEN])

    def _settled(self, keeps: Keeps, connection: Connection, answer: Answer | None) -> Answer | None:
        if isinstance(answer, Found):
            self.note(keeps, connection, answer.value)
            return answer
        return self.earlier(keeps, connection, answer) or answer

    def _changes(
        self, fresh: Mapping[Key, Fresh], secret: bool | None
    ) -> tuple[list[KeptAnswer], list[UUID]]:
        """The rows to write, and the ids of those that must go."""
        rows: list[KeptAnswer] = []
        gone: dict[Key, UUID] = {}
        for key, (keeps, value, at, chosen) in fresh.items():
            kept = keeps.fit(value) if secret is False or keeps.hides_home else None
            if kept is None:
                gone |= {key: self._kept[key].id} if key in self._kept else {}
            elif secret or not self._is_young(key):
                rows += self._row(key, chosen + _type(keeps.of).dump_json(kept), at)
        return rows, list(gone.values())

    def _home_is_secret(self, fresh: Mapping[Key, Fresh]) -> bool | None:
        """Whether this resident's address is secret; None while that is not known."""
        if not _hiding:
            return False
        said = [keeps.hides_home(value) for keeps, value, *_ in fresh.values() if keeps.hides_home]
        for connection, what in self._kept:
            if not said and what in _hiding and (known := self._read(_hiding[what], connection)):
                said = [bool(hides(known.value)) if (hides := _hiding[what].hides_home) else True]
        return any(said) if said else None

    def _is_young(self, key: Key) -> bool:
        known = self._kept.get(key)
        return known is not None and known.fetched > timezone.now() - YOUNG

    def _row(self, key: Key, plain: bytes, at: datetime) -> Sequence[KeptAnswer]:
        if len(plain) > LARGEST:
            return []
        row = KeptAnswer(
            municipality=self._municipality,
            session=self._session.id,
            connection=key[0],
            what=key[1],
            fetched=at,
        )
        row.sealed = self._seal(row, plain)
        return [row]

    def _seal(self, row: KeptAnswer, plain: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + AESGCM(self._session.key).encrypt(nonce, plain, _bound_to(row))

    def _open(self, row: KeptAnswer) -> bytes:
        sealed = bytes(row.sealed)
        return AESGCM(self._session.key).decrypt(sealed[:NONCE], sealed[NONCE:], _bound_to(row))


def ask_or_recall(
    session: Session, registers: Callable[[], Sequence[Connection]], keeps: Keeps, ask: Asks
) -> "Answered":
    """Ask each register for a page, and take what came earlier for one that gives no answer now.

    No transaction is open while they are asked; `registers` is called in one.
    """
    with transaction.atomic():
        known, memory = registers(), Memory(session)
    answers = ask_each([ask(one, session.bsn) for one in known])
    answered = memory.settle(keeps, list(zip(known, answers, strict=True)))
    memory.write()
    return answered


def forget_session(session: UUID) -> None:
    """The session ended, and what it fetched with it."""
    KeptAnswer.objects.filter(session=session).delete()


def forget_over(at: datetime) -> None:
    """For the municipality in force, each turn of the worker: no session lasts longer."""
    KeptAnswer.objects.filter(fetched__lte=at - timedelta(minutes=settings.SESSION_MINUTES)).delete()


def _replace(rows: Sequence[KeptAnswer], gone: Sequence[UUID]) -> None:
    KeptAnswer.objects.filter(id__in=gone).delete()
    KeptAnswer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["municipality", "session", "connection", "what"],
        update_fields=["sealed", "fetched"],
    )


def _let_go(session: UUID, secret: bool | None) -> None:
    """What may not be kept of who keeps an address secret; and of many single things those of longest ago."""
    rows = KeptAnswer.objects.filter(session=session)
    if secret:
        rows.exclude(what__in=list(_hiding)).delete()
    old = rows.filter(what__startswith=ONE).order_by("-fetched").values_list("id", flat=True)[MOST_ONES:]
    KeptAnswer.objects.filter(id__in=list(old)).delete()


def _chosen(connection: Connection) -> bytes:
    """Stands for the address and parameters of a connection, such as which types of cases are shown."""
    chosen = json.dumps([connection.base_url, connection.parameters], sort_keys=True)
    return hashlib.sha256(chosen.encode()).digest()[:CHOSEN]


def _bound_to(row: KeptAnswer) -> bytes:
    """So that it opens in its own place only."""
    return f"{row.municipality_id}|{row.session}|{row.connection}|{row.what}".encode()


@cache
def _type(of: Any) -> TypeAdapter[Any]:
    return TypeAdapter(of)
