"""`notices`: how the notices and letters of every municipality stand, for operators."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.notices.models import Letter, Notice, State

LATE = timedelta(hours=1)


class Command(BaseCommand):
    help = "Tells for each municipality how many notices are late, came back or went by post."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for municipality in Municipality.objects.filter(keys_destroyed=None).order_by("slug"):
            with acting_for(municipality), transaction.atomic():
                waiting = Notice.objects.filter(state=State.QUEUED)
                late = waiting.filter(made__lt=timezone.now() - LATE, due__lte=timezone.now()).count()
                ended = Notice.objects.exclude(state=State.QUEUED).values_list("state")
                notices = dict(ended.annotate(Count("id")))
                letters = dict(Letter.objects.values_list("state").annotate(Count("id")))
            said = [f"late {late}", *(f"{state} {number}" for state, number in sorted(notices.items()))]
            said += [f"letters {state} {number}" for state, number in sorted(letters.items())]
            self.stdout.write(f"{municipality.slug}: {', '.join(said)}")
