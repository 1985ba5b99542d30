"""The worker: takes what is due for each municipality in turn, until it is told to stop."""

import logging
import signal
from collections.abc import Callable, Sequence
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection

from portal.municipalities.models import Municipality
from portal.notices.sending import send_due
from portal.sharing.sweeper import destroy_past_keys, sweep
from portal.startup import refuse_wrong_role
from portal.usage.logging_uses import log_due

log = logging.getLogger(__name__)
STEPS: Sequence[Callable[[Municipality], int]] = (sweep, send_due, log_due)


class Command(BaseCommand):
    help = "Does what must happen later: tells consumers and residents, lists erasures, forgets in time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one turn for everyone, then stop")
        parser.add_argument("--seconds", type=float, default=1.0, help="rest between turns")

    def handle(self, *_args: Any, **options: Any) -> None:
        refuse_wrong_role()
        told_to_stop = Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: told_to_stop.set())
        while not told_to_stop.is_set():
            municipalities = self._municipalities()
            for municipality in municipalities:
                for step in STEPS:
                    _do(step, municipality)
            self._destroy_past_keys(municipalities)
            if options["once"]:
                return
            told_to_stop.wait(options["seconds"])

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
            return list(Municipality.objects.all())
        except DatabaseError as fault:
            log.error("the database does not answer: %s", type(fault).__name__)
            connection.close()
            return []


def _do(step: Callable[[Municipality], int], municipality: Municipality) -> None:
    """One step's or municipality's trouble must not stop the others; all that must be done is still a row."""
    try:
        step(municipality)
    except Exception as fault:
        log.error("%s: %s failed: %s", municipality.slug, step.__name__, type(fault).__name__)
        connection.close()
