"""The page of all messages. No transaction is open while a register is asked."""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.mandates import Reach
from portal.accounts.required import MijnRequest, signed_in
from portal.municipalities.connections import connections

from ..earlier import ask_or_recall, stale
from .section import KEEPS_ALL, KIND, SECTION, ask_all, listed

A_PAGE = 20


@transaction.non_atomic_requests
@require_GET
@signed_in(for_another=Reach.LOOK)
def overview(request: MijnRequest) -> HttpResponse:
    """Newest first, those not opened yet marked."""
    answered = ask_or_recall(request.resident_session, lambda: connections(KIND), KEEPS_ALL, ask_all)
    found = listed(answered)
    page = Paginator(found.rows, A_PAGE).get_page(request.GET.get("bladzijde"))
    context = {"messages": found, "page": page, "stale": stale(SECTION.title, answered)}
    return render(request, "berichten/messages.html", context, status=503 if found.coverage.nothing else 200)
