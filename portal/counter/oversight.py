"""What an officer oversees: who was locked for typing wrong codes, and letting them go on."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from . import locks
from .required import CounterRequest, at_counter, page


@require_GET
@at_counter("may_oversee")
def oversight(request: CounterRequest) -> HttpResponse:
    """The alarms of the last month, by name."""
    now = timezone.now()
    with transaction.atomic():
        rows = [(one, locks.holds(one, now)) for one in locks.locks()]
    return page(request, "oversight", {"locks": rows})


@require_POST
@at_counter("may_oversee")
def lift(request: CounterRequest, lock: UUID) -> HttpResponse:
    """The employee may go on; nobody lifts their own."""
    with transaction.atomic():
        locks.lift(lock, request.worker.name, request.worker.account)
    return redirect("counter:oversight")
