"""What employees do, as residents read it beside their name; written by who oversees them."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Prefetch

from portal.municipalities.acting import current_municipality

from .models import Employee, Team

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works at this counter."""

    account: int
    name: str
    team: str
    function: str
    """Empty when nobody wrote it yet: then residents read name and team."""


def colleagues() -> list[Colleague]:
    """All of this municipality's teams, by team and name; also who never came in yet."""
    active = Prefetch("group__user_set", User.objects.filter(is_active=True), to_attr="at_work")
    teams = Team.objects.filter(municipality=current_municipality()).prefetch_related(active)
    known = dict(Employee.objects.values_list("account", "function"))
    people = [
        Colleague(user.pk, user.get_full_name() or user.get_username(), team.name, known.get(user.pk, ""))
        for team in teams
        for user in team.group.at_work  # type: ignore[attr-defined]  # prefetched
    ]
    return sorted(people, key=lambda one: (one.team, one.name))


def write(account: int, function: str) -> bool:
    """Keep what this colleague does; False for who works elsewhere or nowhere."""
    found = next((one for one in colleagues() if one.account == account), None)
    if found is None:
        return False
    kept = {"municipality": current_municipality(), "function": function}
    new = {**kept, "name": found.name[:150], "team": found.team}
    Employee.objects.update_or_create(account=account, defaults=kept, create_defaults=new)
    return True
