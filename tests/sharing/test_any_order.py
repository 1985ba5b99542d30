"""Whatever happens in whatever order, sharing keeps to its rules: a state machine against a plain model."""

from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from portal.sharing import acts, grants, ledger, purposes, use
from portal.sharing.forgetting import forget_unconfirmed
from portal.sharing.models import ActRecord, Disclosure, Grant, GrantKey
from portal.sharing.states import TRANSITIONS, Act, NotNow, State

from .conftest import Desk, new_session, says_yes

pytestmark = pytest.mark.django_db

VALUES = {"email": "h@voorbeeld.example", "mobile": "+31612345678"}


def test_the_table_knows_every_state_and_the_ends_are_ends():
    assert set(TRANSITIONS) == set(State)
    assert not TRANSITIONS[State.AGREED]
    assert not TRANSITIONS[State.REFUSED]
    assert all(Act.AGREE not in acts for state, acts in TRANSITIONS.items() if state != State.PROVEN)


def test_every_open_state_can_end_in_a_no():
    ends = {State.AGREED, State.REFUSED}
    assert all(acts[Act.REFUSE] == State.REFUSED for state, acts in TRANSITIONS.items() if state not in ends)


def test_sharing_keeps_to_its_rules_in_any_order(desk, clock):
    class AnyOrder(Sharings):
        consumer, time = desk, clock

    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=60,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )


class Sharings(RuleBasedStateMachine):
    """One resident, one sharing at a time, and a model that only remembers what must be so."""

    consumer: Desk
    time: object

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.started = self.time.time  # type: ignore[attr-defined]
        self.session, self.stranger = new_session(), new_session()
        self.elsewhere = new_session(resident=self.session.subject)
        self.sharing, self.state, self.begun = None, None, None
        self.asked, self.values, self.chosen = None, None, set()
        self.grants: dict = {}
        self.entries = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)
        self.time.time = self.started  # type: ignore[attr-defined]

    def attempt(self, act: Act, do) -> bool:
        """Do it; the model says whether it may."""
        late = self.state not in (State.AGREED, State.REFUSED) and self.now >= self.begun + acts.UNCONFIRMED
        try:
            do()
        except acts.TooLate:
            assert late
            return False
        except NotNow as refused:
            assert not late
            assert act not in TRANSITIONS[self.state]
            return self.is_refusal_in(refused, self.state)
        assert not late
        return True

    @staticmethod
    def is_refusal_in(refused: NotNow, state: State) -> bool:
        assert refused.state == state
        return False

    @property
    def now(self):
        return self.time.time  # type: ignore[attr-defined]

    @rule()
    def begin(self) -> None:
        self.sharing = acts.begin(self.session, purposes.newest("digitaal-bericht", "nl")).id
        self.state, self.begun, self.asked, self.values = State.BEGUN, self.now, None, None

    @precondition(lambda self: self.sharing)
    @rule(mobile=st.booleans())
    def choose(self, mobile: bool) -> None:
        names = ["mobile"] if mobile else []
        if self.attempt(Act.CHOOSE, lambda: acts.choose(self.session, self.sharing, names)):
            self.state, self.asked, self.values = State.CHOSEN, None, None
            self.chosen = {"email", *names}

    @precondition(lambda self: self.sharing)
    @rule(way=st.sampled_from(["other_device", "this_device", "typed"]))
    def ask(self, way: str) -> None:
        act = Act.TYPE if way == "typed" else Act.ASK_WALLET
        kept = []
        if self.attempt(act, lambda: kept.append(acts.ask(self.session, self.sharing, way))):
            self.state = State.AT_CODE if way == "typed" else State.AT_WALLET
            self.asked, self.values = kept[0].id, None

    @precondition(lambda self: self.sharing)
    @rule(right=st.booleans())
    def result_comes_in(self, right: bool) -> None:
        waits = self.state in (State.AT_WALLET, State.AT_CODE) and self.now < self.begun + acts.UNCONFIRMED
        counted = acts.prove(self.sharing, self.asked if right and self.asked else uuid4(), VALUES)
        assert counted == bool(waits and right and self.asked)
        if counted:
            self.state, self.values = State.PROVEN, VALUES

    @precondition(lambda self: self.sharing)
    @rule()
    def agree(self) -> None:
        again = self.state == State.AGREED
        kept = []
        if self.attempt(Act.AGREE, lambda: kept.append(says_yes(self.session, self.sharing))) and not again:
            self.state = State.AGREED
            for known in self.grants.values():  # one purpose, one grant
                self.entries += not known["withdrawn"]
                known["withdrawn"] = True
            self.grants[kept[0].id] = {"chosen": set(self.chosen), "withdrawn": False}
            self.entries += 1

    @precondition(lambda self: self.sharing)
    @rule()
    def refuse(self) -> None:
        if self.state == State.REFUSED:
            acts.refuse(self.session, self.sharing)
        elif self.attempt(Act.REFUSE, lambda: acts.refuse(self.session, self.sharing)):
            self.state, self.asked, self.values = State.REFUSED, None, None

    @precondition(lambda self: self.sharing)
    @rule()
    def somebody_else_tries(self) -> None:
        for verb in (says_yes, acts.refuse):
            with pytest.raises(grants.NotYours):
                verb(self.stranger, self.sharing)

    @precondition(lambda self: self.grants)
    @rule(data=st.data())
    def read(self, data) -> None:
        grant, known = data.draw(st.sampled_from(sorted(self.grants.items(), key=str)))
        if known["withdrawn"]:
            with pytest.raises(use.NoLongerShared):
                use.read(self.consumer.row, grant)
        else:
            assert set(use.read(self.consumer.row, grant).values) == known["chosen"]

    @precondition(lambda self: self.grants)
    @rule(data=st.data())
    def withdraw(self, data) -> None:
        grant, known = data.draw(st.sampled_from(sorted(self.grants.items(), key=str)))
        grants.withdraw(self.elsewhere, grant)
        self.entries += not known["withdrawn"]
        known["withdrawn"] = True

    @rule(minutes=st.integers(1, 20))
    def time_passes(self, minutes: int) -> None:
        self.time.move(minutes=minutes)  # type: ignore[attr-defined]

    @rule()
    def the_worker_sweeps(self) -> None:
        forget_unconfirmed(self.now)
        if self.asked and self.now >= self.begun + acts.UNCONFIRMED:
            self.asked = None

    @invariant()
    def the_log_is_whole_and_counts_every_act_once(self) -> None:
        assert ledger.faults() == []
        assert ActRecord.objects.count() == self.entries

    @invariant()
    def a_stopped_grant_has_neither_values_nor_key(self) -> None:
        for grant, known in self.grants.items():
            assert GrantKey.objects.filter(grant=grant).exists() != known["withdrawn"]
            assert (Grant.objects.get(id=grant).values is None) == known["withdrawn"]

    @invariant()
    def nothing_proven_outlives_yes_or_no(self) -> None:
        if self.state in (State.AGREED, State.REFUSED):
            assert not Disclosure.objects.filter(sharing=self.sharing).exists()
