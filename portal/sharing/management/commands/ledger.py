"""`ledger verify`: whether each municipality's act log is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing.ledger import faults


class Command(BaseCommand):
    help = "Checks the act log of every municipality against its records."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify"])

    def handle(self, *_args: Any, **_options: Any) -> None:
        broken = False
        for municipality in Municipality.objects.all():
            with acting_for(municipality), transaction.atomic():
                found = faults()
            broken = broken or bool(found)
            self.stdout.write(f"{municipality.slug}: " + ("; ".join(found) or "whole"))
        if broken:
            raise CommandError("An act log is not whole.")
