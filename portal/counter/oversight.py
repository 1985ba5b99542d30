"""What an officer oversees: who works here as what, and who was locked for typing wrong codes."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import functions, locks
from .forms import FunctionForm
from .required import CounterRequest, at_counter, page


@require_GET
@at_counter("may_oversee")
def oversight(request: CounterRequest) -> HttpResponse:
    """The alarms of the last month, by name."""
    now = timezone.now()
    with transaction.atomic():
        rows = [(one, locks.holds(one, now)) for one in locks.locks()]
        people = functions.colleagues()
    return page(request, "oversight", {"locks": rows, "colleagues": people})


@require_http_methods(["GET", "POST"])
@at_counter("may_oversee")
def function(request: CounterRequest, account: int) -> HttpResponse:
    """What one colleague does, as residents read it."""
    with transaction.atomic():
        one = next((one for one in functions.colleagues() if one.account == account), None)
    if one is None:
        raise Http404
    typed = request.POST if request.method == "POST" else None
    form = FunctionForm(typed, initial={"function": one.function})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            functions.write(account, form.cleaned_data["function"])
        return redirect("counter:oversight")
    status = 422 if form.errors else 200
    return page(request, "function", {"colleague": one, "form": form}, status=status)


@require_POST
@at_counter("may_oversee")
def lift(request: CounterRequest, lock: UUID) -> HttpResponse:
    """The employee may go on; nobody lifts their own."""
    with transaction.atomic():
        locks.lift(lock, request.worker.name, request.worker.account)
    return redirect("counter:oversight")
