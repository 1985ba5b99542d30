"""Whole public pages, stored until anything of them changes.

The key holds the municipality, the path and with it the language, what is announced now, the day (opening
hours tell of it), and two numbers, the generations, which the host middleware read with the municipality,
before the page is made. A change raises its number in the transaction that writes it. So a page made from
what was there before can only be stored under the number of before, whoever publishes at the same moment.

A page is stored as it leaves: with the headers that every middleware behind this one gave it. So its key
also holds what those depend on, the scheme and the settings; and none of them runs for a stored page.
"""

import logging
from collections.abc import Callable
from functools import cache as remember
from functools import wraps
from hashlib import sha256
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate
from redis.exceptions import RedisError

from portal.accounts.places import in_mijn, language_of
from portal.municipalities.acting import current_id, current_municipality
from portal.municipalities.announcements import mark_of
from portal.municipalities.brand import theme_at
from portal.municipalities.headers import PERMISSIONS
from portal.municipalities.hosts import numbers_of
from portal.municipalities.middleware import GetResponse
from portal.municipalities.models import Municipality
from themes.compiled import version as themes_version

log = logging.getLogger(__name__)
KEPT = 3600
"""Seconds; a bound on memory, not on freshness."""
NO_PAGES = (settings.STATIC_URL, "/api/")
CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"}
OF_BODY = {"Content-Type", "Content-Length", "ETag", "Cache-Control"}
"""What an answer without the page has of its own, or has not."""

View = Callable[..., HttpResponse]


def stored_whole(view: View) -> View:
    """Marks what a view answers as the same for everyone: it depends on host, path and language only."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer.same_for_everyone = True  # type: ignore[attr-defined]
        return answer

    return marked


class Page(NamedTuple):
    """An answer as it is stored: pickled in a fraction of the time of Django's own."""

    headers: dict[str, str]
    content: bytes


def page_cache_middleware(get_response: GetResponse) -> GetResponse:
    """Answers from what is stored, and stores what may be."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if current_id() is None or not may_be_stored(request):
            return get_response(request)
        municipality = current_municipality()
        key = key_of(request, municipality, state_of(municipality))
        if found := stored(key):
            answer = HttpResponse(found.content, headers=found.headers)
        else:
            answer = get_response(request)
            if not is_same_for_everyone(request, answer):
                return answer
            answer["ETag"] = f'"{sha256(answer.content).hexdigest()[:32]}"'
            answer["Cache-Control"] = "no-cache"  # a browser asks each time whether it is still the same
            store(key, Page(dict(answer.items()), answer.content))
        return unless_known(request, answer)

    return middleware


def unless_known(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The page, or that the browser has it already: with the same headers, but those of a body."""
    if CONDITIONS.isdisjoint(request.META):
        return answer
    told: HttpResponse = get_conditional_response(request, etag=answer["ETag"], response=answer) or answer
    for name, value in answer.items():
        if name not in OF_BODY:
            told.headers.setdefault(name, value)
    return told


def stored(key: str) -> Page | None:
    """The page of that key; a store that is down holds nothing, and pages are made anew."""
    try:
        found: tuple[dict[str, str], bytes] | None = cache.get(key)
    except (RedisError, OSError) as fault:
        log.error("no stored pages: %s", type(fault).__name__)
        return None
    return Page(*found) if found else None


def store(key: str, page: Page) -> None:
    """Keep a page, when the store is there."""
    try:
        cache.set(key, tuple(page), KEPT)
    except (RedisError, OSError) as fault:
        log.error("no page stored: %s", type(fault).__name__)


def may_be_stored(request: HttpRequest) -> bool:
    """Only plain questions to a municipality's site; a preview is made inside a request of the CMS.

    Pages of Mijn are never the same for everyone, and files and the API are no pages: nobody looks for them.
    """
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("QUERY_STRING")
        and not request.path.startswith(NO_PAGES)
        and not in_mijn(request.path)
        and not getattr(request, "is_dummy", False)
    )


def key_of(request: HttpRequest, municipality: Municipality, state: str) -> str:
    """What a stored page depends on: where it stands, and the state of its site before it is made."""
    path = sha256(f"{request.method} {request.scheme} {request.path}".encode()).hexdigest()
    style = f"{theme_at(municipality, request.path)}:{themes_version()}"  # a planned theme comes at its time
    language, day = language_of(request.path_info), localdate().day
    return f"page:{state}:{language}:{day}:{release()}:{headers_in_force()}:{style}:{path}"


def state_of(municipality: Municipality) -> str:
    """What was read of the site with the municipality: whose it is, the two numbers, what is announced."""
    numbers = ".".join(map(str, numbers_of(municipality) or ()))
    return f"{municipality.id}:{numbers}:{mark_of(municipality)}"


def is_same_for_everyone(request: HttpRequest, answer: HttpResponse) -> bool:
    """Whether the view said so, and nothing that happened on the way makes it otherwise."""
    return (
        getattr(answer, "same_for_everyone", False)
        and answer.status_code == 200
        and not answer.streaming
        and not answer.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not hasattr(request, "_csp_nonce")  # for one answer only
        and not getattr(request, "session", None)
        and "cookie" not in answer.get("Vary", "").lower()
    )


@remember
def release() -> str:
    """Which set of static files this process serves: a page links to them by hash."""
    return str(getattr(staticfiles_storage, "manifest_hash", ""))[:12]


@remember
def headers_in_force() -> str:
    """A few letters that differ whenever the settings give pages other headers; a store outlives them."""
    names = [
        name for name in dir(settings) if name.startswith(("SECURE_", "CONTENT_SECURITY_POLICY", "X_FRAME"))
    ]
    told = [(name, getattr(settings, name)) for name in [*names, "MIDDLEWARE"]]
    return sha256(repr([told, PERMISSIONS]).encode()).hexdigest()[:12]
