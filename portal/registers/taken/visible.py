"""What a resident may see of tasks, and where one pays. Pure functions; any doubt means no."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from portal.municipalities.bsn import BSN

from ..links import safe_link
from .records import State, Task


def is_shown(task: Task, bsn: BSN, today: date) -> bool:
    """Whether this resident may see that task: it is theirs, it has begun, and it is not filed away."""
    begun = task.starts is None or task.starts <= today
    return task.whose.is_person(bsn) and begun and task.state is not State.FILED


def open_tasks(tasks: Iterable[Task]) -> list[Task]:
    """What must still be done, the soonest first; without a last day it comes last."""
    return sorted((one for one in tasks if one.state is State.OPEN), key=_soonest)


def closed_tasks(tasks: Iterable[Task]) -> list[Task]:
    """What is done or over, the latest first."""
    closed = [one for one in tasks if one.state is not State.OPEN]
    return sorted(closed, key=lambda one: (one.until or date.min, one.title), reverse=True)


def pay_link(task: Task, parameters: Mapping[str, Any]) -> str:
    """The municipality's own page to pay this at, with the reference in it; empty where it has none."""
    page = str(parameters.get("pay_url") or "")
    if task.payment is None or not page:
        return ""
    return safe_link(page.replace("{reference}", quote(task.payment.reference, safe="")))


def _soonest(task: Task) -> tuple[bool, date, str]:
    return task.until is None, task.until or date.max, task.title
