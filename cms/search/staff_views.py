"""For editors: which words people type, and what they mean by them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cms.models import Synonym
from cms.places import place_named, to_a_place

from .forms import SynonymForm
from .places import places_of


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """To the one place whose words one explains, or a choice."""
    return to_a_place(request, places_of(request.user), "cms_synonyms", _("Zoekwoorden"), _("Voor wie?"))


def synonyms(request: HttpRequest, slug: str) -> HttpResponse:
    """All of one place, and one more; who explains a word anew replaces what stood there."""
    place = place_named(slug, places_of(request.user))
    form = SynonymForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        Synonym.objects.update_or_create(
            municipality=place.municipality, typed=said["typed"], defaults={"means": said["means"]}
        )
        messages.success(request, _("Bewaard. Wie dit typt, vindt nu de goede pagina."))
        return redirect("cms_synonyms", slug)
    own = Synonym.objects.filter(municipality=place.municipality).order_by("typed")
    context = {"place": place, "form": form, "synonyms": own}
    return render(request, "cms/search/synonyms.html", context, status=422 if form.errors else 200)


@require_POST
def away(request: HttpRequest, slug: str, synonym: int) -> HttpResponse:
    """One that is not needed any longer."""
    place = place_named(slug, places_of(request.user))
    get_object_or_404(Synonym, pk=synonym, municipality=place.municipality).delete()
    messages.success(request, _("Weggehaald."))
    return redirect("cms_synonyms", slug)
