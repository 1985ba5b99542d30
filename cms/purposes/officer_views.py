"""What a privacy officer does: take a purpose back, look at uses, stop a consumer, answer for access."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.residents import known_resident
from portal.municipalities.bsn import BSN
from portal.sharing import access as access_request
from portal.sharing import purposes
from portal.sharing.consumers_stopped import stop, stopped_lately
from portal.sharing.models import Consumer, OfficerAct, PurposeDraft, PurposeVersion, Recall
from portal.sharing.states import Making
from portal.usage.by_consumer import days_by_consumer
from portal.usage.odd import Odd, odd_days

from .forms import WhyForm
from .places import at, guarding
from .shelves import running_by_purpose, title_of

LOOKED_AT = timedelta(days=28)
SHOWN = timedelta(days=14)


@require_http_methods(["GET", "POST"])
def purpose(request: HttpRequest, slug: str, purpose: str) -> HttpResponse:
    """A published purpose with its versions; POST takes it back, by the officer only."""
    with at(request, slug) as place:
        if place.municipality is None:
            raise Http404
        rows = PurposeVersion.objects.select_related("purpose").filter(purpose__slug=purpose)
        versions = list(rows.order_by("-number"))
        if not versions:
            raise Http404
        form = WhyForm(request.POST if request.method == "POST" else None)
        if request.method == "POST":
            if not place.guards:
                raise Http404
            if form.is_valid():
                purposes.recall(purpose, place.me.name, form.cleaned_data["why"])
                messages.success(request, _("Ingetrokken. Vanaf nu leest niemand hier iets mee."))
                return redirect("cms_purpose_published", slug, purpose)
        newest = versions[0]
        recalls = list(Recall.objects.filter(purpose=newest.purpose_id).order_by("-at"))
        context = {
            "place": place,
            "purpose": purpose,
            "title": title_of(newest.content),
            "versions": versions,
            "recalls": recalls,
            "recalled": any(one.until_version >= newest.number for one in recalls),
            "running": running_by_purpose().get(newest.purpose_id, 0),
            "draft": PurposeDraft.objects.filter(version=newest, state=Making.PUBLISHED).first(),
            "form": form,
        }
        return render(request, "cms/purposes/published.html", context)


@require_GET
def uses(request: HttpRequest, slug: str) -> HttpResponse:
    """Uses by consumer and day, with the odd ones marked. Five queries, however many uses there are."""
    with guarding(request, slug) as place:
        now = timezone.now()
        days = days_by_consumer(now - LOOKED_AT)
        shown = timezone.localdate(now - SHOWN)
        rows: list[dict[str, Any]] = []
        for consumer in Consumer.objects.order_by("name"):
            mine = days.get(consumer.id, [])
            odd = odd_days(mine)
            rows.append(
                {
                    "consumer": consumer,
                    "days": [(day, _odd_in_words(odd.get(day.on))) for day in mine if day.on >= shown],
                    "odd": any(day.on in odd for day in mine if day.on >= shown),
                }
            )
        context = {"place": place, "rows": rows, "acts": stopped_lately(), "form": WhyForm()}
        return render(request, "cms/purposes/uses.html", context)


@require_POST
def block(request: HttpRequest, slug: str, consumer: UUID) -> HttpResponse:
    """Stop a consumer at once, or let it go on; with a reason, which is kept."""
    with guarding(request, slug) as place:
        row = get_object_or_404(Consumer, id=consumer)
        form = WhyForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Schrijf in een paar woorden waarom."))
        else:
            stops = request.POST.get("stop") == "1"
            stop(row.id, place.me, form.cleaned_data["why"], stops=stops)
            messages.success(
                request, _("Dit systeem krijgt niets meer.") if stops else _("Dit systeem mag weer lezen.")
            )
        if request.POST.get("back") == "consumer":
            return redirect("cms_consumer", slug, row.id)
        return redirect("cms_purposes_uses", slug)


class AccessForm(forms.Form):
    """Whose data, and that it is sure who asks."""

    bsn = forms.CharField(
        label=gettext_lazy("Burgerservicenummer"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    number = forms.CharField(label=gettext_lazy("Nummer van het verzoek"), max_length=60)
    identity = forms.BooleanField(label=gettext_lazy("Ik weet zeker wie dit vraagt"))
    own = forms.BooleanField(label=gettext_lazy("Het gaat over de vrager zelf, of die mag namens hem vragen"))

    def clean_bsn(self) -> BSN:
        """Raises ValidationError, without the number in it."""
        try:
            return BSN(re.sub(r"[\s.-]", "", self.cleaned_data["bsn"]))
        except ValueError:
            raise forms.ValidationError(_("Dit is geen burgerservicenummer. Kijk het nog eens na.")) from None


@never_cache
@require_http_methods(["GET", "POST"])
def access(request: HttpRequest, slug: str) -> Any:
    """Answer a request for access with one file; the number stands in the posted form only."""
    with guarding(request, slug) as place:
        form = AccessForm(request.POST if request.method == "POST" else None)
        nothing = False
        if request.method == "POST" and form.is_valid():
            subject = known_resident(form.cleaned_data["bsn"])
            if subject is not None:
                file = access_request.answer(subject, place.me, form.cleaned_data["number"])
                return FileResponse(
                    file, as_attachment=True, filename="inzage.zip", content_type="application/zip"
                )
            access_request.nothing_known(place.me, form.cleaned_data["number"])
            nothing = True
        exports = OfficerAct.objects.filter(
            kind__in=(OfficerAct.Kind.EXPORT, OfficerAct.Kind.NOTHING_TO_EXPORT)
        )
        context = {"place": place, "form": form, "nothing": nothing, "exports": exports.order_by("-at")[:20]}
        return render(request, "cms/purposes/access.html", context)


def _odd_in_words(found: frozenset[Odd] | None) -> list[str]:
    said = {
        Odd.NIGHT: _("’s nachts gelezen"),
        Odd.BURST: _("veel meer dan anders"),
        Odd.MANY_RESIDENTS: _("van veel inwoners tegelijk"),
        Odd.ONE_OFTEN: _("dezelfde inwoner heel vaak"),
    }
    return [said[odd] for odd in Odd if odd in (found or ())]
