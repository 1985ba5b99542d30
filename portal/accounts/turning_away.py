"""The page for who proved who they are, and may not come in: why, whom to call, and a clean way out."""

from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from portal.municipalities.addresses import absolute

from . import sign_in
from .middleware import delete_cookie
from .provider import Provider, ProviderUnreachable
from .sign_in import NoProvider
from .standing import Standing


def turned_away(request: HttpRequest, why: str, asked: Provider) -> HttpResponse:
    """At the door; nobody is signed in. `why` is the name of the page."""
    return _page(request, why, end_at_provider(asked))


def signed_out_by_the_door(request: HttpRequest, standing: Standing) -> HttpResponse:
    """To who was in already, when the door's word of now is a refusal."""
    request.resident_session = None  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            asked = sign_in.provider()
        leave = end_at_provider(asked)
    except (NoProvider, ProviderUnreachable):
        leave = None
    return _page(request, standing, leave)


def end_at_provider(asked: Provider) -> str | None:
    """Where to sign out at the provider; the language comes back as `state`."""
    endpoint = asked.registration.end_session_endpoint()
    if endpoint is None:
        return None
    there = {
        "client_id": asked.registration.client_id,
        "post_logout_redirect_uri": absolute("/mijn/uitgelogd/"),
        "state": translation.get_language() or settings.LANGUAGE_CODE,
    }
    return f"{endpoint}?{urlencode(there)}"


def _page(request: HttpRequest, why: str, leave_url: str | None) -> HttpResponse:
    status = 503 if why == Standing.UNKNOWN else 403
    answer = render(request, f"accounts/standing_{why}.html", {"leave_url": leave_url}, status=status)
    delete_cookie(answer)
    return answer
