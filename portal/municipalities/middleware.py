"""The first middleware: which municipality's host is this? Everything after it relies on the answer."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils import timezone

from .acting import acting_for, acting_for_none
from .closing import closed_answer
from .health import health
from .models import Municipality
from .together import Together

AT_COUNTER = "at_counter"
"""In a session of staff: it was begun on the counter's host."""
GetResponse = Callable[[HttpRequest], HttpResponse]


OF_HOST = """SELECT {columns},
    (SELECT number FROM municipalities_librarygeneration LIMIT 1) AS library_generation,
    ARRAY(
        SELECT jsonb_build_object('id', told.id, 'kind', told.kind, 'text', told.text, 'url', told.url)::text
        FROM municipalities_announcement told
        WHERE (told.municipality_id = here.id OR told.municipality_id IS NULL)
            AND told.begins <= %(now)s AND told.ends > %(now)s
        ORDER BY told.kind, told.begins DESC
    ) AS announced
    FROM municipalities_municipality here WHERE here.host = ANY(%(hosts)s)
"""
"""Every request asks it; letting Django word it and read its columns would take longer than the answer."""


@cache
def of_host() -> tuple[str, list[str]]:
    """The question with the columns it asks for, and the names of their fields."""
    fields = Municipality._meta.concrete_fields
    columns = ", ".join(f'here."{field.column}"' for field in fields)
    return OF_HOST.replace("{columns}", columns), [field.attname for field in fields]


def municipality_of_host(host: str) -> Municipality | None:
    """The one check of hosts: a municipality's own, or nobody's.

    One query, with the number of the library and what is announced: stored pages are kept under both
    generations and under that, and all must be read before a page is made. Requests that come at the same
    moment share it.
    """
    row = _rows.of(host)
    if row is None:
        return None
    _question, names = of_host()
    *columns, library, announced = row
    found = Municipality.from_db(connection.alias, names, columns)
    found.second_brands = json.loads(found.second_brands)  # as Django's JSONField reads it
    found.library_generation, found.announced = library, announced  # type: ignore[attr-defined]
    return found


def _rows_of(hosts: list[str]) -> dict[str, tuple[Any, ...]]:
    question, names = of_host()
    with connection.prepared_cursor() as cursor:  # type: ignore[attr-defined]  # our own engine
        cursor.execute(question, {"hosts": hosts, "now": timezone.now()})
        return {row[names.index("host")]: row for row in cursor.fetchall()}


_rows = Together(_rows_of)


def on_staff_host(request: HttpRequest) -> bool:
    """Whether this is a host of staff: the CMS's, or the counter's."""
    return getattr(request, "on_cms_host", False) or getattr(request, "on_counter_host", False)


def host_middleware(get_response: GetResponse) -> GetResponse:
    """Puts the host's municipality in force, or none on the hosts of staff; any other host gets 400.

    One that is closed is never put in force.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if (answer := health(request)) is not None:
            return answer
        try:
            host, _port = split_domain_port(request.get_host())
        except DisallowedHost:
            return unknown_host()
        request.on_cms_host = host == settings.CMS_HOST  # type: ignore[attr-defined]
        request.on_counter_host = host == settings.COUNTER_HOST  # type: ignore[attr-defined]
        if on_staff_host(request):
            request.urlconf = "cms.urls" if request.on_cms_host else "portal.counter.urls"  # type: ignore[attr-defined]
            with acting_for_none():
                return get_response(request)
        municipality = municipality_of_host(host)
        if municipality is None:
            return unknown_host()
        if municipality.closed:  # before everything else: no page, file, session or API of it is left
            return closed_answer(request, municipality)
        with acting_for(municipality):
            return get_response(request)

    return middleware


def unknown_host() -> HttpResponse:
    """Says nothing about which hosts exist."""
    return HttpResponse("Dit adres kennen wij niet.", status=400, content_type="text/plain; charset=utf-8")


def only_for_staff(factory: str) -> Callable[[GetResponse], GetResponse]:
    """A middleware of Django's for staff only: residents get no session, user or messages of Django's."""
    from django.utils.module_loading import import_string

    def make(get_response: GetResponse) -> GetResponse:
        wrapped = import_string(factory)(get_response)

        def middleware(request: HttpRequest) -> HttpResponse:
            return wrapped(request) if on_staff_host(request) else get_response(request)

        return middleware

    return make


def session_of_this_host(get_response: GetResponse) -> GetResponse:
    """A session of one host of staff is nobody's on the other: Django keeps both in one table."""

    def middleware(request: HttpRequest) -> HttpResponse:
        at_counter = getattr(request, "on_counter_host", False)
        if request.session.get(AT_COUNTER, False) != at_counter:
            request.session = type(request.session)()
        answer = get_response(request)
        if at_counter and not request.session.is_empty() and AT_COUNTER not in request.session:
            request.session[AT_COUNTER] = True
        return answer

    return middleware


staff_session = only_for_staff("django.contrib.sessions.middleware.SessionMiddleware")
staff_session_here = only_for_staff("portal.municipalities.middleware.session_of_this_host")
staff_user = only_for_staff("django.contrib.auth.middleware.AuthenticationMiddleware")
staff_messages = only_for_staff("django.contrib.messages.middleware.MessageMiddleware")


def staff_context(request: HttpRequest) -> dict[str, object]:
    """What Wagtail's admin templates expect, on the CMS host only."""
    if not getattr(request, "on_cms_host", False):
        return {}
    from django.contrib.auth.context_processors import auth
    from django.contrib.messages.context_processors import messages

    return {**auth(request), **messages(request)}
