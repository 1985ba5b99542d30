"""Who is signed in: looked up for Mijn's own paths only, so public pages know nobody."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from portal.municipalities.middleware import GetResponse, on_staff_host

from . import sessions
from .places import in_mijn

COOKIE = "__Host-mijn"
BY_THEMSELVES = ("/mijn/sessie/", "/mijn/uitgelogd/")
"""Pages that a browser gets without the resident: a script or a refresh asks for them."""


def resident_middleware(get_response: GetResponse) -> GetResponse:
    """Sets `request.resident_session`, and keeps every answer of Mijn out of caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.resident_session = None  # type: ignore[attr-defined]
        if on_staff_host(request) or not in_mijn(request.path):
            return get_response(request)
        token = request.COOKIES.get(COOKIE, "")
        if token:
            with transaction.atomic():
                found = sessions.find(token, activity=not is_automatic(request))
            request.resident_session = found  # type: ignore[attr-defined]
        answer = get_response(request)
        answer["Cache-Control"] = "no-store"
        return answer

    return middleware


def is_automatic(request: HttpRequest) -> bool:
    """Whether the page asked by itself; that is not the resident doing something."""
    by_itself = any(place in request.path for place in BY_THEMSELVES)
    return request.headers.get("X-Automatic") == "1" or "wacht" in request.GET or by_itself


def set_cookie(answer: HttpResponse, token: str) -> None:
    """Hand the browser its session; this very host only, no script, not from other sites' posts."""
    answer.set_cookie(COOKIE, token, secure=True, httponly=True, samesite="Lax", path="/")


def delete_cookie(answer: HttpResponse, name: str = COOKIE) -> None:
    """Take a cookie back; Secure as it was set, or browsers ignore it."""
    answer.set_cookie(name, "", max_age=0, secure=True, httponly=True, samesite="Lax", path="/")
