"""Error pages of the counter: what happened and what now, in the neutral frame."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from .required import page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's
    """What no form of ours sends."""
    return page(request, "not_found", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Not for this employee."""
    return page(request, "not_found", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """No such page here."""
    return page(request, "not_found", status=404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Our own fault; needs nothing that may be broken."""
    words = _("Er ging iets mis. Dat ligt niet aan u. Probeer het over een paar minuten opnieuw.")
    return HttpResponse(words, status=500, content_type="text/plain; charset=utf-8")
