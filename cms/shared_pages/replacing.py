"""A page of one's own in the place of one of the library: it starts as a copy, and remembers what of."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.models import Page

from cms.models import ContentPage, HomePage, LeftOut
from cms.shared_pages_models import Copied, FilledIn

from .pieces import as_stored, streams


@transaction.atomic
def replace(original: ContentPage, home: HomePage, user: Any) -> ContentPage:
    """A draft that is the library's page as this site shows it. It takes its place once it is published.

    It gets the same address where that is free: what pointed at the one points at the other.
    """
    there = replacement(original, home)
    if there:
        return there
    original = original.specific
    slug = _free(home, original.slug)
    copy: ContentPage = original.copy(
        recursive=False,
        to=home,
        keep_live=False,
        copy_revisions=False,
        # With its new address already: `clean` would take the copy for a page of the library.
        update_attrs={
            "slug": slug,
            "url_path": f"{home.url_path}{slug}/",
            "replaces": original,
            "checked_on": None,
        },
        user=user,
    )
    texts = own_texts(home, original)
    left_out = set(LeftOut.objects.filter(home=home, page=original).values_list("block", flat=True))
    for stream in streams(copy):
        raw = [
            as_own(part, texts)
            for part in getattr(copy, stream.name).get_prep_value()
            if part["id"] not in left_out
        ]
        setattr(copy, stream.name, stream.stream_block.to_python(raw))
    copy.save()
    copy.save_revision(user=user)
    Copied.objects.create(page=copy, original=original, looked_at=as_stored(original))
    return copy


def replacement(original: Page, home: HomePage) -> ContentPage | None:
    """The own page that stands, or once published will stand, in the place of this one, or of a
    translation.
    """
    own = ContentPage.objects.descendant_of(home).filter(replaces__translation_key=original.translation_key)
    page: ContentPage | None = own.order_by("-live", "path").first()
    return page


def own_texts(home: HomePage, page: Page) -> Mapping[str, str]:
    """What a municipality wrote in the open places of a page, by the id of the part. One query."""
    return dict(FilledIn.objects.filter(home=home, page_id=page.pk).values_list("block", "text"))


def as_own(part: Mapping[str, Any], texts: Mapping[str, str]) -> Mapping[str, Any]:
    """A part that the library let municipalities write or leave out is a part as any other on an own page."""
    if part["type"] == "fill_in":
        text = texts.get(part["id"]) or part["value"]["text"]
        return {**part, "type": "section", "value": {"title": part["value"]["title"], "text": text}}
    if part["type"] == "optional":
        return {**part, "type": "section"}
    return part


def _free(home: HomePage, slug: str) -> str:
    taken = set(home.get_children().values_list("slug", flat=True))
    names = [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)
