"""What we add to Wagtail, and what we take away from it."""

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

from . import doors, fence, in_the_way, local_views  # noqa: F401  # these register their own hooks
from .closing import history  # noqa: F401  # registers its own
from .feedback import views as feedback
from .importing import wagtail_hooks as importing_hooks  # noqa: F401  # registers its own
from .links import DocumentLinks, PageLinks
from .menu import passed_over
from .models import ContentPage
from .second_person import looking  # noqa: F401  # registers its own
from .shared_pages import wagtail_hooks as shared_pages_hooks  # noqa: F401  # registers its own
from .shared_pages.urls import of_library, of_site
from .writing import fact_picker  # noqa: F401  # registers its own


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
