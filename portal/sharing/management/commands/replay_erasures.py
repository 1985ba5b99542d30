"""`replay_erasures`: after restoring a backup, erase again what was erased, and allow uses when all fits."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing import grants
from portal.sharing.ledger import restores


class Command(BaseCommand):
    help = (
        "Erases again every grant on the erasure list, and allows uses again when the act log is the one that"
        " was published. Harmless to repeat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--give-up-lost-acts",
            action="store_true",
            help="acts that no backup holds are lost for good: the log says so itself, and goes on from here;"
            " a lost erasure list is written anew, with what this database knows",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        municipalities = list(Municipality.objects.filter(keys_destroyed=None))
        listed, again, refused, now = sum(1 for _ in restores.erasures()), 0, [], timezone.now()
        for municipality, back in restores.erased_and_back(municipalities):
            with acting_for(municipality):
                again += sum(_erase_again(grant, now) for grant in back)
        still = {municipality.id for municipality, _grants in restores.erased_and_back(municipalities)}
        for municipality in municipalities:
            with acting_for(municipality):
                give_up = options["give_up_lost_acts"]
                why = restores.lift(now, back=municipality.id in still, give_up_lost_acts=give_up)
            if why:
                refused.append(f"{municipality.slug}: {why}")
        self.stdout.write(f"{listed} on the list, {again} erased again")
        if refused:
            raise CommandError("Uses stay refused. " + "; ".join(refused))


def _erase_again(grant: UUID, at: datetime) -> bool:
    """In a transaction of its own: whoever stops meanwhile waits for one, and neither waits for the other."""
    with transaction.atomic():
        return grants.erase_again(grant, at)
