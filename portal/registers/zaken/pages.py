"""The pages of cases: all of them, and one. No transaction is open while a case system is asked."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.accounts.required import MijnRequest, signed_in
from portal.municipalities.connections import connections

from ..about_case import CaseRef, asked_about, parts_about, questions_about
from ..answers import Found
from ..faults import fault_of
from ..gather import Question, ask_each
from .client import case
from .records import Case
from .section import CARDS, ask, listed
from .visible import contact, term, timeline
from .words import steps_in_words, term_in_words


@transaction.non_atomic_requests
@require_GET
@signed_in()
def overview(request: MijnRequest) -> HttpResponse:
    """All cases, those that run first."""
    with transaction.atomic():
        known = connections("zaken")
    answers = ask_each([ask(one, request.resident_session.bsn) for one in known])
    found = listed(list(zip(known, answers, strict=True)))
    context = {
        "cases": found,
        "running_as_table": len(found.running) > CARDS,
        "closed_as_table": len(found.closed) > CARDS,
    }
    return render(request, "zaken/cases.html", context, status=503 if found.nothing else 200)


@transaction.non_atomic_requests
@require_GET
@signed_in()
def one(request: MijnRequest, connection: UUID, zaak: UUID) -> HttpResponse:
    """One case. Whose it is not, sees the same page as for a case that does not exist."""
    bsn = request.resident_session.bsn
    with transaction.atomic():
        zaken = next((known for known in connections("zaken") if known.id == connection), None)
        others = asked_about(CaseRef(connection, zaak), bsn) if zaken else []
    if zaken is None:
        return render(request, "zaken/unknown.html", status=404)
    own = Question(zaken, lambda caller: case(caller, bsn, zaak))
    answer, *about = ask_each([own, *questions_about(others)])
    if not isinstance(answer, Found):
        return render(request, "zaken/case_fault.html", {"fault": fault_of(answer)}, status=503)
    if answer.value is None:
        return render(request, "zaken/unknown.html", status=404)
    found: Case = answer.value
    above, below = parts_about(others, about)
    context = {
        "above": above,
        "below": below,
        "case": found,
        "steps": steps_in_words(timeline(found)),
        "term": term_in_words(term(found.zaak, found.zaaktype, timezone.localdate())),
        "team": contact(found, zaken.parameters),
    }
    return render(request, "zaken/case.html", context)
