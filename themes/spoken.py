"""Which language the frame of a page speaks: a library can hold pages in languages that we have no words in.

A screen reader reads by what `lang` says: Dutch words must not be called Arabic because the page between
them is.
"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language, get_language_info


def spoken(language: str | None = None) -> str:
    """That language, or the active one, where our own words are translated into it; else Dutch."""
    wanted = language or get_language() or settings.LANGUAGE_CODE
    return wanted if _has_words(wanted) else str(settings.LANGUAGE_CODE)


def direction(language: str) -> str:
    """For the attribute `dir`."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


@lru_cache
def _has_words(language: str) -> bool:
    places = (Path(folder, language, "LC_MESSAGES", "django.mo") for folder in settings.LOCALE_PATHS)
    return language == settings.LANGUAGE_CODE or any(place.exists() for place in places)
