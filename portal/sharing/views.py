"""The resident's pages of one sharing under way: choice, proof, yes or no. POST, redirect, GET."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.required import MijnRequest
from portal.codes import sending
from portal.irma.waiting import on_phone

from . import acts, codes, from_registers, purposes, requests, wallet
from .forms import ChoiceForm, CodesForm, SureForm, TypedForm
from .models import Disclosure, Grant, Sharing
from .states import ENDED, State
from .steps import at, step, where_now
from .wallet_views import begin_at_wallet
from .ways import AT_ONCE, again, steps, ways
from .words import NOT_AGAIN, NOT_KNOWN, OTHER_ANSWER, REGISTER_SILENT


@require_http_methods(["GET", "POST"])
@step
def choice(request: MijnRequest, sharing: UUID) -> HttpResponse:
    """Choose optional attributes, one by one, and how to give them."""
    row, version, disclosure = at(request, sharing)
    if row.state in ENDED:
        return redirect(where_now(request, sharing))
    with transaction.atomic():
        earlier = _known_again(request, row)
    typed = request.POST if request.method == "POST" else None
    form = ChoiceForm(version, typed, on_phone=on_phone(request), earlier=earlier)
    if request.method == "POST" and form.is_valid():
        wallet.cancel(disclosure)
        return give(request, row, version, form)
    return _choice(request, row, version, form)


def give(request: MijnRequest, row: Sharing, version: purposes.Version, form: ChoiceForm) -> HttpResponse:
    """Go the way that was chosen, as far as the next page; what is known already is shown at once.

    Outside a transaction: a wallet's server or a register may be asked.
    """
    acts.choose(request.resident_session, row.id, form.chosen)
    if form.way == "typed":
        return redirect("sharing:typing", row.id)
    if form.way not in AT_ONCE:
        return begin_at_wallet(request, row.id, form.way)
    if problem := _give_what_is_known(request, row.id, form.way):
        form.say_not_given(problem)
        return _choice(request, row, version, form)
    return redirect("sharing:check", row.id)


def _known_again(request: MijnRequest, row: Sharing) -> Sequence[str] | None:
    """What is shared for this purpose now and can be given once more."""
    already = acts.shares_already(request.resident_session, row.version.purpose.slug)
    return acts.known_again(already, row.version)


def _choice(request: MijnRequest, row: Sharing, version: purposes.Version, form: ChoiceForm) -> HttpResponse:
    with transaction.atomic():
        already = acts.shares_already(request.resident_session, version.slug)
    context = {
        "version": version,
        "form": form,
        "sharing": row,
        "steps": steps(version, None, again=form.again),
        "shared_now": [one.label for one in version.attributes if already and one.name in already.chosen],
    }
    return render(request, "sharing/choice.html", context, status=422 if form.errors else 200)


def _give_what_is_known(request: MijnRequest, sharing: UUID, way: str) -> str:
    """Prove what a register or an earlier yes knows already; why that did not work, or nothing."""
    session = request.resident_session
    try:
        if way == "again":
            acts.give_again(session, sharing)
            return ""
        disclosure = acts.ask(session, sharing, way)
        row, version, _same = at(request, sharing)
        asked = [one for one in version.to_prove if one.name in row.chosen]
        values = from_registers.known(session, asked)
        acts.prove(sharing, disclosure.id, values)
    except acts.NotAgain:
        return str(NOT_AGAIN)
    except from_registers.NotKnown:
        return str(NOT_KNOWN)
    except from_registers.OtherAnswer:
        return str(OTHER_ANSWER)
    except from_registers.RegisterSilent:
        return str(REGISTER_SILENT)
    return ""


@require_http_methods(["GET", "POST"])
@step
def typing(request: MijnRequest, sharing: UUID) -> HttpResponse:
    """The way without a wallet: type the address; a code goes to it."""
    row, version, disclosure = at(request, sharing)
    if row.state not in (State.CHOSEN, State.AT_CODE) or not version.may_be_typed:
        return redirect(where_now(request, sharing))
    asked = [version.attribute(name) for name in row.chosen]
    form = TypedForm(asked, request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        problem = _send_codes(request, sharing, version, form.typed)
        if not problem:
            return redirect("sharing:check", sharing)
    with transaction.atomic():
        more = again(version, _known_again(request, row))
        already = acts.shares_already(request.resident_session, version.slug)
    context = {
        "version": version,
        "sharing": row,
        "already": already,
        "form": form,
        "problem": problem,
        "code_is_out": bool(disclosure),
        "steps": steps(version, "typed", again=more),
        "other_ways": len(ways(version, again=more)) > 1,
    }
    status = {"": 422 if form.errors else 200, "not_sent": 503, "too_often": 429}[problem]
    return render(request, "sharing/typing.html", context, status=status)


@require_http_methods(["GET", "POST"])
@step
def check(request: MijnRequest, sharing: UUID) -> HttpResponse:
    """The values as they will be shared; the yes is here, and nowhere else."""
    row, version, disclosure = at(request, sharing)
    if disclosure is None or row.state not in (State.PROVEN, State.AT_CODE):
        return redirect(where_now(request, sharing))  # also after a double click
    with transaction.atomic():
        values = codes.waiting_for(disclosure) if row.state == State.AT_CODE else acts.proven(row)
        already = acts.shares_already(request.resident_session, version.slug)
        more = again(version, acts.known_again(already, row.version))
        ends = requests.asked_end(row.request, version, timezone.now())
    form, problem = None, ""
    if row.state == State.AT_CODE:
        typed = request.POST if request.method == "POST" else None
        form = CodesForm([version.attribute(name) for name in values], typed)
        values = {**values, **acts.ticked(row)}
    sure = SureForm(request.POST if request.method == "POST" else None) if version.explicit else None
    if request.method == "POST":
        if request.POST.get("shown") != str(disclosure.id):
            raise acts.NotShown
        if form is not None and form.is_valid() and (sure is None or sure.is_valid()):
            problem = _confirm(disclosure, form)
        if not problem and all(one is None or one.is_valid() for one in (form, sure)):
            grant = acts.agree(request.resident_session, sharing, disclosure.id)
            return redirect("sharing:receipt", grant.id)
    context = {
        "version": version,
        "sharing": row,
        "disclosure": disclosure.id,
        "shown": _shown(request, disclosure, [(version.attribute(one), values[one]) for one in values]),
        "form": form,
        "problem": problem,
        "sure": sure,
        "already": already,
        "no_longer": _no_longer(version, already, row),
        "ends": ends,
        "steps": steps(version, disclosure.way, again=more),
        "has_faults": bool(problem or (form and form.errors) or (sure and sure.errors)),
    }
    return render(request, "sharing/check.html", context, status=422 if context["has_faults"] else 200)


def _no_longer(version: purposes.Version, already: Grant | None, row: Sharing) -> list[str]:
    """What is shared for this purpose now, and was not chosen this time."""
    now = already.chosen if already else []
    return [one.label for one in version.attributes if one.name in now and one.name not in row.chosen]


def _shown(
    request: MijnRequest, disclosure: Disclosure, values: list[tuple[purposes.Attribute, str]]
) -> list[tuple[purposes.Attribute, str]]:
    """The values; empty for who acts for another and did not type them: own data is not theirs to see."""
    if not (request.resident_session.for_another and disclosure.way in AT_ONCE):
        return values
    return [(one, value if one.choice else "") for one, value in values]


@require_POST
@step
def refuse(request: MijnRequest, sharing: UUID) -> HttpResponse:
    """The no, at any step."""
    _row, _version, disclosure = at(request, sharing)
    acts.refuse(request.resident_session, sharing)
    wallet.cancel(disclosure)
    return redirect("sharing:refused", sharing)


@require_GET
@step
def refused(request: MijnRequest, sharing: UUID) -> HttpResponse:
    """Nothing was shared: what happens now, and the other way."""
    row, version, _disclosure = at(request, sharing)
    if row.state != State.REFUSED:
        return redirect(where_now(request, sharing))
    with transaction.atomic():
        already = acts.shares_already(request.resident_session, version.slug)
        back = requests.way_back(request.resident_session, row.request_id)
    context = {"version": version, "already": already, "back": back, "was_asked": row.request_id is not None}
    return render(request, "sharing/refused.html", context)


def _send_codes(request: MijnRequest, sharing: UUID, version: purposes.Version, typed: dict[str, str]) -> str:
    """Why no code went out; empty when it did. Nothing that was under way is lost by asking too often."""
    try:
        sending.may_send(request.resident_session.subject, typed.values())
    except sending.AskedTooOften:
        return "too_often"
    disclosure = acts.ask(request.resident_session, sharing, "typed")
    try:
        codes.send(disclosure, version, typed, acts.ends_at(disclosure.sharing))
    except sending.CodeNotSent:
        acts.choose(request.resident_session, sharing, disclosure.sharing.chosen)
        return "not_sent"
    return ""


def _confirm(disclosure: Disclosure, form: CodesForm) -> str:
    try:
        codes.confirm(disclosure, form.codes)
    except sending.WrongCode:
        form.say_wrong()
        return "wrong"
    except sending.TooManyWrongCodes:
        return "too_many"
    return ""
