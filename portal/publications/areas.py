"""Where a publication is about: postcodes, of four digits or whole, and places."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

POSTCODE = re.compile(r"(?<![\w.,-])([1-9]\d{3})\s?([A-Z]{2})(?!\w)")
"""As it stands in a text, always with its letters: four digits alone can be a year."""
WHOLE = re.compile(r"([1-9]\d{3})\s*([A-Z]{2})?")
MOST = 100
"""Of one publication. A decision about a quarter names each house."""


def postcodes_in(text: str) -> list[str]:
    """The whole postcodes in a text, without their space."""
    return [digits + letters for digits, letters in POSTCODE.findall(text)]


def with_areas(postcodes: Iterable[str]) -> list[str]:
    """Postcodes and the four digits of each, so that one comparison finds either."""
    found = list(dict.fromkeys(postcodes))[:MOST]
    return list(dict.fromkeys([*found, *(one[:4] for one in found)]))


def typed(text: str) -> str:
    """A postcode that somebody typed, "1234AB" or "1234". Raises ValidationError."""
    found = WHOLE.fullmatch(text.strip().upper())
    if not found:
        raise ValidationError(_("Dit is geen postcode. Vul hem zo in: 1234 AB of 1234"))
    return found[1] + (found[2] or "")


def shown(postcode: str) -> str:
    """As people write it."""
    return f"{postcode[:4]} {postcode[4:]}".strip()
