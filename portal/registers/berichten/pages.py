"""The page of all messages. No transaction is open while a register is asked."""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.required import MijnRequest, signed_in
from portal.municipalities.connections import connections

from ..earlier import Memory, stale
from ..gather import ask_each
from .section import KEEPS_ALL, KIND, SECTION, ask_all, listed

A_PAGE = 20


@transaction.non_atomic_requests
@require_GET
@signed_in()
def overview(request: MijnRequest) -> HttpResponse:
    """Newest first, those not opened yet marked."""
    with transaction.atomic():
        known, memory = connections(KIND), Memory(request.resident_session)
    answers = ask_each([ask_all(one, request.resident_session.bsn) for one in known])
    answered = memory.settle(KEEPS_ALL, list(zip(known, answers, strict=True)))
    memory.write()
    found = listed(answered)
    page = Paginator(found.rows, A_PAGE).get_page(request.GET.get("bladzijde"))
    context = {"messages": found, "page": page, "stale": stale(SECTION.title, answered)}
    return render(request, "berichten/messages.html", context, status=503 if found.nothing else 200)
