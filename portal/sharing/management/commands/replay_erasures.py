"""`replay_erasures`: after restoring a backup, erase again what was erased, and allow uses when all fits."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.municipalities.turns import by_itself
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
        listed, again, refused, now = 0, 0, [], timezone.now()
        still: set[Municipality] = set()
        for lines, back in restores.erased_and_back(municipalities):
            listed += lines
            for municipality, erased in back.items():
                again += _erase_again(municipality, erased, now)
                if restores.still_there(municipality, erased):
                    still.add(municipality)
        for municipality in municipalities:
            with acting_for(municipality):
                give_up = options["give_up_lost_acts"]
                why = restores.lift(now, back=municipality in still, give_up_lost_acts=give_up)
            if why:
                refused.append(f"{municipality.slug}: {why}")
        self.stdout.write(f"{listed} on the list, {again} erased again")
        if refused:
            raise CommandError("Uses stay refused. " + "; ".join(refused))


def _erase_again(municipality: Municipality, erased: list[UUID], at: datetime) -> int:
    """Each in a transaction of its own: who stops meanwhile waits for one, and neither waits for the other.

    One that cannot be erased holds up no other, and the uses of its municipality stay refused.
    """
    done = 0
    with acting_for(municipality):
        for grant in erased:
            with by_itself(f"erasing {grant} again"), transaction.atomic():
                done += grants.erase_again(grant, at)
    return done
