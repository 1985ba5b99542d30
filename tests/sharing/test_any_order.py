"""Whatever happens in whatever order, sharing keeps to its rules: a state machine against a plain model."""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, process_time

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.municipalities.postgresql.roles import from_url
from portal.sharing import purposes
from portal.sharing.models import Consumer
from portal.sharing.states import TRANSITIONS, Act, State
from tests.conftest import Clock
from tests.figures import LONG
from tests.texts import message_by_email

from .conftest import new_session
from .machine import AT_ONCE, CONSUMER_OF, OF_CONSUMER, Sharings, World
from .told import Asked

pytestmark = pytest.mark.django_db

LENGTH = 50
MUST_BE_SEEN = {
    "agree", "agree: NotNow", "agree: NothingProven", "agree: NotShown", "agree: TooLate", "refuse",
    "refuse: NotNow", "ask_register", "ask_register: NotAgain", "read", "read again", "key of another grant",
    "not read: withdrawn", "not read: consumed", "not read: expired", "not read: recalled",
    "not read: outdated", "not read: blocked", "again: given under another text",
    "not again: no proof for this text",
}  # fmt: skip
"""Without these the steps would be many and prove little."""
STEPS = int(os.environ.get("FUZZ_STEPS") or 1_000_000) if LONG else 10_000


def test_the_table_knows_every_state_and_the_ends_are_ends():
    assert set(TRANSITIONS) == set(State)
    assert not TRANSITIONS[State.AGREED]
    assert not TRANSITIONS[State.REFUSED]
    assert all(Act.AGREE not in acts for state, acts in TRANSITIONS.items() if state != State.PROVEN)


def test_every_open_state_can_end_in_a_no():
    ends = {State.AGREED, State.REFUSED}
    assert all(acts[Act.REFUSE] == State.REFUSED for state, acts in TRANSITIONS.items() if state not in ends)


@pytest.fixture
def world(zandmeer: Municipality, veldrecht: Municipality, clock: Clock) -> Iterator[World]:
    """Purposes, consumers and residents that all examples share."""
    with acting_for(zandmeer):
        for slug, lasts in AT_ONCE.items():
            content = message_by_email("Zandmeer", "(0999) 12 34 56") | {
                "consumer": CONSUMER_OF[slug], "one_time": slug == "eenmalig",
                "valid_minutes": int(lasts.total_seconds() // 60) if lasts else None, "proof_years": 1,
                "personal": Asked().personal, "max_age_days": Asked().days,
            }  # fmt: skip
            purposes.publish(slug, content)
        consumers = {
            slug: Consumer.objects.create(slug=slug, name=slug, events_url="http://127.0.0.1:9/")
            for slug in OF_CONSUMER
        }
        first = [new_session(), new_session()]
        residents = [[session, new_session(resident=session.subject)] for session in first]
        yield World(zandmeer, veldrecht, consumers, residents, clock)


def test_sharing_keeps_to_its_rules_in_any_order(world: World, figure: Callable[[str], None]):
    class AnyOrder(Sharings):
        pass

    AnyOrder.world = world
    began, worked, turn = monotonic(), process_time(), 0
    chosen = settings(
        max_examples=20, stateful_step_count=LENGTH, deadline=None, database=None,
        suppress_health_check=list(HealthCheck), derandomize=False, print_blob=False,
        phases=[Phase.generate, Phase.shrink],
    )  # fmt: skip
    start = random.SystemRandom().randrange(2**32) if LONG else 5
    with swept() as sweep:
        while world.steps < STEPS or _goes_on(world):
            seed(start + turn)(AnyOrder)
            run_state_machine_as_test(AnyOrder, settings=chosen)
            sweep()
            turn += 1
            if LONG:
                print(
                    f"{world.steps} steps in {monotonic() - began:.0f} s, seed {start + turn - 1}", flush=True
                )
    took = f"{monotonic() - began:.0f} s ({process_time() - worked:.0f} s of our processor)"
    figure(f"{world.steps} steps in {took}, 0 violations")
    assert world.steps >= STEPS
    assert STEPS < 10_000 or world.seen.keys() >= MUST_BE_SEEN, world.seen


def _goes_on(world: World) -> bool:
    """Rare outcomes may ask for some more steps, in `make test` at most half as many again."""
    return STEPS >= 10_000 and not world.seen.keys() >= MUST_BE_SEEN and world.steps < STEPS * 3 // 2


@contextmanager
def swept() -> Iterator[Callable[[], None]]:
    """What was undone still lies in the tables; the owner takes it away, or each look gets slower."""
    owner = from_url(os.environ["DATABASE_OWNER_URL"])
    rooms = ("sharing", "usage", "notices", "accounts")
    tables = [one._meta.db_table for room in rooms for one in apps.get_app_config(room).get_models()]
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], password=owner["PASSWORD"],
        dbname=connection.settings_dict["NAME"], autocommit=True,
    ) as opened:  # fmt: skip
        # To give space back to the system it would wait five seconds a table for the transaction of the test.
        yield lambda: opened.execute("VACUUM (TRUNCATE false) " + ", ".join(tables)) and None
