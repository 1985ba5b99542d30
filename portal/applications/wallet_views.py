"""The pages of answering with the app. No transaction is open while the IRMA server is asked."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.required import MijnRequest, signed_in
from portal.irma.following import Stand
from portal.irma.waiting import shown, way_again
from portal.irma.words import WAITING_WORDS
from portal.municipalities.addresses import absolute

from . import wallet
from .required import NEEDED, own_only
from .wallet import Asking
from .wizard import FROM_APP


def begin(request: MijnRequest, application: UUID, asking: Asking) -> None:
    """Ask the app what another one was asked, or would have been."""
    return_to = absolute(reverse("applications:back_from_app", args=[application]))
    wallet.start(request.resident_session, application, asking, return_to)


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@signed_in(NEEDED)
@own_only
def page(request: MijnRequest, application: UUID) -> HttpResponse:
    """The QR or the link, the code to type over, and what to do when it did not work."""
    session = request.resident_session
    asking = wallet.current(session, application)
    if asking is None:
        return redirect("applications:go_on", application)
    if request.method == "POST":
        if "again" in request.POST:
            wallet.let_go(session, application, asking)
            begin(request, application, replace(asking, way=way_again(request, asking.way)))
            return redirect("applications:wallet", application)
        if wallet.pair(session, application, asking, request.POST.get("code", "")):
            return redirect("applications:wallet", application)
    wrong_code = request.method == "POST"
    stand = wallet.look(session, application, wallet.current(session, application) or asking)
    if stand is Stand.PROVEN:
        done = reverse("applications:step", args=[application, asking.step])
        return redirect(f"{done}?{FROM_APP}=1")
    now = wallet.current(session, application) or asking
    context = {
        "wrong_code": wrong_code,
        "page_url": reverse("applications:wallet", args=[application]),
        "stand_url": reverse("applications:stand", args=[application]),
        "other_url": reverse("applications:step", args=[application, asking.step]),
        "other_label": _("Vul het zelf in"),
        **shown(now.wallet_session, now.way, stand, now.outcome),
    }
    return render(request, "applications/wallet.html", context, status=422 if wrong_code else 200)


@transaction.non_atomic_requests
@require_GET
@signed_in(NEEDED)
@own_only
def stand(request: MijnRequest, application: UUID) -> HttpResponse:
    """Where the app stands, for the script on the waiting page."""
    asking = wallet.current(request.resident_session, application)
    # Of what is waited for no longer the page finds out where to go.
    now = wallet.look(request.resident_session, application, asking) if asking else Stand.PROVEN
    return JsonResponse({"stand": now, "words": str(WAITING_WORDS[now])})


@transaction.non_atomic_requests
@require_GET
@signed_in(NEEDED)
@own_only
def back_from_app(request: MijnRequest, application: UUID) -> HttpResponse:
    """The app on this device returns here, in the browser that began it, with its one-time reference."""
    wallet.returned(request.resident_session, application, request.GET.get("bewijs", ""))
    return redirect("applications:wallet", application)
