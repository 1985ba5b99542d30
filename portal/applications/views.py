"""The pages of applications. No transaction is open while a register is asked."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.required import MijnRequest, signed_in
from portal.municipalities.connections import Connection, connections

from . import content, known, outbox, own, sending, wallet
from .kinds import Kind, kinds, taken_by
from .models import Application
from .required import NEEDED, own_only
from .wallet_views import begin
from .wizard import Steps


@require_http_methods(["GET", "POST"])
@signed_in(NEEDED)
def start(request: MijnRequest, kind: str) -> HttpResponse:
    """What it is, what to have at hand, and the button to begin or go on."""
    wanted = _kind(kind)
    if _system(wanted) is None:
        return render(request, "applications/not_offered.html", {"kind": wanted}, status=404)
    session = request.resident_session
    status = 200
    if request.method == "POST":
        try:
            return redirect("applications:go_on", own.begin(session, wanted).id)
        except own.Enough:
            status = 429
    context = {
        "kind": wanted,
        "unfinished": own.unfinished(session, wanted),
        "sent": own.last_sent(session, wanted),
        "may_begin": own.may_begin(session, wanted),
    }
    return render(request, "applications/start.html", context, status=status)


@require_GET
@signed_in(NEEDED)
@own_only
def go_on(request: MijnRequest, application: UUID) -> HttpResponse:
    """To the step where the resident was."""
    row = own.draft(request.resident_session, application)
    kind = _kind(row.kind)
    last = content.read(row).get("step")
    return redirect("applications:step", row.id, last if last in kind.forms else next(iter(kind.forms)))


@transaction.non_atomic_requests
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(NEEDED)
@own_only
def step(request: MijnRequest, application: UUID, step: str) -> HttpResponse:
    """One step. The last one sends, once; whoever comes back after that sees the receipt."""
    session, told, lease = request.resident_session, None, None
    if request.method == "GET":
        if asking := wallet.current(session, application):
            wallet.let_go(session, application, asking)  # another way was chosen
        with transaction.atomic():
            form = _kind(own.draft(session, application).kind).forms.get(step)
        told = known.ask(session.bsn, form.asks) if form and form.asks else None
    with transaction.atomic():
        row = own.draft(session, application, locked=True)
        kind = _kind(row.kind)
        if told:
            content.put(row, told.put_into(content.read(row), step))
            row.save(update_fields=["content"])
        answer = _steps(request, row, kind, step)
        forms = getattr(request, "complete_forms", None)
        if forms is not None:
            system = _system(kind)
            if system is None:
                return render(request, "applications/not_offered.html", {"kind": kind}, status=404)
            lease = sending.send(row, kind, forms, session, system)
    if to_prove := getattr(request, "to_prove", None):
        begin(request, application, to_prove)
    if lease:
        outbox.deliver_at_once(row.id, lease)
    return answer


@require_GET
@signed_in(NEEDED)
@own_only
def kept(request: MijnRequest, application: UUID) -> HttpResponse:
    """It is kept, and until when."""
    row = own.draft(request.resident_session, application)
    context = {"application": row, "kind": _kind(row.kind), "until": own.kept_until(row)}
    return render(request, "applications/kept.html", context)


@require_http_methods(["GET", "POST"])
@signed_in(NEEDED)
@own_only
def throw_away(request: MijnRequest, application: UUID) -> HttpResponse:
    """Asks first; what was sent cannot be thrown away any more."""
    row = own.draft(request.resident_session, application)
    kind = _kind(row.kind)
    if request.method == "POST":
        if not own.throw_away(request.resident_session, application):
            return redirect("applications:receipt", application)  # sent in another tab, just now
        return redirect("applications:start", kind.key)
    return render(request, "applications/throw_away.html", {"application": row, "kind": kind})


@require_GET
@signed_in(NEEDED)
@own_only
def receipt(request: MijnRequest, application: UUID) -> HttpResponse:
    """The number, what happens next, by which day, and whom to call."""
    row = own.one(request.resident_session, application)
    if row.state == Application.DRAFT:
        return redirect("applications:go_on", row.id)
    context = {"application": row, "kind": _kind(row.kind), "is_filed": row.state == Application.FILED}
    return render(request, "applications/receipt.html", context)


def _steps(request: HttpRequest, row: Application, kind: Kind, step: str) -> HttpResponse:
    request.application = row  # type: ignore[attr-defined]  # for the storage
    view: Any = Steps.as_view(list(kind.forms.items()), url_name="applications:step", kind=kind)
    answer: HttpResponse = view(request, step=step)
    return answer


def _kind(key: str) -> Kind:
    try:
        return kinds()[key]
    except KeyError:
        raise Http404 from None


def _system(kind: Kind) -> Connection | None:
    return taken_by(connections("zaken"), kind)
