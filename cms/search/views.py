"""The page with what was found, and what stands below the field while somebody types.

What is typed is sent, not put in an address: only when it holds no citizen service number does it get one. No
token against forged forms is needed: nothing is changed, and the form stands on stored pages.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from cms.local import filled_in
from portal.accounts.limits import too_many, visitor
from portal.municipalities.bsn import holds_one

from .finding import find

LONGEST, PUBLICATIONS_LONGEST = 100, 60
A_PAGE = 10
WHILE_TYPING = 6
MOST = 300
"""Searches of one connection in a minute; a library's computers share one."""


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Results; without a question the field alone."""
    if request.method == "POST":
        text = asked(request.POST.get("q", ""))
        if holds_one(text):
            return render(request, "cms/search/refused.html", status=422)
        query = f"?{urlencode({'q': text})}" if text else ""
        return HttpResponseRedirect(reverse("cms_search") + query, status=303)
    text = asked(request.GET.get("q", ""))
    if holds_one(text):
        return HttpResponseRedirect(reverse("cms_search"))
    if text and too_many("search", visitor(request), most=MOST):
        return render(request, "cms/search/too_many.html", status=429)
    with filled_in() as local:
        found = find(text, local) if text else None
        hits = Paginator(found.hits if found else (), A_PAGE).get_page(request.GET.get("bladzijde"))
        context = {
            "asked": text,
            "found": found,
            "hits": hits,
            "language": local.language,
            "asked_in_address": urlencode({"q": text}),
            "publications_url": _publications(text),
        }
        return render(request, "cms/search/results.html", context)


@csrf_exempt
@never_cache
@require_POST
def suggestions(request: HttpRequest) -> HttpResponse:
    """The best few for what was typed so far, for the script below the field; nothing for a number."""
    text = asked(request.POST.get("q", ""))
    if len(text) < 2 or holds_one(text) or too_many("search", visitor(request), most=MOST):
        return HttpResponse(status=204)
    with filled_in() as local:
        hits = find(text, local, typing=True).hits[:WHILE_TYPING]
        return render(request, "cms/search/suggestions.html", {"hits": hits, "language": local.language})


def _publications(text: str) -> str:
    """Where the same is looked for among official publications; empty where the site has none."""
    if not text or not settings.PUBLICATIONS_URL:
        return ""
    return f"{reverse('publications:all')}?{urlencode({'woord': text[:PUBLICATIONS_LONGEST]})}"


def asked(text: str) -> str:
    """What somebody typed, on one line, as much of it as we look at."""
    return " ".join(text.replace("\x00", " ").split())[:LONGEST]
