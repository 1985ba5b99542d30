"""The list, for who has script and who has none.

What is typed is sent, and only what holds no citizen service number is put in an address. As with searching
the site no token against forged forms is needed: nothing is changed.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.limits import too_many, visitor
from portal.municipalities.acting import current_municipality
from portal.municipalities.addresses import absolute
from portal.municipalities.bsn import holds_one

from . import areas, finding
from .forms import ChoiceForm
from .kinds import IN_WORDS, Kind

A_PAGE, IN_FEED = 20, 50
MOST = 300
"""Searches of one connection in a minute; a library's computers share one."""
NAMES = ("postcode", "plaats", "soort", "woord")


@never_cache
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest of what was chosen, as Atom (RFC 4287). What cannot be chosen is not there."""
    if not settings.PUBLICATIONS_URL:
        raise Http404
    form = ChoiceForm(_asked(request.GET), places=finding.places())
    if not form.is_valid() or too_many("publications", visitor(request), most=MOST):
        raise Http404
    asked = _in_address(form)
    context = {
        "name": current_municipality().name,
        "here": absolute(reverse("publications:feed")) + asked,
        "page": absolute(reverse("publications:all")) + asked,
        "publications": [(one, IN_WORDS[Kind(one.kind)]) for one in finding.chosen(form.choice())[:IN_FEED]],
        "updated": finding.state().whole_at or timezone.now(),
    }
    kind = "application/atom+xml; charset=utf-8"
    return render(request, "publications/feed.xml", context, content_type=kind)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def all_of_them(request: HttpRequest) -> HttpResponse:
    """The newest first, or those that were chosen."""
    if not settings.PUBLICATIONS_URL:
        raise Http404
    typed = request.POST if request.method == "POST" else request.GET
    if request.method != "POST" and any(holds_one(typed.get(name, "")) for name in NAMES):
        return HttpResponseRedirect(reverse("publications:all"))
    if any(typed.get(name) for name in NAMES) and too_many("publications", visitor(request), most=MOST):
        return render(request, "publications/too_many.html", status=429)
    form = ChoiceForm(_asked(typed), places=finding.places())
    if not form.is_valid():
        form = _without_number(form)
        return render(request, "publications/all.html", {"form": form}, status=422)
    asked = _in_address(form)
    if request.method == "POST":
        return HttpResponseRedirect(reverse("publications:all") + asked, status=303)
    choice = form.choice()
    page = Paginator(finding.chosen(choice), A_PAGE).get_page(request.GET.get("bladzijde"))
    context = {
        "form": form,
        "page": page,
        "publications": [(one, IN_WORDS[Kind(one.kind)], _where(one.postcodes, one.places)) for one in page],
        "choice": choice,
        "asked": asked.removeprefix("?"),
        "wider": choice.postcode[:4] if len(choice.postcode) > 4 else "",
        "state": finding.state(),
        "mail_url": reverse("publications:subscribe") + asked,
        "feed_url": reverse("publications:feed") + asked,
        "site": settings.PUBLICATIONS_SITE,
    }
    return render(request, "publications/all.html", context)


def _asked(typed: QueryDict) -> dict[str, str]:
    """Strings without NUL, which the database does not take."""
    return {name: typed.get(name, "").replace("\x00", "") for name in NAMES}


def _in_address(form: ChoiceForm) -> str:
    """What was chosen, as it stands behind a path; nothing for nothing."""
    chosen = {name: form.cleaned_data[name] for name in NAMES if form.cleaned_data.get(name)}
    return f"?{urlencode(chosen)}" if chosen else ""


def _without_number(form: ChoiceForm) -> ChoiceForm:
    """The same form; what holds a number is not shown again."""
    form.data = {name: "" if holds_one(str(text)) else text for name, text in form.data.items()}
    return form


def _where(postcodes: list[str], places: list[str]) -> str:
    """Its first postcode and place, as people write them."""
    whole = [areas.shown(one).replace(" ", "\u00a0") for one in postcodes if len(one) > 4]
    more = "" if len(whole) < 2 else f" (+{len(whole) - 1})"
    return " ".join([*whole[:1], *places[:1]]) + more
