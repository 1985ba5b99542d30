"""What the frame of Mijn shows of the municipality's site: its facts, its menu, and what it is connected to.

Each process remembers them under the two numbers that stored pages are kept under too (cms/page_cache.py),
read with the municipality, before these. A change raises its number in the transaction that writes it, so
what is remembered is never older than its number.
"""

from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from portal.municipalities.connections import kinds_connected
from portal.municipalities.facts import facts
from portal.municipalities.menu import SiteMenu, menu_is_tried, menu_of_site
from portal.municipalities.models import Municipality

REMEMBERED = 1024
"""Of each of 342 municipalities, in three languages; some kilobytes each."""


def site_facts(municipality: Municipality) -> Mapping[str, str]:
    """The facts of the municipality in force. One query, none while nothing of its site changes."""
    numbers = _numbers(municipality)
    return _facts(municipality.id, *numbers) if numbers else facts()


def site_menu(municipality: Municipality, language: str) -> SiteMenu:
    """The menu of the municipality in force. Three queries, none while nothing of its site changes."""
    numbers = _numbers(municipality)
    if numbers is None or menu_is_tried():
        return menu_of_site(language)
    return _menu(municipality.id, *numbers, language)


def site_kinds(municipality: Municipality, *kinds: str) -> frozenset[str]:
    """Which of these the municipality in force is connected to. One query, none while nothing changes."""
    numbers = _numbers(municipality)
    return _kinds(municipality.id, *numbers, kinds) if numbers else kinds_connected(*kinds)


def forget() -> None:
    """For tests, which take back what they wrote."""
    _facts.cache_clear()
    _kinds.cache_clear()
    _menu.cache_clear()


def _numbers(municipality: Municipality) -> tuple[int, int] | None:
    """None where it was not the host that told whose site it is."""
    library: int | None = getattr(municipality, "library_generation", None)
    return None if library is None else (municipality.content_generation, library)


@lru_cache(REMEMBERED)
def _facts(_municipality: UUID, _own: int, _library: int) -> Mapping[str, str]:
    return facts()


@lru_cache(REMEMBERED)
def _kinds(_municipality: UUID, _own: int, _library: int, kinds: tuple[str, ...]) -> frozenset[str]:
    return kinds_connected(*kinds)


@lru_cache(REMEMBERED)
def _menu(_municipality: UUID, _own: int, _library: int, language: str) -> SiteMenu:
    return menu_of_site(language)
