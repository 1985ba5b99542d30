"""A resident's session: made at sign-in, found by its cookie, gone after idling, two hours or signing out."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.municipalities.acting import current_municipality
from portal.municipalities.bsn import BSN
from portal.municipalities.crypto import decrypt, encrypt

from .coming_for_another import came_for_another
from .endings import session_ended
from .level import Level
from .mandates import Reach, Represented
from .models import Resident, ResidentSession
from .residents import resident_of

__all__ = [
    "Level",
    "Session",
    "begin",
    "end",
    "end_all",
    "end_at_provider",
    "end_everyone",
    "find",
    "forget_old",
    "keep_alive",
    "resident_of",
]

TABLE = "accounts_residentsession"


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in, for as long as one request."""

    id: UUID
    actor: UUID
    subject: UUID
    level: Level
    name: str = field(repr=False)
    """Of the actor."""
    bsn: BSN
    """Of the subject: whose data is asked."""
    ends_at: datetime
    """Two hours after signing in, whatever happens."""
    idle_ends_at: datetime
    """Fifteen minutes after the last thing the resident did."""
    previous_visit: datetime | None = None
    """When this resident signed in before; what came later is new to them. None for who acts for another."""
    on_earlier_word: bool = False
    """The register at the door gave no answer; see `portal.accounts.door`."""
    key: bytes = field(default=b"", repr=False)
    """Made of the cookie, which only the browser has: once that is gone, nobody reads what is under it.

    Empty where there is no browser; then nothing may be kept.
    """
    mandate: Reach | None = None
    """By what the actor acts for the subject; None where they are the same."""
    subject_name: str = field(default="", repr=False)
    """Where it is another; empty where the provider does not tell."""

    @property
    def for_another(self) -> bool:
        """Whether somebody else is at the keys than whose data it is."""
        return self.actor != self.subject

    def reaches(self, needed: Reach) -> bool:
        """Whether this may be done here: everything for oneself, for another as far as the mandate goes."""
        return not self.for_another or self.mandate in (needed, Reach.SHARE)


def begin(
    bsn: BSN,
    name: str,
    level: Level,
    provider: UUID,
    sub: str,
    sid: str,
    represents: Represented | None = None,
    *,
    on_earlier_word: bool = False,
) -> tuple[Session, str]:
    """A new session and the value of its cookie; nothing of an earlier session goes along.

    The visit of who `represents` another is no visit of that other: to them nothing is less new.
    """
    actor, token, now = resident_of(bsn), secrets.token_urlsafe(32), timezone.now()
    subject = resident_of(represents.bsn) if represents else actor
    row = ResidentSession(
        id=uuid4(),
        municipality=current_municipality(),
        token_hash=hashed(token),
        actor=actor,
        subject=subject,
        mandate=represents.reach if represents else "",
        level=level,
        provider=provider,
        provider_subject=hashed(sub),
        provider_session=hashed(sid) if sid else "",
        created=now,
        last_active=now,
        previous_visit=None if represents else subject.visited,
        on_earlier_word=on_earlier_word,
    )
    whose = represents.bsn if represents else bsn
    row.bsn = encrypt(whose.reveal().encode(), table=TABLE, column="bsn", row=row.id)
    row.name = encrypt(name.encode(), table=TABLE, column="name", row=row.id)
    if represents:
        named = represents.name.encode()
        row.subject_name = encrypt(named, table=TABLE, column="subject_name", row=row.id)
    row.save(force_insert=True)
    if represents:
        came_for_another(subject.id)
    else:
        Resident.objects.filter(id=subject.id).update(visited=now)
    return _session(row, token), token


def find(token: str, *, activity: bool) -> Session | None:
    """The live session of a cookie, or None; `activity` starts the idle time anew.

    A session that is over ends for good when it is met.
    """
    now = timezone.now()
    rows = ResidentSession.objects.filter(token_hash=hashed(token))
    row = (_begun_anew(token, now) if activity else None) or rows.first()
    if row is None:
        return None
    if now >= min(_ends(row), _idle_ends(row)):
        end(row.id)
        return None
    return _session(row, token)


def keep_alive(session: Session) -> None:
    """The resident wants to stay."""
    _active(session.id, timezone.now())


