"""Receipts that go by post: queued at the counter, printed and ticked off by a colleague."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from portal.municipalities.acting import current_municipality
from portal.sharing.grants import NotYours
from portal.sharing.receipts import record as receipts

from . import helping
from .models import Letter
from .required import CounterRequest, at_counter, page


@require_POST
@at_counter("may_record")
def queue(request: CounterRequest, help_id: UUID, grant: UUID) -> HttpResponse:
    """The receipt of the newest act on this grant goes by post; twice is one letter."""
    with transaction.atomic():
        row = helping.mine(request.worker, help_id)
        found = receipts.of_subject(row.subject_id, grant)
        if row.checked is None or not found:
            raise NotYours
        letter = Letter(
            municipality=current_municipality(), grant_id=grant, act=found[-1].act, queued=timezone.now()
        )
        Letter.objects.bulk_create([letter], ignore_conflicts=True)
    return redirect("counter:receipt", help_id, grant)


@require_GET
@at_counter("may_record")
def letters(request: CounterRequest) -> HttpResponse:
    """What must still go by post: number and kind of receipt, no name of anybody."""
    with transaction.atomic():
        waiting = [
            (one, _receipt(one))
            for one in Letter.objects.filter(sent=None).select_related("grant").order_by("queued")[:100]
        ]
    return page(request, "letters", {"waiting": waiting})


@require_POST
@at_counter("may_record")
def sent(_request: CounterRequest, letter: UUID) -> HttpResponse:
    """It is in the post."""
    with transaction.atomic():
        Letter.objects.filter(id=letter, sent=None).update(sent=timezone.now())
    return redirect("counter:letters")


def _receipt(letter: Letter) -> receipts.Document | None:
    found = receipts.of_subject(letter.grant.subject_id, letter.grant_id)
    return next((one for one in found if one.act == letter.act), None)
