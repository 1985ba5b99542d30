"""Asking for mail, saying yes, and stopping: for anybody, without signing in.

An address is never shown and never in a URL; whether it gets mail already cannot be seen from outside.
"""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.limits import too_many, visitor
from portal.municipalities.bsn import holds_one

from . import subscribing, wording
from .forms import SubscribeForm

MOST, AN_HOUR = 10, 3600
"""Askings of one connection in an hour."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Leave an address and a choice."""
    if not settings.PUBLICATIONS_URL:
        raise Http404
    if request.method != "POST":
        return render(
            request, "publications/subscribe.html", {"form": SubscribeForm(initial=_begun(request))}
        )
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return render(request, "publications/subscribe.html", {"form": form}, status=422)
    if too_many("publications-mail", visitor(request), most=MOST, seconds=AN_HOUR):
        return render(request, "publications/too_many.html", status=429)
    found = form.cleaned_data
    subscribing.ask(found["email"], found["kinds"], found["postcode"], get_language() or "nl")
    return redirect("publications:asked")


@never_cache
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """The same for every address."""
    return render(request, "publications/asked.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, subscription: UUID) -> HttpResponse:
    """The link in the mail asks once more: programs that look at mail follow links, and press no button."""
    if request.method == "POST" and subscribing.confirm(subscription):
        return redirect("publications:confirm", subscription)
    row = subscribing.found(subscription)
    if row is None:
        return render(request, "publications/gone.html", status=404)
    return render(request, "publications/confirm.html", {"row": row, "choice": wording.choice_in_words(row)})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, subscription: UUID) -> HttpResponse:
    """A button for people; mail programs post here by themselves (RFC 8058), so without a token."""
    if request.method == "POST":
        subscribing.stop(subscription)
    row = subscribing.found(subscription)
    return render(request, "publications/stop.html", {"row": row})


def _begun(request: HttpRequest) -> dict[str, object]:
    """What was chosen above the list."""
    postcode, kind = request.GET.get("postcode", ""), request.GET.get("soort", "")
    return {"postcode": "" if holds_one(postcode) else postcode[:7], "kinds": [kind] if kind else []}
