"""The employee's pages of what goes by post: take, print, tick off. POST, redirect, GET."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from portal.notices import letters as post
from portal.sharing.receipts.pdf import as_pdf, file_name

from . import helping, letters, looking_up
from .help_views import step
from .required import CounterRequest, at_counter, page


@require_POST
@step
def queue(request: CounterRequest, help_id: UUID, grant: UUID) -> HttpResponse:
    """Send a receipt by post; where the BRP knows no address the page says what to do instead."""
    with suppress(letters.NoAddress):
        letters.send_receipt(request.worker, help_id, grant)
    # To what is said of it, which takes the focus; where nothing is, the page begins at its top.
    return redirect(f"{reverse('counter:receipt', args=[help_id, grant])}#post")


@require_GET
@step
def receipt(request: CounterRequest, help_id: UUID, grant: UUID) -> HttpResponse:
    """A receipt as the resident's own PDF, with the code and the address where anybody checks it."""
    with transaction.atomic():
        row = helping.checked(request.worker, help_id)
        shown = letters.newest_receipt(row, grant)
        made = as_pdf(shown, looking_up.known(row).name)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{file_name(shown, "pdf")}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
@at_counter("may_record")
def overview(request: CounterRequest) -> HttpResponse:
    """What can be printed, what was taken, and what waits and why."""
    with transaction.atomic():
        shown = letters.queue(request.worker)
    return page(request, "letters", {"queue": shown})


@require_POST
@at_counter("may_record")
def take(request: CounterRequest) -> HttpResponse:
    """Take all that is ready, or one letter."""
    chosen = _ids(request)
    letters.take(request.worker, chosen or None)
    return redirect("counter:letters")


@require_GET
@at_counter("may_record")
def paper(request: CounterRequest, letter: UUID | None = None) -> HttpResponse:
    """What was taken, as a PDF: one letter or all."""
    made = letters.pdf_of(request.worker, letter)
    if made is None:
        raise Http404
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="brieven.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@at_counter("may_record")
def sent(request: CounterRequest) -> HttpResponse:
    """It is in the post: the address goes."""
    with transaction.atomic():
        post.note_sent(letters.who(request.worker), _ids(request))
    return redirect("counter:letters")


@require_POST
@at_counter("may_record")
def put_back(request: CounterRequest, letter: UUID) -> HttpResponse:
    """Not printed after all."""
    with transaction.atomic():
        post.put_back(letters.who(request.worker), letter)
    return redirect("counter:letters")


def _ids(request: CounterRequest) -> list[UUID]:
    """The letters that the form names. Raises Http404 for what is no letter's id."""
    try:
        return [UUID(one) for one in request.POST.getlist("letter")]
    except ValueError:
        raise Http404 from None
