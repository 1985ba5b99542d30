"""Where somebody of the staff may do something: nowhere, in one place, or in one of several."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.municipalities.models import Municipality


@dataclass(frozen=True, slots=True)
class Place:
    """One municipality, or all of them together."""

    slug: str
    name: str
    municipality: Municipality | None
    """None: all of them, or what they share."""


class HasSlug(Protocol):
    """A place, as an address names it: a municipality is one too."""

    @property
    def slug(self) -> Any: ...


P = TypeVar("P", bound=HasSlug)


def place_named(slug: str, places: Sequence[P]) -> P:
    """That one of the places. Raises Http404 for who has nothing to say there."""
    found = next((one for one in places if one.slug == slug), None)
    if found is None:
        raise Http404
    return found


def to_a_place(
    request: HttpRequest, places: Sequence[HasSlug], view: str, title: str, question: str = ""
) -> HttpResponse:
    """To that view of the one place there is, or a choice. Raises Http404 where there is none."""
    if not places:
        raise Http404
    if len(places) == 1:
        return redirect(view, places[0].slug)
    context = {"places": places, "view": view, "title": title}
    return render(
        request, "cms/staff/which.html", context | {"question": question or _("Van welke gemeente?")}
    )
