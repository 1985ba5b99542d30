"""What a municipality writes in the places that the library left open on a page, as its site shows it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from cms.shared_pages_models import FilledIn
from portal.municipalities.acting import current_municipality

from .pieces import streams

OPEN_PLACE = "fill_in"
"""The name of such a part in a page's body."""

_tried: ContextVar[Mapping[str, str] | None] = ContextVar("texts_being_tried", default=None)


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the library left open."""

    block: str
    """The id of the part."""
    title: str
    asked: str
    """What the library asks to write there; editors read it, residents do not."""
    otherwise: str
    """What stands there as long as nothing is filled in; may be empty: then nothing stands there."""


def places_in(page: Page) -> list[Place]:
    """The open places of a page, from top to bottom."""
    return [
        Place(part["id"], part["value"]["title"], part["value"]["asked"], part["value"]["text"])
        for stream in streams(page)
        for part in getattr(page, stream.name).raw_data
        if part["type"] == OPEN_PLACE
    ]


def texts_for(page: Page) -> Mapping[str, str]:
    """By the id of the part, what the municipality in force wrote on this page. A query where there is a
    place.
    """
    if (tried := _tried.get()) is not None:
        return tried
    if not places_in(page):
        return {}
    here = FilledIn.objects.filter(home__municipality=current_municipality(), page_id=page.pk)
    return dict(here.values_list("block", "text"))


@contextmanager
def trying(texts: Mapping[str, Any] | None) -> Iterator[None]:
    """For the block, a page shows these texts instead of what is stored: to see before it is on the site."""
    token = _tried.set(texts)
    try:
        yield
    finally:
        _tried.reset(token)
