"""Wrong codes: five within an hour lock the employee who typed them, and sound the alarm."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from portal.municipalities.acting import current_municipality

from .models import Employee, Lock

WRONG_CODES = 5
LOCKED_FOR = timedelta(hours=1)
"""Also how long a wrong code counts. A right one in between takes none away: who guesses may know one."""
log = logging.getLogger(__name__)


class Locked(Exception):
    """This employee may type no codes now."""


def lock_of(employee: Employee, at: datetime) -> Lock | None:
    """The lock that holds now."""
    return Lock.objects.filter(employee=employee, lifted=None, at__gt=at - LOCKED_FOR).order_by("-at").first()


def count_wrong_code(employee: Employee, at: datetime) -> bool:
    """Count one, on a locked row; True when this one locks the employee."""
    if employee.wrong_since is None or at >= employee.wrong_since + LOCKED_FOR:
        employee.wrong_codes, employee.wrong_since = 0, at
    employee.wrong_codes += 1
    locks = employee.wrong_codes >= WRONG_CODES
    if locks:
        Lock.objects.create(municipality=current_municipality(), employee=employee, at=at)
        employee.wrong_codes, employee.wrong_since = 0, None
        log.error("alarm: an employee typed %s wrong codes, and is locked: %s", WRONG_CODES, employee.id)
    employee.save(update_fields=["wrong_codes", "wrong_since"])
    return locks


def locks() -> list[Lock]:
    """All locks of the last month, newest first, for officers."""
    since = timezone.now() - timedelta(days=31)
    return list(Lock.objects.filter(at__gt=since).select_related("employee").order_by("-at"))


def holds(lock: Lock, at: datetime) -> bool:
    """Whether it still locks."""
    return lock.lifted is None and at < lock.at + LOCKED_FOR


def lift(lock: UUID, by: str, account: int) -> None:
    """An officer lets another employee go on; twice is once, and the own lock stays."""
    others = Lock.objects.filter(id=lock, lifted=None).exclude(employee__account=account)
    others.update(lifted=timezone.now(), lifted_by=by)
