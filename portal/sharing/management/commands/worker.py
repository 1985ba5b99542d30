"""The worker: takes what is due for each municipality in turn, until it is told to stop."""

import logging
import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection

from portal.municipalities.models import Municipality
from portal.sharing.sweeper import destroy_past_keys, sweep
from portal.startup import refuse_wrong_role

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Does what must happen later: tells consumers, lists erasures, forgets in time."

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
                try:
                    sweep(municipality)
                except Exception as fault:
                    # One municipality's trouble must not stop the others; every duty is still a row.
                    log.error("%s: turn failed: %s", municipality.slug, type(fault).__name__)
                    connection.close()
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
