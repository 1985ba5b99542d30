"""Who is signed in: looked up for Mijn's own paths only, so public pages know nobody."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from portal.municipalities.middleware import GetResponse

from . import sessions

COOKIE = "__Host-mijn"
PLACES = ("/mijn/", "/en/mijn/")


def resident_middleware(get_response: GetResponse) -> GetResponse:
    """Sets `request.resident_session`, and keeps every answer of Mijn out of caches and referrers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.resident_session = None  # type: ignore[attr-defined]
        if request.on_cms_host or not request.path.startswith(PLACES):  # type: ignore[attr-defined]
            return get_response(request)
        token = request.COOKIES.get(COOKIE, "")
        if token:
            with transaction.atomic():
                request.resident_session = sessions.find(token, activity=not is_automatic(request))  # type: ignore[attr-defined]
        answer = get_response(request)
        answer["Cache-Control"] = "no-store"
        answer["Referrer-Policy"] = "no-referrer"
        return answer

    return middleware


def is_automatic(request: HttpRequest) -> bool:
    """Whether the page asked by itself; that is not the resident doing something."""
    return request.headers.get("X-Automatic") == "1" or "wacht" in request.GET


def set_cookie(answer: HttpResponse, token: str) -> None:
    """Hand the browser its session; this very host only, no script, not from other sites' posts."""
    answer.set_cookie(COOKIE, token, secure=True, httponly=True, samesite="Lax", path="/")


def delete_cookie(answer: HttpResponse) -> None:
    """Take the session back; Secure as it was set, or browsers ignore it."""
    answer.set_cookie(COOKIE, "", max_age=0, secure=True, httponly=True, samesite="Lax", path="/")
