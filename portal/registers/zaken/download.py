"""A document of a case, handed on from the register to its resident piece by piece."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.mandates import Reach
from portal.accounts.required import MijnRequest, signed_in

from ..answers import Answer, Found
from ..faults import fault_of
from ..gather import Question, ask_each
from ..handing_on import handed_on
from .case_pages import connection_of, unknown
from .client import own_document


@transaction.non_atomic_requests
@require_GET
@signed_in(for_another=Reach.LOOK)  # type: ignore[arg-type]  # a streamed answer is an answer too
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
    handed = handed_on(zaken, answer.value, request.resident_session.subject)
    return handed if isinstance(handed, StreamingHttpResponse) else _faulty(request, handed)


def _faulty(request: MijnRequest, answer: Answer | None) -> HttpResponse:
    match = request.resolver_match
    context = {"fault": fault_of(answer), **(match.kwargs if match else {})}
    return render(request, "zaken/document_fault.html", context, status=503)
