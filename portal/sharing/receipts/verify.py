"""Is it genuine? Yes or no to anybody who asks, and not a word more."""

from portal.sharing.models import Receipt

from . import numbers, signed


def number_is_genuine(typed: str) -> bool:
    """Whether the municipality in force gave out a receipt under this number. One query, always."""
    number = numbers.read(typed)
    known = Receipt.objects.filter(number=number).exists()
    return known and numbers.is_well_formed(number)


def file_is_genuine(content: bytes) -> bool:
    """Whether a receipt's linked data is as the municipality in force signed it, and was given out."""
    try:
        return number_is_genuine(signed.number_in(content))
    except signed.NotGenuine:
        return False
