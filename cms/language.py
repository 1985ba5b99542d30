"""The language of the CMS: Dutch, unless a member of staff chose another in their own account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from portal.municipalities.middleware import GetResponse


def language_middleware(get_response: GetResponse) -> GetResponse:
    """After Django's own, which would take the browser's language for the wish of who edits in Dutch."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.on_cms_host:  # type: ignore[attr-defined]
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        return get_response(request)

    return middleware
