"""One message, and what goes with it. Each asks anew to whom the message is.

To whom it is not, gets just what anybody gets for a message that does not exist.

Opening the page marks the message as read, without a button: that is what residents mean by opening, and it
works with a plain link, a bookmark and the keyboard. A GET may do so because it is harmless to repeat and
nothing hangs on it: in law it counts when a message could be read, not when it was. What a browser fetches
ahead is no reading (`is_being_read`).
"""

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.accounts.mandates import Reach
from portal.accounts.required import MijnRequest, signed_in
from portal.municipalities.connections import Connection, connections

from ..about_case import linked
from ..answers import Answer, Found
from ..faults import fault_of
from ..gather import Question, ask_each
from ..handing_on import handed_on
from .client import own_attachment, read
from .records import Message
from .section import KIND
from .text import blocks_of
from .visible import is_being_read


@transaction.non_atomic_requests
@require_GET
@signed_in(for_another=Reach.LOOK)
def one(request: MijnRequest, connection: UUID, id: UUID) -> HttpResponse:
    """The text of a message, its attachments, and the case it is about."""
    register = _connection(connection)
    if register is None:
        return _unknown(request)
    session = request.resident_session
    bsn = session.bsn
    reads_it = is_being_read(request.headers) and not session.for_another  # to its addressee it stays unread
    at = timezone.now() if reads_it else None
    (answer,) = ask_each([Question(register, lambda caller: read(caller, bsn, id, at))])
    if not isinstance(answer, Found):
        return render(request, "berichten/message_fault.html", {"fault": fault_of(answer)}, status=503)
    if answer.value is None:
        return _unknown(request)
    found: Message = answer.value
    context = {
        "message": found,
        "connection": connection,
        "blocks": blocks_of(found.text),
        "case": linked(found.case, bsn),
        "attachments_open": bool(register.parameters.get("documenten_url")),
    }
    return render(request, "berichten/message.html", context)


@transaction.non_atomic_requests
@require_GET
@signed_in(for_another=Reach.LOOK)  # type: ignore[arg-type]  # a streamed answer is an answer too
def attachment(request: MijnRequest, connection: UUID, id: UUID, document: UUID) -> HttpResponseBase:
    """A document that goes with a message, through us only."""
    register = _connection(connection)
    if register is None:
        return _unknown(request)
    bsn = request.resident_session.bsn
    (answer,) = ask_each([Question(register, lambda caller: own_attachment(caller, bsn, id, document))])
    if not isinstance(answer, Found):
        return _faulty(request, answer)
    if answer.value is None:
        return _unknown(request)
    found, title = answer.value
    named = replace(found, file_name=title or found.file_name)
    handed = handed_on(register, named, request.resident_session.subject)
    return handed if isinstance(handed, StreamingHttpResponse) else _faulty(request, handed)


def _connection(id: UUID) -> Connection | None:
    """The municipality's own register of that id. One query."""
    with transaction.atomic():
        return next((known for known in connections(KIND) if known.id == id), None)


def _faulty(request: MijnRequest, answer: Answer | None) -> HttpResponse:
    match = request.resolver_match
    context = {"fault": fault_of(answer), **(match.kwargs if match else {})}
    return render(request, "berichten/attachment_fault.html", context, status=503)


def _unknown(request: MijnRequest) -> HttpResponse:
    """What is not there, or not for this resident: the same page for both."""
    return render(request, "berichten/unknown.html", status=404)
