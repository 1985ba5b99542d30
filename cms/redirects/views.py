"""Seeing, adding and taking away the redirects of one's own site."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.contrib.redirects.models import Redirect

from cms.in_the_way import page_at
from cms.local_views import own, start_at
from cms.trees import LIBRARY

from .forms import RedirectForm


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """To one's own municipality, or a choice where there are more."""
    return start_at(request, "cms_redirects", _("Doorverwijzingen"))


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """All of the own site, and room for one more."""
    with own(request, slug) as home:
        form = RedirectForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                with transaction.atomic():
                    Redirect.objects.create(
                        old_path=form.cleaned_data["old_path"],
                        site_id=home.municipality.site_id,
                        redirect_page=form.cleaned_data["page"],
                        is_permanent=False,
                    )
                messages.success(request, _("Opgeslagen. Het adres werkt nu."))
                if hidden := page_at(form.cleaned_data["old_path"], LIBRARY):
                    told = _("Op dit adres stond “%s” van de bibliotheek. Die ziet een inwoner daar nu niet.")
                    messages.warning(request, told % hidden.title)
                return redirect("cms_redirects", slug)
            except IntegrityError:
                form.add_error("old_path", _("Dit adres leidt al ergens heen. Haal dat eerst weg."))
        mine = Redirect.objects.filter(site_id=home.municipality.site_id)
        context = {
            "form": form,
            "redirects": mine.select_related("redirect_page").order_by("old_path")[:500],
            "municipality": home.municipality,
        }
        return render(request, "cms/redirects/list.html", context)


@require_POST
def away(request: HttpRequest, slug: str, redirect_id: int) -> HttpResponse:
    """Take one away; only of the own site."""
    with own(request, slug) as home:
        get_object_or_404(Redirect, id=redirect_id, site_id=home.municipality.site_id).delete()
        messages.success(request, _("Weggehaald."))
        return redirect("cms_redirects", slug)
