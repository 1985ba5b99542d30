"""The page of all tasks. No transaction is open while a register is asked."""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.required import MijnRequest, signed_in
from portal.municipalities.connections import connections

from ..earlier import ask_or_recall, stale
from .section import KEEPS_ALL, KIND, SECTION, ask_all, listed

A_PAGE = 20


@transaction.non_atomic_requests
@require_GET
@signed_in()
def overview(request: MijnRequest) -> HttpResponse:
    """What must be done, the soonest first; below it what is done."""
    answered = ask_or_recall(request.resident_session, lambda: connections(KIND), KEEPS_ALL, ask_all)
    found = listed(answered)
    page = Paginator(found.closed, A_PAGE).get_page(request.GET.get("bladzijde"))
    context = {"tasks": found, "page": page, "stale": stale(SECTION.title, answered)}
    return render(request, "taken/tasks.html", context, status=503 if found.coverage.nothing else 200)
