"""The list of all pages of a site, and what its editor does with a page of the library."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms.local import choices
from cms.local_views import own, start_at
from cms.models import LeftOut
from cms.shared_pages_models import Copied, FilledIn, Required
from cms.trees import is_library

from .changes import looked_at, to_look_at
from .comparing import outdated_copies
from .filling import places_in, trying
from .forms import FillForm, SearchForm
from .giving import giver_of
from .places import shared_page
from .replacing import own_texts, replacement
from .tree import Mark, Wanted, optional_parts, rows_of

A_PAGE = 50
"""Rows on one page of the list."""


def start(request: HttpRequest) -> HttpResponse:
    """To one's own municipality, or a choice where there are more."""
    return start_at(request, "cms_site", _("Alle pagina’s"))


@require_safe
def site(request: HttpRequest, slug: str) -> HttpResponse:
    """All pages of the site: own ones and those of the library, with what is done with each."""
    with own(request, slug) as home:
        form = SearchForm(request.GET)
        form.is_valid()
        asked = form.cleaned_data
        language = asked.get("taal") or home.locale.language_code
        rows = rows_of(home, language, Wanted(asked.get("q", ""), asked.get("soort", "")))
        shown = Paginator(rows, A_PAGE).get_page(request.GET.get("p"))
        context = {
            "form": SearchForm(initial={**asked, "taal": language}),
            "rows": shown,
            "home": home,
            "municipality": home.municipality,
            "changes": to_look_at(home),
            "outdated": outdated_copies(home),
            "question": request.GET.copy(),
            "Mark": Mark,
        }
        return render(request, "cms/shared/site.html", context)


@require_safe
def shared(request: HttpRequest, slug: str, page_id: int) -> HttpResponse:
    """A page of the library, and all that can be done with it here."""
    return _shared(request, slug, page_id)


@require_POST
def fill(request: HttpRequest, slug: str, page_id: int) -> HttpResponse:
    """Keep what the municipality writes in the open places; it is on the site at once."""
    with shared_page(request, slug, page_id) as (home, page):
        form = FillForm(places_in(page), request.POST, own_texts(home, page))
        if form.is_valid():
            for block, text in form.cleaned_data.items():
                if text:
                    FilledIn.objects.update_or_create(
                        home=home, page_id=page.pk, block=block, defaults={"text": text}
                    )
                else:
                    for row in FilledIn.objects.filter(home=home, page_id=page.pk, block=block):
                        row.delete()
            messages.success(request, _("Opgeslagen. Dit staat nu op uw site."))
            return redirect("cms_shared", slug, page_id)
    return _shared(request, slug, page_id, form)


@require_POST
def choose(request: HttpRequest, slug: str, page_id: int) -> HttpResponse:
    """Leave out a page or a part of one, or show it again. What the law asks for cannot be left out."""
    with shared_page(request, slug, page_id) as (home, page):
        block = request.POST.get("part", "")
        if block and block not in {part.id for part in optional_parts(page, frozenset())}:
            raise Http404
        if request.POST.get("show") == "1":
            for left_out in LeftOut.objects.filter(
                home=home, page__translation_key=page.translation_key, block=block
            ):
                left_out.delete()
            messages.success(request, _("Dit staat weer op uw site."))
        elif not block and Required.objects.filter(page__translation_key=page.translation_key).exists():
            messages.error(
                request, _("De wet vraagt deze pagina. U kunt hem invullen of vervangen, niet weglaten.")
            )
        else:
            LeftOut.objects.get_or_create(home=home, page_id=page.pk, block=block)
            messages.success(request, _("Dit staat niet meer op uw site."))
    return redirect("cms_shared", slug, page_id)


@require_POST
def seen(request: HttpRequest, slug: str, page_id: int) -> HttpResponse:
    """The editor looked at what the library changed."""
    with shared_page(request, slug, page_id) as (home, page):
        looked_at(home, page, request.user)
        messages.success(request, _("Dank u. Dit staat niet meer bij wat wacht."))
    return redirect("cms_shared", slug, page_id)


def preview(request: HttpRequest, slug: str, page_id: int) -> HttpResponse:
    """The page as this site shows it; with what is typed but not saved yet, where that is sent along."""
    with shared_page(request, slug, page_id) as (home, page):
        texts = None
        if request.method == "POST":
            form = FillForm(places_in(page), request.POST, {})
            texts = form.cleaned_data if form.is_valid() else own_texts(home, page)
        with trying(texts):
            answer: HttpResponse = page.make_preview_request(request, page.default_preview_mode)
        return answer


def _shared(request: HttpRequest, slug: str, page_id: int, form: FillForm | None = None) -> HttpResponse:
    with shared_page(request, slug, page_id) as (home, page):
        chosen = choices()
        places = places_in(page)
        own_one = replacement(page, home)
        context = {
            "page": page,
            "home": home,
            "municipality": home.municipality,
            "form": form or (FillForm(places, None, own_texts(home, page)) if places else None),
            "left_out": page.translation_key in chosen.left_out,
            "parts": optional_parts(page, chosen.parts),
            "own_page": own_one,
            "began_as_copy": Copied.objects.filter(page=own_one).exists() if own_one else False,
            "required": Required.objects.filter(page__translation_key=page.translation_key).first(),
            "changes": to_look_at(home).filter(page=page),
            "url": page.full_url,
            "giver": giver_of(page),
            "can_be_replaced": page.specific_class.can_exist_under(home) and is_library(page.url_path),
            "phone": request.GET.get("maat") == "telefoon",
        }
        return render(request, "cms/shared/shared.html", context)
