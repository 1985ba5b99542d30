"""Which theme a municipality's site has at a moment and at a path: its own, a planned one, a second brand.

All of it stands in the municipality's row, which is read with the host; so a planned theme is there on the
minute, without a query and without anybody who must be awake for it.
"""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from .models import Municipality


def theme_now(municipality: Municipality, at: datetime | None = None) -> str:
    """The slug of the theme that is in force; the planned one once its time has come."""
    starts = municipality.theme_from
    if municipality.theme_next and starts and starts <= (at or timezone.now()):
        return municipality.theme_next
    return municipality.theme


def theme_at(municipality: Municipality, path: str) -> str:
    """The theme of a page: of the part of the site it lies in, such as `/werkplein/`, or the site's own."""
    for language, _name in settings.LANGUAGES:
        if path.startswith(f"/{language}/"):
            path = path.removeprefix(f"/{language}")
    brands = municipality.second_brands
    parts = [part for part in brands if path.startswith(part)]
    return str(brands[max(parts, key=len)]) if parts else theme_now(municipality)
