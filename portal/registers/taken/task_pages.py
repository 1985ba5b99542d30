"""The page of one task, and its form. Each asks anew whose the task is.

Whose it is not, gets just what anybody gets for a task that does not exist.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.mandates import Reach
from portal.accounts.required import MijnRequest, only_themselves, signed_in
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection, connections

from ..about_case import linked
from ..answers import Answer, Found, Late
from ..caller import Caller
from ..faults import Fault, fault_of
from ..gather import Question, ask_each
from ..links import host_of, safe_link
from .asked import fields_of
from .client import Outcome, definition, send_form, task
from .forms import TaskForm
from .records import Kind, State, Task
from .section import KIND
from .visible import pay_link
from .words import amount, deadline, iban, kind_of_state, purpose_in_words, state_in_words, what_now

STATUS = {Outcome.ALREADY: 409, Outcome.NOT_ACCEPTED: 422}


@dataclass(frozen=True, slots=True)
class Whole:
    """A task with the form it asks to fill in."""

    task: Task
    definition: Any


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@signed_in(for_another=Reach.LOOK)
def one(request: MijnRequest, connection: UUID, id: UUID) -> HttpResponse:
    """What, why, until when, and how; with the form of a form. Whatever goes wrong, what was typed stays.

    The form is for the person themselves: a mandate reaches to looking and to what one shares.
    """
    if request.method == "POST" and request.resident_session.for_another:
        return only_themselves(request)
    with transaction.atomic():
        register = next((known for known in connections(KIND) if known.id == connection), None)
    if register is None:
        return _unknown(request)
    bsn = request.resident_session.bsn
    (answer,) = ask_each([Question(register, lambda caller: _whole(caller, bsn, id))])
    if not isinstance(answer, Found):
        return render(request, "taken/task_fault.html", {"fault": fault_of(answer)}, status=503)
    if answer.value is None:
        return _unknown(request)
    whole: Whole = answer.value
    form = _form(whole, request)
    trouble, status = None, 200
    if request.method == "POST":
        if whole.task.state is not State.OPEN:
            trouble, status = Outcome.ALREADY, STATUS[Outcome.ALREADY]
        elif form is None or not form.is_valid():
            status = 422
        else:
            came = _send(register, bsn, id, form.answers())
            if isinstance(came, Found) and came.value is Outcome.SENT:
                return redirect("mijn:taken:task", connection, id)
            if isinstance(came, Found) and came.value is Outcome.NOT_THERE:
                return _unknown(request)
            return _not_sent(request, whole, register, bsn, form, came)
    return _page(request, whole, register, bsn, form, status=status, trouble=trouble)


async def _whole(register: Caller, bsn: BSN, id: UUID) -> Whole | None:
    found = await task(register, bsn, id)
    if found is None:
        return None
    asks = found.kind is Kind.FORM and found.state is State.OPEN
    return Whole(found, await definition(register, found) if asks else None)


def _form(whole: Whole, request: MijnRequest) -> TaskForm | None:
    if whole.task.form is None or whole.task.state is not State.OPEN:
        return None
    if request.resident_session.for_another:
        return None
    asked = fields_of(whole.definition, whole.task.form.known)
    typed = request.POST if request.method == "POST" else None
    return TaskForm(asked, typed) if asked else None


def _send(register: Connection, bsn: BSN, id: UUID, answers: dict[str, Any]) -> Answer | None:
    (came,) = ask_each([Question(register, lambda caller: send_form(caller, bsn, id, answers))])
    return came


def _not_sent(
    request: MijnRequest, whole: Whole, register: Connection, bsn: BSN, form: TaskForm, came: Answer | None
) -> HttpResponse:
    """Why the form did not arrive; another tab that was first has taken the form away."""
    if isinstance(came, Found):
        left = None if came.value is Outcome.ALREADY else form
        return _page(request, whole, register, bsn, left, status=STATUS[came.value], trouble=came.value)
    fault = fault_of(came)
    if fault and isinstance(came, Late):
        perhaps = _(
            "Misschien is het toch aangekomen. Druk gerust nog een keer op de knop: het komt nooit dubbel."
        )
        fault = Fault(fault.kind, fault.happened, perhaps, fault.again)
    return _page(request, whole, register, bsn, form, status=503, fault=fault)


def _page(
    request: MijnRequest,
    whole: Whole,
    register: Connection,
    bsn: BSN,
    form: TaskForm | None,
    *,
    status: int,
    trouble: Outcome | None = None,
    fault: Fault | None = None,
) -> HttpResponse:
    found, today = whole.task, timezone.localdate()
    link, payment = safe_link(found.link), found.payment
    context = {
        "task": found,
        "is_open": found.state is State.OPEN and trouble is not Outcome.ALREADY,
        "deadline": deadline(found, today),
        "purpose": purpose_in_words(found),
        "state": state_in_words(found.state),
        "state_kind": kind_of_state(found.state),
        "what_now": what_now(found.state),
        "case": linked(found.case, bsn),
        "link": link,
        "host": host_of(link),
        "form": form,
        "amount": amount(payment) if payment else "",
        "iban": iban(payment) if payment else "",
        "pay_link": pay_link(found, register.parameters),
        "trouble": trouble.name if trouble else "",
        "fault": fault,
    }
    return render(request, "taken/task.html", context, status=status)


def _unknown(request: MijnRequest) -> HttpResponse:
    """What is not there, or not this resident's: the same page for both."""
    return render(request, "taken/unknown.html", status=404)
