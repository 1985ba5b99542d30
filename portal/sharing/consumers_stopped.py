"""An officer stops a consumer, or lets it go on; from the commit on it reads nothing."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .models import Consumer, OfficerAct
from .purposes.making import Person

KINDS = (OfficerAct.Kind.BLOCK, OfficerAct.Kind.UNBLOCK)


def stop(consumer: UUID, officer: Person, why: str, *, stops: bool) -> None:
    """Block or unblock; what is so already is not written down again. Raises Consumer.DoesNotExist."""
    with transaction.atomic():
        row = Consumer.objects.select_for_update().get(id=consumer)
        if (row.blocked is not None) == stops:
            return
        now = timezone.now()
        row.blocked = now if stops else None
        row.blocked_why = why if stops else ""
        row.save(update_fields=["blocked", "blocked_why"])
        OfficerAct.objects.create(
            kind=OfficerAct.Kind.BLOCK if stops else OfficerAct.Kind.UNBLOCK,
            at=now,
            officer=officer.id,
            officer_name=officer.name,
            consumer=row,
            why=why,
        )


def stopped_lately() -> list[OfficerAct]:
    """Who stopped or let go which consumer in the last quarter, newest first. One query."""
    since = timezone.now() - timedelta(days=92)
    acts = OfficerAct.objects.filter(kind__in=KINDS, at__gt=since).select_related("consumer")
    return list(acts.order_by("-at"))


def acts_of(consumer: Consumer) -> list[OfficerAct]:
    """Who stopped it or let it go on, newest first. One query."""
    return list(OfficerAct.objects.filter(kind__in=KINDS, consumer=consumer).order_by("-at"))
