"""Error pages: what happened, what now, whom to call; in the municipality's own look as long as that works.

They run outside the view and its transaction, the last one also when database, theme or templates fail.
"""

import logging
import sys
from collections.abc import Callable
from urllib.parse import urlsplit

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from psycopg.errors import DeadlockDetected, LockNotAvailable
from psycopg_pool import PoolTimeout

from portal.municipalities.middleware import on_staff_host

log = logging.getLogger(__name__)

OVER_SOON = (PoolTimeout, LockNotAvailable, DeadlockDetected)
"""All connections are taken, or what is needed is locked by others: nothing is broken, nothing was done."""
BARE = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Er ging iets mis</title></head>
<body><main><h1>Er ging iets mis</h1>
<p>Dat ligt niet aan u. Onze site werkt nu niet goed. Wij zijn ermee bezig.</p>
<p>Probeer het over een paar minuten opnieuw. Heeft u haast? Bel uw gemeente.</p>
<p lang="en">Something went wrong on our side. Please try again in a few minutes, or call us.</p>
</main></body></html>
"""
"""Needs nothing but this file."""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # for Django's own log
    """A form that is too old, or of a browser that keeps no cookies."""
    return _page(request, "too_old", 403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # tells an outsider too much
    """Something that is not for this visitor."""
    return _page(request, "forbidden", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # names our addresses
    """No such page, on the site or in Mijn."""
    return _page(request, "not_found", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our own fault; or so much happens at once that it did not come to this, which is over soon."""
    if _is_over_soon(sys.exc_info()[1]):
        return too_busy(request)
    return _page(request, "broken", 500)


def too_busy(request: HttpRequest) -> HttpResponse:
    """More at once than we can do now; what was asked is not done."""
    answer = _page(request, "too_busy", 503)
    answer["Retry-After"] = "30"
    return answer


def nothing_to_read_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Who opens an address that only takes a form gets a page; without it a browser shows its own error."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if not (isinstance(answer, HttpResponseNotAllowed) and request.method == "GET") or answer.content:
            return answer
        page = _page(request, "not_found", answer.status_code)
        page["Allow"] = answer["Allow"]
        return page

    return middleware


def _is_over_soon(fault: BaseException | None) -> bool:
    return isinstance(fault, OperationalError) and isinstance(fault.__cause__, OVER_SOON)


def _again(request: HttpRequest) -> str:
    """Where to try once more: the page that a form stood on; where it went may take nothing but forms."""
    if request.method == "POST":
        came = urlsplit(request.headers.get("Referer", ""))
        if came.netloc == request.get_host() and url_has_allowed_host_and_scheme(
            came.path, allowed_hosts=None
        ):
            return came.path
    return request.path


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    in_mijn = getattr(request, "resident_session", None)
    context = {
        "base": "mijn/page.html" if in_mijn else "mijn/plain.html",
        "again": _again(request),
        "name": name,
    }
    page = "staff_error" if on_staff_host(request) else f"errors/{name}"
    try:
        return render(request, f"mijn/{page}.html", context, status=status)
    except Exception as fault:  # whatever is broken, a visitor gets a page
        log.error("an error page does not work: %s", type(fault).__name__)
        return HttpResponse(BARE, status=status)
