"""The pages of giving with a wallet: the QR or the link, the code to type over, and the way back."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.required import MijnRequest
from portal.irma.errors import RequestRefused, WalletUnreachable
from portal.irma.following import Stand
from portal.irma.waiting import shown, way_again
from portal.irma.words import WAITING_WORDS
from portal.municipalities.addresses import absolute

from . import acts, wallet
from .models import Disclosure, Sharing
from .purposes import Version
from .states import State
from .steps import at, step, where_now
from .ways import steps


def begin_at_wallet(request: MijnRequest, sharing: UUID, way: str) -> HttpResponse:
    """Start a wallet session for what was chosen, and show it."""
    disclosure = acts.ask(request.resident_session, sharing, way)
    row, version, _same = at(request, sharing)
    return_to = absolute(reverse("sharing:back_from_app", args=[sharing])) if way == "this_device" else None
    try:
        wallet.start(disclosure, version, row.chosen, return_to)
    except (WalletUnreachable, RequestRefused):
        with transaction.atomic():
            acts.fail(disclosure.id, "unreachable")
    return redirect("sharing:wallet", sharing)


@require_http_methods(["GET", "POST"])
@step
def wallet_page(request: MijnRequest, sharing: UUID) -> HttpResponse:
    """The QR or the link to the app, the code to type over, and what to do when it did not work."""
    row, version, disclosure = at(request, sharing)
    if row.state != State.AT_WALLET or disclosure is None:
        return redirect(where_now(request, sharing))
    if request.method == "POST":
        if "again" in request.POST:
            wallet.cancel(disclosure)
            return begin_at_wallet(request, sharing, way_again(request, disclosure.way))
        if wallet.pair(disclosure, request.POST.get("code", "")):
            return redirect("sharing:wallet", sharing)
    wrong_code = request.method == "POST"
    stand = wallet.look(request.resident_session, disclosure, version, row.chosen)
    if stand is Stand.PROVEN:
        return redirect("sharing:check", sharing)
    with transaction.atomic():
        already = acts.shares_already(request.resident_session, version.slug)
    context = _context(row, version, disclosure, stand) | {"already": already}
    context |= {"wrong_code": wrong_code, "has_faults": wrong_code and stand is Stand.PAIRING}
    return render(request, "sharing/wallet.html", context, status=422 if wrong_code else 200)


@require_GET
@step
def stand(request: MijnRequest, sharing: UUID) -> HttpResponse:
    """Where the wallet stands, for the script on the waiting page."""
    row, version, disclosure = at(request, sharing)
    if row.state != State.AT_WALLET or disclosure is None:
        now = Stand.PROVEN  # the page finds out where to go
    else:
        now = wallet.look(request.resident_session, disclosure, version, row.chosen)
    return JsonResponse({"stand": now, "words": str(WAITING_WORDS[now])})


@require_GET
@step
def back_from_app(request: MijnRequest, sharing: UUID) -> HttpResponse:
    """The app on this device returns here, in the browser that began it, with its one-time reference."""
    _row, _version, disclosure = at(request, sharing)
    if disclosure is not None:
        wallet.returned(disclosure, request.GET.get("bewijs", ""))
    return redirect("sharing:wallet", sharing)


def _context(row: Sharing, version: Version, disclosure: Disclosure, now: Stand) -> dict[str, Any]:
    session = wallet.wallet_session(disclosure)
    return {
        "version": version,
        "sharing": row,
        "steps": steps(version, disclosure.way, again=False),
        "page_url": reverse("sharing:wallet", args=[row.id]),
        "stand_url": reverse("sharing:stand", args=[row.id]),
        "other_url": reverse("sharing:choice", args=[row.id]),
        **shown(session, disclosure.way, now, disclosure.outcome),
    }
