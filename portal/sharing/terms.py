"""The end of accountability: when the term of a grant is over, all of it goes but its leaves.

What goes: the acts and the key that opens them, receipts, uses with their questions, duties, the grant with
the going through the pages that led to it, and the question that it answered. Questions that led to no yes
have the same term, from their own end. When it may stands once, in the database (`accountability_is_over`,
`question_is_over`); the triggers ask it too. Lock order as everywhere: grants, then the head of the log.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import BooleanField, Exists, F, Func, OuterRef, QuerySet
from django.db.models.functions import Coalesce, Least

from portal.municipalities.turns import one_by_one
from portal.usage.models import Use, UseQuestion

from .ledger import days
from .ledger.forgetting import forget_records, note_forgotten
from .models import Disclosure, Duty, Grant, GrantKey, PurposeVersion, Receipt, Request, Sharing
from .purposes import read as read_version
from .states import RequestState


def forget_over(at: datetime, most: int = 200) -> int:
    """Forget grants, and questions without a yes, whose term is over; gives how many grants.

    Call it outside a transaction: each goes in one of its own, and the log's note comes after them all.
    """
    with transaction.atomic():
        terms = _terms()

    def first(of: Callable[..., QuerySet[Any, UUID]], stuck: Collection[UUID]) -> Iterator[UUID]:
        return (one for term in terms for one in of(at, *term).exclude(id__in=stuck)[:most])

    gone = one_by_one("forgetting a grant", partial(first, _grants), _forget_grant, most)
    one_by_one("forgetting a question", partial(first, _questions), _forget_question, most)
    note_forgotten(at)
    return gone


def _terms() -> list[tuple[int, UUID]]:
    """The years of each version. They are looked through one by one: so an index gives what ended first."""
    return [(_years(one), one.id) for one in PurposeVersion.objects.select_related("purpose")]


def _years(version: PurposeVersion) -> int:
    return read_version(version, "nl").proof_years


def _grants(at: datetime, years: int, version: UUID) -> QuerySet[Grant, UUID]:
    """Grants under a version that may go, the oldest first: their term is over, and nothing is under way."""
    ended = Grant.objects.annotate(ended=Least("withdrawn", "consumed", "until")).filter(
        version=version, values__isnull=True, ended__lte=_may_be_over(at, years)
    )
    over = ended.annotate(over=_says("accountability_is_over")).filter(over=True)
    asked = UseQuestion.objects.filter(use__grant_id=OuterRef("id"), state=UseQuestion.OPEN)
    sealed = days.sealed_until()
    unsealed = Use.objects.filter(grant_id=OuterRef("id"), **({"at__gte": sealed} if sealed else {}))
    free = over.filter(~Exists(_unfinished("grant")), ~Exists(asked), ~Exists(unsealed.order_by()))
    return free.order_by("ended").values_list("id", flat=True)


def _questions(at: datetime, years: int, version: UUID) -> QuerySet[Request, UUID]:
    """Questions under a version that led to no yes, likewise. The others go with their grant."""
    ended = Request.objects.annotate(ended=Coalesce("answered", "expires")).filter(
        version=version, ended__lte=_may_be_over(at, years)
    )
    over = ended.exclude(state=RequestState.APPROVED).annotate(over=_says("question_is_over"))
    return (
        over.filter(~Exists(_unfinished("request")), over=True).order_by("ended").values_list("id", flat=True)
    )


def _may_be_over(at: datetime, years: int) -> datetime:
    return at - timedelta(days=365 * years)  # no calendar has shorter years; the database counts them exactly


def _says(rule: str) -> Func:
    return Func(F("id"), function=rule, output_field=BooleanField())


def _unfinished(of: str) -> QuerySet[Duty]:
    return Duty.objects.filter(**{of: OuterRef("id")}, done=None, failed=None)


def _forget_grant(grant: UUID) -> bool:
    """False when somebody else holds it or its question, or was first."""
    rows = Grant.objects.select_for_update(skip_locked=True, of=("self",)).select_related("version__purpose")
    row = rows.filter(id=grant).first()
    if row is None or (row.request_id is not None and _free(row.request_id).first() is None):
        return False
    forget_records(row, _years(row.version))
    for model in (Receipt, Duty, GrantKey):
        model._default_manager.filter(grant=row).delete()
    row.delete()
    Disclosure.objects.filter(sharing=row.sharing_id).delete()
    Sharing.objects.filter(id=row.sharing_id).delete()
    if row.request_id is not None:
        _forget_question(row.request_id)
    return True


def _forget_question(request: UUID) -> bool:
    """Not while a grant, or somebody busy with it, still answers it."""
    answers = (model._default_manager.filter(request=OuterRef("id")) for model in (Grant, Sharing))
    free = _free(request).filter(*(~Exists(one) for one in answers), ~Exists(_unfinished("request")))
    row = free.first()
    if row is None:
        return False
    Duty.objects.filter(request=row).delete()
    row.delete()
    return True


def _free(request: UUID) -> QuerySet[Request]:
    """The question, locked; not while somebody else holds it."""
    return Request.objects.select_for_update(skip_locked=True).filter(id=request)
