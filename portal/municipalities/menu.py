"""The menu and the legal links of a municipality's site.

They come from the pages of the CMS, but Mijn shows them too, and nothing below the CMS may import it: so the
CMS registers where they come from.
"""

from collections.abc import Callable
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


_provider: Callable[[str], SiteMenu] | None = None


def menu_comes_from(provider: Callable[[str], SiteMenu]) -> None:
    """Say which function makes the menu of the municipality in force, for a language code."""
    global _provider
    _provider = provider


def menu_of_site(language: str) -> SiteMenu:
    """The menu of the municipality in force; empty when no site is installed. At most two queries."""
    return _provider(language) if _provider else SiteMenu()
