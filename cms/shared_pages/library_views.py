"""What an editor of the library sees before changing a page: who uses it, and how."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from cms.shared_pages_models import Change, Offer, Required
from cms.trees import ROOT_DEPTH, languages, library_roots

from .changes import announce
from .forms import RequiredForm
from .giving import giver_of
from .places import for_library, library_page
from .translating import translate, versions_of
from .use import counts, use_of

A_PAGE = 50
"""Rows on one page of the list."""


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """All pages of the library, with how many sites show, fill in, replace or leave out each; and what is
    offered.
    """
    for_library(request)
    pages = Page.objects.filter(url_path__startswith=library_roots()[0], depth__gt=ROOT_DEPTH).order_by(
        "url_path"
    )
    if words := request.GET.get("q", "").strip()[:100]:
        pages = pages.filter(title__icontains=words)
    shown = Paginator(pages, A_PAGE).get_page(request.GET.get("p"))
    open_ones = (Offer.State.OPEN, Offer.State.TAKEN)
    offers = Offer.objects.filter(state__in=open_ones).select_related("page", "home__municipality")
    context = {
        "root": Page.objects.get(url_path=library_roots()[0]),
        "rows": counts(list(shown.object_list)),
        "shown": shown,
        "offers": offers.order_by("at"),
        "words": words,
    }
    return render(request, "cms/shared/library.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Who does what with one page; ask editors to look at a change; translate it; say that a law asks it."""
    found = library_page(request, page_id)
    required = Required.objects.filter(page=found).first()
    form = RequiredForm(request.POST or None, initial={"law": required.law if required else ""})
    if request.method == "POST":
        if request.POST.get("do") == "ask":
            if what := request.POST.get("what", "").strip()[:500]:
                announce(found, what)
                messages.success(request, _("Gevraagd. Het staat nu bij alle redacties."))
            else:
                messages.error(request, _("Schrijf eerst wat er veranderd is."))
        elif request.POST.get("do") == "translate":
            language = request.POST.get("language", "")
            if language not in languages():
                raise Http404
            return redirect("wagtailadmin_pages:edit", translate(found, language, request.user).pk)
        elif form.is_valid():
            _require(found, form.cleaned_data["law"])
            messages.success(request, _("Opgeslagen."))
        return redirect("cms_library_page", page_id)
    context = {
        "page": found,
        "use": use_of(found),
        "form": form,
        "giver": giver_of(found),
        "versions": [
            (str(get_language_info(code)["name_translated"]), code, version)
            for code, version in versions_of(found).items()
        ],
        "changes": Change.objects.filter(page=found).order_by("-at")[:10],
    }
    return render(request, "cms/shared/library_page.html", context)


def _require(found: Page, law: str) -> None:
    """Say which law asks for a page, and have it back where it was left out."""
    from cms.models import LeftOut

    if not law:
        Required.objects.filter(page=found).delete()
        return
    Required.objects.update_or_create(page=found, defaults={"law": law})
    for left_out in LeftOut.objects.filter(page__translation_key=found.translation_key, block=""):
        left_out.delete()
