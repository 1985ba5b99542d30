"""Making a purpose: the shelves, a draft with what the checker says, and each step to publishing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms.places import to_a_place
from portal.sharing.consumers_registered import waiting
from portal.sharing.models import Consumer, PurposeVersion
from portal.sharing.purposes import making
from portal.sharing.purposes.differences import attribute_in_words, differences
from portal.sharing.purposes.own import as_published, for_residents
from portal.sharing.states import Making, Step
from portal.usage.questions import number_open

from .attribute_forms import rows_of
from .forms import NewForm, PurposeForm, WhyForm, as_read
from .library import issues, take_over
from .places import Place, at, places_of
from .shelves import on_offer, published, running_by_purpose, title_of, under_way
from .words import findings_in_words, refused_in_words


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """To the one place where one works, or a choice."""
    return to_a_place(request, places_of(request.user), "cms_purposes", _("Doelen"), _("Waar wilt u werken?"))


@require_GET
def shelves(request: HttpRequest, slug: str) -> HttpResponse:
    """All purposes of a place."""
    with at(request, slug) as place:
        return _shelves(request, place, NewForm())


def _shelves(request: HttpRequest, place: Place, form: NewForm) -> HttpResponse:
    drafts, here = under_way(place), published(place)
    context = {
        "place": place,
        "drafts": drafts,
        "published": here,
        "on_offer": on_offer(here, drafts) if place.municipality else [],
        "form": form,
        "questions": number_open() if place.guards and place.municipality else 0,
        "proposals": len(waiting()) if place.guards and place.municipality else 0,
    }
    return render(request, "cms/purposes/shelves.html", context)


@require_POST
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A purpose of one's own, empty but for its ground."""
    with at(request, slug) as place:
        form = NewForm(request.POST)
        if not form.is_valid():
            return _shelves(request, place, form)
        content = {"ground": form.cleaned_data["ground"], "attributes": [], "texts": {"nl": {}}}
        try:
            draft = making.begin(place.shop, form.cleaned_data["slug"].lower(), content, place.me)
        except making.Refused as refused:
            return _refused(request, slug, refused)
        return redirect("cms_purpose", slug, draft.id)


