"""The page of all tasks. No transaction is open while a register is asked."""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.mandates import Reach
from portal.accounts.required import MijnRequest, signed_in
from portal.municipalities.connections import connections

from ..asked_beside import asked_beside
from ..earlier import ask_or_recall, stale
from .section import KEEPS_ALL, KIND, SECTION, ask_all, listed

A_PAGE = 20


@transaction.non_atomic_requests
@require_GET
@signed_in(for_another=Reach.LOOK)
def overview(request: MijnRequest) -> HttpResponse:
    """What must be done, the soonest first; below it what may be answered, and what is done.

    What others than a register ask is there without one too, and when it is down.
    """
    with transaction.atomic():
        asked = asked_beside(request.resident_session.subject)
    answered = ask_or_recall(request.resident_session, lambda: connections(KIND), KEEPS_ALL, ask_all)
    found = listed(answered)
    page = Paginator(found.closed, A_PAGE).get_page(request.GET.get("bladzijde"))
    context = {
        "tasks": found,
        "page": page,
        "stale": stale(SECTION.title, answered),
        "asked": asked,
        "only_asked": asked and not answered,
    }
    nothing = found.coverage.nothing and not asked
    return render(request, "taken/tasks.html", context, status=503 if nothing else 200)
