"""What the BRP knows of somebody that they may pass on themselves, by the name a purpose gives it."""

from collections.abc import Callable, Mapping

from django.utils import timezone

from .records import Person


def _name(person: Person) -> str:
    return person.addressed_as or person.name


def _address(person: Person) -> str:
    """Never of somebody who keeps it secret: a desk is not the place to undo that."""
    return "" if person.secret else ", ".join(person.address)


def _municipality(person: Person) -> str:
    return person.municipality


def _at_least(years: int) -> Callable[[Person], str]:
    """ "yes" or "no", as the wallet says it; nothing where the BRP does not know the year."""

    def answer(person: Person) -> str:
        if person.born is None or person.born.latest is None:
            return ""
        last, today = person.born.latest, timezone.localdate()
        is_it = (last.year + years, last.month, last.day) <= (today.year, today.month, today.day)
        return "yes" if is_it else "no"

    return answer


SHAREABLE: Mapping[str, Callable[[Person], str]] = {
    "name": _name,
    "address": _address,
    "municipality": _municipality,
    "over12": _at_least(12),
    "over16": _at_least(16),
    "over18": _at_least(18),
    "over21": _at_least(21),
    "over65": _at_least(65),
}
"""Each gives the words to share, or nothing when the BRP does not know or may not say."""
