"""What changed in the original since a municipality looked at it, piece by piece, and taking a piece over."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.safestring import SafeString
from wagtail.admin.compare import diff_text
from wagtail.models import Page

from cms.models import HomePage
from cms.shared_pages_models import Copied

from .pieces import Piece, as_stored, pieces_of, read_back, streams, text_fields, told
from .replacing import as_own


class What(StrEnum):
    """What happened to a piece of the original."""

    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Difference:
    """One piece of the original that is not as it was, beside the own page's."""

    key: str
    label: str
    what: What
    original: SafeString
    """The words of the original with what was added and what went, marked."""
    own: str
    """The words of the own page in that place; empty where it has none."""


def differences(copied: Copied) -> list[Difference]:
    """What is to be looked at, in the order of the original as it is on the sites now."""
    original, own = copied.original.specific, own_draft(copied)
    before, now, mine = read_back(original, copied.looked_at), pieces_of(original), pieces_of(own)
    keys = [*now, *(key for key in before if key not in now)]
    return [
        _difference(key, before.get(key), now.get(key), mine.get(key))
        for key in keys
        if _raw(before.get(key)) != _raw(now.get(key))
    ]


def own_draft(copied: Copied) -> Page:
    """The own page as its editor left it, published or not."""
    return copied.page.specific.get_latest_revision_as_object()


@transaction.atomic
def take_over(copied: Copied, key: str, user: Any) -> None:
    """Put a piece of the original as it is now in the draft of the own page. It is published as any draft
    is.
    """
    original, own = copied.original.specific, own_draft(copied)
    if key in {field.name for field in text_fields(original)}:
        setattr(own, key, getattr(original, key))
    else:
        _place(original, own, key)
    own.save_revision(user=user, log_action=True)
    look_at(copied, key)


def look_at(copied: Copied, key: str) -> None:
    """Remember that this piece of the original was looked at, as it is now."""
    now = pieces_of(copied.original.specific)
    kept = {one: raw for one, raw in copied.looked_at if one != key}
    # In the order of the original, so that what is left reads from top to bottom.
    order = [*now, *(one for one in kept if one not in now)]
    values = {**kept, **({key: now[key].raw} if key in now else {})}
    copied.looked_at = [[one, values[one]] for one in order if one in values]
    copied.save(update_fields=["looked_at"])


def _difference(key: str, before: Piece | None, now: Piece | None, mine: Piece | None) -> Difference:
    some = now or before
    assert some is not None
    what = What.GONE if now is None else What.NEW if before is None else What.CHANGED
    marked = diff_text(before.words if before else "", now.words if now else "")
    words = marked.to_html(tag="span", addition_class="cms-added", deletion_class="cms-gone")
    return Difference(key, some.label, what, words, mine.words if mine else "")


def _place(original: Page, own: Page, key: str) -> None:
    """The part where it stands in the own page, else after the one that it follows in the original."""
    name, _colon, block_id = key.partition(":")
    stream = next(stream for stream in streams(original) if stream.name == name)
    theirs = list(getattr(original, name).get_prep_value())
    mine = list(getattr(own, name).get_prep_value())
    new = next((as_own(raw, {}) for raw in theirs if raw["id"] == block_id), None)
    at = next((place for place, raw in enumerate(mine) if raw["id"] == block_id), None)
    if new is None:
        mine = [raw for raw in mine if raw["id"] != block_id]
    elif at is not None:
        mine[at] = new
    else:
        mine.insert(_after(theirs, mine, block_id), new)
    setattr(own, name, stream.stream_block.to_python(mine))


def _after(theirs: list[Mapping[str, Any]], mine: list[Mapping[str, Any]], block_id: str) -> int:
    above: list[str] = []
    for raw in theirs:
        if raw["id"] == block_id:
            break
        above.append(raw["id"])
    places = {raw["id"]: place for place, raw in enumerate(mine)}
    return next((places[one] + 1 for one in reversed(above) if one in places), 0)


def _raw(piece: Piece | None) -> Any:
    return told(piece.raw) if piece else None


def outdated_copies(home: HomePage) -> list[Copied]:
    """Own pages whose original changed since somebody looked. Three queries."""
    copies = list(
        Copied.objects.filter(page__path__startswith=home.path, original__live=True).select_related("page")
    )
    originals = Page.objects.filter(id__in=[copy.original_id for copy in copies]).specific()
    stored = {page.pk: as_stored(page) for page in originals}
    return [copy for copy in copies if told(stored[copy.original_id]) != told(copy.looked_at)]
