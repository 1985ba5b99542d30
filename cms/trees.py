"""Where trees stand and how their paths become addresses.

Wagtail's one root holds, side by side, a home page for each municipality and the roots of the library, one
for each language. The first part of a page's `url_path` names its tree; what follows is its path on a site.
"""

from collections.abc import Iterable

from django.conf import settings

LIBRARY = "bibliotheek"
ROOT_DEPTH = 2
STEP = 4
"""Letters of treebeard's path for each level."""


def languages() -> tuple[str, ...]:
    """All languages of the sites, the default first."""
    codes = [code for code, _ in settings.LANGUAGES]
    return (settings.LANGUAGE_CODE, *(code for code in codes if code != settings.LANGUAGE_CODE))


def root_slug(base: str, language: str) -> str:
    """The slug of a tree's root: a municipality's or LIBRARY, with the language if not the default."""
    return base if language == settings.LANGUAGE_CODE else f"{base}-{language}"


def root_path(path: str) -> str:
    """Treebeard's path of the root of the tree that holds a page."""
    return path[: STEP * ROOT_DEPTH]


def address(url_path: str, language: str) -> str:
    """The path on a site, shown in a language, of the page with this `url_path`."""
    rest = url_path.split("/", 2)[2]
    return f"/{rest}" if language == settings.LANGUAGE_CODE else f"/{language}/{rest}"


def tree_of(url_path: str) -> str:
    """The slug of the root of the tree that holds a page."""
    return url_path.split("/", 2)[1]


def url_paths(base: str, path: str, codes: Iterable[str]) -> dict[str, str]:
    """For each language the `url_path` that a path on a site would have in this tree."""
    tail = f"{path}/" if path else ""
    return {code: f"/{root_slug(base, code)}/{tail}" for code in codes}


def library_roots() -> tuple[str, ...]:
    """The `url_path` of each root of the library."""
    return tuple(f"/{root_slug(LIBRARY, code)}/" for code in languages())


def is_library(url_path: str) -> bool:
    """Whether a page is shared by all municipalities."""
    return url_path.startswith(library_roots())
