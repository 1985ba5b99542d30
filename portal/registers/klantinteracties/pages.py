"""The page of contacts: questions that wait first, then all of it, newest first."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.required import MijnRequest, signed_in
from portal.municipalities.connections import connections

from ..answers import Answer
from ..caller import Caller
from ..earlier import ask_or_recall, stale
from ..faults import Fault, fault_of, not_connected
from ..gather import Question, ask_each
from .section import KEEPS, KIND, SECTION, ask, had

A_PAGE = 20


@transaction.non_atomic_requests
@require_GET
@signed_in()
def contact(request: MijnRequest) -> HttpResponse:
    """By channel, with the team and never the employee."""
    answered = ask_or_recall(request.resident_session, lambda: connections(KIND)[:1], KEEPS, ask)
    found = had(answered)
    others = [one for one in found.moments if not one.is_open]
    page = Paginator(others, A_PAGE).get_page(request.GET.get("bladzijde"))
    context = {
        "fault": found.fault,
        "open": found.open,
        "page": page,
        "stale": stale(SECTION.title, answered),
    }
    return render(request, "klantinteracties/contact.html", context, status=503 if found.fault else 200)


def parameters() -> Mapping[str, Any]:
    """How the municipality set up its register."""
    with transaction.atomic():
        known = connections(KIND)[:1]
    return known[0].parameters if known else {}


def asked(question: Callable[[Caller], Awaitable[Any]]) -> tuple[Answer | None, Fault | None]:
    """Ask the municipality's register one thing, and how to tell that it gave no answer."""
    with transaction.atomic():
        known = connections(KIND)[:1]
    if not known:
        return None, not_connected()
    (answer,) = ask_each([Question(known[0], question)])
    return answer, fault_of(answer)
