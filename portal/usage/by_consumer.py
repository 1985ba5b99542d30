"""Uses of the municipality in force, counted by consumer and day."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import ExtractHour, TruncDate

from .models import Use
from .odd import NIGHT, ONE_OFTEN, Day

Days = dict[UUID | None, list[Day]]


def days_by_consumer(since: datetime) -> Days:
    """Each consumer's days since then, newest first; None for uses that name no system. Two queries."""
    uses = Use.objects.filter(at__gte=since).order_by()
    night = Q(hour__gte=NIGHT[0]) | Q(hour__lt=NIGHT[1])
    counted = (
        uses.annotate(day=TruncDate("at"), hour=ExtractHour("at"))
        .values("consumer_id", "day")
        .annotate(
            uses=Count("id"), at_night=Count("id", filter=night), residents=Count("subject", distinct=True)
        )
    )
    often = (
        uses.annotate(day=TruncDate("at"))
        .values("consumer_id", "day", "subject")
        .annotate(times=Count("id"))
        .filter(times__gte=ONE_OFTEN)
    )
    most: dict[tuple[UUID | None, object], int] = defaultdict(int)
    for one in often:
        key = one["consumer_id"], one["day"]
        most[key] = max(most[key], one["times"])
    found: Days = defaultdict(list)
    for row in counted:
        consumer, on = row["consumer_id"], row["day"]
        found[consumer].append(Day(on, row["uses"], row["at_night"], row["residents"], most[consumer, on]))
    for days in found.values():
        days.sort(key=lambda day: day.on, reverse=True)
    return dict(found)
