"""The same page in another language, as a plain link; and in which languages Mijn is there at all.

The public site can be shown in more languages (SITE_LANGUAGES) than Mijn speaks. There a resident gets Dutch
that says it is Dutch, not a page that says it is Arabic and is not: what one agrees to must be understood.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language_info

from portal.municipalities.middleware import GetResponse

KEPT = ("naar", "q")
"""What goes along to the other language. Nothing else does: an address can hold a code that is used once."""

IN_MIJN = ("/mijn/", "/bewijs/")


def spoken_in_mijn(get_response: GetResponse) -> GetResponse:
    """Leads from a page of Mijn in a language that Mijn does not speak to the same page in Dutch."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if is_spoken(request.LANGUAGE_CODE, request.path):
            return get_response(request)
        query = request.META.get("QUERY_STRING", "")
        dutch = in_language(request.path, settings.LANGUAGE_CODE)
        return HttpResponseRedirect(f"{dutch}?{query}" if query else dutch)

    return middleware


def is_spoken(language: str, path: str) -> bool:
    """Whether the page at this path can be in that language."""
    if language in settings.MIJN_LANGUAGES:
        return True
    return not in_language(path, settings.LANGUAGE_CODE).startswith(IN_MIJN)


def nearest_in_mijn(language: str) -> str:
    """That language, or Dutch where Mijn does not speak it."""
    return language if language in settings.MIJN_LANGUAGES else settings.LANGUAGE_CODE


@dataclass(frozen=True, slots=True)
class Language:
    """A language that this page can be read in."""

    code: str
    label: str
    """Its name in the language itself."""
    url: str
    current: bool


def languages(request: HttpRequest, active: str) -> list[Language]:
    """All languages that it is there in, each with this page's address in it."""
    kept = {name: request.GET[name] for name in KEPT if name in request.GET}
    query = f"?{urlencode(kept)}" if kept else ""
    return [
        Language(
            code,
            str(get_language_info(code)["name_local"]).capitalize(),
            in_language(request.path, code) + query,
            code == active,
        )
        for code, _name in settings.LANGUAGES
        if is_spoken(code, request.path)
    ]


def in_language(path: str, code: str) -> str:
    """A path in a language, on this host: Dutch has no prefix, any other its own."""
    for other, _name in settings.LANGUAGES:
        if other != settings.LANGUAGE_CODE and (path == f"/{other}" or path.startswith(f"/{other}/")):
            path = path[len(other) + 1 :]
    path = "/" + path.lstrip("/\\")  # `//elsewhere.example` would be another host
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"
