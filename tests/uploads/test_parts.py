"""A file in parts: whatever is interrupted, repeated or out of order, it ends whole or is not taken."""

import hashlib
import random
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.uploads import held, stored
from portal.uploads.forgetting import forget_over
from portal.uploads.moving import NotNow, move
from portal.uploads.states import OVER, TRANSITIONS, Act, State
from tests.conftest import Clock
from tests.mijn.conftest import signed_in

from . import files
from .conftest import PART, Case, InParts, parts, uploads

LARGE = files.pdf() + bytes(3 * PART)
"""Four parts; a PDF may have something after its end."""


def content_of(here: Municipality) -> bytes:
    (row,) = uploads(here)
    with acting_for(here):
        return stored.opened(row).read()


def test_all_parts_make_the_file_and_the_receipt(helga: Client, mijn: Municipality, dormer: Case) -> None:
    sending = InParts(helga, dormer, LARGE)
    address = sending.all_of_it()
    (row,) = uploads(mijn)

    assert address == f"/mijn/documenten/{row.id}/"
    assert (row.state, row.size) == (State.QUARANTINE, len(LARGE))
    assert content_of(mijn) == LARGE
    with acting_for(mijn), transaction.atomic():
        assert held.read(row).sha256 == hashlib.sha256(LARGE).hexdigest()


STEPS = ("part", "again", "ahead", "short", "long", "reload", "finish")


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.sampled_from(STEPS), max_size=10), salt=st.integers(0, 2**30))
def test_in_any_order_of_steps_what_is_here_is_the_beginning_of_the_file_and_it_can_be_ended(
    helga: Client, mijn: Municipality, dormer: Case, steps: list[str], salt: int
) -> None:
    whole = LARGE + random.Random(salt).randbytes(16)  # another file each time
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("portal.uploads.limits.FILES", 10_000)
        patched.setattr("portal.uploads.limits.TOTAL", 10**12)
        patched.setattr("portal.uploads.limits.BEGUN", 10_000)
        sending, before = InParts(helga, dormer, whole), len(uploads(mijn))
        told = sending.begin().json()
        here, to = 0, told
        for step in steps:
            if step == "finish" and here == len(whole):
                continue  # that is the end; see below
            answer = taken(step, sending, to, here)
            now = helga.get(to["delen"]).json()["ontvangen"]
            right = step == "part" or (step == "again" and here == 0)
            assert now == (min(here + PART, len(whole)) if right and here < len(whole) else here)
            assert answer.json()["ontvangen"] == now
            here = now
        assert sending.all_of_it()
        rows = uploads(mijn)
        assert len(rows) == before + 1
        with acting_for(mijn):
            assert stored.opened(rows[-1]).read() == whole


def taken(step: str, sending: InParts, to: dict[str, str], here: int) -> Any:
    """One step of a browser: right, repeated, out of order, of another length, or from the beginning."""
    match step:
        case "part":
            return sending.part(to["delen"], here)
        case "again":
            return sending.part(to["delen"], max(0, here - PART))
        case "ahead":
            return sending.part(to["delen"], here + PART)
        case "short":
            return sending.part(to["delen"], here, b"x")
        case "long":
            return sending.part(to["delen"], here, bytes(PART + 1))
        case "reload":
            return sending.begin()
    return sending.browser.post(to["klaar"])


def test_who_comes_back_with_the_same_file_goes_on_where_it_stopped(
    helga: Client, mijn: Municipality, dormer: Case
) -> None:
    told = InParts(helga, dormer, LARGE).begin().json()
    InParts(helga, dormer, LARGE).part(told["delen"], 0)

    later = signed_in(mijn)
    assert InParts(later, dormer, LARGE).begin().json() == {**told, "ontvangen": PART}
    page = later.get(told["delen"].removesuffix("delen/")).content.decode()
    assert "Kies hetzelfde bestand nog een keer" in page
    assert InParts(later, dormer, LARGE).all_of_it()
    assert content_of(mijn) == LARGE


