"""Whole public pages, stored until anything of them changes.

The key holds the municipality, the path, the language, what is announced now, the day (opening hours tell of
it), and two numbers, the generations, which the host middleware read with the municipality, before the page
is made. A change raises its number in the transaction
that writes it. So a page made from what was there before can only be stored under the number of before,
whoever publishes at the same moment.
"""

import logging
from collections.abc import Callable
from functools import cache as remember
from functools import wraps
from hashlib import sha256
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate
from django.utils.translation import get_language
from redis.exceptions import RedisError

from portal.accounts.places import in_mijn
from portal.municipalities.acting import current_id, current_municipality
from portal.municipalities.announcements import mark_of
from portal.municipalities.brand import theme_at
from portal.municipalities.middleware import GetResponse
from themes.compiled import version as themes_version

log = logging.getLogger(__name__)
KEPT = 3600
"""Seconds; a bound on memory, not on freshness."""

View = Callable[..., HttpResponse]


def stored_whole(view: View) -> View:
    """Marks what a view answers as the same for everyone: it depends on host, path and language only."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer.same_for_everyone = True  # type: ignore[attr-defined]
        return answer

    return marked


def page_cache_middleware(get_response: GetResponse) -> GetResponse:
    """Answers from what is stored, and stores what may be."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not may_be_stored(request):
            return get_response(request)
        key = key_of(request)
        answer = stored(key)
        if answer is None:
            answer = get_response(request)
            if not is_same_for_everyone(request, answer):
                return answer
            answer["ETag"] = f'"{sha256(answer.content).hexdigest()[:32]}"'
            answer["Cache-Control"] = "no-cache"  # a browser asks each time whether it is still the same
            store(key, answer)
        return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer

    return middleware


def stored(key: str) -> HttpResponse | None:
    """The page of that key; a store that is down holds nothing, and pages are made anew."""
    try:
        found: HttpResponse | None = cache.get(key)
    except (RedisError, OSError) as fault:
        log.error("no stored pages: %s", type(fault).__name__)
        return None
    return found


def store(key: str, answer: HttpResponse) -> None:
    """Keep a page, when the store is there."""
    try:
        cache.set(key, answer, KEPT)
    except (RedisError, OSError) as fault:
        log.error("no page stored: %s", type(fault).__name__)


def may_be_stored(request: HttpRequest) -> bool:
    """Only plain questions to a municipality's site; a preview is made inside a request of the CMS.

    Pages of Mijn are never the same for everyone, so nobody looks for them.
    """
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("QUERY_STRING")
        and not in_mijn(request.path)
        and current_id() is not None
        and not getattr(request, "is_dummy", False)
    )


def key_of(request: HttpRequest) -> str:
    """What a stored page depends on; the numbers are those read before it is made."""
    municipality = current_municipality()
    library = municipality.library_generation  # type: ignore[attr-defined]  # read along by the host middleware
    numbers = f"{municipality.content_generation}.{library}.{mark_of(municipality)}.{localdate():%d}"
    path = sha256(f"{request.method} {request.path}".encode()).hexdigest()
    style = f"{theme_at(municipality, request.path)}:{themes_version()}"  # a planned theme comes at its time
    return f"page:{municipality.id}:{get_language()}:{numbers}:{release()}:{style}:{path}"


def is_same_for_everyone(request: HttpRequest, answer: HttpResponse) -> bool:
    """Whether the view said so, and nothing that happened on the way makes it otherwise."""
    return (
        getattr(answer, "same_for_everyone", False)
        and answer.status_code == 200
        and not answer.streaming
        and not answer.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not getattr(request, "session", None)
        and "cookie" not in answer.get("Vary", "").lower()
    )


@remember
def release() -> str:
    """Which set of static files this process serves: a page links to them by hash."""
    return str(getattr(staticfiles_storage, "manifest_hash", ""))[:12]
