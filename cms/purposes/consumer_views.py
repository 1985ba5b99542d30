"""A privacy officer registers the systems that read what residents share, and a second one agrees."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from portal.sharing import consumers_registered as acts
from portal.sharing import purposes
from portal.sharing.consumer_keys import fingerprint
from portal.sharing.consumers_registered import Refused, Registered, as_it_is
from portal.sharing.consumers_stopped import acts_of
from portal.sharing.models import Consumer, ConsumerChange
from portal.sharing.models.consumers import Kind

from .consumer_forms import ConsumerForm
from .places import Place, guarding

REFUSED = {
    Refused.OWN: lambda: _("U vroeg dit zelf. Een andere privacy-functionaris moet het goedkeuren."),
    Refused.GONE: lambda: _("Hierover is al beslist. Kijk hoe het er nu voor staat."),
    Refused.SLUG: lambda: _("Er is al een afnemer met deze korte naam. Kies een andere."),
    Refused.WAITING: lambda: _("Er wacht al een wijziging op een tweede persoon. Laat die eerst beslissen."),
    Refused.CHANGED: lambda: _("De afnemer is intussen veranderd. Gooi dit voorstel weg en maak een nieuw."),
}
SHOWN = 50  # changes on one page


@never_cache
@require_GET
def every(request: HttpRequest, slug: str) -> HttpResponse:
    """The consumers, what waits for a second person, and who changed what."""
    with guarding(request, slug) as place:
        titles = _titles()
        decided = ConsumerChange.objects.exclude(decided=None).order_by("-decided")[:SHOWN]
        context = {
            "place": place,
            "rows": [(row, _of_purposes(row.purposes, titles)) for row in Consumer.objects.order_by("name")],
            "waiting": [(one, one.wanted["name"]) for one in acts.waiting()],
            "decided": [_told(one, titles) for one in decided],
        }
        return render(request, "cms/purposes/consumers.html", context)


@never_cache
@require_GET
def one(request: HttpRequest, slug: str, consumer: UUID) -> HttpResponse:
    """One consumer, and all that was done to it."""
    with guarding(request, slug) as place:
        row, titles = get_object_or_404(Consumer, id=consumer), _titles()
        decided = ConsumerChange.objects.filter(slug=row.slug).exclude(decided=None).order_by("-decided")
        context = {
            "place": place,
            "consumer": row,
            "shown": list(_in_words(as_it_is(row), titles)),
            "waiting": acts.waiting(row.slug),
            "decided": [_told(one, titles) for one in decided[:SHOWN]],
            "stops": acts_of(row),
        }
        return render(request, "cms/purposes/consumer.html", context)


@sensitive_post_parameters("new_key")
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Register a consumer; a second person agrees before it can do anything."""
    with guarding(request, slug) as place:
        form = ConsumerForm(None, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                made = acts.register(form.cleaned_data["slug"], form.wanted, place.me)
            except Refused as refused:
                form.add_error("slug", REFUSED[str(refused)]())
            else:
                messages.success(request, _it_waits())
                return redirect("cms_consumer_proposal", slug, made.id)
        return _filled_in(request, place, form, None)


@sensitive_post_parameters("new_key")
@never_cache
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, slug: str, consumer: UUID) -> HttpResponse:
    """Change a consumer; taking away works at once, more waits for a second person."""
    with guarding(request, slug) as place:
        row = get_object_or_404(Consumer, id=consumer)
        form = ConsumerForm(row, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                made = acts.change(row.id, form.wanted, place.me)
            except Refused as refused:
                form.add_error(None, REFUSED[str(refused)]())
            else:
                if made and made.decided is None:
                    messages.success(request, _it_waits())
                    return redirect("cms_consumer_proposal", slug, made.id)
                messages.success(
                    request, _("Bewaard. Dit geldt vanaf nu.") if made else _("Er is niets veranderd.")
                )
                return redirect("cms_consumer", slug, row.id)
        return _filled_in(request, place, form, row)


@never_cache
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, slug: str, proposal: UUID) -> HttpResponse:
    """Look at what somebody else wants, and agree or not."""
    with guarding(request, slug) as place:
        made = get_object_or_404(ConsumerChange, id=proposal)
        if request.method == "POST":
            try:
                if request.POST.get("step") == "agree":
                    row = acts.agree(made.id, place.me)
                    messages.success(request, _("Goedgekeurd. Dit geldt vanaf nu."))
                    return redirect("cms_consumer", slug, row.id)
                acts.reject(made.id, place.me)
                messages.success(request, _("Weggegooid. Er is niets veranderd."))
            except Refused as refused:
                messages.error(request, REFUSED[str(refused)]())
            return redirect("cms_consumers", slug)
        context = {"place": place, "is_own": made.by == place.me.id, **_told(made, _titles())}
        return render(request, "cms/purposes/consumer_proposal.html", context)


def _it_waits() -> str:
    return _("Bewaard. Een andere privacy-functionaris moet dit nog goedkeuren.")


def _filled_in(request: HttpRequest, place: Place, form: ConsumerForm, row: Consumer | None) -> HttpResponse:
    waits = acts.waiting(row.slug) if row else []
    context = {"place": place, "form": form, "consumer": row, "waiting": waits}
    return render(request, "cms/purposes/consumer_form.html", context)


def _titles() -> dict[str, str]:
    return {one.slug: one.title for one in purposes.offered("nl")}


def _of_purposes(slugs: Any, titles: dict[str, str]) -> list[str]:
    return [titles.get(one, one) for one in slugs]


def _told(made: ConsumerChange, titles: dict[str, str]) -> dict[str, Any]:
    """A change with what it changes, label by label."""
    before = dict(_in_words(Registered(**made.before), titles)) if made.before else {}
    rows = [
        {"label": label, "old": before.get(label, []), "new": new}
        for label, new in _in_words(Registered(**made.wanted), titles)
    ]
    return {"change": made, "rows": [row for row in rows if row["old"] != row["new"]]}


def _in_words(is_so: Registered, titles: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """What is registered, each label with its lines."""
    private = is_so.kind == Kind.PRIVATE
    yield _("Naam"), [is_so.name]
    yield _("Wie is dat?"), [_("Een bedrijf of stichting") if private else _("Een overheid")]
    yield _("OIN"), [is_so.oin] if is_so.oin else []
    yield _("Doelen"), _of_purposes(is_so.purposes, titles)
    yield (
        _("Sleutels"),
        [_key_in_words(one) for one in is_so.keys],
    )
    yield _("Adres voor berichten"), [is_so.events_url] if is_so.events_url else []
    yield _("Adressen om naar terug te gaan"), list(is_so.return_urls)


def _key_in_words(key: Mapping[str, Any]) -> str:
    """Its own name, where it has one, its kind, and the letters to compare."""
    letters = fingerprint(key)
    name = str(key.get("kid", letters))
    kind = f"{key.get('alg', key.get('kty'))}, {letters}"
    return kind if name == letters else f"{name}: {kind}"