@require_POST
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a purpose over from the library."""
    with at(request, slug) as place:
        if place.municipality is None:
            raise Http404
        try:
            draft = take_over(request.POST.get("purpose", "")[:60], place.me)
        except making.Refused as refused:
            return _refused(request, slug, refused)
        return redirect("cms_purpose", slug, draft.id)


@require_POST
def renew(request: HttpRequest, slug: str) -> HttpResponse:
    """A new draft that begins with what is published now."""
    with at(request, slug) as place:
        purpose = request.POST.get("purpose", "")[:60]
        try:
            draft = _renewed(place, purpose)
        except making.Refused as refused:
            return _refused(request, slug, refused)
        return redirect("cms_purpose", slug, draft.id)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, slug: str, draft: UUID) -> HttpResponse:
    """One draft: its texts, what the checker finds, what changes, and the next steps."""
    with at(request, slug) as place:
        row = place.shop.drafts.objects.filter(id=draft).first()
        if row is None:
            raise Http404
        content = making.content_of(place.shop, row)
        steps = making.may(place.shop, row, place.me)
        posted = request.POST if request.method == "POST" else None
        form, rows = PurposeForm(place, posted, content), rows_of(row.slug, posted, content)
        typed_over = []
        if posted is not None and form.is_valid() and rows.is_valid():
            typed = form.content(content, rows)
            try:
                making.edit(place.shop, row.id, _number(request.POST.get("seen", "")), typed, place.me)
                messages.success(request, _("Bewaard."))
            except making.Refused as fault:
                if fault.why == making.Refused.CHANGED:  # in another tab, or by a colleague
                    typed_over = differences(content, typed, _systems() if place.municipality else None)
                else:
                    messages.error(request, refused_in_words(fault.why))
            if not typed_over:
                return redirect("cms_purpose", slug, draft)
        context = {
            "place": place,
            "draft": row,
            "title": title_of(content),
            "read": list(as_read(_as_residents_read(place, content))) if Step.EDIT not in steps else [],
            "asked": [attribute_in_words(one, content) for one in content.get("attributes", [])],
            "state": Making(row.state),
            "steps": {step.value for step in steps},
            "mark": making.mark_of(place.shop, row) if Step.APPROVE in steps else "",
            "other_facts": row.state == Making.APPROVED and not making.is_as_approved(place.shop, row),
            "form": form,
            "rows": rows,
            "typed_over": typed_over,
            "findings": findings_in_words(place.shop.check(row.slug, content)),
            "history": _history(place, row),
            "needs_free": content["ground"] == "consent",
            "own_text": place.guards and place.me.id in making.writers(place.shop, row),
            **_changes(place, row, content),
        }
        return render(request, "cms/purposes/draft.html", context, status=409 if typed_over else 200)


@require_POST
def step(request: HttpRequest, slug: str, draft: UUID) -> HttpResponse:
    """One step of a draft; the rules are in `making`, whatever was posted."""
    with at(request, slug) as place:
        asked = request.POST.get("step", "")
        try:
            _make(place, draft, asked, request)
        except making.Refused as refused:
            if refused.why == making.Refused.NOT_THERE:
                raise Http404 from None
            messages.error(request, refused_in_words(refused.why))
        else:
            messages.success(request, DONE[Step(asked)]())
        return redirect("cms_purpose", slug, draft)


DONE: dict[Step, Any] = {
    Step.OFFER: lambda: _("De privacy-functionaris kan nu kijken."),
    Step.TAKE_BACK: lambda: _("U kunt weer verder schrijven."),
    Step.SEND_BACK: lambda: _("Teruggestuurd naar de redactie."),
    Step.APPROVE: lambda: _("Goedgekeurd. Het kan nu worden gepubliceerd."),
    Step.PUBLISH: lambda: _("Gepubliceerd. Deze tekst verandert nooit meer."),
    Step.RETIRE: lambda: _("Dit wordt niet meer aangeboden. Wie al deelt, blijft delen."),
    Step.DROP: lambda: _("Het concept is weg."),
}


def _make(place: Place, draft: UUID, asked: str, request: HttpRequest) -> None:
    """Make the step. Raises Refused; Http404 for what is no step."""
    shop, me = place.shop, place.me
    seen = request.POST.get("seen", "")
    if asked == Step.OFFER:
        making.offer(shop, draft, me)
    elif asked == Step.APPROVE:
        free, read = request.POST.get("free") == "1", request.POST.get("read", "")
        making.approve(shop, draft, _number(seen), me, free=free, read=read)
    elif asked == Step.SEND_BACK:
        form = WhyForm(request.POST)
        if not form.is_valid():
            raise making.Refused("why")
        making.send_back(shop, draft, me, form.cleaned_data["why"])
    elif asked == Step.PUBLISH:
        making.publish(shop, draft, me)
    elif asked in (Step.TAKE_BACK, Step.RETIRE, Step.DROP):
        making.move(shop, draft, Step(asked), me)
    else:
        raise Http404


def _number(seen: str) -> int:
    """Of the revision that was on screen; none for what is no number."""
    return int(seen) if seen.isdecimal() and len(seen) < 9 else 0


def _renewed(place: Place, purpose: str) -> Any:
    if place.municipality is None:
        issue = issues().get(purpose)
        if issue is None:
            raise making.Refused(making.Refused.NOT_THERE)
        before = making.writers(place.shop, issue)
        content = making.content_of(place.shop, issue)
        return making.begin(place.shop, purpose, content, place.me, written_before=before)
    newest = PurposeVersion.objects.filter(purpose__slug=purpose).order_by("-number").first()
    if newest is None:
        raise making.Refused(making.Refused.NOT_THERE)
    earlier = place.shop.drafts.objects.filter(version=newest).first()
    content = making.content_of(place.shop, earlier) if earlier else newest.content
    issue_number = earlier.library_issue if earlier else None
    return making.begin(
        place.shop,
        purpose,
        {**content, "substantial": False},
        place.me,
        # Whoever wrote the version that this one begins with wrote most of it, and approves none of it.
        written_before=making.writers(place.shop, earlier) if earlier else (),
        library_issue=issue_number,
    )


def _changes(place: Place, row: Any, content: dict[str, Any]) -> dict[str, Any]:
    """What differs from what is published now, and whom that touches."""
    if place.municipality is None:
        issue = issues().get(row.slug)
        old = making.content_of(place.shop, issue) if issue else None
        return {"changes": differences(old, content) if old else [], "first": old is None, "running": 0}
    versions = PurposeVersion.objects.select_related("purpose").filter(purpose__slug=row.slug)
    newest = versions.order_by("-number").first()
    if newest is None:
        return {"changes": [], "first": True, "running": 0}
    return {
        "changes": differences(newest.content, for_residents(content), _systems()),
        "first": False,
        "running": running_by_purpose().get(newest.purpose_id, 0),
        "substantial": bool(content.get("substantial")),
    }


def _as_residents_read(place: Place, content: dict[str, Any]) -> PurposeForm:
    """With the municipality's own names in it; the library has none to fill in."""
    return PurposeForm(place, None, as_published(content) if place.municipality else content)


def _systems() -> dict[str, str]:
    return dict(Consumer.objects.values_list("slug", "name"))


def _history(place: Place, row: Any) -> list[dict[str, Any]]:
    """Who wrote and who judged, newest first."""
    wrote = place.shop.revisions.objects.filter(draft=row).values("number", "editor_name", "at")
    judged = place.shop.reviews.objects.filter(draft=row).values(
        "revision", "reviewer_name", "at", "approved", "why"
    )
    return sorted([*wrote, *judged], key=lambda one: one["at"], reverse=True)


def _refused(request: HttpRequest, slug: str, refused: making.Refused) -> HttpResponse:
    if refused.why == making.Refused.NOT_THERE:
        raise Http404
    messages.error(request, refused_in_words(refused.why))
    return redirect("cms_purposes", slug)
