"""The page of all cases. No transaction is open while a case system is asked."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.accounts.mandates import Reach
from portal.accounts.required import MijnRequest, signed_in
from portal.municipalities.bsn import holds_one
from portal.municipalities.connections import connections

from ..breakers import left_alone
from ..earlier import Memory, stale
from .all_cases import all_cases
from .forms import SearchForm
from .listing import Wanted
from .marks import marks
from .plain_words import plain_words


@transaction.non_atomic_requests
@require_GET
@signed_in(for_another=Reach.LOOK)
def overview(request: MijnRequest) -> HttpResponse:
    """All cases; of many a page, as far as wanted."""
    with transaction.atomic():
        systems, memory = connections("zaken"), Memory(request.resident_session)
        newer, known = marks(request.resident_session), plain_words()
        resting = left_alone(one.id for one in systems)
    wanted = Wanted.of(request.GET)
    found = all_cases(systems, resting, request.resident_session.bsn, wanted, memory, newer, known)
    memory.write()
    number, pages = found.page.number, found.page.pages
    context = {
        "cases": found,
        "form": SearchForm(wanted, found.kinds, found.years) if found.is_long else None,
        "searched": wanted.anything or holds_one(request.GET.get("zoek", "")),
        "typed_bsn": holds_one(request.GET.get("zoek", "")),
        "previous": wanted.address(number - 1) if number > 1 else "",
        "next": wanted.address(number + 1) if number < pages else "",
        "stale": stale(_("Uw zaken"), found.answered),
        "this": request.path + wanted.address(number),
    }
    with transaction.atomic():  # one, for all that the page's frame and its other rooms read
        return render(request, "zaken/cases.html", context, status=503 if found.coverage.nothing else 200)
