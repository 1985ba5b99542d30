"""A closed municipality: its host says so and nothing else, until its keys are destroyed and ever after.

Whoever finds the municipality of a host asks here first, so nothing behind it needs to know: pages that are
stored, sessions, tokens, calls of other systems and the pages that confirm receipts all end at one place.
"""

import re
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .acting import acting_for
from .facts import facts, people_to_reach
from .models import Municipality

LANGUAGE = "|".join(re.escape(code) for code, _name in settings.LANGUAGES)
OWN = re.compile(rf"^/+(?:(?:{LANGUAGE})/+)?(?:mijn|api|bewijs|register|\.well-known)(?:/|$)")
"""What an heir cannot answer for: it knows none of these residents, consumers, receipts and purposes.

It would call a genuine receipt unknown, and a call that is sent on would show it a consumer's credentials.
"""
HEADERS = {
    "Cache-Control": "no-store",  # also of a redirect: a municipality may open again, or have another heir
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class NoHeir(ValueError):
    """Visitors cannot be sent to this address; says why."""


def shut(municipality: Municipality, heir: str, at: datetime) -> None:
    """From this commit on its host is closed. Twice is once; the heir is the last one that was named."""
    with transaction.atomic():
        mine = Municipality.objects.filter(id=municipality.id)
        mine.filter(closed=None).update(closed=at)
        mine.update(heir=heir, content_generation=F("content_generation") + 1)
    municipality.refresh_from_db(fields=["closed", "heir"])


def check_heir(heir: str, municipality: Municipality) -> None:
    """Raises NoHeir for an address that visitors cannot be sent to."""
    try:
        parts = urlsplit(heir)
        port = parts.port
    except ValueError:
        raise NoHeir("this is no address") from None
    if parts.scheme != "https" or not parts.hostname or parts.username is not None or port == 0:
        raise NoHeir("it must begin with https:// and name a host")
    if parts.query or parts.fragment or len(heir) > 200 or not re.fullmatch(r"[!-~]+", heir) or "\\" in heir:
        raise NoHeir("it must be a host, with or without a path")
    if parts.hostname == municipality.host:
        raise NoHeir("that is the site that closes")
    if Municipality.objects.filter(host=parts.hostname, closed__isnull=False).exists():
        raise NoHeir("that site is closed itself")


def heir_here(municipality: Municipality) -> Municipality | None:
    """The municipality of this installation that goes on for one that is closed, if there is one."""
    host = urlsplit(municipality.heir).hostname
    return Municipality.objects.filter(host=host, closed=None).first() if host else None


def closed_answer(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """All that the host of a closed municipality says: where its site went, or that it is no more."""
    path = request.path
    answer: HttpResponse
    if municipality.heir and request.method in ("GET", "HEAD") and not OWN.match(path):
        answer = HttpResponsePermanentRedirect(_at_heir(municipality.heir, path), preserve_request=True)
    elif path.startswith("/api/"):
        problem = {"type": "urn:problem:gesloten", "title": "gesloten", "status": 410}
        answer = JsonResponse(problem, status=410, content_type="application/problem+json")
    else:
        answer = HttpResponse(_page(municipality), status=410)
    for name, value in HEADERS.items():
        answer[name] = value
    return answer


def _at_heir(heir: str, path: str) -> str:
    """The same path where only a host was named; what was asked behind a “?” stays here."""
    if urlsplit(heir).path in ("", "/"):
        return heir.rstrip("/") + escape_uri_path(path)
    return heir


def _page(municipality: Municipality) -> SafeString:
    with acting_for(municipality), transaction.atomic():
        phone = people_to_reach(facts()).phone
    call = format_html("<p>Hebt u een vraag? Bel {}.</p>", phone) if phone else ""
    heir = municipality.heir
    further = format_html('<p>Ga verder op <a href="{0}">{0}</a>.</p>', heir) if heir else ""
    if goes_on := heir_here(municipality):
        asks = format_html("<p>De gemeente {} vraagt u opnieuw wat u wilt delen.</p>", goes_on.name)
        further = format_html("{}{}", further, asks)
    return format_html(
        '<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport"'
        ' content="width=device-width"><title>Deze site is gesloten</title></head><body><main>'
        "<h1>Deze site is gesloten</h1><p>De gemeente {} heeft hier geen site meer. Inloggen kan hier niet"
        " meer. Alles wat u via deze site deelde, is gestopt.</p>{}{}</main></body></html>",
        municipality.name, further, call,
    )  # fmt: skip
