"""How an address is changed: look again, tell the old address, write; and every way in which that stops."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django import forms
from django.core.signing import BadSignature, Signer
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.accounts.required import MijnRequest, Session
from portal.codes.sending import AskedTooOften, CodeNotSent

from ..answers import Answer, Found, Late
from ..faults import Fault
from .client import partij
from .pages import asked
from .records import Address, AddressKind, Partij, mark_of
from .telling import tell_old
from .writing import Change, Outcome, write_address

STATUS = {
    "fault": 503,
    "perhaps": 503,
    "not_told": 503,
    "not_sent": 503,
    "changed": 409,
    "gone": 409,
    "too_often": 429,
    "changed_often": 429,
    "too_many": 429,
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing was written, for the page to say."""

    kind: str
    """One of STATUS, or "wrong" and "not_accepted", which stand beside the field."""
    fault: Fault | None = None
    """For "fault"."""

    @property
    def status(self) -> int:
        return STATUS.get(self.kind, 422)


F = TypeVar("F", bound=forms.Form)


@dataclass(slots=True)
class AddressPage(Generic[F]):
    """A page that changes one address: what stands there now, the form, and what went wrong."""

    now: Address | None
    form: F
    trouble: Trouble | None
    typed: bool
    """Something was sent, and the register is there to take it."""

    def shown(self, request: MijnRequest, template: str, **more: Any) -> HttpResponse:
        """The page, with the status of what went wrong."""
        context = {
            "form": self.form,
            "address": self.now,
            "trouble": self.trouble,
            "nothing_known": self.trouble is not None
            and self.trouble.kind == "fault"
            and request.method == "GET",
            **more,
        }
        status = self.trouble.status if self.trouble else 422 if self.form.errors else 200
        return render(request, template, context, status=status)


def opened(request: MijnRequest, kind: AddressKind, form: type[F]) -> AddressPage[F]:
    """Asks the register what stands there, and reads what was typed over it."""
    known, fault = known_of(request.resident_session)
    now = known.address(kind) if known else None
    filled_in = form(request.POST if request.method == "POST" else None, initial={"was": mark_of(now)})
    trouble = Trouble("fault", fault) if fault else None
    return AddressPage(now, filled_in, trouble, typed=request.method == "POST" and fault is None)


def known_of(session: Session) -> tuple[Partij | None, Fault | None]:
    """What the register knows of a resident; None and no fault for whom it has never met."""
    answer, fault = asked(lambda caller: partij(caller, session.bsn))
    return (answer.value if isinstance(answer, Found) else None), fault


def change_address(
    session: Session, change: Change, *, told: bool = False, note_told: Callable[[], object] = lambda: None
) -> Trouble | None:
    """Write a change; None when it is written. The old address is told first, unless it was `told`."""
    known, fault = known_of(session)
    if fault:
        return Trouble("fault", fault)
    now = known.address(change.kind) if known else None
    same = (now.text if now else "") == change.text
    if mark_of(now) != change.was:
        # A write that seemed too slow arrived after all; or else somebody wrote something of their own.
        arrived = same and (now is None or change.verified is None or now.verified is not None)
        return None if arrived else Trouble("changed")
    if not told and not same:
        try:
            tell_old(known, change.kind, session.subject)
        except AskedTooOften:
            return Trouble("changed_often")
        except CodeNotSent:
            return Trouble("not_told")
        note_told()
    answer, fault = asked(lambda caller: write_address(caller, session.bsn, change))
    return trouble_with(answer, fault)


def trouble_with(answer: Answer | None, fault: Fault | None) -> Trouble | None:
    """What the register said of a write. After no answer in time it may have been written."""
    if isinstance(answer, Late):
        return Trouble("perhaps")
    if not isinstance(answer, Found):
        return Trouble("fault", fault)
    kinds = {Outcome.NOT_ACCEPTED: "not_accepted", Outcome.CHANGED_MEANWHILE: "changed"}
    return Trouble(kinds[answer.value]) if answer.value in kinds else None


def changed(session: Session, what: str) -> HttpResponse:
    """Back to all details, which say that it is written."""
    told = urlencode({"gewijzigd": _signer(session).sign(what)})
    return redirect(f"{reverse('mijn:klantinteracties:details')}?{told}")


def just_changed(request: MijnRequest) -> str:
    """What this session changed, as the address says; a link that somebody sends says nothing."""
    try:
        return _signer(request.resident_session).unsign(request.GET.get("gewijzigd", ""))
    except BadSignature:
        return ""


def _signer(session: Session) -> Signer:
    return Signer(salt=f"changed details|{session.id}")
