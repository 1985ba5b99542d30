"""What we add to Wagtail, and what we take away from it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.rich_text.feature_registry import FeatureRegistry

from . import fence, in_the_way, local_views  # noqa: F401  # these register their own hooks
from .announcements.places import places_of as announced_by
from .closing import history  # noqa: F401  # registers its own
from .connections.places import administered_by
from .feedback import views as feedback
from .importing import wagtail_hooks as importing_hooks  # noqa: F401  # registers its own
from .importing.places import places_of as written_by
from .links import DocumentLinks, PageLinks
from .menu import passed_over
from .models import ContentPage
from .purposes.places import places_of
from .reach import User, edits_library, homes_of
from .search.places import places_of as explained_by
from .second_person import looking  # noqa: F401  # registers its own
from .shared_pages import wagtail_hooks as shared_pages_hooks  # noqa: F401  # registers its own
from .shared_pages.urls import of_library, of_site
from .themes.places import styled_by
from .writing import fact_picker  # noqa: F401  # registers its own


class Entry(MenuItem):
    """An entry of the menu, only for those who have something to do there."""

    def __init__(self, label: Any, view: str, reached_by: Callable[[User], object], **look: Any) -> None:
        super().__init__(label, reverse(view), **look)
        self._reached_by = reached_by

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked for each page of the CMS; the answers are remembered for the request."""
        return bool(self._reached_by(request.user))


@hooks.register("register_rich_text_features", order=100)
def relative_links(features: FeatureRegistry) -> None:
    """Ours come after Wagtail's own, and so in its place."""
    features.register_link_type(PageLinks)
    features.register_link_type(DocumentLinks)


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    """The editors' own pages beside Wagtail's."""
    facts = [
        path("", local_views.facts_start, name="cms_facts_start"),
        path("<slug:slug>/", local_views.facts_of, name="cms_facts"),
    ]
    useful = [
        path("", local_views.useful_start, name="cms_useful_start"),
        path("<slug:slug>/", feedback.of_municipality, name="cms_useful_of"),
    ]
    return [
        path("gegevens/", include(facts)),
        path("links/", include("cms.broken_links.urls")),
        path("doorverwijzingen/", include("cms.redirects.urls")),
        path("inlezen/", include("cms.importing.urls")),
        path("schrijven/", include("cms.writing.urls")),
        path("paginas/", include(of_site)),
        path("bibliotheek/", include(of_library)),
        path("nuttig/", include(useful)),
        path("doelen/", include("cms.purposes.urls")),
        path("koppelingen/", include("cms.connections.urls")),
        path("huisstijl/", include("cms.themes.urls")),
        path("mededelingen/", include("cms.announcements.urls")),
        path("zoekwoorden/", include("cms.search.urls")),
    ]


@hooks.register("register_admin_menu_item")
def menu_of_facts() -> MenuItem:
    """Below the pages."""
    return Entry(_("Gegevens"), "cms_facts_start", homes_of, icon_name="form", order=150)


@hooks.register("register_admin_menu_item")
def menu_of_site() -> MenuItem:
    """All pages of one's own site, before Wagtail's tree of own pages only."""
    return Entry(_("Alle pagina’s"), "cms_site_start", homes_of, icon_name="list-ul", order=90)


@hooks.register("register_admin_menu_item")
def menu_of_library() -> MenuItem:
    """Who uses what of the library."""
    return Entry(_("Bibliotheek"), "cms_library", edits_library, icon_name="folder-open-1", order=160)


@hooks.register("register_admin_menu_item")
def menu_of_importing() -> MenuItem:
    """Many pages at once, in and out."""
    return Entry(_("Pagina’s inlezen"), "cms_importing_start", written_by, icon_name="download", order=500)


@hooks.register("register_admin_menu_item")
def menu_of_redirects() -> MenuItem:
    """Short and old addresses."""
    return Entry(_("Doorverwijzingen"), "cms_redirects_start", homes_of, icon_name="redirect", order=510)


@hooks.register("register_admin_menu_item")
def menu_of_broken_links() -> MenuItem:
    """What leads nowhere."""
    return Entry(_("Gebroken links"), "cms_broken_links_start", homes_of, icon_name="warning", order=520)


@hooks.register("register_admin_menu_item")
def menu_of_useful() -> MenuItem:
    """What visitors say of pages."""
    return Entry(_("Was dit nuttig?"), "cms_useful_start", homes_of, icon_name="comment", order=165)


@hooks.register("register_admin_menu_item")
def menu_of_synonyms() -> MenuItem:
    """What people type, and what it is called on a page."""
    return Entry(_("Zoekwoorden"), "cms_synonyms_start", explained_by, icon_name="search", order=166)


@hooks.register("register_admin_menu_item")
def menu_of_purposes() -> MenuItem:
    """Why data is asked, and who guards it."""
    return Entry(_("Doelen"), "cms_purposes_start", places_of, icon_name="key", order=170)


@hooks.register("register_admin_menu_item")
def menu_of_connections() -> MenuItem:
    """Where registers are, and how they are."""
    return Entry(_("Koppelingen"), "cms_connections_start", administered_by, icon_name="link", order=180)


@hooks.register("register_admin_menu_item")
def menu_of_themes() -> MenuItem:
    """How the site looks."""
    return Entry(_("Huisstijl"), "cms_themes_start", styled_by, icon_name="view", order=165)


@hooks.register("register_admin_menu_item")
def menu_of_announcements() -> MenuItem:
    """First of all: it is needed in a hurry."""
    return Entry(
        _("Crisis en mededelingen"), "cms_announcements_start", announced_by, icon_name="warning", order=10
    )


@hooks.register("insert_global_admin_css")
def start_without_inline_scripts() -> SafeString:
    """In the head, before any of Wagtail's scripts; see `started`."""
    return format_html('<script src="{}"></script>', static("cms/start.js"))


@hooks.register("after_publish_page")
def tell_where_the_menu_is_chosen(request: HttpRequest, page: Any) -> None:
    """A page that says it belongs in the menu is not there where the menu was chosen without it."""
    home = passed_over(page) if isinstance(page, ContentPage) else None
    if home:
        told = _("Deze pagina staat nog niet in het menu: uw gemeente kiest het menu zelf.")
        where = messages.button(reverse("wagtailadmin_pages:edit", args=[home.pk]), _("Zet haar erbij"))
        messages.warning(request, told, buttons=[where])


@hooks.register("construct_main_menu")
def only_what_works(request: HttpRequest, items: list[MenuItem]) -> None:
    """No entry that leads to a closed door."""
    if not request.user.is_superuser:
        closed = {"reports", "settings", "help", "snippets"}
        items[:] = [item for item in items if item.name not in closed]
