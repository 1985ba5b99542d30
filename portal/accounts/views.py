"""Signing in, staying, and signing out."""

import logging
from urllib.parse import urlencode

from csp.decorators import csp_update
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.municipalities.addresses import absolute

from . import back_channel, sessions, sign_in
from .endings import session_ended
from .limits import too_many
from .middleware import delete_cookie, set_cookie
from .provider import ProviderUnreachable, SignInRefused
from .required import MijnRequest, signed_in
from .standing import Standing, standing_of

log = logging.getLogger(__name__)
BROWSER = "__Host-inloggen"


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Explains signing in; the button sends the browser to the identity provider."""
    wanted = sign_in.safe_path(request.POST.get("naar") or request.GET.get("naar", ""))
    if request.resident_session is not None:  # type: ignore[attr-defined]
        return redirect(wanted)
    with transaction.atomic():
        asked = sign_in.provider()
    if request.method == "POST":
        if too_many("sign-in", request.META.get("REMOTE_ADDR", ""), most=20):
            return render(request, "accounts/too_many.html", status=429)
        try:
            begun = sign_in.begin(asked, wanted)
        except ProviderUnreachable:
            return render(request, "accounts/provider_down.html", status=503)
        answer = HttpResponse(status=303, headers={"Location": begun.address})
        answer.set_cookie(BROWSER, begun.browser, max_age=600, secure=True, httponly=True, samesite="Lax")
        return answer
    answer = render(request, "accounts/sign_in.html", {"naar": wanted})
    # Chromium holds a form's redirect against form-action, so the provider is named on this page only.
    return _may_send_to(asked.origin, answer)


@transaction.non_atomic_requests
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """The provider sends the browser back here. Whatever is not exactly right ends on a normal page."""
    try:
        row = sign_in.take(request.GET.get("state", ""), request.COOKIES.get(BROWSER, ""))
        if "error" in request.GET:
            cancelled = request.GET["error"] == "access_denied"
            return render(request, "accounts/cancelled.html", {"cancelled": cancelled, "naar": row.next_path})
        with transaction.atomic():
            asked = sign_in.provider()
        identity = sign_in.finish(row, asked, request.GET.get("code", ""))
    except ProviderUnreachable:
        return render(request, "accounts/provider_down.html", status=503)
    except SignInRefused as refused:
        log.warning("sign-in refused: %s", refused)
        level = str(refused) == "level"
        return render(request, "accounts/refused.html", {"level": level}, status=403)
    standing = standing_of(identity.bsn)
    if standing is not Standing.OK:
        return render(request, f"accounts/standing_{standing}.html", status=503 if standing == "unknown" else 403)
    with transaction.atomic():
        if request.resident_session is not None:  # type: ignore[attr-defined]
            sessions.end(request.resident_session.id)  # type: ignore[attr-defined]
        _session, token = sessions.begin(
            identity.bsn, identity.name, identity.level, asked.connection.id, identity.sub, identity.sid
        )
    answer = redirect(row.next_path)
    set_cookie(answer, token)
    answer.delete_cookie(BROWSER)
    return answer


@transaction.non_atomic_requests
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session here, then at the provider; no token in any address."""
    session = request.resident_session  # type: ignore[attr-defined]
    end_at = None
    if session is not None:
        with transaction.atomic():
            sessions.end(session.id)
            session_ended(session.id)
            asked = sign_in.provider()
        end_at = asked.end_session_endpoint()
    if end_at:
        there = {"client_id": asked.client_id, "post_logout_redirect_uri": absolute("/mijn/uitgelogd/")}
        answer = render(request, "accounts/sign_out.html", {"end_at": f"{end_at}?{urlencode(there)}"})
    else:
        answer = redirect("accounts:signed_out")
    delete_cookie(answer)
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Done: what was ended, and how to come back."""
    return render(request, "accounts/signed_out.html", {"idle": "idle" in request.GET})


@require_GET
def session_state(request: HttpRequest) -> HttpResponse:
    """How many seconds are left, for the script; asking does not count as being there."""
    session = request.resident_session  # type: ignore[attr-defined]
    if session is None:
        return JsonResponse({"seconds": 0})
    return JsonResponse({"seconds": max(0, int((session.idle_ends_at - timezone.now()).total_seconds()))})


@require_http_methods(["GET", "POST"])
@signed_in()
def stay(request: MijnRequest) -> HttpResponse:
    """The warning for who has no script, and the button to stay."""
    wanted = sign_in.safe_path(request.POST.get("naar") or request.GET.get("naar", ""))
    if request.method == "POST":
        sessions.keep_alive(request.resident_session)
        if request.headers.get("X-Automatic") == "1":
            return HttpResponse(status=204)
        return redirect(wanted)
    return render(request, "accounts/stay.html", {"naar": wanted})


@csrf_exempt  # the provider's own signature counts here, not a cookie
@transaction.non_atomic_requests
@require_POST
def back_channel_sign_out(request: HttpRequest) -> HttpResponse:
    """The provider tells, server to server, that somebody signed out there (OIDC back-channel logout)."""
    try:
        back_channel.take(request.POST.get("logout_token", ""))
    except (back_channel.LogoutRefused, ProviderUnreachable) as refused:
        log.warning("back-channel sign-out refused: %s", refused)
        return JsonResponse({"error": "invalid_request"}, status=400)
    return HttpResponse(status=200, headers={"Cache-Control": "no-store"})


def warning_after(request: HttpRequest) -> dict[str, object]:
    """For the frame: when a page without script must go to the warning, two minutes before the idle end."""
    session = getattr(request, "resident_session", None)
    if session is None:
        return {}
    return {
        "stay_after": (settings.IDLE_MINUTES - 2) * 60,
        "stay_url": reverse("accounts:stay"),
    }


def _may_send_to(origin: str, answer: HttpResponse) -> HttpResponse:
    updated: HttpResponse = csp_update({"form-action": [origin]})(lambda _request: answer)(None)
    return updated
