"""The employee's side of a hand-over: type the code, wait, look along, stop."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.sharing.use import NoLongerShared, NotAfterRestore, UnknownGrant

from . import handover, on_screen
from .forms import CodeForm
from .handover import State
from .locks import Locked, lock_of
from .required import CounterRequest, at_counter, page
from .team import employee


@require_GET
@at_counter()
def start(request: CounterRequest) -> HttpResponse:
    """What an employee can do here."""
    return page(request, "start")


@require_http_methods(["GET", "POST"])
@at_counter()
def code(request: CounterRequest) -> HttpResponse:
    """Six digits; who is locked gets no form."""
    with transaction.atomic():
        locked = lock_of(employee(request.worker), timezone.now()) is not None
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not locked and form.is_valid():
        try:
            return redirect("counter:looking", handover.claim(request.worker, form.cleaned_data["code"]).id)
        except handover.NoSuchCode:
            form.say_wrong()
        except Locked:
            locked = True
    status = 403 if locked else 422 if form.errors else 200
    with transaction.atomic():
        offered = handover.purpose("nl")
    return page(request, "code", {"form": form, "locked": locked, "offered": offered}, status=status)


@require_GET
@at_counter()
def looking(request: CounterRequest, handover: UUID) -> HttpResponse:
    """Nothing but “wait” until the resident pressed; then what the resident sees too; then nothing again."""
    context = _on_screen(request, handover)
    return page(request, "looking", context)


@require_GET
@at_counter()
def stand(request: CounterRequest, handover: UUID) -> HttpResponse:
    """How it stands, for the script that draws the page anew."""
    answer = JsonResponse({"stand": _on_screen(request, handover, values=False)["stand"]})
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@at_counter()
def stop(request: CounterRequest, handover: UUID) -> HttpResponse:
    """The employee is ready; at once."""
    _stop(request, handover)
    return redirect("counter:looking", handover)


def _on_screen(request: CounterRequest, id: UUID, *, values: bool = True) -> dict[str, object]:
    with transaction.atomic():
        row = handover.claimed_by(request.worker, id)
        stands = handover.stand(row, timezone.now())
        lines: Sequence[on_screen.Line] = ()
        if stands == State.SHOWN and values:
            try:
                lines = on_screen.seen_by_employee(row)
            except (NoLongerShared, UnknownGrant, NotAfterRestore):
                stands = State.ENDED
        over = handover.ending(row, timezone.now()).value if stands == State.ENDED else ""
        return {"row": row, "stand": stands.value, "lines": lines, "over": over}


def _stop(request: CounterRequest, id: UUID) -> None:
    handover.stop_by_employee(request.worker, id)
