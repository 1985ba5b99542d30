"""What the frame of Mijn shows of the municipality's site: its menu, and what it is connected to.

Each process remembers them, as the facts, under the two numbers that stored pages are kept under too.
"""

from functools import lru_cache
from uuid import UUID

from portal.municipalities.connections import kinds_connected
from portal.municipalities.facts import remembered
from portal.municipalities.hosts import numbers_of
from portal.municipalities.menu import SiteMenu, menu_is_tried, menu_of_site
from portal.municipalities.models import Municipality

REMEMBERED = 1024
"""Of each of 342 municipalities, in three languages; some kilobytes each."""


def site_menu(municipality: Municipality, language: str) -> SiteMenu:
    """The menu of the municipality in force. Three queries, none while nothing of its site changes."""
    numbers = numbers_of(municipality)
    if numbers is None or menu_is_tried():
        return menu_of_site(language)
    return _menu(municipality.id, *numbers, language)


def site_kinds(municipality: Municipality, *kinds: str) -> frozenset[str]:
    """Which of these the municipality in force is connected to. One query, none while nothing changes."""
    numbers = numbers_of(municipality)
    return _kinds(municipality.id, *numbers, kinds) if numbers else kinds_connected(*kinds)


def forget() -> None:
    """For tests, which take back what they wrote."""
    remembered.cache_clear()
    _kinds.cache_clear()
    _menu.cache_clear()


@lru_cache(REMEMBERED)
def _kinds(_municipality: UUID, _own: int, _library: int, kinds: tuple[str, ...]) -> frozenset[str]:
    return kinds_connected(*kinds)


@lru_cache(REMEMBERED)
def _menu(_municipality: UUID, _own: int, _library: int, language: str) -> SiteMenu:
    return menu_of_site(language)
