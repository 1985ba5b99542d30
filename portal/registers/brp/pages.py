"""The page of own data: what the BRP knows first, then what other registers do.

No transaction is open while they are asked.
"""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.required import MijnRequest, signed_in

from ..earlier import Memory
from ..forms import TakeAlongForm
from ..own_data import OwnPage
from .section import PART, facts_of


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
    session = request.resident_session
    with transaction.atomic():
        page = OwnPage(session.bsn, Memory(session))
    told = page.ask()
    own = [one for one in told if one.part is PART]
    context = {
        **facts_of([one.answer for one in own], show_address=show_address),
        "address_is_shown": show_address,
        "own": own[0] if own else None,
        "take_along": TakeAlongForm() if any(len(one.all_groups) > len(one.groups) for one in own) else None,
        "others": [one for one in told if one.part is not PART],
    }
    return render(request, "brp/own_data.html", context, status=503 if context["fault"] else 200)
