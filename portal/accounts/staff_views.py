"""Signing in and out of staff at their provider; where Django's own sessions live: the hosts of staff."""

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from mozilla_django_oidc.utils import add_state_and_verifier_and_nonce_to_session
from mozilla_django_oidc.views import (
    OIDCAuthenticationCallbackView,
    OIDCAuthenticationRequestView,
    get_next_url,
)
from wagtail.admin.views.account import LoginView

from portal.municipalities.addresses import origin

from .limits import too_many, visitor
from .openid import SignInRefused
from .published import ProviderUnreachable
from .staff import host_of_staff, redirect_uri, registration

log = logging.getLogger(__name__)
LONG = 43  # characters; more than 128 bits


@method_decorator([transaction.non_atomic_requests, never_cache], name="dispatch")
class ToProvider(OIDCAuthenticationRequestView):
    """Sends a member of staff to the provider, with state, nonce and PKCE."""

    def __init__(self, **kwargs: Any) -> None:
        super(OIDCAuthenticationRequestView, self).__init__(**kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        known = registration()
        if known is None:
            raise Http404
        if too_many("staff-sign-in", visitor(request), most=20):
            return _sorry(request, "too many", 429)
        state, nonce, verifier = (get_random_string(LONG) for _ in range(3))
        try:
            address = known.address(redirect_uri(request), state, nonce, verifier)
        except ProviderUnreachable as fault:
            return _sorry(request, f"provider: {fault}", 503)
        kept = {"nonce": nonce, "code_challenge": "S256"}
        add_state_and_verifier_and_nonce_to_session(request, state, kept, verifier)
        request.session["oidc_login_next"] = get_next_url(request, "next")
        return HttpResponseRedirect(address)


@method_decorator([transaction.non_atomic_requests, never_cache], name="dispatch")
class FromProvider(OIDCAuthenticationCallbackView):
    """The provider sends a member of staff back; what is not exactly right ends on a normal page."""

    @property
    def failure_url(self) -> str:
        return reverse("staff:refused")

    @property
    def success_url(self) -> str:
        return self.request.session.get("oidc_login_next") or start_of(self.request)

    def get(self, request: HttpRequest) -> HttpResponse:
        if registration() is None:
            raise Http404
        if "error" in request.GET and request.GET.get("state") not in request.session.get("oidc_states", {}):
            return _sorry(request, "state", 403)  # or any site could sign somebody out with a link
        try:
            answer: HttpResponse = super().get(request)
        except ProviderUnreachable as fault:
            return _sorry(request, f"provider: {fault}", 503)
        except SignInRefused as refused:
            return _sorry(request, str(refused), 403)
        except SuspiciousOperation:
            return _sorry(request, "state", 403)
        return answer

    def login_success(self) -> HttpResponse:
        """A session of its own, that ends with the browser."""
        answer: HttpResponse = super().login_success()
        self.request.session.cycle_key()
        self.request.session.set_expiry(0)
        self.request.session["oidc_signed_in"] = True
        return answer


def start_of(request: HttpRequest) -> str:
    """Where work begins on this host; who is not signed in is asked to."""
    return reverse("counter:start" if getattr(request, "on_counter_host", False) else "wagtailadmin_home")


def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Wagtail's own page where there are passwords; else straight on to the provider."""
    if settings.STAFF_PASSWORDS or not settings.STAFF_OIDC:
        page: HttpResponse = LoginView.as_view()(request)
        return page
    wanted = {"next": request.GET["next"]} if "next" in request.GET else {}
    return HttpResponseRedirect(f"{reverse('staff:sign_in')}?{urlencode(wanted)}")


@never_cache
@require_GET
def refused(request: HttpRequest) -> HttpResponse:
    """They stopped at the provider, or it said no."""
    return _sorry(request, "refused by provider or person", 403)


@transaction.non_atomic_requests
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session here, then at the provider; no token in any address."""
    at_provider = request.session.get("oidc_signed_in", False)
    with transaction.atomic():
        auth.logout(request)
    known = registration()
    endpoint = known.end_session_endpoint() if known and at_provider else None
    if known is None or endpoint is None:
        return redirect(
            "counter:start" if getattr(request, "on_counter_host", False) else "wagtailadmin_login"
        )
    there = {
        "client_id": known.client_id,
        "post_logout_redirect_uri": f"{origin(host_of_staff(request))}/oidc/uitgelogd/",
    }
    # A page and no redirect: Chromium holds a form's redirect against form-action.
    return _page(request, "sign_out", {"end_at": f"{endpoint}?{urlencode(there)}"})


@never_cache
@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Done."""
    return _page(request, "signed_out", {})


def _sorry(request: HttpRequest, why: str, status: int) -> HttpResponse:
    log.warning("staff sign-in: %s", why)
    kind = {403: "refused", 429: "too_many", 503: "down"}[status]
    page = {"kind": kind, "no_role": why == "no role"}
    return _page(request, "refused", page, status)


def _page(request: HttpRequest, name: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """In the frame of Wagtail, or in our own on the counter's host."""
    at_counter = getattr(request, "on_counter_host", False)
    template = f"counter/staff_{name}.html" if at_counter else f"accounts/staff_{name}.html"
    return render(request, template, context, status=status)
