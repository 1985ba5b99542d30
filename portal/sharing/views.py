"""The resident's pages of one sharing: explanation, choice, proof, yes or no. POST, redirect, GET."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.required import MijnRequest, signed_in

from . import acts, codes, purposes, wallet
from .forms import ChoiceForm, CodesForm, TypedForm
from .models import Disclosure
from .states import ENDED, State
from .steps import at, language, step, where_now
from .wallet_views import begin_at_wallet


@require_http_methods(["GET", "POST"])
@signed_in()
def explain(request: MijnRequest, slug: str) -> HttpResponse:
    """Who asks, what, what for, how long, what happens on no; nothing is asked of a wallet yet.

    Going on carries which text was read: when a newer one was published meanwhile, that one is shown first.
    """
    version = purposes.newest(slug, language())
    if version is None:
        raise Http404
    changed = False
    if request.method == "POST":
        if request.POST.get("answer") == "no":
            return redirect("sharing:nothing_shared", slug)
        if request.POST.get("read") == version.content_hash:
            return redirect("sharing:choice", acts.begin(request.resident_session, version).id)
        changed = True
    already = acts.shares_already(request.resident_session, slug)
    context = {"version": version, "changed": changed, "already": already}
    return render(request, "sharing/explain.html", context, status=409 if changed else 200)


@require_GET
@signed_in()
def nothing_shared(request: MijnRequest, slug: str) -> HttpResponse:
    """The no before anything began: what happens now, and the other way."""
    version = purposes.newest(slug, language())
    if version is None:
        raise Http404
    return render(request, "sharing/refused.html", {"version": version})


@require_http_methods(["GET", "POST"])
@step
def choice(request: MijnRequest, sharing: UUID) -> HttpResponse:
    """Choose optional attributes, one by one, and how to give them."""
    row, version, disclosure = at(request, sharing)
    if row.state in ENDED:
        return redirect(where_now(request, sharing))
    on_phone = "Mobi" in request.headers.get("User-Agent", "")
    form = ChoiceForm(version, request.POST if request.method == "POST" else None, on_phone=on_phone)
    if request.method == "POST" and form.is_valid():
        wallet.cancel(disclosure)
        acts.choose(request.resident_session, sharing, form.chosen)
        if form.way == "typed":
            return redirect("sharing:typing", sharing)
        return begin_at_wallet(request, sharing, form.way)
    context = {"version": version, "form": form, "sharing": row}
    return render(request, "sharing/choice.html", context, status=422 if form.errors else 200)


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
    context = {
        "version": version,
        "sharing": row,
        "form": form,
        "problem": problem,
        "code_is_out": bool(disclosure),
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
    form, problem = None, ""
    if row.state == State.AT_CODE:
        typed = request.POST if request.method == "POST" else None
        form = CodesForm([version.attribute(name) for name in values], typed)
    if request.method == "POST":
        if request.POST.get("shown") != str(disclosure.id):
            raise acts.NotShown
        if form is not None and form.is_valid():
            problem = _confirm(disclosure, form)
        if not problem and (form is None or form.is_valid()):
            grant = acts.agree(request.resident_session, sharing, disclosure.id)
            return redirect("sharing:receipt", grant.id)
    context = {
        "version": version,
        "sharing": row,
        "disclosure": disclosure.id,
        "shown": [(version.attribute(name), value) for name, value in values.items()],
        "form": form,
        "problem": problem,
        "already": already,
    }
    return render(
        request, "sharing/check.html", context, status=422 if problem or (form and form.errors) else 200
    )


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
    return render(request, "sharing/refused.html", {"version": version})


def _send_codes(request: MijnRequest, sharing: UUID, version: purposes.Version, typed: dict[str, str]) -> str:
    """Why no code went out; empty when it did. Nothing that was under way is lost by asking too often."""
    try:
        codes.may_send(request.resident_session.subject, typed)
    except codes.AskedTooOften:
        return "too_often"
    disclosure = acts.ask(request.resident_session, sharing, "typed")
    try:
        codes.send(disclosure, version, typed, acts.ends_at(disclosure.sharing))
    except codes.CodeNotSent:
        acts.choose(request.resident_session, sharing, disclosure.sharing.chosen)
        return "not_sent"
    return ""


def _confirm(disclosure: Disclosure, form: CodesForm) -> str:
    try:
        codes.confirm(disclosure, form.codes)
    except codes.WrongCode:
        form.say_wrong()
        return "wrong"
    except codes.TooManyWrongCodes:
        return "too_many"
    return ""
