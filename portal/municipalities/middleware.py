"""The first middleware: which municipality's host is this? Everything after it relies on the answer."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from .acting import acting_for, acting_for_none
from .closing import closed_answer
from .health import health
from .hosts import READ_BEFORE, made_of, municipality_of_host

AT_COUNTER = "at_counter"
"""In a session of staff: it was begun on the counter's host."""
GetResponse = Callable[[HttpRequest], HttpResponse]


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
        row = request.META.get(READ_BEFORE)
        municipality = made_of(row) if row else municipality_of_host(host)
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
