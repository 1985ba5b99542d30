"""The first middleware: which municipality's host is this? Everything after it relies on the answer."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from .acting import acting_for, acting_for_none
from .health import health
from .models import LibraryGeneration, Municipality

GetResponse = Callable[[HttpRequest], HttpResponse]


def municipality_of_host(host: str) -> Municipality | None:
    """The one check of hosts: a municipality's own, or nobody's.

    One query, with the number of the library: stored pages are kept under both generations, and both must be
    read before a page is made.
    """
    library = LibraryGeneration.objects.values("number")[:1]
    return Municipality.objects.annotate(library_generation=Subquery(library)).filter(host=host).first()


def host_middleware(get_response: GetResponse) -> GetResponse:
    """Puts the host's municipality in force, or none on the CMS host; any other host gets 400."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if (answer := health(request)) is not None:
            return answer
        try:
            host, _port = split_domain_port(request.get_host())
        except DisallowedHost:
            return unknown_host()
        if host == settings.CMS_HOST:
            request.urlconf = "cms.urls"
            request.on_cms_host = True  # type: ignore[attr-defined]
            with acting_for_none():
                return get_response(request)
        request.on_cms_host = False  # type: ignore[attr-defined]
        municipality = municipality_of_host(host)
        if municipality is None:
            return unknown_host()
        with acting_for(municipality):
            return get_response(request)

    return middleware


def unknown_host() -> HttpResponse:
    """Says nothing about which hosts exist."""
    return HttpResponse("Dit adres kennen wij niet.", status=400, content_type="text/plain; charset=utf-8")


def only_on_cms_host(factory: str) -> Callable[[GetResponse], GetResponse]:
    """A middleware of Django's for staff only: residents get no session, user or messages of Django's."""
    from django.utils.module_loading import import_string

    def make(get_response: GetResponse) -> GetResponse:
        wrapped = import_string(factory)(get_response)

        def middleware(request: HttpRequest) -> HttpResponse:
            return wrapped(request) if request.on_cms_host else get_response(request)  # type: ignore[attr-defined]

        return middleware

    return make


staff_session = only_on_cms_host("django.contrib.sessions.middleware.SessionMiddleware")
staff_user = only_on_cms_host("django.contrib.auth.middleware.AuthenticationMiddleware")
staff_messages = only_on_cms_host("django.contrib.messages.middleware.MessageMiddleware")


def staff_context(request: HttpRequest) -> dict[str, object]:
    """What Wagtail's admin templates expect, on the CMS host only."""
    if not getattr(request, "on_cms_host", False):
        return {}
    from django.contrib.auth.context_processors import auth
    from django.contrib.messages.context_processors import messages

    return {**auth(request), **messages(request)}
