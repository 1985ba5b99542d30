"""The page of one case, the documents in it, and the last day to object as a file for a calendar.

Each asks anew whose the case is. Whose it is not, gets just what anybody gets for a case that does not exist.
No transaction is open while a case system is asked.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.accounts.mandates import Reach
from portal.accounts.required import MijnRequest, signed_in
from portal.municipalities.acting import current_municipality
from portal.municipalities.connections import Connection, connections

from ..about_case import CaseRef, asked_about, parts_about, questions_about, something_is_asked
from ..added import added_to
from ..answers import Answer, Found
from ..case_types import choice_of
from ..earlier import ONE, Earlier, Keeps, Memory, stale
from ..faults import fault_of
from ..gather import Question, ask_each
from .beside_words import decisions_in_words, documents_in_words, told_decisions
from .calendar import last_day_file
from .client import WholeCase, decided_case, whole_case
from .course import contact, term, timeline
from .course_words import state_of, steps_in_words, term_in_words
from .described import described
from .objecting import Way, remedy
from .plain_words import PlainWords, plain_words
from .records import Case
from .visible import takes_documents


@transaction.non_atomic_requests
@require_GET
@signed_in(for_another=Reach.LOOK)
def one(request: MijnRequest, connection: UUID, zaak: UUID) -> HttpResponse:
    """One case, with its decisions and documents; as it was earlier where its system gives no answer now."""
    session, page, keeps = request.resident_session, _page_of(request), _keeps(zaak)
    bsn, for_another = session.bsn, session.for_another
    with transaction.atomic():
        zaken, memory = connection_of(connection), Memory(session, keeps.what)
        ref = CaseRef(connection, zaak)
        others = asked_about(ref, bsn, for_another=for_another) if zaken else []
        added = added_to(ref, session.subject) if zaken and not for_another else []
        known = plain_words()
    if zaken is None:
        return unknown(request)
    own = Question(zaken, lambda caller: whole_case(caller, bsn, zaak, page))
    came, *about = ask_each([own, *questions_about(others)])
    ((_zaken, answer),) = memory.settle(keeps if page == 1 else None, [(zaken, came)])
    memory.write()
    if not isinstance(answer, Found) or (isinstance(answer, Earlier) and not _is_case(answer.value, zaak)):
        return faulty(request, came)
    if answer.value is None:
        return unknown(request)
    above, below = parts_about(others, about, answer.value.case.zaak.number)
    shown = _shown(answer.value, zaken, known, request.resident_session.previous_visit)
    context = {**shown, "above": above, "below": below}
    context["stale"] = stale(_("Uw zaak"), [(zaken, answer)])
    context["added"] = added
    may_add = not for_another and not isinstance(answer, Earlier)
    context["may_add"] = may_add and _takes(answer.value.case, zaken)
    context["something_is_asked"] = something_is_asked([*above, *below])
    return render(request, "zaken/case.html", context)


@transaction.non_atomic_requests
@require_GET
@signed_in(for_another=Reach.LOOK)
def calendar(request: MijnRequest, connection: UUID, zaak: UUID, decision: UUID) -> HttpResponse:
    """The last day to object to a decision, as an iCalendar file."""
    with transaction.atomic():
        zaken, known = connection_of(connection), plain_words()
    if zaken is None:
        return unknown(request)
    bsn = request.resident_session.bsn
    (answer,) = ask_each([Question(zaken, lambda caller: decided_case(caller, bsn, zaak))])
    if not isinstance(answer, Found):
        return faulty(request, answer)
    today = timezone.localdate()
    told = told_decisions(answer.value, today) if answer.value else []
    found = next((one for one in told if one.id == decision), None)
    if found is None:
        return unknown(request)
    way = described(zaken.parameters, answer.value.case.zaaktype, known).way
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


def _page_of(request: MijnRequest) -> int:
    """Which page of the documents; it comes from the address, so anything may be in it."""
    wanted = request.GET.get("documenten", "")
    return max(1, int(wanted)) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else 1


def _keeps(zaak: UUID) -> Keeps:
    """How one case is kept: without who takes part in it, which was looked at already, but for the team."""

    def fit(found: WholeCase | None) -> WholeCase | None:
        if found is None:
            return None
        teams = [replace(one, _bsn="", business="") for one in found.case.roles if one.team]
        return replace(found, case=replace(found.case, roles=teams))

    return Keeps(f"{ONE}case-{zaak.hex[:20]}", WholeCase, fit)


def _is_case(whole: WholeCase, zaak: UUID) -> bool:
    """Part of the id is in the name under which it is kept."""
    return whole.case.zaak.id == zaak


def _turned(whole: WholeCase, by: int) -> str:
    """The address of another page of documents; empty where there is none."""
    papers = whole.documents
    if papers is None or not 1 <= papers.page + by <= papers.pages:
        return ""
    return f"?documenten={papers.page + by}#documenten"


def _takes(case: Case, zaken: Connection) -> bool:
    return takes_documents(case.zaak, choice_of(zaken.parameters, case.zaaktype.key))


def _shown(
    whole: WholeCase, zaken: Connection, known: Mapping[str, PlainWords], since: datetime | None
) -> Mapping[str, Any]:
    case, today = whole.case, timezone.localdate()
    said = described(zaken.parameters, case.zaaktype, known)
    runs = term(case.zaak, case.zaaktype, today)
    state = state_of(runs, case.shown_number)
    return {
        "case": case,
        "explained_at": said.url,
        "steps": steps_in_words(timeline(case), said, state),
        "state": state,
        "term": term_in_words(runs),
        "team": contact(case, zaken.parameters),
        "connection": zaken.id,
        "decisions": decisions_in_words(whole, said.way, today),
        "decisions_unread": whole.decisions is None,
        "documents": documents_in_words(whole, zaken.id, since),
        "documents_unread": whole.documents is None or whole.documents.unread > 0,
        "newer_documents": _turned(whole, -1),
        "older_documents": _turned(whole, 1),
    }
