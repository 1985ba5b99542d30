"""A document of a case, handed on from the register to its resident piece by piece."""

from uuid import UUID

from django.db import connection as database
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from portal.accounts.required import MijnRequest, signed_in

from ..answers import Answer, Broken, Found, Late, Refused
from ..content import Content
from ..errors import RegisterError, RegisterRefused, RegisterTooSlow
from ..faults import fault_of
from ..gather import Question, ask_each
from ..places import take_a_place_to_download
from .case_pages import connection_of, unknown
from .client import own_document
from .documents import Document, opened
from .naming import file_name, media_type


@transaction.non_atomic_requests
@require_GET
@signed_in()  # type: ignore[arg-type]  # a streamed answer is an answer too
def download(request: MijnRequest, connection: UUID, zaak: UUID, document: UUID) -> HttpResponseBase:
    """One document, if it is of a case of this resident's and theirs to see."""
    with transaction.atomic():
        zaken = connection_of(connection)
    if zaken is None:
        return unknown(request)
    bsn = request.resident_session.bsn
    (answer,) = ask_each([Question(zaken, lambda caller: own_document(caller, bsn, zaak, document))])
    if not isinstance(answer, Found):
        return _faulty(request, answer)
    if answer.value is None:
        return unknown(request)
    found: Document = answer.value
    place = take_a_place_to_download(request.resident_session.subject)
    if place is None:
        return _faulty(request, None)
    try:
        content = Content(Question(zaken, lambda caller: opened(caller, found)), found.size, place)
    except RegisterTooSlow:
        return _faulty(request, Late())
    except RegisterRefused:
        return _faulty(request, Refused())
    except RegisterError as fault:
        return _faulty(request, Broken(type(fault).__name__))
    if not database.in_atomic_block:
        database.close()  # nobody's connection while the visitor takes it
    return _streamed(content, found)


def _streamed(content: Content, found: Document) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(content, content_type=media_type(found))
    answer["Content-Disposition"] = content_disposition_header(True, file_name(found)) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Accel-Buffering"] = "no"
    if content.size is not None:
        answer["Content-Length"] = str(content.size)
    return answer


def _faulty(request: MijnRequest, answer: Answer | None) -> HttpResponse:
    match = request.resolver_match
    context = {"fault": fault_of(answer), **(match.kwargs if match else {})}
    return render(request, "zaken/document_fault.html", context, status=503)
