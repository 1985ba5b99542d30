"""Where staff go in the CMS beside Wagtail's own pages: in the menu, and with what each is for at first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from .announcements.places import places_of as announced_by
from .connections.places import administered_by
from .importing.places import places_of as written_by
from .purposes.places import places_of
from .reach import User, edits_library, homes_of
from .search.places import places_of as explained_by
from .themes.places import styled_by


@dataclass(frozen=True, slots=True)
class Door:
    """A place to go to, for those who have something to do there."""

    label: str | Promise
    what: str | Promise
    """What one does there, for who comes for the first time."""
    view: str
    reached_by: Callable[[User], object]
    """The places of this person there; asked for each page of the CMS, remembered for the request."""
    icon: str
    order: int

    @property
    def url(self) -> str:
        return reverse(self.view)

    def entry(self) -> "Entry":
        """Its line in the menu."""
        return Entry(self)


class Entry(MenuItem):
    """A line of the menu, only for those who have something to do there."""

    def __init__(self, door: Door) -> None:
        super().__init__(door.label, door.url, icon_name=door.icon, order=door.order)
        self._door = door

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether its door opens to who asks."""
        return bool(self._door.reached_by(request.user))


class Doors(Component):
    """On the first screen, below what waits and what one worked on last: everything one can do."""

    order = 400
    template_name = "cms/staff_doors.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Those that open to this person, as in the menu."""
        user = parent_context["request"].user
        return {"doors": [door for door in DOORS if door.reached_by(user)]}


@hooks.register("construct_homepage_panels")
def what_one_can_do(request: HttpRequest, panels: list[Any]) -> None:  # noqa: ARG001
    """An empty first screen tells a new colleague nothing."""
    panels.append(Doors())


DOORS = (
    Door(
        _("Crisis en mededelingen"),
        _("Zet een waarschuwing boven aan uw site. Ze staat er meteen; het kan ook op uw telefoon."),
        "cms_announcements_start", announced_by, "warning", 10,
    ),
    Door(
        _("Alle pagina’s"),
        _("Schrijf een eigen pagina. Of vul een gedeelde pagina aan, laat haar weg of vervang haar."),
        "cms_site_start", homes_of, "list-ul", 90,
    ),
    Door(
        _("Gegevens"),
        _("Telefoonnummers, openingstijden en prijzen: u vult ze één keer in, voor alle teksten."),
        "cms_facts_start", homes_of, "form", 150,
    ),
    Door(
        _("Bibliotheek"),
        _("De pagina’s voor alle gemeenten: wie ze gebruikt of vervangt, en wat u krijgt aangeboden."),
        "cms_library", edits_library, "folder-open-1", 160,
    ),
    Door(
        _("Was dit nuttig?"),
        _("Wat bezoekers van uw pagina’s vinden. Begin met de pagina die de meeste mensen niet helpt."),
        "cms_useful_start", homes_of, "comment", 165,
    ),
    Door(
        _("Huisstijl"),
        _("Kies de kleuren, de letters en het logo van uw site, en vanaf welke dag."),
        "cms_themes_start", styled_by, "view", 165,
    ),
    Door(
        _("Zoekwoorden"),
        _("De woorden die mensen typen, en hoe het op uw site heet. Zo vinden ze toch wat ze zoeken."),
        "cms_synonyms_start", explained_by, "search", 166,
    ),
    Door(
        _("Doelen"),
        _("Waarom u gegevens vraagt, hoe lang u ze bewaart en wie dat goedkeurt."),
        "cms_purposes_start", places_of, "key", 170,
    ),
    Door(
        _("Koppelingen"),
        _("Waar de gegevens van inwoners vandaan komen, en of die systemen het doen."),
        "cms_connections_start", administered_by, "link", 180,
    ),
    Door(
        _("Pagina’s inlezen"),
        _("Zet veel pagina’s tegelijk klaar uit een bestand, of sla al uw pagina’s op."),
        "cms_importing_start", written_by, "download", 500,
    ),
    Door(
        _("Doorverwijzingen"),
        _("Korte adressen voor een folder, en oude adressen die blijven werken."),
        "cms_redirects_start", homes_of, "redirect", 510,
    ),
    Door(
        _("Gebroken links"),
        _("Links op uw site die nergens meer heen gaan."),
        "cms_broken_links_start", homes_of, "warning", 520,
    ),
)  # fmt: skip
"""In the order of the menu."""

for door in DOORS:
    hooks.register("register_admin_menu_item", door.entry)
