"""The resident's side of a hand-over, in Mijn: choose, tell the code, read who looks, press, stop."""

from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.required import MijnRequest, signed_in
from portal.municipalities.crypto import DoesNotDecrypt
from portal.sharing.acts import NotForAnother, NoWordOfNow
from portal.sharing.grants import NotYours
from portal.sharing.purposes import Version
from portal.sharing.word_of_now import without_word_of_now

from . import handover, on_screen
from .forms import OwnChoiceForm
from .handover import State
from .own_choice import ABOUT, CASE, Known, known

COOKIE = "__Host-balie"
"""The six digits, in the resident's own browser only: we keep no more than a keyed hash."""


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@signed_in()
def choose(request: MijnRequest) -> HttpResponse:
    """What to show, each with its value, nothing ticked beforehand."""
    with transaction.atomic():
        version = handover.purpose((get_language() or "nl").split("-")[0])
    if version is None:
        return _page(request, "not_offered", {}, 404)
    if request.method == "POST" and (stopped := without_word_of_now(request)):
        return stopped
    can = known(request.resident_session, version)
    form = _form(request, version, can)
    changed = request.method == "POST" and request.POST.get("read") != version.content_hash
    too_often = False
    if request.method == "POST" and form.is_valid() and not changed:
        try:
            return _offered(request, version, _chosen(form, can))
        except handover.AskedTooOften:
            too_often = True
    status = 429 if too_often else 409 if changed else 422 if form.errors else 200
    context = {
        "version": replace(version, personal=False),
        "form": form,
        "known": can,
        "too_often": too_often,
        "changed": changed,
    }
    return _page(request, "choose", context, status)


@transaction.non_atomic_requests
@require_GET
@signed_in()
def showing(request: MijnRequest, id: UUID) -> HttpResponse:
    """The code; then who typed it, and the question; then what the employee sees; then that it is over."""
    try:
        with transaction.atomic():
            row = handover.own(request.resident_session, id)
            stands = handover.stand(row, timezone.now())
            try:
                lines = on_screen.seen_by_resident(row) if stands != State.ENDED else []
            except DoesNotDecrypt:  # stopped in another tab, just now
                stands, lines = State.ENDED, []
            digits = request.COOKIES.get(COOKIE, "")
            code = digits if digits and handover.is_code_of(row, digits) else ""
            over = handover.ending(row, timezone.now()).value if stands == State.ENDED else ""
            context = {
                "row": row,
                "stand": stands.value,
                "lines": lines,
                "code": " ".join(code),  # each digit by itself, for the ear
                "over": over,
            }
            return _page(request, "showing", context)
    except NotYours:
        return render(request, "sharing/not_yours.html", status=404)


@transaction.non_atomic_requests
@require_GET
@signed_in()
def stand(request: MijnRequest, id: UUID) -> HttpResponse:
    """How it stands, for the script that draws the page anew."""
    try:
        with transaction.atomic():
            row = handover.own(request.resident_session, id)
            return JsonResponse({"stand": handover.stand(row, timezone.now()).value})
    except NotYours:
        return JsonResponse({"stand": State.ENDED.value}, status=404)


@transaction.non_atomic_requests
@require_POST
@signed_in()
def answer(request: MijnRequest, id: UUID) -> HttpResponse:
    """“Laat zien”, or no, or stop; what comes too late leads to how it stands."""
    try:
        if request.POST.get("answer") == "yes":
            with suppress(handover.NotNow, NotForAnother, NoWordOfNow):  # the page says how it stands
                handover.show(request.resident_session, id, request.POST.get("to", ""))
        else:
            handover.stop(request.resident_session, id)
    except NotYours:
        return render(request, "sharing/not_yours.html", status=404)
    return redirect("at_counter:showing", id)


def _form(request: MijnRequest, version: Version, can: Known) -> OwnChoiceForm:
    labels = {one.name: one.label for one in version.attributes}
    offered = {name: (labels[name], value) for name, value in can.attributes.items()}
    cases = [(number, f"{title} ({number})") for number, title in can.cases.items()]
    return OwnChoiceForm(offered, cases, request.POST if request.method == "POST" else None)


def _chosen(form: OwnChoiceForm, can: Known) -> dict[str, str]:
    values = {name: can.attributes[name] for name in form.chosen}
    number = form.cleaned_data.get("case")
    return values | ({CASE: number, ABOUT: can.cases[number]} if number else {})


def _offered(request: MijnRequest, version: Version, values: dict[str, str]) -> HttpResponse:
    row, code = handover.offer(request.resident_session, version, values)
    answer = redirect("at_counter:showing", row.id)
    most = int(handover.TIME.total_seconds())
    answer.set_cookie(COOKIE, code, max_age=most, secure=True, httponly=True, samesite="Strict", path="/")
    return answer


def _page(request: MijnRequest, name: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    with transaction.atomic():  # the frame reads
        return render(request, f"counter/mijn_{name}.html", context, status=status)