def test_another_file_under_the_announced_checksum_is_not_taken(
    helga: Client, mijn: Municipality, dormer: Case
) -> None:
    sending = InParts(helga, dormer, LARGE)
    sending.announced["sha256"] = hashlib.sha256(b"another").hexdigest()
    to = sending.begin().json()
    for at in range(0, len(LARGE), PART):
        sending.part(to["delen"], at)
    answer = helga.post(to["klaar"])

    assert answer.status_code == 422
    assert "veranderde terwijl" in answer.json()["melding"]
    assert (uploads(mijn), parts(mijn)) == ([], 0)


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"omvang": "0"}, 422, "leeg"),
        ({"omvang": str(51 * 1024 * 1024)}, 422, "te groot"),
        ({"omvang": "-1"}, 422, "Kies"),
        ({"sha256": "x"}, 422, "Kies"),
    ],
)
def test_what_cannot_be_taken_is_told_before_anything_is_sent(
    helga: Client, mijn: Municipality, dormer: Case, changed: dict[str, str], status: int, said: str
) -> None:
    answer = InParts(helga, dormer, LARGE).begin(**changed)
    assert answer.status_code == status
    assert said in answer.json()["melding"]
    assert uploads(mijn) == []


def test_a_kind_that_is_not_taken_is_told_at_the_first_part(
    helga: Client, mijn: Municipality, dormer: Case
) -> None:
    sending = InParts(helga, dormer, b"MZ\x90\x00" + bytes(2 * PART))
    answer = sending.part(sending.begin().json()["delen"], 0)
    assert answer.status_code == 422
    assert "Dit soort bestand" in answer.json()["melding"]
    assert (uploads(mijn), parts(mijn)) == ([], 0)


def test_what_was_left_behind_goes_after_a_day_and_a_receipt_after_a_year(
    helga: Client, mijn: Municipality, dormer: Case, clock: Clock
) -> None:
    sending = InParts(helga, dormer, LARGE)
    sending.part(sending.begin().json()["delen"], 0)
    InParts(helga, dormer, files.pdf()).all_of_it()

    def turn() -> int:
        with acting_for(mijn), transaction.atomic():
            return forget_over(clock.time)

    clock.move(hours=23)
    assert turn() == 0
    clock.move(hours=2)
    assert turn() == 1
    (row,) = uploads(mijn)
    assert row.state == State.QUARANTINE  # under way: it stays however long it takes
    clock.move(days=800)
    assert turn() == 0

    with acting_for(mijn), transaction.atomic():
        move(row, Act.REFUSE)
    assert parts(mijn) == 0
    clock.move(days=364)
    assert turn() == 0
    clock.move(days=2)
    assert turn() == 1


def test_no_step_is_taken_that_is_not_in_the_table(helga: Client, mijn: Municipality, dormer: Case) -> None:
    for state, act in product(State, Act):
        allowed = TRANSITIONS[state].get(act)
        with acting_for(mijn), transaction.atomic():
            row = row_in(state, mijn)
            if allowed is None:
                with pytest.raises(NotNow):
                    move(row, act)
            else:
                row.number, row.sent = "D-1", row.begun
                move(row, act)
                assert row.state == allowed
            transaction.set_rollback(True)


def row_in(state: State, here: Municipality) -> Any:
    """A row as it stands in a state."""
    from uuid import uuid4

    from django.utils import timezone

    from portal.accounts.models import Resident
    from portal.uploads.models import Upload

    now = timezone.now()
    row = Upload(
        municipality=here, resident=Resident.objects.first(), connection=uuid4(), zaak=uuid4(), state=state,
        size=1, received=1, begun=now, changed=now,
    )  # fmt: skip
    held.put(row, held.Held("brief.pdf"))
    if state != State.RECEIVING:
        row.number, row.sent = "D-1", now
    if state in OVER:
        row.ended = now
    row.save(force_insert=True)
    return row
