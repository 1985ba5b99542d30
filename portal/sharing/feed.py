"""What a consumer must know, in order, by cursor; messages to it may come late or not at all.

An act and its line are committed together, in any order among acts; the number a line gets afterwards, one at
a time, is its place. So whoever read up to a number has missed nothing below it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from .models import Consumer, Duty

MOST = 500


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: ids and the kind, never an attribute."""

    id: UUID
    number: int
    kind: str
    """"gegeven", "geweigerd", "ingetrokken", "verlopen", "verbruikt" or "gewist"."""
    at: datetime
    grant: UUID | None
    reference: UUID | None
    """The consumer's own id of its question, where it asked."""


def after(consumer: Consumer, cursor: int, most: int, purposes: Collection[str]) -> Sequence[Event]:
    """The consumer's own events after a cursor, oldest first, as far as they are about these purposes."""
    give_numbers(consumer)
    about = Q(grant__version__purpose__slug__in=purposes) | Q(request__version__purpose__slug__in=purposes)
    rows = Duty.objects.select_related("request").filter(about, consumer=consumer, number__gt=cursor)
    return [_event(row) for row in rows.order_by("number")[:most]]


def give_numbers(consumer: Consumer) -> None:
    """Number what was committed since the last time; the consumer's row lock makes it one at a time."""
    waiting = Duty.objects.filter(consumer=consumer, number=None)
    if not waiting.exists():
        return
    with transaction.atomic():
        whose = Consumer.objects.select_for_update(no_key=True).get(id=consumer.id)
        rows = list(waiting.order_by("since", "id"))
        for number, row in enumerate(rows, whose.last_event + 1):
            row.number = number
        Duty.objects.bulk_update(rows, ["number"], batch_size=MOST)
        whose.last_event += len(rows)  # and not the highest there is: events go at the end of their term
        whose.save(update_fields=["last_event"])


def event_of(duty: Duty) -> Event:
    """The event that a duty tells of; it has its number by then."""
    give_numbers(duty_consumer(duty))
    return _event(Duty.objects.select_related("request").get(id=duty.id))


def duty_consumer(duty: Duty) -> Consumer:
    """Who must be told."""
    consumer: Consumer | None = duty.consumer
    assert consumer is not None, "this duty tells nobody"
    return consumer


def _event(row: Duty) -> Event:
    assert row.number is not None
    reference = row.request.reference if row.request else None
    return Event(row.id, row.number, row.event, row.since, row.grant_id, reference)
