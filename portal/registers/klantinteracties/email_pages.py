"""Changing the e-mail address: typed, proven by a code, and only then written. POST, redirect, GET."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.required import MijnRequest, Session, signed_in
from portal.codes.sending import AskedTooOften, CodeNotSent, TooManyWrongCodes, WrongCode

from . import pending
from .changing import Trouble, change_address, changed, opened
from .forms import CodeForm, EmailForm
from .records import AddressKind, mark_of
from .writing import Change


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@signed_in()
def email(request: MijnRequest) -> HttpResponse:
    """A new address; a code goes to it before anything changes."""
    page = opened(request, AddressKind.EMAIL, EmailForm)
    if page.typed and page.form.is_valid():
        still_so = page.form.cleaned_data["was"] == mark_of(page.now)
        page.trouble = _send_code(request.resident_session, page.form) if still_so else Trouble("changed")
        if page.trouble is None:
            return redirect("mijn:klantinteracties:code")
    return page.shown(request, "klantinteracties/email.html")


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@signed_in()
def code(request: MijnRequest) -> HttpResponse:
    """The code is typed; only now the register is written to."""
    with transaction.atomic():
        waiting = pending.of_session(request.resident_session)
    if waiting is None:
        return redirect("mijn:klantinteracties:email")
    form = CodeForm(request.POST if request.method == "POST" else None, initial={"pending": waiting.id})
    form.fields["code"].required = not waiting.proven
    trouble = None
    if request.method == "POST" and form.is_valid():
        trouble = _confirm(request.resident_session, form)
        if trouble is None:
            return changed(request.resident_session, "e-mail")
        with transaction.atomic():
            waiting = pending.of_session(request.resident_session)
    context = {"form": form, "waiting": waiting, "trouble": trouble}
    status = trouble.status if trouble else 422 if form.errors else 200
    return render(request, "klantinteracties/code.html", context, status=status)


def _send_code(session: Session, form: EmailForm) -> Trouble | None:
    try:
        pending.begin(session, form.cleaned_data["email"], form.cleaned_data["was"])
    except AskedTooOften:
        return Trouble("too_often")
    except CodeNotSent:
        return Trouble("not_sent")
    return None


def _confirm(session: Session, form: CodeForm) -> Trouble | None:
    try:
        proven = pending.confirm(session, form.cleaned_data["pending"], form.cleaned_data["code"])
    except WrongCode:
        wrong = _("Deze code klopt niet. Kijk nog eens in uw e-mail, en vul alle zes cijfers in.")
        form.add_error("code", wrong)
        return Trouble("wrong")
    except TooManyWrongCodes:
        return Trouble("too_many")
    except pending.NothingPending:
        return Trouble("gone")
    change = Change(AddressKind.EMAIL, proven.address, proven.was, timezone.localdate())

    def note_told() -> None:
        with transaction.atomic():
            pending.note_told(proven.id)

    trouble = change_address(session, change, told=proven.told, note_told=note_told)
    if trouble is None or trouble.kind in {"changed", "not_accepted"}:
        with transaction.atomic():
            pending.finish(proven.id)
    return trouble
