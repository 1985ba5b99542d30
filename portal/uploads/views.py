"""The pages: adding a document with a plain form, its receipt, and throwing away what is not sent.

A file goes into quarantine before it is known whether the form's secret is right, because Django reads the
secret and the file at once; what turns out not to be wanted is gone again when the request is over.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.required import MijnRequest, View, answers_to, signed_in
from portal.municipalities.connections import Connection
from portal.registers.about_case import CaseRef
from portal.registers.answers import Found
from portal.registers.faults import fault_of
from portal.registers.zaken.adding import CaseToAddTo

from . import held, own, receipt, receiving
from .asking import ask_for, case_system
from .coming import Coming
from .forms import AddForm
from .limits import LARGEST, TooMuch
from .models import Upload
from .own import NotYours
from .receiving import OutOfStep
from .states import State
from .stored import PART
from .unsuitable import Unsuitable, no_file, too_much
from .words import in_words


def own_only(view: View) -> View:
    """What is not this resident's is not there."""
    return answers_to(NotYours, _not_yours)(view)


def _not_yours(request: MijnRequest, _fault: NotYours) -> HttpResponse:
    return render(request, "uploads/not_yours.html", status=404)


@csrf_exempt  # until the file is read; see `_add`
@transaction.non_atomic_requests
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in()
def add(request: MijnRequest, connection: UUID, zaak: UUID) -> HttpResponse:
    """The form, and what is sent with it."""
    case, session = CaseRef(connection, zaak), request.resident_session
    system = case_system(connection)
    if system is None:
        return unknown_case(request)
    if request.method != "POST":
        return _add(request, case, system, None)
    coming = Coming(request, session, case)
    request.upload_handlers = [coming]
    try:
        return _add(request, case, system, coming)
    finally:
        coming.let_go()


@csrf_protect
def _add(request: MijnRequest, case: CaseRef, system: Connection, coming: Coming | None) -> HttpResponse:
    session = request.resident_session
    kept = _kept(request, case, coming)
    answer = ask_for(session, system, case)
    if isinstance(answer, Found) and answer.value is None:
        return unknown_case(request)
    to: CaseToAddTo | None = answer.value if isinstance(answer, Found) else None
    if to is not None and not to.takes:
        return render(request, "uploads/not_now.html", {"case": to, "ref": case}, status=404)
    form = AddForm(request.POST if coming else None, kept.id if kept else None)
    status = 200
    if coming is not None:
        status = _read(form, coming, kept)
        if status == 200 and to is not None:
            done = _completed(session, form, kept, to)
            if done is not None:
                coming.keep()
                return redirect("uploads:one", done.id)
            status, kept = 422, None
            form.keeps(None)
    if to is None:
        status = 503
    if kept is not None and coming is not None and status != 429:
        coming.keep()
    context = {
        "form": form,
        "case": to,
        "ref": case,
        "fault": fault_of(answer),
        "kept": in_words(kept) if kept else None,
        "part": PART,
        "largest": LARGEST,
    }
    return render(request, "uploads/add.html", context, status=status)


def _kept(request: MijnRequest, case: CaseRef, coming: Coming | None) -> Upload | None:
    """The file that just came, or that came before and is not sent yet."""
    given = request.POST if coming else request.GET  # reads the file
    if coming and coming.upload and not coming.fault:
        return coming.upload
    try:
        with transaction.atomic():
            return own.whole(request.resident_session, case, UUID(str(given.get("bestaand", ""))))
    except (NotYours, ValueError):
        return None


def _read(form: AddForm, coming: Coming, kept: Upload | None) -> int:
    """The status of the answer so far, with what is wrong in the form."""
    form.is_valid()
    if isinstance(coming.fault, TooMuch):
        form.add_error("bestand", too_much())
        return 429
    if coming.fault is not None:
        form.add_error("bestand", coming.fault.in_words())
    elif kept is None:
        form.add_error("bestand", no_file())
    return 422 if form.errors else 200


def _completed(session: Any, form: AddForm, kept: Upload | None, to: CaseToAddTo) -> Upload | None:
    """The document as it was sent; None, with the reason in the form, when it cannot be."""
    assert kept is not None
    try:
        return receiving.complete(session, kept.id, to, form.cleaned_data["titel"])
    except Unsuitable as fault:
        with transaction.atomic():
            own.throw_away(session, kept.id)
        form.add_error("bestand", fault.in_words())
    except OutOfStep:
        form.add_error("bestand", no_file())
    return None


@require_GET
@signed_in()
@own_only
def one(request: MijnRequest, upload: UUID) -> HttpResponse:
    """How it stands with one document: its receipt, or what is still to be done."""
    row = own.one(request.resident_session, upload)
    context = {
        "document": in_words(row),
        "upload": row,
        "held": held.read(row),
        "facts": receipt.facts(row) if row.sent else [],
        "whole": row.size is not None and row.received == row.size,
    }
    page = "uploads/unfinished.html" if row.state == State.RECEIVING else "uploads/receipt.html"
    return render(request, page, context)


@require_GET
@signed_in()
@own_only
def paper(request: MijnRequest, upload: UUID) -> HttpResponse:
    """The receipt as PDF."""
    row = own.one(request.resident_session, upload)
    if not row.sent:
        raise NotYours
    answer = HttpResponse(receipt.as_pdf(row), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="bewijs-{row.number}.pdf"'
    return answer


@require_http_methods(["GET", "POST"])
@signed_in()
@own_only
def throw_away(request: MijnRequest, upload: UUID) -> HttpResponse:
    """Asks first; what was sent cannot be thrown away any more."""
    row = own.one(request.resident_session, upload)
    if row.state != State.RECEIVING:
        return redirect("uploads:one", row.id)
    if request.method == "POST":
        own.throw_away(request.resident_session, upload)
        return redirect("mijn:zaken:case", row.connection, row.zaak)
    return render(request, "uploads/throw_away.html", {"document": in_words(row), "upload": row})


@require_GET
@signed_in()
def too_large(request: MijnRequest) -> HttpResponse:
    """Where the proxy sends who wanted to add a file that is so large that it stopped it itself."""
    return render(request, "uploads/too_large.html")


def unknown_case(request: MijnRequest) -> HttpResponse:
    """What is not there, or not this resident's: the same page for both."""
    return render(request, "zaken/unknown.html", status=404)
