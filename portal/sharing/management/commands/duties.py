"""What did not happen in time; ends with 1 when there is anything, so that a monitor can call it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing.overdue import overdue

IN_WORDS = {
    "not_listed": "an erasure is not on the erasure list",
    "not_told": "could not be told for a day",
    "not_confirmed": "did not confirm an erasure in time",
    "blocked": "is blocked",
    "not_filed": "was sent by a resident and is not in the case system",
    "not_scanned": "was sent by a resident and waits for the virus scanner",
    "not_added": "was sent by a resident and is not with its case",
}


class Command(BaseCommand):
    help = "Lists overdue erasures, failed deliveries, blocked consumers and cases not made yet."

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = False
        for municipality in Municipality.objects.filter(keys_destroyed=None):
            with acting_for(municipality), transaction.atomic():
                for one in overdue(timezone.now()):
                    found = True
                    what = f"{one.consumer} {IN_WORDS[one.what]}".strip()
                    self.stdout.write(
                        f"{municipality.slug}: {what} since {one.since:%Y-%m-%d %H:%M} ({one.about})"
                    )
        if found:
            sys.exit(1)
        self.stdout.write("Nothing is overdue.")
