"""Where Wagtail's own screens show something of the library and its municipalities."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.reach import edits_library, homes_of
from cms.shared_pages_models import Change, Copied, Offer
from cms.trees import ROOT_DEPTH, is_library
from portal.municipalities.acting import acting_for

from .changes import announce, to_look_at
from .comparing import outdated_copies


class Waiting(Component):
    """On the first screen: what the library asks, and what is offered to it."""

    order = 10
    template_name = "cms/shared/waiting.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """For each municipality that this person edits, what waits there."""
        request = parent_context["request"]
        places = []
        for home in homes_of(request.user)[:5]:
            with acting_for(home.municipality):
                places.append((home.municipality, list(to_look_at(home)[:10]), outdated_copies(home)))
        offers = Offer.objects.filter(state=Offer.State.OPEN).select_related("page", "home__municipality")
        return {
            "places": [place for place in places if place[1] or place[2]],
            "offers": list(offers.order_by("at")[:10]) if edits_library(request.user) else [],
        }


@hooks.register("construct_homepage_panels")
def what_waits(request: HttpRequest, panels: list[Any]) -> None:  # noqa: ARG001
    """First of all on the screen that one comes in on."""
    panels.append(Waiting())


@hooks.register("after_publish_page")
def ask_editors(request: HttpRequest, page: Any) -> None:
    """With a change to a page of the library goes the question to local editors, when one was written."""
    what = request.POST.get("change-that-matters", "").strip()[:500]
    if what and is_library(page.url_path):
        announce(page, what, Change.Kind.CHANGED)


@hooks.register("after_edit_page")
def to_the_list_from_the_first_page(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Wagtail goes on to the page above; above a front page that is the root of all, which is nobody's."""
    leaves = any(name.startswith("action-") for name in request.POST) and not request.POST.get("next")
    if not leaves or page.depth != ROOT_DEPTH:
        return None
    return (
        redirect("cms_library") if is_library(page.url_path) else redirect("cms_site", page.municipality.slug)
    )


@hooks.register("register_page_header_buttons")
def with_the_library(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:  # noqa: ARG001
    """On an own page: offer it to all, or see what changed in the page that it stands in the place of."""
    home = next((one for one in homes_of(user) if page.path.startswith(one.path)), None)
    if home is None or page.pk == home.pk:
        return
    where = [home.municipality.slug, page.pk]
    if Copied.objects.filter(page=page).exists():
        label, view, icon = _("Wat veranderde in de bibliotheek?"), "cms_shared_compare", "history"
    else:
        label, view, icon = _("Bied aan de bibliotheek aan"), "cms_offer", "upload"
    yield Button(label, reverse(view, args=where), icon_name=icon, priority=90)


@hooks.register("insert_global_admin_css")
def our_screens() -> SafeString:
    """What our own screens need beside Wagtail's style."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/staff.css"))
