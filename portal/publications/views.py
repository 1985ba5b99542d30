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
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.accounts.limits import too_many, visitor
from portal.municipalities.bsn import holds_one

from . import areas, finding
from .forms import ChoiceForm
from .kinds import IN_WORDS, Kind

A_PAGE = 20
MOST = 300
"""Searches of one connection in a minute; a library's computers share one."""
NAMES = ("postcode", "plaats", "soort", "woord")


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
        return render(request, "publications/all.html", {"form": form, **_words()}, status=422)
    asked = urlencode({name: form.cleaned_data[name] for name in NAMES if form.cleaned_data.get(name)})
    if request.method == "POST":
        address = reverse("publications:all") + (f"?{asked}" if asked else "")
        return HttpResponseRedirect(address, status=303)
    choice = form.choice()
    page = Paginator(finding.chosen(choice), A_PAGE).get_page(request.GET.get("bladzijde"))
    context = {
        "form": form,
        "page": page,
        "publications": [(one, IN_WORDS[Kind(one.kind)], _where(one.postcodes, one.places)) for one in page],
        "choice": choice,
        "asked": asked,
        "wider": choice.postcode[:4] if len(choice.postcode) > 4 else "",
        "state": finding.state(),
        "mail_url": reverse("publications:subscribe") + (f"?{asked}" if asked else ""),
        **_words(),
    }
    return render(request, "publications/all.html", context)


def _asked(typed: QueryDict) -> dict[str, str]:
    """Strings without NUL, which the database does not take."""
    return {name: typed.get(name, "").replace("\x00", "") for name in NAMES}


def _words() -> dict[str, object]:
    return {"site": settings.PUBLICATIONS_SITE, "months": 6}


def _without_number(form: ChoiceForm) -> ChoiceForm:
    """The same form; what holds a number is not shown again."""
    form.data = {name: "" if holds_one(str(text)) else text for name, text in form.data.items()}
    return form


def _where(postcodes: list[str], places: list[str]) -> str:
    """Its first postcode and place, as people write them."""
    whole = [areas.shown(one).replace(" ", "\u00a0") for one in postcodes if len(one) > 4]
    more = "" if len(whole) < 2 else f" (+{len(whole) - 1})"
    return " ".join([*whole[:1], *places[:1]]) + more
