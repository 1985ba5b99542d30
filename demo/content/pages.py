"""Puts the demo's pages into the CMS: the library, each municipality's own pages, pictures and staff.

To load it again leaves a page that is there as its editor left it.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, Page

from cms import models
from cms.founding import give_site, lay_library
from cms.models import ContentPage, Copied, FilledIn, HomePage, LeftOut, Picture, Required
from cms.shared_pages.pieces import as_stored
from portal.municipalities.founding import found
from portal.municipalities.models import Announcement, Municipality

from . import staff, synonyms
from .drawings import drawing
from .indexed_once import indexed_once
from .library import EVENTS
from .library_cases import CASES
from .library_english import ENGLISH
from .library_guides import GUIDES
from .library_legal import LAWS, LEGAL
from .library_products import PRODUCTS
from .library_questions import QUESTIONS
from .municipalities import MONTHS, PLACES, Place
from .own_pages import OWN_SITES, OwnSite
from .written import Part, Written

Library = Mapping[str, ContentPage]
SHARED = (*EVENTS, *LEGAL, *PRODUCTS, *QUESTIONS, *GUIDES, *CASES)
"""All of the library in Dutch; a page comes after the one it stands below."""

LINK = re.compile(r'<a href="page:([a-z-]+)">')
DAY = re.compile(r"\{day\+(\d+)\}")


@transaction.atomic
def load(password: str, day: date) -> list[dict[str, str]]:
    """All pages as they are on the day of reset; answers with the staff accounts and this password."""
    with indexed_once():
        _library_and_sites(day)
    synonyms.load()
    return staff.load(password)


def _library_and_sites(day: date) -> None:
    roots = lay_library()
    shared: dict[str, ContentPage] = {}
    for page in SHARED:
        shared[page.slug] = _page(shared[page.below] if page.below else roots["nl"], page, day)
    for page in SHARED:
        _fill(shared[page.slug], page, shared, day)
    for slug, law in LAWS.items():
        Required.objects.get_or_create(page=shared[slug], defaults={"law": law})
    for slug, page in ENGLISH.items():
        written = next(one for one in SHARED if one.slug == slug)
        page = replace(page, kind=written.kind)
        translated = _page(roots["en"], page, day, translates=shared[slug])
        _fill(translated, page, shared, day)
    for place in PLACES:
        _site(place, OWN_SITES[place.slug], shared, day)


def _site(place: Place, own: OwnSite, shared: Library, day: date) -> None:
    municipality = Municipality.objects.filter(slug=place.slug).first() or found(
        place.slug, place.name, place.host, place.code, place.slug, place.facts, fictional=True
    )
    home = give_site(municipality)
    picture = _picture(place.slug)
    for page in own.pages:
        made = _page(home, page, day, replaces=shared.get(page.replaces))
        _fill(made, page, shared, day, picture)
        if made.replaces_id:
            _began_as_copy(made)
    if not home.tasks:
        home.refresh_from_db()  # its number of children has changed
        _welcome(home, own, shared, picture)
        _announce(place, municipality, day)
    for (slug, title), text in own.filled_in.items():
        _write_in(home, shared[slug], title, text)
    for title in own.left_out:
        _leave_out(home, title, shared)


def _began_as_copy(page: ContentPage) -> None:
    """So that its editor sees what the library changes later, as with a page that was replaced by hand."""
    original = ContentPage.objects.get(pk=page.replaces_id).specific
    Copied.objects.get_or_create(
        page_id=page.pk, defaults={"original": original, "looked_at": as_stored(original)}
    )


def _welcome(home: HomePage, own: OwnSite, shared: Library, picture: Picture) -> None:
    home.title, home.intro, home.picture = own.title, own.intro, picture
    home.tasks = [("task", {"page": shared[slug], "text": text}) for slug, text in own.tasks.items()]
    home.save_revision().publish()


def _announce(place: Place, municipality: Municipality, day: date) -> None:
    begins = datetime.combine(day, time(), tzinfo=UTC)
    Announcement.objects.create(
        municipality=municipality,
        kind=Announcement.Kind.NOTICE,
        text=place.notice_on(day),
        url=place.reads_more,
        begins=begins,
        ends=datetime.combine(place.last_day_of_notice(day), time(23), tzinfo=UTC),
        made_by="Piket",
    )


def _page(
    parent: Page,
    written: Written,
    day: date,
    *,
    translates: ContentPage | None = None,
    replaces: ContentPage | None = None,
) -> ContentPage:
    """The page with all but its text, which may link to pages that are still to come."""
    there: ContentPage | None = ContentPage.objects.child_of(parent).filter(slug=written.slug).first()
    if there:
        return there
    checked = day - timedelta(days=written.checked)
    page: ContentPage = getattr(models, written.kind)(
        slug=written.slug,
        title=_dated(written.title, day),
        intro=_dated(written.intro, day),
        button_label=written.button[0] if written.button else "",
        button_url=written.button[1] if written.button else "",
        place=written.place,
        checked_on=checked,
        replaces=replaces,
        locale=parent.locale,
        first_published_at=datetime.combine(checked, time(9), tzinfo=UTC),
        asks_whether_useful=written.asks,
        **_fields(written, day, checked),
        **({"translation_key": translates.translation_key} if translates else {}),
    )
    parent.specific_class.objects.get(pk=parent.pk).add_child(instance=page)
    return page


def _fields(written: Written, day: date, checked: date) -> dict[str, Any]:
    """What its type asks beside, on the day of reset."""
    if written.kind == "NewsPage":
        return {"day": checked}
    fields = dict(written.fields)
    if differing := fields.get("exceptions"):
        fields["exceptions"] = [
            (
                "days",
                {
                    "first": day + timedelta(days=days),
                    "last": None,
                    "opens": None,
                    "closes": None,
                    "why": why,
                },
            )
            for days, why in differing
        ]
    return fields


def _fill(
    page: ContentPage, written: Written, shared: Library, day: date, picture: Picture | None = None
) -> None:
    """Write the text and publish, once. (Wagtail's own publishing saves each page three times.)"""
    if page.latest_revision_id:
        return
    parts: list[Part] = []
    if picture and written.picture:
        parts.append(("picture", {"picture": picture, "alt": picture.description}))
    parts += [(kind, _with_links(value, shared, day)) for kind, value in written.parts]
    page.body = parts
    for name, value in written.fields.items():
        if isinstance(value, str):
            setattr(page, name, _with_links({name: value}, shared, day)[name])
        elif name != "exceptions":
            setattr(page, name, [(kind, _with_links(one, shared, day)) for kind, one in value])
    page.last_published_at = timezone.now()
    page.refresh_from_db(fields=["numchild"])  # pages were put below it since
    page.save(clean=False)
    revision = page.save_revision(clean=False, log_action=False)
    Page.objects.filter(pk=page.pk).update(live_revision=revision, has_unpublished_changes=False)


def _with_links(value: Mapping[str, Any], shared: Library, day: date) -> dict[str, Any]:
    def linked(text: str) -> str:
        return LINK.sub(lambda found: f'<a linktype="page" id="{shared[found[1]].pk}">', _dated(text, day))

    def each(part: Any) -> Any:
        if isinstance(part, list):
            return [linked(one) for one in part]
        return linked(part) if isinstance(part, str) else part

    return {name: each(part) for name, part in value.items()}


def _dated(text: str, day: date) -> str:
    def in_words(found: re.Match[str]) -> str:
        then = day + timedelta(days=int(found[1]))
        return f"{then.day} {MONTHS[then.month - 1]}"

    return DAY.sub(in_words, text)


def _picture(slug: str) -> Picture:
    collection = Collection.objects.get(name=slug)
    there: Picture | None = Picture.objects.filter(collection=collection).first()
    if there:
        return there
    content, shows = drawing(slug)
    file = ImageFile(BytesIO(content), name=f"{slug}.png")
    made: Picture = Picture.objects.create(title=shows, description=shows, file=file, collection=collection)
    return made


def _write_in(home: HomePage, page: ContentPage, title: str, text: str) -> None:
    for block in ContentPage.objects.get(pk=page.pk).body:
        if block.block_type == "fill_in" and block.value["title"] == title:
            FilledIn.objects.get_or_create(
                home=home, page_id=page.pk, block=block.id, defaults={"text": text}
            )


def _leave_out(home: HomePage, title: str, shared: Library) -> None:
    for page in shared.values():
        for block in ContentPage.objects.get(pk=page.pk).body:
            if block.block_type == "optional" and block.value["title"] == title:
                LeftOut.objects.get_or_create(home=home, page=page, block=block.id)