def has_word_of_now(session: UUID) -> None:
    """The register at the door gave its word after all."""
    ResidentSession.objects.filter(id=session).update(on_earlier_word=False)


def held_open(session: Session) -> bool:
    """Whether it is still there; if so it does not end before the caller's transaction does."""
    rows = ResidentSession.objects.select_for_update(no_key=True).filter(id=session.id)
    return bool(list(rows.values_list("id")))


def end(session: UUID) -> None:
    """The cookie is nobody from now on."""
    _end(ResidentSession.objects.filter(id=session))


def end_all(actor: UUID) -> None:
    """End all sessions that somebody has here, on every device."""
    _end(ResidentSession.objects.filter(actor_id=actor))


def end_everyone() -> int:
    """End all sessions there are of the municipality in force; gives how many."""
    return _end(ResidentSession.objects.all())


def end_at_provider(provider: UUID, sub: str, sid: str) -> int:
    """The provider says that somebody signed out there; gives how many sessions ended."""
    rows = ResidentSession.objects.filter(provider=provider)
    if sid:
        rows = rows.filter(provider_session=hashed(sid))
    return _end(rows.filter(provider_subject=hashed(sub)) if sub else rows)


def forget_old() -> int:
    """End the sessions that are over, for the municipality in force; gives how many."""
    began, active = _over_since(timezone.now())
    return _end(ResidentSession.objects.filter(Q(created__lte=began) | Q(last_active__lte=active)))


def hashed(value: str) -> str:
    """SHA-256 of a random value, for looking it up without keeping it."""
    return hashlib.sha256(value.encode()).hexdigest()


def _end(rows: QuerySet[ResidentSession]) -> int:
    """Delete sessions, and let everyone who keeps something of a session let go of it."""
    ended = list(rows.values_list("id", flat=True))
    ResidentSession.objects.filter(id__in=ended).delete()
    for session in ended:
        session_ended(session)
    return len(ended)


ACTIVE = """UPDATE "accounts_residentsession" SET last_active = %(now)s
    WHERE token_hash = %(token)s AND created > %(began)s AND last_active > %(active)s
    RETURNING *
"""
"""Found and written in one statement, since every page asks it."""


def _begun_anew(token: str, now: datetime) -> ResidentSession | None:
    """The live session of a cookie, its idle time begun anew; None where there is none or it is over."""
    began, active = _over_since(now)
    given = {"token": hashed(token), "now": now, "began": began, "active": active}
    return next(iter(ResidentSession.objects.raw(ACTIVE, given)), None)


def _over_since(now: datetime) -> tuple[datetime, datetime]:
    """A session is over that began at the first or before, or whose resident was last there at the second."""
    return now - _whole(), now - _idle()


def _whole() -> timedelta:
    return timedelta(minutes=settings.SESSION_MINUTES)


def _idle() -> timedelta:
    return timedelta(minutes=settings.IDLE_MINUTES)


def _active(session: UUID, now: datetime) -> None:
    # An update, not a save: a session that another tab just ended stays ended.
    ResidentSession.objects.filter(id=session).update(last_active=now)


def _ends(row: ResidentSession) -> datetime:
    return row.created + _whole()


def _idle_ends(row: ResidentSession) -> datetime:
    return row.last_active + _idle()


def _key(row: ResidentSession, token: str) -> bytes:
    bound = f"{row.municipality_id}|session|{row.id}|{row.subject_id}".encode()
    return HKDF(SHA256(), 32, salt=None, info=bound).derive(token.encode())


def _session(row: ResidentSession, token: str) -> Session:
    level = Level(row.level)
    digits = _read(row, "bsn")
    return Session(
        id=row.id,
        actor=row.actor_id,
        subject=row.subject_id,
        level=level,
        name=_read(row, "name"),
        bsn=BSN(digits, proven=level),
        ends_at=_ends(row),
        idle_ends_at=min(_idle_ends(row), _ends(row)),
        previous_visit=row.previous_visit,
        on_earlier_word=row.on_earlier_word,
        key=_key(row, token),
        mandate=Reach(row.mandate) if row.mandate else None,
        subject_name=_read(row, "subject_name") if row.subject_name else "",
    )


def _read(row: ResidentSession, column: str) -> str:
    return decrypt(bytes(getattr(row, column)), table=TABLE, column=column, row=row.id).decode()
