"""Replacing a page of the library by an own one, and keeping up with the original afterwards."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cms.shared_pages_models import Copied

from .comparing import differences, look_at, take_over
from .places import own_page, shared_page
from .replacing import replace


@require_POST
def replace_page(request: HttpRequest, slug: str, page_id: int) -> HttpResponse:
    """Start an own page as a copy, or go on with the one there is."""
    with shared_page(request, slug, page_id) as (home, page):
        if not page.specific_class.can_exist_under(home):
            raise Http404
        own = replace(page, home, request.user)
        messages.success(
            request,
            _(
                "Dit is uw eigen versie. "
                "Zolang u hem niet publiceert, staat de pagina van de bibliotheek op uw site."
            ),
        )
    return redirect("wagtailadmin_pages:edit", own.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, slug: str, page_id: int) -> HttpResponse:
    """What changed in the original since, beside the own page; take over, or leave as it is, piece by
    piece.
    """
    with own_page(request, slug, page_id) as (home, page):
        copied = get_object_or_404(Copied.objects.select_related("page", "original"), page=page)
        if request.method == "POST":
            key = request.POST.get("key", "")
            if key not in {one.key for one in differences(copied)}:
                raise Http404
            if request.POST.get("do") == "take":
                take_over(copied, key, request.user)
                messages.success(
                    request, _("Overgenomen in uw concept. Publiceer de pagina als u klaar bent.")
                )
            else:
                look_at(copied, key)
                messages.success(request, _("Uw eigen tekst blijft staan."))
            return redirect("cms_shared_compare", slug, page_id)
        context = {
            "page": page,
            "original": copied.original,
            "municipality": home.municipality,
            "differences": differences(copied),
        }
        return render(request, "cms/shared/compare.html", context)
