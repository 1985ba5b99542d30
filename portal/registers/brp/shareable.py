"""What the BRP knows of somebody that they may pass on themselves, by the name a purpose gives it."""

from collections.abc import Callable, Mapping

from .records import Person


def _name(person: Person) -> str:
    return person.addressed_as or person.name


def _address(person: Person) -> str:
    """Never of somebody who keeps it secret: a desk is not the place to undo that."""
    return "" if person.secret else ", ".join(person.address)


def _municipality(person: Person) -> str:
    return person.municipality


SHAREABLE: Mapping[str, Callable[[Person], str]] = {
    "name": _name,
    "address": _address,
    "municipality": _municipality,
}
"""Each gives the words to share, or nothing when the BRP does not know or may not say."""
