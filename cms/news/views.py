"""All news on a page, and as an Atom feed."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from cms.local import filled_in, local
from cms.page_cache import stored_whole
from portal.municipalities.acting import current_municipality
from portal.municipalities.addresses import absolute

from .latest import MOST, latest

A_PAGE = 20
IN_FEED = 30


@require_safe
@stored_whole
def news(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    with filled_in():
        found = Paginator(latest(MOST), A_PAGE).get_page(request.GET.get("bladzijde"))
        return render(request, "cms/news/list.html", {"items": found, "known": local().facts})


@require_safe
@stored_whole
def feed(request: HttpRequest) -> HttpResponse:
    """Atom (RFC 4287); each item under the address that does not change with its title."""
    with filled_in():
        items = [(absolute(one.url), one) for one in latest(IN_FEED)]
        context = {
            "name": current_municipality().name,
            "here": absolute(request.path),
            "home": absolute("/"),
            "items": items,
            "updated": max((one.changed for _, one in items if one.changed), default=now()),
        }
        return render(
            request, "cms/news/feed.xml", context, content_type="application/atom+xml; charset=utf-8"
        )
