"""What residents read that somebody who came for them could see is what is open to those, and all of it."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from portal.registers.sections import sections
from portal.usage.represented import WHAT

IN_WORDS = {
    "portal.registers.zaken": "Zaken",
    "portal.registers.taken": "Taken",
    "portal.registers.berichten": "Berichten",
    "portal.sharing": "Wat u deelt",
    "portal.usage": "Wie uw gegevens gebruikte",
    "portal.mijn": "",
}
"""By room; the frame shows what the rooms do, and nothing of its own."""


def test_what_is_open_to_who_acts_for_another_is_what_their_resident_reads() -> None:
    rooms = [room_of(view) for view in views(get_resolver().url_patterns) if is_open(view)]

    assert {IN_WORDS[one] for one in rooms} - {""} == set(WHAT)
    assert len(WHAT) == len(set(WHAT))


def test_no_section_is_open_to_them_whose_pages_are_not() -> None:
    open_rooms = {room_of(view) for view in views(get_resolver().url_patterns) if is_open(view)}

    assert {one.urls.removesuffix(".urls") for one in sections(for_another=True)} <= open_rooms


def views(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[Callable[..., Any]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from views(one.url_patterns)
        else:
            yield one.callback


def is_open(view: Callable[..., Any]) -> bool:
    """Whether one of its decorators is `signed_in` with a reach."""
    layer: Any = view
    while layer is not None:
        if inspect.isfunction(layer) and inspect.getclosurevars(layer).nonlocals.get("for_another"):
            return True
        layer = getattr(layer, "__wrapped__", None)
    return False


def room_of(view: Callable[..., Any]) -> str:
    return next(room for room in IN_WORDS if f"{view.__module__}.".startswith(f"{room}."))
