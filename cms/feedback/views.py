"""Taking an answer, asking why after a no, and saying thanks.

No token against forged forms: the page that asks is stored and the same for everyone, and an answer belongs
to nobody. What another site sends is refused by what the browser says of where it comes from.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Page

from cms.feedback_models import REASONS, Answer
from cms.local import filled_in, in_reach
from cms.local_views import own
from portal.accounts.limits import too_many, visitor

from .counting import count, opinions

MOST = 30
"""Answers of one visitor in an hour."""


@csrf_exempt
@require_POST
def answer(request: HttpRequest, page: UUID) -> HttpResponse:
    """Yes, no, or why not."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return HttpResponse(status=403)
    given = request.POST.get("antwoord", "")
    if (
        given not in Answer.values
        or not Page.objects.filter(in_reach(), live=True, translation_key=page).exists()
    ):
        raise Http404
    if too_many("useful", visitor(request), most=MOST, seconds=3600):
        return render(request, "cms/feedback/too_many.html", status=429)
    count(page, Answer(given))
    return redirect("cms_useful_why", page) if given == Answer.NO else redirect("cms_useful_thanks")


@never_cache
@require_GET
def why(request: HttpRequest, page: UUID) -> HttpResponse:
    """A no is counted; a reason may follow."""
    return render(request, "cms/feedback/why.html", {"key": page, "reasons": REASONS})


@never_cache
@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """That it was counted, and whom to ask now."""
    return render(request, "cms/feedback/thanks.html")


@never_cache
@require_GET
def of_municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """For its editors: what was said of each page."""
    with own(request, slug) as home, filled_in():
        context = {"municipality": home.municipality, "opinions": opinions()}
        return render(request, "cms/feedback/staff.html", context)
