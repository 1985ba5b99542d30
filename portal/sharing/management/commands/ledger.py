"""`ledger verify`: whether each act log is whole. `ledger heads`: what was signed and deposited."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing.ledger import faults, heads, restores
from portal.sharing.ledger.verify import in_short
from portal.sharing.models import Deposit, LedgerHead, Restore


class Command(BaseCommand):
    help = "Checks the act log of every municipality, or shows its signed heads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify", "heads"])
        parser.add_argument("--municipality", help="only this one, by its slug")

    def handle(self, *_args: Any, **options: Any) -> None:
        chosen = Municipality.objects.filter(keys_destroyed=None)
        if options["municipality"]:
            chosen = chosen.filter(slug=options["municipality"])
        whole = [self._one(municipality, options["what"]) for municipality in chosen]
        if not whole:
            raise CommandError("There is no such municipality.")
        if not all(whole):
            raise CommandError("An act log is not whole.")

    def _one(self, municipality: Municipality, what: str) -> bool:
        try:
            with acting_for(municipality), _at_one_moment(), transaction.atomic():
                return self._verify(municipality) if what == "verify" else self._heads(municipality)
        except Exception as fault:  # whatever is wrong with one, the others are looked at
            self.stdout.write(f"{municipality.slug}: could not be looked at: {type(fault).__name__}")
            connection.close()
            return False

    def _verify(self, municipality: Municipality) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")  # ten million entries take minutes
        began = monotonic()
        found = [*faults(), *filter(None, [restores.behind()])]
        size = LedgerHead.objects.values_list("size", flat=True).first() or 0
        took = f" ({size} entries, {monotonic() - began:.1f} s)"
        self.stdout.write(f"{municipality.slug}: {in_short(found) or 'whole'}{took}")
        return not found

    def _heads(self, municipality: Municipality) -> bool:
        size = LedgerHead.objects.values_list("size", flat=True).first() or 0
        head = heads.published()
        signed = (
            f"{head.size} signed at {heads.moment(head.at)}, root {bytes(head.root).hex()}"
            if head
            else "none"
        )
        waiting = Deposit.objects.filter(done=None).order_by("head__at")
        late = ", ".join(f"{one.to}: {one.attempts} tries" for one in waiting[:5])
        refused = Restore.objects.filter(lifted=None).first()
        self.stdout.write(
            f"{municipality.slug}: {size} entries; head {signed}; {waiting.count()} to deposit {late}"
        )
        if refused:
            self.stdout.write(f"{municipality.slug}: USES ARE REFUSED since {refused.found}: {refused.why}")
        return True


@contextmanager
def _at_one_moment() -> Iterator[None]:
    """Transactions in here see the log as it was when they began: acts go on while it is looked through.

    Of the connection, since the engine's own first question would be too late to say so of one transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_isolation = 'repeatable read'")
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("RESET default_transaction_isolation")
