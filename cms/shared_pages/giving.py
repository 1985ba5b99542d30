"""A page of one municipality becomes one for all: offered, taken over by the library, published.

The giver stays named. What the library leaves open in it is filled in for the giver with what stood there,
so the
giver's own page can go: at its address stands the page of the library, reading as before.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.signals import page_published

from cms.models import ContentPage, HomePage
from cms.shared_pages_models import Change, FilledIn, Offer
from cms.trees import is_library
from portal.municipalities.facts import NAMES, OWN
from portal.municipalities.models import Municipality

from .changes import announce
from .pieces import Piece, pieces_of, streams

LEAST = 4
"""Letters that a fact must have to be known again in a text: shorter ones stand there by chance."""
STAYS = {"picture"}
"""Parts that stay with the giver: no other site serves the giver's files."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A part of an offered page, and what may become of it."""

    piece: Piece
    may_be_open: bool
    """Whether each municipality can be left to write it: it is a heading with text."""


def choices_for(page: Page) -> list[Choice]:
    """The parts of the body of an offered page, from top to bottom."""
    pieces = pieces_of(page).values()
    return [
        Choice(piece, piece.raw["type"] in ("section", "optional"))
        for piece in pieces
        if ":" in piece.key and piece.raw["type"] not in STAYS
    ]


def giver_of(page: Page) -> Municipality | None:
    """The municipality that gave this page to all, if one did. One query."""
    given = Offer.objects.filter(
        shared_as__translation_key=page.translation_key, state__in=(Offer.State.TAKEN, Offer.State.SHARED)
    )
    offer = given.select_related("home__municipality").first()
    return offer.home.municipality if offer else None


@transaction.atomic
def take(
    offer: Offer, root: Page, becomes: Mapping[str, str], facts: Mapping[str, str], user: Any
) -> ContentPage:
    """A draft in the library of an offered page; `becomes` says of each part: "all", "open" or "giver".

    Facts that the giver wrote out by hand become slots, so that every site shows its own.
    """
    page = offer.page.specific
    copy: ContentPage = page.copy(
        recursive=False,
        to=root,
        keep_live=False,
        copy_revisions=False,
        update_attrs={"slug": _free(root, page.slug), "replaces": None, "place": ""},
        user=user,
    )
    for stream in streams(copy):
        kept = []
        for raw in getattr(copy, stream.name).get_prep_value():
            what = becomes.get(f"{stream.name}:{raw['id']}", "all")
            if raw["type"] in STAYS:
                continue
            if what == "open":
                FilledIn.objects.create(
                    home=offer.home, page_id=copy.pk, block=raw["id"], text=raw["value"]["text"]
                )
                kept.append({**raw, "type": "fill_in", "value": _left_open(raw["value"]["title"], facts)})
            elif what == "all":
                kept.append(with_slots(raw, facts))
        setattr(copy, stream.name, stream.stream_block.to_python(kept))
    copy.intro = with_slots(copy.intro, facts)
    copy.save()
    copy.save_revision(user=user)
    offer.state, offer.shared_as = Offer.State.TAKEN, copy
    offer.save(update_fields=["state", "shared_as"])
    return copy


@transaction.atomic
def published(page: Page) -> None:
    """The library published a page that was given: the giver's own makes room, and all others are told."""
    offer = Offer.objects.select_for_update().filter(shared_as=page, state=Offer.State.TAKEN).first()
    if offer is None:
        return
    from .making_room import make_room

    make_room(offer.page.specific, page)
    offer.state = Offer.State.SHARED
    offer.save(update_fields=["state"])
    told = _("Nieuw, gemaakt door gemeente %(name)s.") % {"name": offer.home.municipality.name}
    announce(page, told, Change.Kind.NEW)


def with_slots(value: Any, facts: Mapping[str, str]) -> Any:
    """A stored value with each fact that stands in its texts written as its slot."""
    if isinstance(value, str):
        for name, written in _telling(facts):
            value = written.sub(f"[[{name}]]", value)
        return value
    if isinstance(value, Mapping):
        return {key: one if key in ("id", "type") else with_slots(one, facts) for key, one in value.items()}
    if isinstance(value, list):
        return [with_slots(one, facts) for one in value]
    return value


def facts_in(value: Any, facts: Mapping[str, str]) -> list[str]:
    """The names of the facts that stand in a stored value as words."""
    text = str(value)
    found = []
    for name, written in _telling(facts):
        text, number = written.subn("", text)  # a longer one that holds a shorter one is one fact
        if number:
            found.append(name)
    return found


def _telling(facts: Mapping[str, str]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The facts that can be known again in a text, the longest first, each as it may be spelled there."""
    for name, written in sorted(facts.items(), key=lambda item: -len(item[1])):
        plain = written.strip()
        if (name in NAMES or name.startswith(OWN)) and len(plain) >= LEAST:
            spelled = "|".join({re.escape(plain), re.escape(escape(plain))})
            yield name, re.compile(rf"(?<!\w)(?:{spelled})(?!\w)")


def _left_open(title: str, facts: Mapping[str, str]) -> dict[str, str]:
    asked = _("Schrijf hier wat in uw gemeente geldt.")
    return {"title": with_slots(title, facts), "asked": asked, "text": ""}


def _free(root: Page, slug: str) -> str:
    taken = set(root.get_children().values_list("slug", flat=True))
    names = [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def offers_of(home: HomePage, page: Page) -> Offer | None:
    """The latest offer of an own page."""
    offer: Offer | None = Offer.objects.filter(home=home, page=page).order_by("-at").first()
    return offer


def listen() -> None:
    """Called once all models are there. However it is published: by hand, planned, or by a second person."""
    page_published.connect(_published, dispatch_uid="given-page-published")


def _published(instance: Page, **_kwargs: Any) -> None:
    if is_library(instance.url_path):
        published(instance)
