"""The resident's pages of one sharing: explanation, choice, proof, yes or no. POST, redirect, GET.

Where a step asks someone outside (wallet server, mail), the view runs outside a transaction and each
piece of work opens its own.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.required import MijnRequest, signed_in
from portal.irma.errors import RequestRefused, SessionUnknown, WalletUnreachable
from portal.irma.qr import svg
from portal.municipalities.addresses import absolute

from . import acts, codes, purposes, wallet
from .forms import ChoiceForm, CodesForm, TypedForm
from .models import Disclosure, Sharing
from .states import NotNow, State
from .words import WAITING_WORDS, WHY_IT_ENDED, qr_label

Step = Callable[..., HttpResponse]


def language() -> str:
    """The language of this page, without region."""
    return (get_language() or "nl").split("-")[0]


def step(view: Step) -> Step:
    """A page of a sharing under way: signed in, in the session that began it, in time, in the right order.

    Whoever is elsewhere in the flow (back button, second tab, reload) is brought to where the sharing is.
    """

    @signed_in()
    @wraps(view)
    def guarded(request: MijnRequest, sharing: UUID) -> HttpResponse:
        try:
            return view(request, sharing)
        except acts.NotYours:
            return render(request, "sharing/not_yours.html", status=404)
        except acts.TooLate:
            return _too_late(request, sharing)
        except (NotNow, acts.NothingProven):
            return redirect(where_now(request, sharing))

    return transaction.non_atomic_requests(guarded)


def where_now(request: MijnRequest, sharing: UUID) -> str:
    """The page that fits the state the sharing is in."""
    with transaction.atomic():
        row = acts.own(request.resident_session, sharing)
        if row.state == State.AGREED:
            return reverse("sharing:receipt", args=[acts.agree(request.resident_session, sharing).id])
    pages = {
        State.BEGUN: "sharing:choice",
        State.CHOSEN: "sharing:choice",
        State.AT_WALLET: "sharing:wallet",
        State.AT_CODE: "sharing:check",
        State.PROVEN: "sharing:check",
        State.REFUSED: "sharing:refused",
    }
    return reverse(pages[State(row.state)], args=[row.id])


@require_http_methods(["GET", "POST"])
@signed_in()
def explain(request: MijnRequest, slug: str) -> HttpResponse:
    """Who asks, what, what for, how long, what happens on no; nothing is asked of a wallet yet."""
    version = purposes.newest(slug, language())
    if version is None:
        raise Http404
    if request.method == "POST":
        if request.POST.get("answer") == "no":
            return redirect("sharing:nothing_shared", slug)
        return redirect("sharing:choice", acts.begin(request.resident_session, version).id)
    return render(request, "sharing/explain.html", {"version": version})


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
    with transaction.atomic():
        row = acts.own(request.resident_session, sharing)
        version = acts.version_of(row)
    if row.state in (State.AGREED, State.REFUSED):
        return redirect(where_now(request, sharing))
    form = ChoiceForm(version, request.POST or None, on_phone="Mobi" in request.headers.get("User-Agent", ""))
    if request.method == "POST" and form.is_valid():
        _forget_proof(sharing)
        acts.choose(request.resident_session, sharing, form.chosen)
        if form.way == "typed":
            return redirect("sharing:typing", sharing)
        return _start_wallet(request, sharing, form.way)
    context = {"version": version, "form": form, "sharing": row}
    return render(request, "sharing/choice.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@step
def wallet_page(request: MijnRequest, sharing: UUID) -> HttpResponse:
    """The QR or the link to the app, the code to type over, and what to do when it did not work."""
    row, version, disclosure = _at(request, sharing)
    if row.state != State.AT_WALLET or disclosure is None:
        return redirect(where_now(request, sharing))
    wrong_code = False
    if request.method == "POST":
        if "again" in request.POST:
            wallet.cancel(disclosure)
            return _start_wallet(request, sharing, disclosure.way)
        try:
            wrong_code = not wallet.pair(disclosure, request.POST.get("code", ""))
        except (WalletUnreachable, RequestRefused, SessionUnknown):
            wrong_code = False
        if not wrong_code:
            return redirect("sharing:wallet", sharing)
        row, version, disclosure = _at(request, sharing)
        if disclosure is None:
            return redirect(where_now(request, sharing))
    stand = wallet.look(request.resident_session, disclosure, version, row.chosen)
    if stand is wallet.Stand.PROVEN:
        return redirect("sharing:check", sharing)
    with transaction.atomic():
        session = wallet.wallet_session(disclosure)
        app = wallet.requestor()
    context = {
        "version": version,
        "sharing": row,
        "stand": stand,
        "stand_in_words": WAITING_WORDS[stand],
        "why_ended": WHY_IT_ENDED.get(disclosure.outcome, WHY_IT_ENDED["invalid"]),
        "same_device": disclosure.way == "this_device",
        "qr": svg(session.pointer_text, label=qr_label()) if session else "",
        "app_link": app.app_link(session) if session else "",
        "wrong_code": wrong_code,
    }
    return render(request, "sharing/wallet.html", context, status=422 if wrong_code else 200)


@require_GET
@step
def stand(request: MijnRequest, sharing: UUID) -> HttpResponse:
    """Where the wallet stands, for the script on the waiting page."""
    row, version, disclosure = _at(request, sharing)
    if row.state != State.AT_WALLET or disclosure is None:
        return JsonResponse({"stand": wallet.Stand.PROVEN})
    return JsonResponse({"stand": wallet.look(request.resident_session, disclosure, version, row.chosen)})


@require_GET
@step
def back_from_app(request: MijnRequest, sharing: UUID) -> HttpResponse:
    """The app on this device returns here, in the browser that began it, with its one-time reference."""
    _row, _version, disclosure = _at(request, sharing)
    if disclosure is not None:
        wallet.returned(disclosure, request.GET.get("bewijs", ""))
    return redirect("sharing:wallet", sharing)


@require_http_methods(["GET", "POST"])
@step
def typing(request: MijnRequest, sharing: UUID) -> HttpResponse:
    """The way without a wallet: type the address; a code goes to it."""
    row, version, _disclosure = _at(request, sharing)
    if row.state in (State.AGREED, State.REFUSED) or not version.may_be_typed:
        return redirect(where_now(request, sharing))
    form = TypedForm([version.attribute(name) for name in row.chosen], request.POST or None)
    not_sent = False
    if request.method == "POST" and form.is_valid():
        if row.state == State.PROVEN:
            acts.choose(request.resident_session, sharing, row.chosen)
        disclosure = acts.ask(request.resident_session, sharing, "typed")
        try:
            codes.send(disclosure, version, form.typed)
            return redirect("sharing:check", sharing)
        except codes.CodeNotSent:
            acts.choose(request.resident_session, sharing, row.chosen)
            not_sent = True
    context = {"version": version, "sharing": row, "form": form, "not_sent": not_sent}
    return render(request, "sharing/typing.html", context, status=422 if form.errors or not_sent else 200)


@require_http_methods(["GET", "POST"])
@step
def check(request: MijnRequest, sharing: UUID) -> HttpResponse:
    """The values as they will be shared; the yes is here, and nowhere else."""
    row, version, disclosure = _at(request, sharing)
    if row.state == State.AGREED and request.method == "POST":
        return redirect(where_now(request, sharing))  # a double click
    if disclosure is None or row.state not in (State.PROVEN, State.AT_CODE):
        return redirect(where_now(request, sharing))
    form, problem = None, ""
    with transaction.atomic():
        values = acts.proven(row) if row.state == State.PROVEN else codes.waiting_for(disclosure)
    if row.state == State.AT_CODE:
        form = CodesForm([version.attribute(name) for name in values], request.POST or None)
    if request.method == "POST":
        if form is not None and form.is_valid():
            problem = _confirm(disclosure, form)
        if form is None or not (problem or form.errors):
            with transaction.atomic():
                grant = acts.agree(request.resident_session, sharing)
            return redirect("sharing:receipt", grant.id)
    shown = [(version.attribute(name), value) for name, value in values.items()]
    context = {"version": version, "sharing": row, "shown": shown, "form": form, "problem": problem}
    return render(request, "sharing/check.html", context, status=422 if problem or (form and form.errors) else 200)


@require_POST
@step
def refuse(request: MijnRequest, sharing: UUID) -> HttpResponse:
    """The no, at any step."""
    _forget_proof(sharing)
    acts.refuse(request.resident_session, sharing)
    return redirect("sharing:refused", sharing)


@require_GET
@step
def refused(request: MijnRequest, sharing: UUID) -> HttpResponse:
    """Nothing was shared: what happens now, and the other way."""
    with transaction.atomic():
        row = acts.own(request.resident_session, sharing)
        version = acts.version_of(row)
    if row.state != State.REFUSED:
        return redirect(where_now(request, sharing))
    return render(request, "sharing/refused.html", {"version": version})


def _at(request: MijnRequest, sharing: UUID) -> tuple[Sharing, purposes.Version, Disclosure | None]:
    with transaction.atomic():
        row = acts.own(request.resident_session, sharing)
        return row, acts.version_of(row), Disclosure.objects.filter(sharing=row).first()


def _start_wallet(request: MijnRequest, sharing: UUID, way: str) -> HttpResponse:
    disclosure = acts.ask(request.resident_session, sharing, way)
    row, version, _same = _at(request, sharing)
    return_to = absolute(reverse("sharing:back_from_app", args=[sharing])) if way == "this_device" else None
    try:
        wallet.start(disclosure, version, row.chosen, return_to)
    except (WalletUnreachable, RequestRefused):
        with transaction.atomic():
            acts.fail(disclosure.id, "unreachable")
    return redirect("sharing:wallet", sharing)


def _forget_proof(sharing: UUID) -> None:
    """End a wallet session that is under way; nobody waits for it any more."""
    with transaction.atomic():
        disclosure = Disclosure.objects.filter(sharing=sharing).first()
    wallet.cancel(disclosure)


def _confirm(disclosure: Disclosure, form: CodesForm) -> str:
    try:
        codes.confirm(disclosure.id, form.codes)
    except codes.WrongCode:
        return "wrong"
    except codes.TooManyWrongCodes:
        return "too_many"
    return ""


def _too_late(request: HttpRequest, sharing: UUID) -> HttpResponse:
    with transaction.atomic():
        row = Sharing.objects.select_related("version__purpose").get(id=sharing)
        Disclosure.objects.filter(sharing=row).delete()
        slug = row.version.purpose.slug
    return render(request, "sharing/too_late.html", {"slug": slug}, status=410)
