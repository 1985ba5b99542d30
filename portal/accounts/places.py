"""Which addresses are Mijn's, in every language."""

from django.conf import settings
from django.utils import translation


def in_mijn(path: str) -> bool:
    """Whether a path lies in Mijn. Dutch has no prefix, other languages have."""
    return path.startswith(("/mijn/", *(f"/{code}/mijn/" for code, _name in settings.LANGUAGES)))


def language_of(path: str) -> str:
    """The language that a path is in."""
    return translation.get_language_from_path(path) or settings.LANGUAGE_CODE
