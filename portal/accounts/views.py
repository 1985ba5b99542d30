"""Signing in and out. Views that call the provider hold no transaction while they wait."""

import logging

from csp.decorators import csp_update
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import back_channel, door, sessions, sign_in
from .limits import too_many, visitor
from .middleware import delete_cookie, set_cookie
from .models import SignIn
from .places import language_of
from .provider import Identity, Provider, ProviderUnreachable, SignInRefused
from .required import Session
from .sign_in import NoProvider
from .turning_away import end_at_provider, turned_away

log = logging.getLogger(__name__)
BROWSER = "__Host-inloggen"
PROVIDER_IS_DOWN = {"temporarily_unavailable", "server_error"}


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Explains signing in; the button sends the browser to the identity provider."""
    wanted = sign_in.safe_path(request.POST.get("naar") or request.GET.get("naar", ""))
    if _session(request) is not None:
        return redirect(wanted)
    try:
        with transaction.atomic():
            asked = sign_in.provider()
        if request.method == "POST":
            return _to_provider(request, asked, wanted)
    except (ProviderUnreachable, NoProvider) as fault:
        return _provider_down(request, fault)
    context = {"naar": wanted, "mandates": asked.knows_mandates}
    answer = render(request, "accounts/sign_in.html", context)
    # Chromium holds a form's redirect against form-action, so the provider is named on this page only.
    updated: HttpResponse = csp_update({"form-action": asked.origins})(lambda _request: answer)(None)
    return updated


def _to_provider(request: HttpRequest, asked: Provider, wanted: str) -> HttpResponse:
    if too_many("sign-in", visitor(request), most=20):
        return render(request, "accounts/too_many.html", status=429)
    mandate = asked.knows_mandates and "namens" in request.POST
    begun = sign_in.begin(asked, wanted, mandate=mandate)
    answer = HttpResponse(status=303, headers={"Location": begun.address})
    answer.set_cookie(BROWSER, begun.browser, max_age=600, secure=True, httponly=True, samesite="Lax")
    return answer


@transaction.non_atomic_requests
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """The provider sends the browser back here. Whatever is not exactly right ends on a normal page."""
    try:
        row = sign_in.take(request.GET.get("state", ""), request.COOKIES.get(BROWSER, ""))
    except SignInRefused as refused:
        if _session(request) is not None:  # went back, or loaded this again, after signing in
            return redirect("mijn:overview")
        return _refused(request, refused)
    with translation.override(language_of(row.next_path)):
        try:
            answer = _finish(request, row)
        except (ProviderUnreachable, NoProvider) as fault:
            answer = _provider_down(request, fault)
        except SignInRefused as refused:
            answer = _refused(request, refused)
    delete_cookie(answer, BROWSER)
    return answer


def _finish(request: HttpRequest, row: SignIn) -> HttpResponse:
    with transaction.atomic():
        asked = sign_in.provider()
    if asked.connection.id != row.connection_id:
        raise SignInRefused("provider")
    asked.registration.check_who_answers(request.GET.get("iss"))
    if error := request.GET.get("error"):
        if error in PROVIDER_IS_DOWN:
            raise ProviderUnreachable("says so itself")
        cancelled = {"cancelled": error == "access_denied", "naar": row.next_path}
        return render(request, "accounts/cancelled.html", cancelled)
    identity = sign_in.finish(row, asked, request.GET.get("code", ""))
    if (before := _session(request)) is not None:
        with transaction.atomic():
            sessions.end(before.id)
        request.resident_session = None  # type: ignore[attr-defined]
    word = door.ask(identity)
    if not word.opens:
        return turned_away(request, word.kept_out_by, asked)
    return _signed_in(request, asked, identity, word, row.next_path)


def _signed_in(
    request: HttpRequest, asked: Provider, identity: Identity, word: door.Word, next_path: str
) -> HttpResponse:
    token = door.go_in(word, identity, asked.connection.id)
    rotate_token(request)
    answer = redirect(next_path)
    set_cookie(answer, token)
    return answer


@transaction.non_atomic_requests
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends all sessions of this resident here, then the one at the provider; no token in any address."""
    session = _session(request)
    end_at = None
    if session is not None:
        with transaction.atomic():
            sessions.end_all(session.actor)
        request.resident_session = None  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                asked = sign_in.provider()
            end_at = end_at_provider(asked)
        except NoProvider:
            log.warning("signed out here only: no provider")
    if end_at:
        answer = render(request, "accounts/sign_out.html", {"end_at": end_at})
    else:
        answer = redirect("accounts:signed_out")
    delete_cookie(answer)
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Done: what was ended, and how to come back."""
    if _session(request) is not None:  # another tab stayed
        return redirect("mijn:overview")
    language = request.GET.get("state", "")
    if language in dict(settings.LANGUAGES) and language != translation.get_language():
        with translation.override(language):
            return redirect("accounts:signed_out")
    return render(request, "accounts/signed_out.html", {"idle": "idle" in request.GET})


@csrf_exempt  # the provider's own signature counts here, not a cookie
@transaction.non_atomic_requests
@require_POST
def back_channel_sign_out(request: HttpRequest) -> HttpResponse:
    """The provider tells, server to server, that somebody signed out there (OIDC back-channel logout)."""
    if too_many("back-channel", visitor(request), most=600):
        return JsonResponse({"error": "slow_down"}, status=429)
    try:
        back_channel.take(request.POST.get("logout_token", ""))
    except (back_channel.LogoutRefused, ProviderUnreachable, NoProvider) as refused:
        log.warning("back-channel sign-out refused: %s", refused)
        return JsonResponse({"error": "invalid_request"}, status=400)
    return HttpResponse(status=200)


def _session(request: HttpRequest) -> Session | None:
    session: Session | None = request.resident_session  # type: ignore[attr-defined]
    return session


def _refused(request: HttpRequest, refused: SignInRefused) -> HttpResponse:
    log.warning("sign-in refused: %s", refused)
    why = {"level": str(refused) in ("level", "acr"), "mandate": str(refused) == "mandate"}
    return render(request, "accounts/refused.html", why, status=403)


def _provider_down(request: HttpRequest, fault: Exception) -> HttpResponse:
    log.warning("no sign-in: %s %s", type(fault).__name__, fault)
    return render(request, "accounts/provider_down.html", status=503)
