"""What the frame of every page shows: whose site it is, how to reach a person, who is signed in.

Read from the database only when a page shows it, at most once for each request. An error page has a frame
too, also when the database is down: it then knows no facts, and leaves them out.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.accounts.required import Session
from portal.accounts.staying import warning_after
from portal.municipalities.acting import NoMunicipality, current_municipality
from portal.municipalities.announcements import Announced, announced_on
from portal.municipalities.brand import theme_at, theme_now
from portal.municipalities.facts import PeopleToReach, people_to_reach, site_facts
from portal.municipalities.menu import MenuItem, SiteMenu
from portal.municipalities.middleware import on_staff_host
from portal.municipalities.models import Municipality
from portal.registers.sections import Section, sections
from themes.compiled import Theme, theme

from .languages import Language, in_language, languages, nearest_in_mijn
from .site import site_kinds, site_menu

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a menu."""

    label: str
    url: str
    current: bool = False


class Frame:
    """The frame of one request."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.page_path = request.path
        self._database_is_down = False

    @cached_property
    def municipality(self) -> Municipality | None:
        try:
            return current_municipality()
        except NoMunicipality:
            return None

    @property
    def municipality_name(self) -> str:
        return self.municipality.name if self.municipality else _("uw gemeente")

    @property
    def fictional(self) -> bool:
        return bool(self.municipality and self.municipality.fictional)

    @property
    def brand_name(self) -> str:
        """What stands beside the logo: a second brand's own name, else the municipality's."""
        if (
            self.municipality
            and self.theme.slug != theme_now(self.municipality)
            and not self.theme.is_neutral
        ):
            return self.theme.name
        return self.municipality_name

    @cached_property
    def theme(self) -> Theme:
        return theme(theme_at(self.municipality, self.page_path) if self.municipality else "_base")

    @cached_property
    def _facts(self) -> Mapping[str, str]:
        """At most one query, none when nobody is in force. What did not answer is not waited for again."""
        if self.municipality is None or self._database_is_down:
            return {}
        try:
            with reading():
                return site_facts(self.municipality)
        except (DatabaseError, InterfaceError) as fault:
            self._database_is_down = True
            log.warning("a page without contact facts: %s", type(fault).__name__)
            return {}

    @property
    def contact(self) -> PeopleToReach:
        return people_to_reach(self._facts)

    @property
    def announced(self) -> Sequence[Announced]:
        """What stands above the page for now; no query, it was read with the municipality."""
        return announced_on(self.municipality) if self.municipality else ()

    @cached_property
    def _site(self) -> SiteMenu:
        """At most three queries."""
        if self.municipality is None or self._database_is_down:
            return SiteMenu()
        try:
            with reading():
                return site_menu(self.municipality, self.language)
        except (DatabaseError, InterfaceError) as fault:
            self._database_is_down = True
            log.warning("a page without the site's menu: %s", type(fault).__name__)
            return SiteMenu()

    @property
    def menu(self) -> Sequence[MenuItem]:
        return self._site.menu

    @property
    def legal_links(self) -> Sequence[MenuItem]:
        return self._site.legal

    @property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @property
    def home_url(self) -> str:
        return in_language("/", self.language)

    @property
    def search_url(self) -> str:
        return self._url("cms_search")

    @property
    def suggestions_url(self) -> str:
        return self._url("cms_suggestions")

    def _url(self, name: str) -> str:
        """Empty where no site is installed, or nobody's is shown."""
        return _address(name, self.language) if self.municipality else ""

    @property
    def mijn_url(self) -> str:
        url = _address("mijn:overview", self.language)
        return in_language(url, self.mijn_language) if url else ""

    @property
    def mijn_language(self) -> str:
        """The active language, or Dutch where Mijn does not speak it."""
        return nearest_in_mijn(self.language)

    @property
    def languages(self) -> list[Language]:
        return languages(self._request, self.language)

    @property
    def session(self) -> Session | None:
        return getattr(self._request, "resident_session", None)

    @property
    def resident_name(self) -> str:
        return self.session.name if self.session else ""

    @property
    def represented(self) -> str:
        """For whom they act; empty for who comes for themselves."""
        if self.session is None or not self.session.for_another:
            return ""
        return self.session.subject_name or _("iemand anders")

    @property
    def level_in_words(self) -> str:
        return self.session.level.in_words if self.session else ""

    @property
    def warning(self) -> Mapping[str, object]:
        """When a page without script must go to the warning, and where that is."""
        return warning_after(self._request)

    @property
    def mijn_menu(self) -> list[Link]:
        """The way round in Mijn."""
        entries = [(_("Overzicht"), "mijn:overview")]
        entries += [(str(one.menu_label), one.page) for one in self.sections if one.page]
        entries += [(_("Wat deel ik?"), "sharing:overview")]
        entries += [(_("Wie gebruikte mijn gegevens?"), "usage:timeline")]
        if not self.represented:
            entries += [(_("Mails en brieven"), "notices:to_you")]
        return [link for label, name in entries if (link := self._link(label, name))]

    @cached_property
    def sections(self) -> Sequence[Section]:
        """Those that this municipality has; at most one query, unless a page that knows says it."""
        offered = sections(for_another=bool(self.represented))
        depend = [one.kind for one in offered if one.only_where_connected]
        connected = self._connected(*depend) if depend else frozenset()
        return [one for one in offered if one.kind in connected or not one.only_where_connected]

    def _connected(self, *kinds: str) -> frozenset[str]:
        if self.municipality is None or self._database_is_down:
            return frozenset()
        try:
            with reading():
                return site_kinds(self.municipality, *kinds)
        except (DatabaseError, InterfaceError) as fault:
            self._database_is_down = True
            log.warning("a page without the whole menu: %s", type(fault).__name__)
            return frozenset()

    def _link(self, label: str, name: str) -> Link | None:
        url = _address(name, self.language)
        if not url:
            return None
        here = self.page_path == url or (url != self.mijn_url and self.page_path.startswith(url))
        return Link(label, url, here)


def _address(name: str, language: str) -> str:
    """The address of a page in the active language; empty where its room is not installed."""
    return _address_in(name, language, get_urlconf())


@cache
def _address_in(name: str, _language: str, _urlconf: str | None) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def frame_context(request: HttpRequest) -> dict[str, object]:
    """For every template `frame`, and `since` when the resident was here before this visit.

    Not on the hosts of staff, which have frames of their own.
    """
    if on_staff_host(request):
        return {}
    frame = frame_of(request)
    return {"frame": frame, "since": frame.session.previous_visit if frame.session else None}


def frame_of(request: HttpRequest) -> Frame:
    """The one frame of a request."""
    known: Frame | None = getattr(request, "frame", None)
    if known is None:
        known = Frame(request)
        request.frame = known  # type: ignore[attr-defined]  # ours
    return known


@contextmanager
def reading() -> Iterator[None]:
    """A transaction to read in: the view's own, or one of our own where there is none (error pages)."""
    if connection.in_atomic_block:
        yield
    else:
        with transaction.atomic():
            yield
