"""Letting residents know that a case of theirs changed, once what was heard of is really there.

A change is heard of (`called.py`), collected for a while, and looked at by the worker: the case is asked
anew, by the same rules as its page. Who may see it, and chose to hear by mail, gets a notice without content.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from portal.accounts.residents import known_resident
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection, connections
from portal.municipalities.models import Municipality
from portal.municipalities.turns import doubling
from portal.notices.kinds import Kind
from portal.notices.telling import tell

from ..answers import Found
from ..gather import Question, ask_one
from ..reaching import chosen_mail
from .called import COLLECTED, News, What
from .decisions import Decision
from .marks import mark
from .models import HeardOf
from .news import Told, one_decision, what_is_news
from .records import id_in

LEASE = timedelta(minutes=2)
AT_ONCE = 10
"""Cases that one turn looks at; each takes a few calls and one for each resident."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
GIVEN_UP = timedelta(days=1)
"""What could not be looked at for so long is no news any more; it stands in Mijn."""
KEPT = timedelta(days=30)
"""Longer than Notificaties tries again, so that news is told once."""
log = logging.getLogger(__name__)


class NoAnswer(Exception):
    """A register gave no answer now."""


def look_at_changes(municipality: Municipality) -> int:
    """The worker's turn for one municipality; gives how many cases it was done with."""
    with acting_for(municipality):
        with transaction.atomic():
            systems = {one.id: one for one in connections("zaken")}
            cases = _take(timezone.now())
        told: set[UUID] = set()
        return sum(_look(systems.get(rows[0].connection), rows, told) for rows in cases)


def forget_old(at: datetime) -> None:
    """What was heard of a month ago."""
    old = HeardOf.objects.filter(heard__lt=at - KEPT).values_list("id", flat=True)[:500]
    HeardOf.objects.filter(id__in=list(old)).delete()


def _take(now: datetime) -> list[list[HeardOf]]:
    """What is due, under a lease; with each case all that was heard of it."""
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    waiting = Q(due__lte=now + COLLECTED)  # not a decision that is sent on a later day
    open_rows = HeardOf.objects.select_for_update(skip_locked=True).filter(free, waiting, done=None)
    due = open_rows.filter(due__lte=now).order_by("due")[:AT_ONCE]
    cases = {(one.connection, one.zaak, None if one.zaak else one.id) for one in due}
    found = []
    for connection, zaak, alone in cases:
        rows = list(open_rows.filter(connection=connection, zaak=zaak, **({"id": alone} if alone else {})))
        HeardOf.objects.filter(id__in=[one.id for one in rows]).update(
            leased_until=now + LEASE, attempts=F("attempts") + 1
        )
        found.append(rows)
    return found


def _look(system: Connection | None, rows: list[HeardOf], told: set[UUID]) -> bool:
    """One case, or a decision whose case is not known. Whoever was told in this turn is not told twice."""
    try:
        if system and rows[0].zaak is None:
            return _find_case(system, rows[0])
        news = _asked_anew(system, rows) if system else None
        known = _known(news.owners) if news else {}
        to_tell = _to_tell(known) if news and news.by_message else {}
    except NoAnswer:
        _later(rows)
        return False
    except Exception as fault:
        # Its text may hold data, so only its kind. It must not hold up the others.
        log.error("a change cannot be looked at: %s", type(fault).__name__)
        _later(rows)
        return False
    with transaction.atomic():
        if not list(_of(rows).select_for_update().filter(done=None).values_list("id")):
            return False  # our lease was over, and another worker told it
        for resident, address in to_tell.items():
            if resident not in told:
                tell(resident, Kind.CASE, address=address)
        if system and rows[0].zaak and news and news.beside_steps:
            mark(known, system.id, rows[0].zaak)
        _of(rows).update(done=timezone.now(), leased_until=None)
    told.update(to_tell)
    return True


def _find_case(system: Connection, row: HeardOf) -> bool:
    """Of which case a decision is, and from when that may be told; from then on it is as other news.

    One that has no day on which it is sent is forgotten: when it gets one we are called again.
    """
    answer = ask_one(Question(system, lambda caller: one_decision(caller, row.news)))
    if not isinstance(answer, Found):
        raise NoAnswer
    found: Decision | None = answer.value
    zaak = id_in(found.zaak) if found else None
    with transaction.atomic():
        if found is None or zaak is None or found.sent is None:
            _of([row]).delete()
            return True
        heard = max(row.heard, _start_of(found.sent))
        _of([row]).update(zaak=zaak, heard=heard, due=heard + COLLECTED, attempts=0, leased_until=None)
    return False


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _asked_anew(system: Connection, rows: list[HeardOf]) -> Told:
    zaak, news = rows[0].zaak, [News(What(one.what), one.news, one.zaak) for one in rows]
    assert zaak is not None
    answer = ask_one(Question(system, lambda caller: what_is_news(caller, zaak, news)))
    if not isinstance(answer, Found):
        raise NoAnswer
    told: Told = answer.value
    return told


def _known(owners: Sequence[BSN]) -> dict[UUID, BSN]:
    """Those who know Mijn."""
    with transaction.atomic():
        found = {known_resident(bsn): bsn for bsn in owners}
    return {resident: bsn for resident, bsn in found.items() if resident}


def _to_tell(known: Mapping[UUID, BSN]) -> dict[UUID, str]:
    """Residents with the address that they chose; empty where their yes to mail counts."""
    found: dict[UUID, str] = {}
    for resident, bsn in known.items():
        mail = chosen_mail(bsn)
        if not isinstance(mail, Found):
            raise NoAnswer
        if mail.value is not None:
            found[resident] = mail.value
    return found


def _later(rows: list[HeardOf]) -> None:
    now = timezone.now()
    wait = doubling(FIRST_WAIT, rows[0].attempts, LONGEST_WAIT)
    with transaction.atomic():
        _of(rows).filter(heard__lt=now - GIVEN_UP).update(done=now, leased_until=None)
        _of(rows).filter(done=None).update(due=now + wait, leased_until=None)


def _of(rows: list[HeardOf]) -> QuerySet[HeardOf]:
    return HeardOf.objects.filter(id__in=[one.id for one in rows])
