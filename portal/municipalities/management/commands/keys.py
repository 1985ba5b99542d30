"""`keys rotate`, `keys rewrap`: new keys for municipalities, and all keys under the newest master key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from portal.municipalities import keys
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality

USES = [keys.FIELD, keys.LOOKUP, keys.SIGN]


class Command(BaseCommand):
    help = (
        "rotate: write with a new key from now on; what was written before stays readable. "
        "rewrap: put every key under the first of MASTER_KEYS, after which the others may go."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["rotate", "rewrap"])
        parser.add_argument("--use", choices=USES, help="only keys of this use")
        parser.add_argument("--municipality", help="only of this one, by its slug")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = Municipality.objects.filter(keys_destroyed=None)
        if options["municipality"]:
            found = found.filter(slug=options["municipality"])
            if not found:
                raise CommandError("There is no such municipality.")
        uses = [options["use"]] if options["use"] else USES
        for municipality in found:
            with acting_for(municipality), transaction.atomic():
                if options["what"] == "rotate":
                    for use in uses:
                        keys.rotate(use)
                    self.stdout.write(f"{municipality.slug}: new keys for {', '.join(uses)}")
                else:
                    moved = keys.rewrap()
                    self.stdout.write(f"{municipality.slug}: {moved} keys under the newest master key")
        if options["what"] == "rotate":
            self.stdout.write(f"Every process writes with them within {keys.HELD} seconds.")
