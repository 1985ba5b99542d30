"""Municipalities become one: each of them closes, and what stood on its site goes along as drafts.

What residents share is never moved: they said yes to somebody else. Each hears that it stopped, as of any
recall, and the one that goes on asks them anew, under its own purposes.

What goes along is what an editor there can use and nobody sees before that editor publishes it: pages that
were on the site, with their pictures and documents, the facts that these pages name, and redirects to them.
All else (drafts, the front page, what was filled in and left out, other redirects) is in the export.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from cms.models import ContentPage, Copied, HomePage
from cms.shared_pages.pieces import streams, text_fields
from cms.trees import LIBRARY, STEP, languages, root_slug, url_paths
from portal.municipalities.acting import acting_for
from portal.municipalities.addresses import origin
from portal.municipalities.facts import OWN
from portal.municipalities.models import Fact, Municipality
from portal.sharing.models import Purpose

from .carrying import Carried
from .export import empty_folder
from .history import CAME_ALONG
from .steps import close

WHY = (
    "De gemeente {name} gaat verder als gemeente {heir}. Daarom stopt alles wat u via deze site deelt. "
    "De gemeente {heir} vraagt u opnieuw wat u wilt delen."
)


class CannotMerge(Exception):
    """These cannot become that one; says why. Nothing was done."""


@dataclass
class Along:
    """What went along of one municipality, in words for operators."""

    pages: int = 0
    elsewhere: list[str] = field(default_factory=list)
    """Addresses that were taken: the page got another."""
    not_taken: list[str] = field(default_factory=list)
    """Pages in a language that the other has no tree for; they are in the export."""
    facts: int = 0
    redirects: int = 0


def check(old: Sequence[Municipality], heir: Municipality) -> None:
    """Raises CannotMerge."""
    if heir in old:
        raise CannotMerge(f"{heir.slug} cannot go on as itself")
    if heir.closed:
        raise CannotMerge(f"{heir.slug} is closed itself")
    if not HomePage.objects.filter(municipality=heir).exists():
        raise CannotMerge(f"{heir.slug} has no site")


def address_of(heir: Municipality) -> str:
    """Where visitors of those that close are sent on to."""
    return origin(heir.host)


def not_asked_there(old: Municipality, heir: Municipality) -> list[str]:
    """Purposes of the one under which the other asks nothing yet."""
    with acting_for(heir), transaction.atomic():
        asked = set(Purpose.objects.values_list("slug", flat=True))
    with acting_for(old), transaction.atomic():
        return sorted(set(Purpose.objects.values_list("slug", flat=True)) - asked)


def merge(old: Sequence[Municipality], heir: Municipality, folder: Path, at: datetime) -> dict[str, Along]:
    """Take along what goes along, then close each of them, with its visitors sent on. Repeated, it goes on.

    Raises CannotMerge and FolderInUse before anything is done.
    """
    check(old, heir)
    for one in old:
        empty_folder(folder / one.slug)
    went = {}
    for one in old:
        went[one.slug] = take_along(one, heir)
        why = WHY.format(name=one.name, heir=heir.name)
        close(one, folder / one.slug, address_of(heir), at, why)
    return went


def take_along(old: Municipality, heir: Municipality) -> Along:
    """All in one transaction, and once: done again it finds that it was."""
    with acting_for(old), transaction.atomic():
        facts = dict(Fact.objects.filter(key__startswith=OWN).values_list("key", "value"))
    with acting_for(heir), transaction.atomic():
        Municipality.objects.select_for_update().get(id=heir.id)
        if PageLogEntry.objects.filter(action=CAME_ALONG, data__slug=old.slug).exists():
            return Along()
        went = Along()
        names = _facts(facts, old, heir, went)
        pages = dict(_pages(old, heir, went))
        carried = Carried(pages, names, old.slug, heir.slug)
        for number, page in pages.items():
            _fill(page, carried)
            _remember(number, page)
            page.save(clean=False)
            page.save_revision(
                clean=False
            )  # a draft may lack something: it is looked at when it is published
            log(instance=page, action=CAME_ALONG, data={"slug": old.slug, "name": old.name})
        _redirects(old, heir, pages, went)
        went.pages = len(pages)
        return went


def _facts(facts: dict[str, str], old: Municipality, heir: Municipality, went: Along) -> dict[str, str]:
    """The names that facts of its own get there: another where that name says something else already."""
    known = dict(Fact.objects.values_list("key", "value"))
    names = {}
    for key, value in facts.items():
        name = key if known.get(key, value) == value else f"{key}-{old.slug}"[:60]
        if name not in known:
            Fact.objects.create(municipality=heir, key=name, value=value)
            went.facts += 1
        names[key] = name
    return names


def _pages(old: Municipality, heir: Municipality, went: Along) -> Iterator[tuple[int, ContentPage]]:
    """Each page that was on the site, as a draft of the other; what it refers to is still the old."""
    homes = {home.slug: home for home in HomePage.objects.filter(municipality=heir)}
    for code in languages():
        home = homes.get(root_slug(heir.slug, code))
        root = f"/{root_slug(old.slug, code)}/"
        mine = ContentPage.objects.filter(url_path__startswith=root, live=True).order_by("path")
        above: dict[str, ContentPage] = {}
        for page in mine.specific():
            address = page.url_path[len(root) - 1 :]
            if home is None:
                went.not_taken.append(address)
                continue
            parent = next((above[at] for at in _steps_up(page.path) if at in above), home)
            made = above[page.path] = _copied(page, Page.objects.get(pk=parent.pk))
            if made.slug != page.slug:
                went.elsewhere.append(address)
            yield page.pk, made


def _copied(page: ContentPage, parent: Page) -> ContentPage:
    slug = _free(parent, page.slug)
    address = {"slug": slug, "url_path": f"{parent.url_path}{slug}/"}
    nobody_looked = {"checked_on": None, "go_live_at": None, "expire_at": None}
    made: ContentPage = page.copy(
        recursive=False,
        to=parent,
        keep_live=False,
        copy_revisions=False,
        update_attrs=address | nobody_looked,
    )
    return made


def _fill(page: ContentPage, carried: Carried) -> None:
    for stream in streams(page):
        raw = carried.value(list(getattr(page, stream.name).get_prep_value()))
        setattr(page, stream.name, stream.stream_block.to_python(raw))
    for text in text_fields(page):
        setattr(page, text.name, carried.value(getattr(page, text.name)))


def _remember(number: int, page: ContentPage) -> None:
    """That it stands in the place of a page of the library, and what was looked at there."""
    for began in Copied.objects.filter(page_id=number):
        Copied.objects.create(page=page, original_id=began.original_id, looked_at=began.looked_at)


def _redirects(old: Municipality, heir: Municipality, pages: dict[int, Any], went: Along) -> None:
    """To a page that went along, so it leads nowhere until that is published; where nothing stands there."""
    rows = Redirect.objects.filter(site_id=old.site_id, site__isnull=False, redirect_page__in=list(pages))
    for row in rows:
        taken = Redirect.objects.filter(site_id=heir.site_id, old_path=row.old_path).exists()
        if taken or _stands(row.old_path, heir):
            continue
        Redirect.objects.create(
            old_path=row.old_path,
            site_id=heir.site_id,
            redirect_page=pages[row.redirect_page_id],
            is_permanent=row.is_permanent,
        )
        went.redirects += 1


def _stands(path: str, heir: Municipality) -> bool:
    """Whether there is a page at this address of the site, published or not."""
    tail = path.strip("/")
    first, _slash, rest = tail.partition("/")
    tail = rest if first in languages() else tail
    places = [
        *url_paths(heir.slug, tail, languages()).values(),
        *url_paths(LIBRARY, tail, languages()).values(),
    ]
    return bool(Page.objects.filter(url_path__in=places).exists())


def _steps_up(path: str) -> Iterator[str]:
    """Of treebeard's path, the paths of the pages above it, the nearest first."""
    while path := path[:-STEP]:
        yield path


def _free(parent: Page, slug: str) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    names = [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)
