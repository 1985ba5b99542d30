"""The page of own data. No transaction is open while the BRP is asked."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.required import MijnRequest, signed_in
from portal.municipalities.connections import connections

from ..earlier import Memory, stale
from ..gather import ask_each
from .section import KEEPS, SECTION, ask, facts_of


@transaction.non_atomic_requests
@require_GET
@signed_in()
def own_data(request: MijnRequest) -> HttpResponse:
    """Each fact with its source; the address of who keeps it secret only when asked for."""
    return _page(request, show_address=False)


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@signed_in()
def address(request: MijnRequest) -> HttpResponse:
    """The resident asked for the own address. Only a click shows it: no link, history or other tab does."""
    if request.method == "GET":
        return redirect("mijn:brp:own_data")
    return _page(request, show_address=True)


def _page(request: MijnRequest, *, show_address: bool) -> HttpResponse:
    with transaction.atomic():
        known, memory = connections("brp")[:1], Memory(request.resident_session)
    answers = ask_each([ask(one, request.resident_session.bsn) for one in known])
    answered = memory.settle(KEEPS, list(zip(known, answers, strict=True)))
    memory.write()
    context = dict(facts_of(answered, show_address=show_address))
    context |= {"address_is_shown": show_address, "stale": stale(SECTION.title, answered)}
    return render(request, "brp/own_data.html", context, status=503 if context["fault"] else 200)
