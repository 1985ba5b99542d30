"""Who an employee is and for whom they work: asked anew at each request, so a lost role counts at once."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User

from portal.municipalities.acting import current_municipality
from portal.municipalities.models import Municipality

from .models import Employee, Team


@dataclass(frozen=True, slots=True)
class Worker:
    """An employee at work."""

    account: int
    name: str
    team: str
    municipality: Municipality
    may_record: bool
    may_oversee: bool


def worker_of(user: User | AnonymousUser) -> Worker | None:
    """The employee, or None for who has no team, or more than one: nobody works for two municipalities."""
    if not user.is_authenticated or not user.is_active:
        return None
    open_ones = Team.objects.filter(group__user=user.pk, municipality__closed=None)
    teams = list(open_ones.select_related("municipality")[:2])
    if len(teams) != 1:
        return None
    [team] = teams
    name = user.get_full_name() or user.get_username()
    return Worker(user.pk, name[:150], team.name, team.municipality, team.may_record, team.may_oversee)


def employee(worker: Worker, *, lock: bool = False) -> Employee:
    """The employee's row here, with name and team of today."""
    rows = Employee.objects.select_for_update() if lock else Employee.objects
    row, _made = rows.get_or_create(
        account=worker.account,
        defaults={
            "municipality": current_municipality(),
            "name": worker.name,
            "team": worker.team,
        },
    )
    if (row.name, row.team) != (worker.name, worker.team):
        row.name, row.team = worker.name, worker.team
        row.save(update_fields=["name", "team"])
    return row


def is_mine(worker: Worker, employee_id: UUID | None) -> bool:
    """Whether a piece of work is this employee's."""
    mine = Employee.objects.filter(account=worker.account)
    return employee_id is not None and mine.filter(id=employee_id).exists()
