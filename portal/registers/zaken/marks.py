"""What a list of cases marks as new beside their steps: a document or decision that came since a visit.

To ask a case system that for each case of a list would cost calls for each; so it is written down when
Notificaties told of it and it was asked anew. Where nobody calls us there is no mark, and none is missed
on the page of the case itself.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from uuid import UUID, uuid4

from django.utils import timezone

from portal.accounts.sessions import Session
from portal.municipalities.acting import current_municipality
from portal.municipalities.worded import Worded

from .models import CaseNews

KEPT = timedelta(days=183)
Marks: TypeAlias = Mapping[tuple[UUID, UUID], datetime]
"""When something came, by connection and case."""
NO_MARKS: Marks = {}
SINCE = Worded(
    lambda resident, since: CaseNews.objects.filter(resident_id=resident, came__gt=since),
    resident=uuid4(),
    since=datetime(2026, 1, 1, tzinfo=UTC),
)


def mark(residents: Collection[UUID], connection: UUID, zaak: UUID) -> None:
    """Something came that they may see; in a transaction of the caller."""
    rows = [
        CaseNews(
            municipality=current_municipality(),
            resident_id=one,
            connection=connection,
            zaak=zaak,
            came=timezone.now(),
        )
        for one in residents
    ]
    CaseNews.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["municipality", "resident", "connection", "zaak"],
        update_fields=["came"],
    )


def marks(session: Session) -> Marks:
    """Of what came since a resident's previous visit; none at the first. One query or none, in a transaction
    of the caller."""
    if session.previous_visit is None:
        return NO_MARKS
    rows = SINCE(resident=session.subject, since=session.previous_visit)
    return {(one.connection, one.zaak): one.came for one in rows}


def forget_marks(at: datetime) -> None:
    """Those that a visit did not see in so long."""
    old = CaseNews.objects.filter(came__lt=at - KEPT).values_list("id", flat=True)[:500]
    CaseNews.objects.filter(id__in=list(old)).delete()
