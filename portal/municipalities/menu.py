"""The menu and the legal links of a municipality's site.

They come from the pages of the CMS, but Mijn shows them too, and nothing below the CMS may import it: so the
CMS registers where they come from.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One link of the site, in the language that was asked where that is there."""

    label: str
    url: str
    language: str = ""
    """The language of its label, when that is not the one that was asked."""


@dataclass(frozen=True, slots=True)
class SiteMenu:
    """What stands at the top of each page, and the legal links at its foot."""

    menu: tuple[MenuItem, ...] = ()
    legal: tuple[MenuItem, ...] = ()


Provider = Callable[[str], SiteMenu]

_provider: Provider | None = None
_tried: ContextVar[Provider | None] = ContextVar("menu_being_tried", default=None)


def menu_comes_from(provider: Provider) -> None:
    """Say which function makes the menu of the municipality in force, for a language code."""
    global _provider
    _provider = provider


def menu_of_site(language: str) -> SiteMenu:
    """The menu of the municipality in force; empty when no site is installed. At most two queries."""
    provider = _tried.get() or _provider
    return provider(language) if provider else SiteMenu()


@contextmanager
def menu_being(provider: Provider) -> Iterator[None]:
    """For the block, this is the menu and not what is stored: to see it before it is on the site."""
    token = _tried.set(provider)
    try:
        yield
    finally:
        _tried.reset(token)


def menu_is_tried() -> bool:
    """Whether the menu is one that nobody may remember."""
    return _tried.get() is not None
