"""A stored page is answered before Django begins: most of what a request of Django's costs is spared.

It asks what the middleware of stored pages asks (`page_cache`), in its words, over a connection of its own.
Whatever is not this plain case goes on to Django, which decides everything: a page that is not stored yet, a
browser that has the page already, a host of nobody's, a database that is away.
"""

from collections.abc import Iterable
from typing import NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import psycopg
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIHandler
from django.http.request import split_domain_port

from portal.municipalities.hosts import READ_BEFORE, Row, Standing, made_of
from portal.municipalities.models import Municipality

from .page_cache import CONDITIONS, Page, key_of, may_be_stored, state_of, stored


def stored_first(django: WSGIHandler) -> WSGIApplication:
    """The application with that before it."""
    find = Finder(django)

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        page = find(environ)
        if page is None:
            return django(environ, start_response)
        start_response("200 OK", list(page.headers.items()))
        return [page.content]

    return application


class Site(NamedTuple):
    """What a row says, for as long as it says the same; only read, since all requests share it."""

    row: Row
    municipality: Municipality
    state: str


class Finder:
    """Looks for the stored page of a request; what it read of the host goes on to Django with the request."""

    def __init__(self, django: WSGIHandler) -> None:
        self._request = django.request_class
        self._standing = Standing()
        self._sites: dict[str, Site] = {}

    def __call__(self, environ: WSGIEnvironment) -> Page | None:
        if environ["REQUEST_METHOD"] != "GET" or not CONDITIONS.isdisjoint(environ):
            return None
        request = self._request(environ)
        try:
            host, _port = split_domain_port(request.get_host())
            if not may_be_stored(request) or host in (settings.CMS_HOST, settings.COUNTER_HOST):
                return None
            row = self._standing.row_of(host)
        except (DisallowedHost, psycopg.Error):
            return None
        if row is None:
            return None
        environ[READ_BEFORE] = row
        site = self._site(host, row)
        return None if site.municipality.closed else stored(key_of(request, site.municipality, site.state))

    def _site(self, host: str, row: Row) -> Site:
        site = self._sites.get(host)
        if site is None or site.row is not row:
            municipality = made_of(row)
            site = self._sites[host] = Site(row, municipality, state_of(municipality))
        return site
