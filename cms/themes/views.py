"""The theme of a site: what it is, what it was, what it will be, and how others would look."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cms.broken_links.broken import fault_of
from cms.local import filled_in
from cms.places import place_named, to_a_place
from portal.municipalities.acting import acting_for
from portal.municipalities.brand import theme_now
from portal.municipalities.models import Municipality, ThemeAct
from themes.compiled import themes_in_force
from themes.gallery import pages, states

from .choosing import brand_part, cancel, choose, previous
from .forms import PartForm, ThemeForm
from .places import choosable, styled_by

LOOKED_BACK = 20


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """To the one site whose theme one may choose, or a choice."""
    return to_a_place(request, styled_by(request.user), "cms_themes", _("Huisstijl"))


@never_cache
@require_GET
def themes(request: HttpRequest, slug: str) -> HttpResponse:
    """What is in force, the themes to choose from, and who chose what."""
    municipality = place_named(slug, styled_by(request.user))
    known = choosable(municipality)
    return shown(request, municipality, ThemeForm(known, initial={"theme": theme_now(municipality)}), None)


@never_cache
@require_POST
def pick(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a theme for now, or for later."""
    municipality = place_named(slug, styled_by(request.user))
    form = ThemeForm(choosable(municipality), request.POST)
    if not form.is_valid():
        return shown(request, municipality, form, None)
    chosen, starts = form.cleaned_data["theme"], form.cleaned_data["starts"]
    choose(municipality, chosen, request.user, starts)
    if starts:
        messages.success(request, _("Het staat klaar, en komt op tijd vanzelf op de site."))
    else:
        messages.success(request, _("De site heeft nu dit thema."))
    return redirect("cms_themes", slug)


@require_POST
def drop(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back what was planned."""
    cancel(place_named(slug, styled_by(request.user)), request.user)
    messages.success(request, _("De wisseling gaat niet door."))
    return redirect("cms_themes", slug)


@never_cache
@require_POST
def part(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a part of the site a theme of its own, or take it away."""
    municipality = place_named(slug, styled_by(request.user))
    form = PartForm(choosable(municipality), municipality.second_brands, request.POST)
    if not form.is_valid():
        return shown(request, municipality, None, form)
    path, brand = form.cleaned_data["path"], form.cleaned_data["brand"]
    brand_part(municipality, path, brand, request.user)
    messages.success(request, _("Bewaard. Het is nu zo op de site."))
    with acting_for(municipality), filled_in() as local:
        if brand and fault_of(path, local):
            messages.warning(request, _("Let op: op %(path)s staat nu geen pagina.") % {"path": path})
    return redirect("cms_themes", slug)


@never_cache
@require_GET
def beside(request: HttpRequest, slug: str) -> HttpResponse:
    """Two themes side by side, on made-up pages."""
    municipality = place_named(slug, styled_by(request.user))

    def address(theme: str, page: str) -> str:
        return reverse("cms_themes_page", args=[slug, theme, page])

    return HttpResponse(pages.desk(request.GET.dict(), choosable(municipality), address))


@never_cache
@require_GET
def preview(request: HttpRequest, slug: str, theme: str, page: str) -> HttpResponse:
    """One made-up page in one theme."""
    if theme not in choosable(place_named(slug, styled_by(request.user))) or page not in pages.PAGES:
        raise Http404
    return HttpResponse(pages.page(page, theme, states_url=reverse("cms_themes_states")))


@require_GET
def state_style(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The base style in which the gallery forces states."""
    return HttpResponse(states.style(), content_type="text/css; charset=utf-8")


def shown(
    request: HttpRequest, municipality: Municipality, form: ThemeForm | None, part_form: PartForm | None
) -> HttpResponse:
    """The page, with a form as it was filled in."""
    known = choosable(municipality)
    current = theme_now(municipality)
    with acting_for(municipality):
        acts = list(ThemeAct.objects.order_by("-at")[:LOOKED_BACK])
        back = previous(municipality)
    planned = (
        municipality.theme_next if municipality.theme_next and current != municipality.theme_next else ""
    )
    context: dict[str, Any] = {
        "municipality": municipality,
        "themes": [{"slug": slug, "name": name, "current": slug == current} for slug, name in known.items()],
        "form": form or ThemeForm(known, initial={"theme": current}),
        "part_form": part_form or PartForm(known, municipality.second_brands),
        "parts": [(path, known.get(theme, theme)) for path, theme in municipality.second_brands.items()],
        "planned": known.get(planned, planned),
        "gone": sorted({current, planned, *municipality.second_brands.values()} - {"", *themes_in_force()}),
        "back": {"slug": back, "name": known[back]} if back in known else None,
        "acts": [(act, known.get(act.theme, act.theme)) for act in acts],
    }
    faults = (form and form.errors) or (part_form and part_form.errors)
    return render(request, "cms/themes/site.html", context, status=422 if faults else 200)
