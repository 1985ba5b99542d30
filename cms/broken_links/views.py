"""The report of broken links of one's own site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.local_views import own, start_at

from .broken import broken_on, by_place


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """To one's own municipality, or a choice where there are more."""
    return start_at(request, "cms_broken_links", _("Gebroken links"))


@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Looked for at this moment: what was mended is gone at once."""
    with own(request, slug) as home:
        places = by_place(broken_on(home))
        context = {"places": places.items(), "municipality": home.municipality}
        return render(request, "cms/broken_links/report.html", context)
