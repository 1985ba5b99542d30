"""The same page in another language, as a plain link."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_info

KEPT = ("naar", "q")
"""What goes along to the other language. Nothing else does: an address can hold a code that is used once."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language that this page can be read in."""

    code: str
    label: str
    """Its name in the language itself."""
    url: str
    current: bool


def languages(request: HttpRequest, active: str) -> list[Language]:
    """All languages, each with this page's address in it."""
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
    ]


def in_language(path: str, code: str) -> str:
    """A path in a language, on this host: Dutch has no prefix, any other its own."""
    for other, _name in settings.LANGUAGES:
        if other != settings.LANGUAGE_CODE and (path == f"/{other}" or path.startswith(f"/{other}/")):
            path = path[len(other) + 1 :]
    path = "/" + path.lstrip("/\\")  # `//elsewhere.example` would be another host
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"
