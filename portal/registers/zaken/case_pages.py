"""The page of one case, the documents in it, and the last day to object as a file for a calendar.

Each asks anew whose the case is. Whose it is not, gets just what anybody gets for a case that does not exist.
No transaction is open while a case system is asked.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.accounts.required import MijnRequest, signed_in
from portal.municipalities.acting import current_municipality
from portal.municipalities.connections import Connection, connections

from ..about_case import CaseRef, asked_about, parts_about, questions_about, something_is_asked
from ..answers import Answer, Found
from ..faults import fault_of
from ..gather import Question, ask_each
from .beside_words import decisions_in_words, documents_in_words, told_decisions
from .calendar import last_day_file
from .client import WholeCase, whole_case
from .course import contact, term, timeline
from .course_words import state_of, steps_in_words, term_in_words
from .described import described
from .objecting import Way, remedy


@transaction.non_atomic_requests
@require_GET
@signed_in()
def one(request: MijnRequest, connection: UUID, zaak: UUID) -> HttpResponse:
    """One case, with its decisions and documents."""
    bsn = request.resident_session.bsn
    with transaction.atomic():
        zaken = connection_of(connection)
        others = asked_about(CaseRef(connection, zaak), bsn) if zaken else []
    if zaken is None:
        return unknown(request)
    own = Question(zaken, lambda caller: whole_case(caller, bsn, zaak))
    answer, *about = ask_each([own, *questions_about(others)])
    if not isinstance(answer, Found):
        return faulty(request, answer)
    if answer.value is None:
        return unknown(request)
    above, below = parts_about(others, about, answer.value.case.zaak.number)
    context = {**_shown(answer.value, zaken), "above": above, "below": below}
    context["something_is_asked"] = something_is_asked([*above, *below])
    return render(request, "zaken/case.html", context)


@transaction.non_atomic_requests
@require_GET
@signed_in()
def calendar(request: MijnRequest, connection: UUID, zaak: UUID, decision: UUID) -> HttpResponse:
    """The last day to object to a decision, as an iCalendar file."""
    with transaction.atomic():
        zaken = connection_of(connection)
    if zaken is None:
        return unknown(request)
    bsn = request.resident_session.bsn
    (answer,) = ask_each([Question(zaken, lambda caller: whole_case(caller, bsn, zaak))])
    if not isinstance(answer, Found):
        return faulty(request, answer)
    today = timezone.localdate()
    told = told_decisions(answer.value, today) if answer.value else []
    found = next((one for one in told if one.id == decision), None)
    if found is None:
        return unknown(request)
    way = described(zaken.parameters, answer.value.case.zaaktype).way
    against = remedy(found, way, today)
    if against.until is None:
        return unknown(request)
    names = {"name": current_municipality().name, "number": answer.value.case.shown_number}
    title = _("Laatste dag om bezwaar te maken, gemeente %(name)s")
    if way is Way.APPEAL:
        title = _("Laatste dag om in beroep te gaan, gemeente %(name)s")
    text = _("Het gaat om zaak %(number)s. U leest er meer over in Mijn %(name)s.") % names
    file = last_day_file(found.id, against.until, found.sent or found.decided, title % names, text)
    answered = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    answered["Content-Disposition"] = content_disposition_header(True, f"{way.value}.ics") or ""
    return answered


def connection_of(id: UUID) -> Connection | None:
    """The municipality's own case system of that id. One query."""
    return next((known for known in connections("zaken") if known.id == id), None)


def unknown(request: MijnRequest) -> HttpResponse:
    """What is not there, or not this resident's: the same page for both."""
    return render(request, "zaken/unknown.html", status=404)


def faulty(request: MijnRequest, answer: Answer | None) -> HttpResponse:
    """The case system does not answer."""
    return render(request, "zaken/case_fault.html", {"fault": fault_of(answer)}, status=503)


def _shown(whole: WholeCase, zaken: Connection) -> Mapping[str, Any]:
    case, today = whole.case, timezone.localdate()
    said = described(zaken.parameters, case.zaaktype)
    runs = term(case.zaak, case.zaaktype, today)
    state = state_of(runs, case.shown_number)
    return {
        "case": case,
        "steps": steps_in_words(timeline(case), said, state),
        "state": state,
        "term": term_in_words(runs),
        "team": contact(case, zaken.parameters),
        "connection": zaken.id,
        "decisions": decisions_in_words(whole, said.way, today),
        "decisions_unread": whole.decisions is None,
        "documents": documents_in_words(whole, zaken.id),
        "documents_unread": whole.documents is None or whole.documents.unread > 0,
    }
