"""Offering an own page to all municipalities, and the library's answer."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.shared_pages_models import Copied, Offer
from portal.municipalities.acting import acting_for
from portal.municipalities.facts import NAMES, facts

from .forms import AnswerForm, OfferForm
from .giving import choices_for, offers_of, take
from .places import for_library, own_page, root_of_library

PARTS = ("all", "open", "giver")
"""What may become of a part: for everybody, left open for each to write, or of the giver only."""


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, slug: str, page_id: int) -> HttpResponse:
    """Offer an own page that is on the site; see what the library said."""
    with own_page(request, slug, page_id) as (home, page):
        last = offers_of(home, page)
        under_way = last and last.state in (Offer.State.OPEN, Offer.State.TAKEN)
        # What began as a copy of the library goes back there by talking, not as a new page.
        possible = page.live and not Copied.objects.filter(page=page).exists() and hasattr(page, "intro")
        form = OfferForm(request.POST or None)
        if request.method == "POST":
            if last and last.state == Offer.State.OPEN and request.POST.get("do") == "withdraw":
                last.state = Offer.State.WITHDRAWN
                last.save(update_fields=["state"])
                messages.success(request, _("Ingetrokken."))
                return redirect("cms_offer", slug, page_id)
            if under_way or not possible:
                raise Http404
            if form.is_valid():
                try:
                    with transaction.atomic():
                        Offer.objects.create(home=home, page_id=page.pk, why=form.cleaned_data["why"])
                except IntegrityError:
                    pass  # somebody of the same municipality was a moment earlier
                messages.success(request, _("Aangeboden. De redactie van de bibliotheek kijkt ernaar."))
                return redirect("cms_offer", slug, page_id)
        context = {
            "page": page,
            "municipality": home.municipality,
            "offer": last,
            "under_way": under_way,
            "possible": possible,
            "form": form,
        }
        return render(request, "cms/shared/offer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Read what is offered; take it over as a draft, or say why not."""
    for_library(request)
    open_ones = Offer.objects.select_related("page", "home__municipality", "home__locale")
    found = get_object_or_404(open_ones, id=offer_id, state__in=(Offer.State.OPEN, Offer.State.TAKEN))
    page = found.page.specific
    parts = choices_for(page)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and found.state == Offer.State.OPEN:
        found.answer = form.cleaned_data["answer"]
        if request.POST.get("do") == "take":
            becomes = {
                one.piece.key: chosen
                for one in parts
                if (chosen := request.POST.get(one.piece.key, "all")) in PARTS
                and (chosen != "open" or one.may_be_open)
            }
            with acting_for(found.home.municipality):
                known = {name: text for name, text in facts().items() if name in NAMES}
            found.save(update_fields=["answer"])
            copy = take(found, root_of_library(found.home.locale.language_code), becomes, known, request.user)
            messages.success(
                request, _("Dit is het concept in de bibliotheek. Publiceer het als het voor iedereen klopt.")
            )
            return redirect("wagtailadmin_pages:edit", copy.pk)
        found.state = Offer.State.DECLINED
        found.save(update_fields=["answer", "state"])
        messages.success(request, _("De gemeente leest uw antwoord bij de pagina."))
        return redirect("cms_library")
    return render(
        request, "cms/shared/offered.html", {"offer": found, "page": page, "parts": parts, "form": form}
    )
