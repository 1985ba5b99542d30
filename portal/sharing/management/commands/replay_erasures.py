"""`replay_erasures`: after restoring a backup, erase again what the erasure list says was erased."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing.models import Grant
from portal.sharing.values import erase


class Command(BaseCommand):
    help = "Erases again every grant on the erasure list; harmless to repeat."

    def handle(self, *_args: Any, **_options: Any) -> None:
        path = Path(settings.ERASURE_LIST)
        lines, halves = _read(path) if path.exists() else ([], 0)
        again = 0
        for municipality in Municipality.objects.all():
            listed = [line["grant"] for line in lines if line["municipality"] == str(municipality.id)]
            with acting_for(municipality), transaction.atomic():
                back = Grant.objects.select_for_update().filter(id__in=listed, values__isnull=False)
                for grant in back:
                    erase(grant)
                    grant.withdrawn = grant.withdrawn or timezone.now()
                    grant.save(update_fields=["values", "withdrawn"])
                    again += 1
        self.stdout.write(f"{len(lines)} on the list, {again} erased again, {halves} half lines")


def _read(path: Path) -> tuple[list[dict[str, str]], int]:
    """The lines, and how many a crash cut off; each of those was written again, whole."""
    lines, halves = [], 0
    for line in filter(None, path.read_text().splitlines()):
        try:
            lines.append(json.loads(line))
        except ValueError:
            halves += 1
    return lines, halves
