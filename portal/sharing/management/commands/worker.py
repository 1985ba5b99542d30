"""The worker: takes what is due for each municipality in turn, until it is told to stop.

Telling consumers has a thread of its own: one that is slow holds up no erasure, of any municipality. So has
handing on files, which takes longest of all, and asking the national source of official publications.
"""

import logging
import signal
from collections.abc import Callable, Sequence
from threading import Event, Thread
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, connection

from portal.municipalities.models import Municipality
from portal.notices.sending import send_due
from portal.publications.fetching import fetch_due
from portal.publications.mailing import mail_due
from portal.registers.zaken.changes import look_at_changes
from portal.sharing.sweeper import destroy_past_keys, slow_for_others, tell, tell_for_others, tidy
from portal.startup import refuse_uses_after_restore, refuse_wrong_role, tell_what_is_off
from portal.usage.logging_uses import log_due

log = logging.getLogger(__name__)
OF_OUR_OWN: Sequence[Callable[[Municipality], int]] = (tidy,)
TO_OTHERS: Sequence[Callable[[Municipality], int]] = (
    tell,
    send_due,
    mail_due,
    log_due,
    tell_for_others,
    look_at_changes,
)
"""What waits for somebody outside: consumers, the mail server, the log of uses, case systems."""
SLOWLY: Sequence[Callable[[Municipality], int]] = (slow_for_others,)
"""What takes long by itself: files, to the scanner and the case systems."""
OF_THE_NATION: Sequence[Callable[[Municipality], int]] = (fetch_due,)
"""What comes from one source for everybody: while that is slow, it holds up nothing else."""
SLOWER = 10
"""How much less often our own turn comes: it asks five times as much, and its terms are a minute and more.
So does that of the national source, where something is due once an hour."""


class Command(BaseCommand):
    help = "Does what must happen later: tells consumers and residents, lists erasures, forgets in time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one turn for everyone, then stop")
        parser.add_argument("--seconds", type=float, default=1.0, help="rest between turns")

    def handle(self, *_args: Any, **options: Any) -> None:
        self.told_to_stop = Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: self.told_to_stop.set())
        tell_what_is_off()
        if options["once"]:
            refuse_wrong_role()
            refuse_uses_after_restore()
            self._tidy()
            self._turn([*TO_OTHERS, *SLOWLY, *OF_THE_NATION])
            return
        rest = options["seconds"]
        self._begin(rest)
        threads = [
            Thread(target=self._turns, args=(lambda steps=steps: self._turn(steps), pause))
            for steps, pause in ((TO_OTHERS, rest), (SLOWLY, rest), (OF_THE_NATION, rest * SLOWER))
        ]
        for one in threads:
            one.start()
        self._turns(self._tidy, rest * SLOWER)
        for one in threads:
            one.join()

    def _begin(self, rest: float) -> None:
        """A database that is starting again must not end the worker: nobody may be there to restart it."""
        while not self.told_to_stop.is_set():
            try:
                refuse_wrong_role()
                return refuse_uses_after_restore()
            except Error as fault:
                _no_answer(fault)
                self.told_to_stop.wait(rest)

    def _turns(self, turn: Callable[[], object], rest: float) -> None:
        while not self.told_to_stop.is_set():
            turn()
            self.told_to_stop.wait(rest)
        connection.close()

    def _tidy(self) -> None:
        self._destroy_past_keys(self._turn(OF_OUR_OWN))

    def _turn(self, steps: Sequence[Callable[[Municipality], int]]) -> list[Municipality]:
        municipalities = self._municipalities()
        for municipality in municipalities:
            for step in steps:
                if self.told_to_stop.is_set():  # each may wait its full time for who is gone already
                    return []
                _do(step, municipality)
        return municipalities

    @staticmethod
    def _destroy_past_keys(municipalities: list[Municipality]) -> None:
        """Nothing is destroyed while it is not known of everyone whether they still need it."""
        if not municipalities:
            return
        try:
            destroy_past_keys(municipalities)
        except Exception as fault:
            log.error("keys of past months stay: %s", type(fault).__name__)
            connection.close()

    @staticmethod
    def _municipalities() -> list[Municipality]:
        try:
            return list(Municipality.objects.filter(keys_destroyed=None))
        except Error as fault:
            _no_answer(fault)
            return []


def _do(step: Callable[[Municipality], int], municipality: Municipality) -> None:
    """One step's or municipality's trouble must not stop the others; all that must be done is still a row."""
    try:
        step(municipality)
    except Exception as fault:
        log.error("%s: %s failed: %s", municipality.slug, step.__name__, type(fault).__name__)
        connection.close()


def _no_answer(fault: Error) -> None:
    log.error("the database does not answer: %s", type(fault).__name__)
    connection.close()
