"""`letters`: find the addresses of what goes by post, write it for who prints, note what is in the post."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.counter import paper
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from portal.notices import letters


class Command(BaseCommand):
    help = (
        "Reads the BSNs of the municipality's inhabitants from standard input, one a line, and finds the"
        " address of each letter that waits. With --addresses employees print the letters at the counter;"
        " with --to FOLDER they are written into the folder. With --sent FOLDER: the letters in that folder"
        " are in the post."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("municipality", help="the municipality's slug")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--addresses", action="store_true")
        what.add_argument("--to", type=Path, metavar="FOLDER")
        what.add_argument("--sent", type=Path, metavar="FOLDER")

    def handle(self, *_args: Any, **options: Any) -> None:
        with_keys = Municipality.objects.filter(keys_destroyed=None)
        municipality = with_keys.filter(slug=options["municipality"]).first()
        folder: Path | None = options["to"] or options["sent"]
        if municipality is None:
            raise CommandError(f"there is no municipality {options['municipality']}")
        if folder is not None and not folder.is_dir():
            raise CommandError(f"{folder} is no folder")
        with acting_for(municipality):
            if options["sent"]:
                with transaction.atomic():
                    said = f"{letters.note_sent(letters.PRINT_ROOM, _ids_in(options['sent']))} in the post"
            else:
                made = letters.find_addresses(_inhabitants())
                written = f"{_write(options['to'])} written" if options["to"] else f"{made.found} found"
                said = f"{written}, {made.no_address} without an address, {made.waiting} waiting"
        self.stdout.write(said)


def _write(folder: Path) -> int:
    """The file first: a crash in between means that it is written again, never that it is lost."""
    written = 0
    while True:
        with transaction.atomic():
            ready = letters.ready()
        for letter in ready:
            content = paper.as_pdf([letter])
            path = folder / f"{letter.id}.pdf"
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(content)
            with transaction.atomic():
                taken = letters.take(letters.PRINT_ROOM, [letter.id])
                paper.note_use(taken, paper.PRINT_ROOM)
            if not taken:  # an employee took it in between, and prints it
                path.unlink()
            written += len(taken)
        if not ready:
            return written


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
    for path in folder.glob("*.pdf"):
        try:
            found.append(UUID(path.stem))
        except ValueError:
            continue
    return found
