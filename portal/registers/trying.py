"""Tries a connection where it stands: one harmless question for each address, and a word for each answer."""

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from portal.municipalities.connections import Connection
from portal.municipalities.models import ConnectionRow

from . import loop
from .administering import Act, Administrator, set_parameter
from .answers import Found
from .caller import Caller
from .connecting import ConnectionKind, Probe, Text
from .errors import RegisterError
from .gather import Question, ask_one
from .outcomes import ADVICE, WORDS, Outcome, outcome_of
from .response_times import learned

WHOLE = 5.0  # seconds; each call has its own limit below that


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one question."""

    label: Text
    outcome: Outcome

    @property
    def words(self) -> Text:
        return WORDS[self.outcome]

    @property
    def advice(self) -> Text:
        return ADVICE.get(self.outcome, "")


def tried(connection: Connection, kind: ConnectionKind) -> Sequence[Tried]:
    """Ask now, on sockets of its own; outside a transaction. Never raises for what the other side does."""
    probes = [one for one in kind.probes if not one.of or connection.parameters.get(one.of)]
    asking = asyncio.run_coroutine_threadsafe(_all(connection, probes), loop.running())
    try:
        answers = asking.result(WHOLE)
    except TimeoutError:
        asking.cancel()
        answers = [Tried(one.label, Outcome.TOO_LATE) for one in probes]
    if answers:  # so that how it stands is right at once, also after a repair that nobody visited yet
        learned(
            connection,
            next((one.outcome for one in answers if one.outcome is not Outcome.WORKS), Outcome.WORKS),
        )
    return answers


def found_out(connection: Connection, kind: ConnectionKind, who: Administrator) -> bool:
    """Ask a back end what it can do, and keep it; False when it did not answer. Outside a transaction."""
    if kind.find_out is None:
        return False
    answer = ask_one(Question(connection, kind.find_out))
    if not isinstance(answer, Found):
        return False
    told = {**answer.value, "on": timezone.localdate().isoformat()}
    with transaction.atomic():
        row = ConnectionRow.objects.select_for_update().filter(id=connection.id).first()
        if row:
            set_parameter(row, "found", told, Act.ASKED, who)
    return row is not None


async def _all(connection: Connection, probes: Sequence[Probe]) -> Sequence[Tried]:
    try:
        caller = Caller(connection)
    except (ssl.SSLError, OSError, ValueError):
        return [Tried(one.label, Outcome.OURS_REFUSED) for one in probes]
    try:
        return await asyncio.gather(*(_one(caller, probe) for probe in probes))
    finally:
        await caller.close()


async def _one(caller: Caller, probe: Probe) -> Tried:
    try:
        await probe.ask(caller)
    except RegisterError as fault:
        return Tried(probe.label, outcome_of(fault))
    except Exception:
        return Tried(probe.label, Outcome.UNEXPECTED)  # its text may hold anything
    return Tried(probe.label, Outcome.WORKS)
