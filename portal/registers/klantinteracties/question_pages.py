"""Asking a question, and its receipt. What is asked goes to the register and is kept nowhere else."""

from hashlib import sha256
from uuid import UUID, uuid4

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.limits import too_many
from portal.accounts.required import MijnRequest, Session, signed_in

from ..about_case import CaseRef, KnownCase, question_for
from ..answers import Found, Late
from ..caller import Caller
from ..faults import Fault, fault_of
from ..gather import ask_each
from .client import contact_with_number
from .forms import QuestionForm
from .pages import asked as ask_register
from .pages import parameters
from .visible import moments
from .writing import NewQuestion
from .writing import ask as send

MOST, WINDOW = 10, 3600  # questions of one session in an hour
LANGUAGES = {"nl": "nld", "en": "eng"}
TRIES = 3  # numbers that may turn out to be somebody else's, before we give up


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@signed_in()
def ask_anything(request: MijnRequest) -> HttpResponse:
    """A question about anything."""
    return _ask(request, None, None)


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@signed_in()
def ask_about(request: MijnRequest, connection: UUID, zaak: UUID) -> HttpResponse:
    """A question about an own case. Whose it is not, sees the same page as for a case that is not there."""
    with transaction.atomic():
        question = question_for(CaseRef(connection, zaak), request.resident_session.bsn)
    if question is None:
        return render(request, "klantinteracties/no_such_case.html", status=404)
    (answer,) = ask_each([question])
    if not isinstance(answer, Found):
        return render(request, "klantinteracties/case_fault.html", {"fault": fault_of(answer)}, status=503)
    if answer.value is None:
        return render(request, "klantinteracties/no_such_case.html", status=404)
    return _ask(request, answer.value, zaak)


def _ask(request: MijnRequest, case: KnownCase | None, zaak: UUID | None) -> HttpResponse:
    """The form. Whatever goes wrong, what was typed is still in it."""
    typed = request.POST if request.method == "POST" else None
    form = QuestionForm(typed, str(uuid4()), about_case=case is not None)
    fault, too_often = None, False
    if request.method == "POST" and form.is_valid():
        session = request.resident_session
        too_often = too_many("klant-questions", str(session.subject), most=MOST, seconds=WINDOW)
        if not too_often:
            number, fault = _send(session, form, case, zaak)
            if fault is None:
                return redirect("mijn:klantinteracties:asked", number)
    context = {"form": form, "case": case, "zaak": zaak, "fault": fault, "too_often": too_often}
    status = 429 if too_often else 503 if fault else 422 if form.errors else 200
    return render(request, "klantinteracties/ask.html", context, status=status)


def _send(
    session: Session, form: QuestionForm, case: KnownCase | None, zaak: UUID | None
) -> tuple[int, Fault | None]:
    """The number under which it was asked. The same form, sent twice, asks one question."""
    subject = _("Vraag over zaak %(number)s") % {"number": case.number} if case else ""
    at, language = timezone.now(), LANGUAGES.get(get_language() or "", "nld")

    async def ask(caller: Caller) -> int:
        for attempt in range(TRIES):
            number = number_of(session, form.cleaned_data["key"], attempt)
            question = NewQuestion(
                number=str(number),
                subject=subject or form.cleaned_data["subject"],
                text=form.cleaned_data["text"],
                at=at,
                language=language,
                case=zaak,
            )
            if await send(caller, session.bsn, question):
                return number
        raise ValueError("no free number")

    answer, fault = ask_register(ask)
    if isinstance(answer, Late):
        return 0, _perhaps(fault)
    return (answer.value, None) if isinstance(answer, Found) else (0, fault)


def number_of(session: Session, key: UUID, attempt: int) -> int:
    """Ten digits that nobody else's question has, and that this form always has."""
    digest = sha256(f"{session.id} {key} {attempt}".encode()).digest()
    return 10**9 + int.from_bytes(digest[:8]) % (9 * 10**9)


def _perhaps(fault: Fault | None) -> Fault | None:
    """A write that was too slow may have arrived."""
    if fault is None:
        return None
    now = _("Misschien is uw vraag toch aangekomen. Stuur hem gerust nog een keer: hij komt nooit dubbel.")
    return Fault(fault.kind, fault.happened, now, fault.again)


@transaction.non_atomic_requests
@require_GET
@signed_in()
def asked(request: MijnRequest, number: str) -> HttpResponse:
    """The receipt of a question, and its answer once it is there."""
    bsn = request.resident_session.bsn
    answer, fault = ask_register(lambda caller: contact_with_number(caller, bsn, number))
    if not isinstance(answer, Found):
        return render(request, "klantinteracties/asked_fault.html", {"fault": fault}, status=503)
    if answer.value is None:
        return render(request, "klantinteracties/no_such_question.html", status=404)
    (moment,) = moments([answer.value], parameters())
    return render(request, "klantinteracties/asked.html", {"moment": moment})
