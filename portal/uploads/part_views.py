"""What the script asks that sends a file in parts; every answer is JSON, with words for the resident in it.

The browser may ask at any moment how far the file came, and goes on from there.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.required import MijnRequest, signed_in
from portal.registers.about_case import CaseRef
from portal.registers.answers import Found
from portal.registers.faults import fault_of
from portal.registers.zaken.adding import CaseToAddTo

from . import limits, own, receiving
from .asking import ask_for, case_system
from .forms import AnnouncedForm
from .limits import TooMuch
from .models import Upload
from .moving import NotNow
from .own import NotYours, Wanted
from .receiving import OutOfStep
from .states import State
from .unsuitable import Unsuitable, no_file, too_much

OFFSET = "Upload-Offset"
P = ParamSpec("P")


def in_json(
    view: Callable[Concatenate[MijnRequest, P], HttpResponse],
) -> Callable[Concatenate[MijnRequest, P], HttpResponse]:
    """What is not this resident's is not there; what was sent has a receipt."""

    @wraps(view)
    def guarded(request: MijnRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotYours:
            return _told(404, melding=_not_there())
        except OutOfStep as fault:
            return _told(409, ontvangen=fault.received)
        except TooMuch:
            return _told(429, melding=too_much())

    return guarded


@transaction.non_atomic_requests
@require_POST
@signed_in()
@in_json
def begin(request: MijnRequest, connection: UUID, zaak: UUID) -> HttpResponse:
    """A file that is about to be sent: where to, and how far it is already."""
    session, case = request.resident_session, CaseRef(connection, zaak)
    limits.refuse_too_often(session.subject)
    form = AnnouncedForm(request.POST)
    if not form.is_valid():
        return _told(422, melding=no_file())
    system = case_system(connection)
    answer = ask_for(session, system, case) if system else Found(None)
    if not isinstance(answer, Found):
        fault = fault_of(answer)
        return _told(503, melding=f"{fault.happened} {fault.now}" if fault else "")
    to: CaseToAddTo | None = answer.value
    if to is None or not to.takes:
        return _told(404, melding=_not_there())
    given = form.cleaned_data
    wanted = Wanted(given["naam"], given["omvang"], given["sha256"], given["titel"])
    try:
        with transaction.atomic():
            return _where(own.begin(session, case, wanted, to))
    except Unsuitable as fault:
        return _told(422, melding=fault.in_words())


@require_http_methods(["GET", "POST"])
@signed_in()
@in_json
def parts(request: MijnRequest, upload: UUID) -> HttpResponse:
    """How far a file came; or its next part, which is the whole body."""
    session = request.resident_session
    if request.method == "GET":
        return _where(own.one(session, upload))
    offset = request.headers.get(OFFSET, "")
    if not (offset.isascii() and offset.isdigit() and len(offset) < 12):
        return _told(400, melding=_not_there())
    try:
        return _where(receiving.add_part(session, upload, int(offset), request.body))
    except NotNow:
        return _where(own.one(session, upload))
    except Unsuitable as fault:
        own.throw_away(session, upload)
        return _told(422, melding=fault.in_words())


@transaction.non_atomic_requests
@require_POST
@signed_in()
@in_json
def finish(request: MijnRequest, upload: UUID) -> HttpResponse:
    """All parts are sent: from here on it is the municipality's."""
    session = request.resident_session
    try:
        return _where(receiving.complete(session, upload))
    except Unsuitable as fault:
        with transaction.atomic():
            own.throw_away(session, upload)
        return _told(422, melding=fault.in_words())


def _where(row: Upload) -> HttpResponse:
    """Where a file stands: its receipt once it is sent."""
    if row.state != State.RECEIVING:
        return _told(200, bewijs=reverse("uploads:one", args=[row.id]))
    return _told(
        200,
        ontvangen=row.received,
        delen=reverse("uploads:parts", args=[row.id]),
        klaar=reverse("uploads:finish", args=[row.id]),
    )


def _not_there() -> str:
    return _("Wij vinden dit niet (meer). Begin opnieuw, vanaf de pagina van uw zaak.")


def _told(status: int, **told: str | int) -> JsonResponse:
    return JsonResponse(told, status=status)
