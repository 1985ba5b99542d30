"""`letters`: hand the waiting letters over to who prints them, or note which are in the post."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from portal.notices import letters


class Command(BaseCommand):
    help = (
        "With --to FOLDER: reads the BSNs of the municipality's inhabitants from standard input, one a line,"
        " and writes each waiting letter with its address into the folder. With --sent FOLDER: the letters in"
        " that folder are in the post."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("municipality", help="the municipality's slug")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--to", type=Path, metavar="FOLDER")
        what.add_argument("--sent", type=Path, metavar="FOLDER")

    def handle(self, *_args: Any, **options: Any) -> None:
        municipality = Municipality.objects.filter(slug=options["municipality"]).first()
        folder: Path = options["to"] or options["sent"]
        if municipality is None:
            raise CommandError(f"there is no municipality {options['municipality']}")
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder")
        with acting_for(municipality):
            if options["to"]:
                made = letters.hand_over(_inhabitants(), folder)
                said = f"{made.written} written, {made.no_address} without an address, {made.waiting} waiting"
            else:
                with transaction.atomic():
                    said = f"{letters.note_sent(_ids_in(folder))} in the post"
        self.stdout.write(said)


def _inhabitants() -> list[BSN]:
    """Raises CommandError, which names the line and never the number."""
    found = []
    for number, line in enumerate(sys.stdin, start=1):
        try:
            found.append(BSN(line.strip()))
        except ValueError:
            raise CommandError(f"line {number} is not a BSN") from None
    return found


def _ids_in(folder: Path) -> list[UUID]:
    """The letters in a folder by the names of their files; other files are left alone."""
    found = []
    for path in folder.glob("*.txt"):
        try:
            found.append(UUID(path.stem))
        except ValueError:
            continue
    return found
