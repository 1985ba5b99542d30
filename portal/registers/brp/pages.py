"""The page of own data: what the BRP knows, and beside it what other registers do, each when it answers.

No transaction is open while they are asked.
"""

from django.db import transaction
from django.http import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.required import MijnRequest, signed_in
from portal.municipalities.facts import facts, people_to_reach

from ..correcting import where_to_correct
from ..earlier import Memory
from ..own_page import OwnPage
from ..streamed import MARK, Turn, in_pieces
from .pieces import Drawing, told
from .section import PART


@transaction.non_atomic_requests
@require_GET
@signed_in()  # type: ignore[arg-type]  # a streamed answer is an answer too
def own_data(request: MijnRequest) -> HttpResponseBase:
    """Each fact with its source; the address of who keeps it secret only when asked for."""
    return _page(request, show_address=False)


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@signed_in()  # type: ignore[arg-type]  # likewise
def address(request: MijnRequest) -> HttpResponseBase:
    """The resident asked for the own address. Only a click shows it: no link, history or other tab does."""
    if request.method == "GET":
        return redirect("mijn:brp:own_data")
    return _page(request, show_address=True)


def _page(request: MijnRequest, *, show_address: bool) -> HttpResponseBase:
    """Everything that is read from the database is read here, before the first byte; the rest is streamed."""
    session = request.resident_session
    with transaction.atomic():
        memory = Memory(session)
        page = OwnPage(session.bsn, memory)
        drawing = Drawing(
            turn=Turn.now(),
            page=page,
            show_address=show_address,
            contact=people_to_reach(facts()),
            again_url=reverse("mijn:brp:own_data"),
            correct_url=where_to_correct(),
            csrf_token=get_token(request),
        )
    return in_pieces(
        ask=page.begin,
        around=lambda: _shell(request, page),
        tell=lambda asking: told(page, asking, drawing),
        memory=memory,
        too_busy=503,
    )


def _shell(request: MijnRequest, page: OwnPage) -> str:
    parts = [PART, *(one for one in page.parts if one is not PART)]
    with transaction.atomic():  # the frame reads
        return render_to_string("brp/own_data.html", {"parts": parts, "mark": MARK}, request)
