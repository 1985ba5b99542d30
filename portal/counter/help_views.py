"""The employee's pages of helping a resident without a device. POST, redirect, GET."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.sharing import given, on_behalf, purposes, requests
from portal.sharing.acts import NoLongerAsked, NotAsked, NothingProven, NotShown
from portal.sharing.grants import NotYours
from portal.sharing.receipts import record as receipts

from . import helping, letters, looking_up
from .forms import AnswerForm, CheckForm, LookUpForm, SignedForm
from .required import CounterRequest, View, at_counter, page


def step(view: Callable[..., HttpResponse]) -> View:
    """A page of a help under way: of this employee, in time, and after the identity was checked."""

    @at_counter("may_record")
    @wraps(view)
    def guarded(request: CounterRequest, help_id: UUID, **named: object) -> HttpResponse:
        try:
            return view(request, help_id, **named)
        except helping.NotChecked:
            return redirect("counter:check", help_id)

    return guarded


@require_http_methods(["GET", "POST"])
@at_counter("may_record")
def look_up(request: CounterRequest) -> HttpResponse:
    """The BSN in a form, never in an address."""
    form = LookUpForm(request.POST if request.method == "POST" else None)
    fault = ""
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            row = looking_up.look_up(request.worker, typed["bsn"], typed["channel"], typed["reason"])
            return redirect("counter:check", row.id)
        except looking_up.NotHelped as nobody:
            fault = nobody.why.value
    status = 422 if fault or form.errors else 200
    return page(request, "look_up", {"form": form, "fault": fault}, status=status)


@require_http_methods(["GET", "POST"])
@step
def check(request: CounterRequest, help_id: UUID) -> HttpResponse:
    """Name and date of birth, to compare with the document."""
    with transaction.atomic():
        row = helping.mine(request.worker, help_id)
        known = looking_up.known(row)
    form = CheckForm(request.POST if request.method == "POST" else None, row.channel)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        helping.check(request.worker, help_id, typed["document"], typed["document_end"])
        return redirect("counter:menu", help_id)
    return page(
        request, "check", {"row": row, "known": known, "form": form}, status=422 if form.errors else 200
    )


@require_GET
@step
def menu(request: CounterRequest, help_id: UUID) -> HttpResponse:
    """What the resident shares now, each with its stop, and what can be said yes to."""
    with transaction.atomic():
        row = helping.checked(request.worker, help_id)
        shares = given.given_to(row.subject_id, "nl")
        offered = helping.offered(row)
        known = looking_up.known(row)
        questions = list(requests.open_to(row.subject_id))
    now = {one.version.slug for one in shares if one.active}
    context = {
        "row": row,
        "known": known,
        "active": [one for one in shares if one.active],
        "offered": [(one, [q for q in questions if q.version.purpose.slug == one.slug]) for one in offered],
        "now": now,
    }
    return page(request, "menu", context)


@require_http_methods(["GET", "POST"])
@step
def read_aloud(request: CounterRequest, help_id: UUID, slug: str) -> HttpResponse:
    """The explanation in the order of reading, then the choice; the text posts back its hash."""
    language = "en" if "en" in (request.GET.get("taal"), request.POST.get("language")) else "nl"
    with transaction.atomic():
        row = helping.checked(request.worker, help_id)
        known = looking_up.known(row)
        offered = {one.slug for one in helping.offered(row)}
        version = purposes.newest(slug, language) if slug in offered else None
        in_english = purposes.newest(slug, "en") if version else None
        question = requests.open_about(row.subject_id, slug) if version else None
        if question:
            requests.presented(question)
    if version is None:
        raise Http404
    there = known.of(version)
    form = AnswerForm(version, there, request.POST if request.method == "POST" else None)
    changed = request.method == "POST" and request.POST.get("read") != version.content_hash
    if request.method == "POST" and form.is_valid() and not changed:
        helping.prepare(request.worker, help_id, version, form.values)
        return redirect("counter:answer", help_id)
    needed = [
        (one, there.get(one.name), _field(form, one.name)) for one in version.attributes if one.required
    ]
    optional = [
        (form[f"with_{one.name}"], "" if one.choice else there.get(one.name), _field(form, one.name))
        for one in version.attributes
        if not one.required
    ]
    context = {
        "row": row,
        "known": known,
        "version": replace(version, personal=False),  # no wallet, so none that tells a BSN
        "form": form,
        "question": question,
        "ends": requests.asked_end(question, version, timezone.now()),
        "needed": needed,
        "optional": optional,
        "changed": changed,
        "anew": "opnieuw" in request.GET and request.method == "GET",
        "in_english": in_english and in_english.language == "en",
    }
    return page(request, "read_aloud", context, status=409 if changed else 422 if form.errors else 200)


def _field(form: AnswerForm, name: str) -> object:
    return form[name] if name in form.fields else None


@require_http_methods(["GET", "POST"])
@step
def answer(request: CounterRequest, help_id: UUID) -> HttpResponse:
    """The values as they will be shared, read aloud before yes or no."""
    with transaction.atomic():
        row = helping.checked(request.worker, help_id)
        draft, known = helping.draft_of(row), looking_up.known(row)
        version = purposes.newest(draft.slug, draft.language) if draft else None
        asked = draft.question if draft else None
        question = requests.open_to(row.subject_id).filter(id=asked).first() if asked else None
    if draft is None or version is None:
        return redirect("counter:menu", help_id)
    form = SignedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        shown, signed = request.POST.get("shown", ""), form.cleaned_data["signed"]
        try:
            if request.POST.get("answer") != "yes":
                return redirect("counter:said_no", help_id, helping.refuse(request.worker, help_id, shown))
            read = request.POST.get("read", "")
            grant = helping.agree(request.worker, help_id, shown, read, signed=signed)
            return redirect("counter:receipt", help_id, grant.id)
        except on_behalf.NotConfirmedTwice:
            form.say_not_signed()
        except (NotShown, NoLongerAsked):  # another text, question or other values by now: read these first
            again = reverse("counter:read_aloud", args=[help_id, draft.slug])
            return redirect(f"{again}?taal={draft.language}&opnieuw=1")
        except (NothingProven, on_behalf.OtherAnswer, NotAsked):
            return redirect("counter:menu", help_id)
    values = [(version.attribute(name), value) for name, value in draft.values.items()]
    context = {
        "row": row,
        "known": known,
        "version": version,
        "draft": draft,
        "question": question,
        "ends": requests.asked_end(question, version, timezone.now()),
        "values": values,
        "form": form,
    }
    return page(request, "answer", context, status=422 if form.errors else 200)


@require_GET
@step
def said_no(request: CounterRequest, help_id: UUID, slug: str) -> HttpResponse:
    """The no is written down: what happens now."""
    with transaction.atomic():
        row = helping.checked(request.worker, help_id)
        version = purposes.newest(slug, "nl")
    if version is None:
        raise Http404
    return page(request, "said_no", {"row": row, "version": version})


@require_GET
@step
def receipt(request: CounterRequest, help_id: UUID, grant: UUID) -> HttpResponse:
    """The receipt, to print and hand over; of the yes, or of the stop once it stopped."""
    with transaction.atomic():
        row = helping.checked(request.worker, help_id)
        known, shown = looking_up.known(row), letters.newest_receipt(row, grant)
        one = next(one for one in given.given_to(row.subject_id, "nl") if one.id == grant)
        queued = letters.is_on_its_way(shown)
        confirmed = receipts.consumer_confirmed(grant)
    context = {
        "row": row,
        "known": known,
        "receipt": shown,
        "person": known.name,
        "given": one,
        "queued": queued,
        "confirmed": confirmed,
    }
    return page(request, "receipt", context)


@require_http_methods(["GET", "POST"])
@step
def stop(request: CounterRequest, help_id: UUID, grant: UUID) -> HttpResponse:
    """What goes and what stays, read aloud before the second click; as easy as in Mijn."""
    with transaction.atomic():
        row = helping.checked(request.worker, help_id)
        shares = given.given_to(row.subject_id, "nl")
    one = next((one for one in shares if one.id == grant), None)
    if one is None:
        raise NotYours
    if request.method == "POST" and one.active:
        helping.stop(request.worker, help_id, grant)
    if request.method == "POST" or not one.active:
        return redirect("counter:receipt", help_id, grant)
    return page(request, "stop", {"row": row, "given": one})


@require_POST
@step
def done(request: CounterRequest, help_id: UUID) -> HttpResponse:
    """Ready with this resident: what the BRP said is gone."""
    helping.end(request.worker, help_id)
    return redirect("counter:start")
