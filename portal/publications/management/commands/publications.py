"""`publications`: how the official publications of every municipality stand, for operators."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.timezone import localtime

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.publications.client import creator_of
from portal.publications.models import Fetching, Publication, Subscription


class Command(BaseCommand):
    help = "Tells for each municipality how many publications are here, of when, and what fetching waits for."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.PUBLICATIONS_URL:
            self.stdout.write("PUBLICATIONS_URL is not set: nothing is fetched, and no site has a list")
        for municipality in Municipality.objects.filter(closed=None).order_by("slug"):
            with acting_for(municipality), transaction.atomic():
                row, number = Fetching.objects.first(), Publication.objects.count()
                mailed = Subscription.objects.exclude(confirmed=None).count()
            said = [f"as “{creator_of(municipality)}”: {number} publications", _of_when(row)]
            if row and row.problem:
                said.append(f"waits after {row.attempts} tries: {row.problem}")
            self.stdout.write(f"{municipality.slug}: {', '.join(said)}, {mailed} addresses are mailed")


def _of_when(row: Fetching | None) -> str:
    if row is None or row.whole_at is None:
        return f"not whole yet, until {row.done_until}" if row and row.done_until else "not whole yet"
    return f"of {localtime(row.whole_at):%Y-%m-%d %H:%M}"
