"""The answers to an editor's page while it is written: what to look at, which facts there are."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView
from wagtail.models import Page

from cms.models import HomePage
from cms.reach import homes_of
from cms.shared_pages.giving import with_slots
from cms.shared_pages.pieces import streams, text_fields
from cms.slots import NAME_OF_MUNICIPALITY
from cms.trees import root_path
from portal.municipalities.acting import acting_for
from portal.municipalities.facts import NAMES, OWN, facts, label_of

from .findings import findings_of


class CheckOnEdit(PreviewOnEditView):
    """As Wagtail's preview reads the form, but nothing is kept: it answers with what to look at."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """What stands in the form as it is now, whole or not."""
        form = self.get_form(request.POST)
        self.validate_form(form)
        found = findings_of(form.instance, facts_around(form.instance))
        by_hand = any(one.fact for one in found)
        return render(
            request,
            "cms/writing/findings.html",
            {"findings": found[:30], "more": len(found) - 30, "by_hand": by_hand, "page": form.instance},
        )


class CheckOnCreate(CheckOnEdit, PreviewOnCreateView):
    """The same for a page that is not there yet."""


class FactsForHand(PreviewOnEditView):
    """Makes facts of what was typed by hand, in the draft as it stands in the form."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Keep the form as a draft, with each fact of the municipality in the place of its words."""
        form = self.get_form(request.POST)
        if not form.is_valid():
            messages.error(
                request, _("Er klopt nog iets niet in deze pagina. Bewaar haar eerst als concept.")
            )
            return redirect("wagtailadmin_pages:edit", self.object.pk)
        page = form.save(commit=False)
        put_facts(page, facts_around(page))
        page.save_revision(user=request.user, log_action=True)
        messages.success(
            request,
            _("Bewaard als concept. Waar u een gegeven met de hand schreef, staat het nu als gegeven."),
        )
        return redirect("wagtailadmin_pages:edit", page.pk)


def facts_around(page: Page) -> dict[str, str]:
    """The facts of the municipality that a page is of; none for a page of the library."""
    home = HomePage.objects.filter(path=root_path(page.path)).select_related("municipality").first()
    if home is None:
        return {}
    with acting_for(home.municipality):
        return dict(facts())


def put_facts(page: Page, known: dict[str, str]) -> None:
    """Write each fact that stands in a page's texts as its slot."""
    for field in text_fields(page):
        if field.name == "intro":
            setattr(page, field.name, with_slots(getattr(page, field.name), known))
    for stream in streams(page):
        raw = with_slots(list(getattr(page, stream.name).get_prep_value()), known)
        setattr(page, stream.name, stream.stream_block.to_python(raw))


@require_safe
def fact_list(request: HttpRequest) -> JsonResponse:
    """The facts to pick from, with what they say in one's own municipality."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    known: dict[str, str] = {}
    homes = homes_of(request.user)
    if len(homes) == 1:
        with acting_for(homes[0].municipality):
            known = {**facts(), NAME_OF_MUNICIPALITY: homes[0].municipality.name}
    own = {name: label_of(name) for name in known if name.startswith(OWN)}
    names = {NAME_OF_MUNICIPALITY: _("Naam van de gemeente"), **NAMES, **own}
    listed = [
        {"name": name, "label": str(label), "value": known.get(name, "")} for name, label in names.items()
    ]
    return JsonResponse({"facts": listed})
