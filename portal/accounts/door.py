"""The door of Mijn: whom it lets in, and how long its word still counts once nobody can give it.

A register tells at each sign-in who may come in. While it gives no answer, whom it let in a short while ago
may come in all the same: cases, tasks and messages need not wait for it. A refusal always counts, and takes
the earlier word away.

What that costs: somebody who may no longer come in (placed under guardianship, moved, died) comes in during
an outage, if the register let them in at most `HOLDS` before; and enough questions at once can provoke an
outage. It is accepted: they prove who they are as ever, and see their own pages, as they could until then;
nobody turns younger; and what asks for somebody who decides alone (sharing) asks the register again first,
see `word_of_now`. Coming in on an earlier word never makes that word younger.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.municipalities.bsn import BSN

from . import sessions
from .models import Resident
from .provider import Identity
from .residents import known_resident
from .sessions import Session
from .standing import MAY_BE_REPRESENTED, MAY_REPRESENT, REFUSALS, Standing, standing_of

HOLDS = timedelta(days=30)
"""How long the register's word lets somebody in while it gives no answer. Long enough for who comes once a
month; short enough that what changed since, and nobody heard here, is little."""


@dataclass(frozen=True, slots=True)
class Word:
    """What the door says of one sign-in."""

    kept_out_by: str = ""
    """The name of the page for who may not come in; empty for who may."""
    is_earlier: bool = False
    """The register gives no answer now; it let this resident in a short while ago."""

    @property
    def opens(self) -> bool:
        return not self.kept_out_by


def ask(who: Identity) -> Word:
    """Whether somebody may come in. No transaction is open while the register is asked."""
    own = _asked(who.bsn)
    if who.represents:
        return Word(_kept_out_for_another(own, who.represents.bsn))
    if own is Standing.SILENT:
        with transaction.atomic():
            earlier = _was_let_in_lately(who.bsn)
        return Word(is_earlier=True) if earlier else Word(Standing.UNKNOWN)
    return Word("" if own is Standing.OK else own)


def go_in(word: Word, who: Identity, provider: UUID) -> str:
    """A session for who may come in; gives the value of its cookie."""
    assert word.opens
    known = (who.bsn, who.name, who.level, provider, who.sub, who.sid, who.represents)
    with transaction.atomic():
        session, token = sessions.begin(*known, on_earlier_word=word.is_earlier)
        if not word.is_earlier and not who.represents:
            let_in(session.subject)
    return token


def word_of_now(session: Session) -> Standing:
    """The register's word, for what only counts with that of now; it is asked if the session began without.

    Who is refused is signed out everywhere. No transaction is open while it is asked.
    """
    if not session.on_earlier_word:
        return Standing.OK
    standing = _asked(session.bsn)
    with transaction.atomic():
        if standing is Standing.OK:
            let_in(session.subject)
            sessions.has_word_of_now(session.id)
        elif standing in REFUSALS:
            sessions.end_all(session.actor)
    return standing


def let_in(resident: UUID) -> None:
    """The register let this resident in just now; nothing else of what it said is kept."""
    Resident.objects.filter(id=resident).update(let_in=timezone.now())


def heard(bsn: BSN, standing: Standing) -> None:
    """Whoever heard a refusal says so here, and no earlier word counts any more."""
    if standing in REFUSALS:
        with transaction.atomic():
            _of(bsn).update(let_in=None)


def forget_old() -> int:
    """Forget the words that no longer count, for the municipality in force; gives how many."""
    return Resident.objects.filter(let_in__lte=_no_longer()).update(let_in=None)


def _asked(bsn: BSN) -> Standing:
    standing = standing_of(bsn)
    heard(bsn, standing)
    return standing


def _kept_out_for_another(own: Standing, represented: BSN) -> str:
    """No earlier word counts for another's pages: that is not what the register said then."""
    if own not in MAY_REPRESENT:
        return Standing.UNKNOWN if own is Standing.SILENT else own
    theirs = _asked(represented)
    if theirs in (Standing.UNKNOWN, Standing.SILENT):
        return Standing.UNKNOWN
    return "" if theirs in MAY_BE_REPRESENTED else "of_another"


def _was_let_in_lately(bsn: BSN) -> bool:
    return _of(bsn).filter(let_in__gt=_no_longer()).exists()


def _of(bsn: BSN) -> QuerySet[Resident]:
    """The row of who has this BSN here; none where nobody is known."""
    resident = known_resident(bsn)
    return Resident.objects.filter(id=resident) if resident else Resident.objects.none()


def _no_longer() -> datetime:
    return timezone.now() - HOLDS
