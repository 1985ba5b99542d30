"""Whatever happens in whatever order: the machine that draws what residents, consumers and officers do."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from portal.accounts import sessions
from portal.municipalities.acting import acting_for, acting_for_none
from portal.municipalities.models import Municipality
from portal.sharing import acts, grants, ledger, purposes, requests, use
from portal.sharing.forgetting import forget_unconfirmed
from portal.sharing.models import Consumer, Grant, PurposeVersion, Request
from portal.sharing.states import TRANSITIONS, Act, Answer, NotNow, State
from tests.conftest import Clock

from .conftest import new_session
from .told import UNCONFIRMED, Asked, Given, Going, Proof, Question, Told

VALUES = {"email": "h@voorbeeld.example", "mobile": "+31612345678"}
WAYS = {
    "other_device": Act.ASK_WALLET,
    "this_device": Act.ASK_WALLET,
    "typed": Act.TYPE,
    "register": Act.ASK_REGISTER,
}
OF_CONSUMER = {"balie": ["bericht", "kort"], "wijkteam": ["eenmalig"]}
CONSUMER_OF = {slug: consumer for consumer, slugs in OF_CONSUMER.items() for slug in slugs}
AT_ONCE = {"bericht": None, "kort": timedelta(minutes=25), "eenmalig": timedelta(minutes=40)}
"""The purposes of the machine, and how long a yes to each holds."""
ASKS = [Asked(), Asked(), Asked(personal=True), Asked(days=1), Asked(claim="pbdf.pbdf.email.email")]
"""How closely a text looks at proofs."""

LOOK = """
SELECT json_build_object(
  'grants', (SELECT json_agg(json_build_array(g.id, g.withdrawn IS NOT NULL, g.consumed IS NOT NULL,
      g.values IS NULL, NOT EXISTS (SELECT FROM sharing_grantkey k WHERE k.grant_id = g.id),
      (SELECT count(*) FROM usage_use u WHERE u.grant_id = g.id))) FROM sharing_grant g),
  'goings', (SELECT json_agg(json_build_array(s.id, s.state, d.id, d.values IS NOT NULL))
      FROM sharing_sharing s LEFT JOIN sharing_disclosure d ON d.sharing_id = s.id),
  'questions', (SELECT json_agg(json_build_array(id, state)) FROM sharing_request),
  'log', (SELECT json_agg(json_build_array(act, grant_id)) FROM sharing_actrecord),
  'owed', (SELECT json_agg(json_build_array(kind, grant_id, event)) FROM sharing_duty
      WHERE grant_id IS NOT NULL))
"""

mostly = st.sampled_from([True, True, False])
one = st.integers(0, 3)
"""Which of those there are, counted on from the first after the last."""


@dataclass
class World:
    """What all examples share; each works in a transaction that is undone."""

    here: Municipality
    elsewhere: Municipality
    consumers: dict[str, Consumer]
    residents: list[list[sessions.Session]]
    """Two sessions of each."""
    clock: Clock
    steps: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    """What came of the steps, so that it shows when nothing much happens any more."""


class Sharings(RuleBasedStateMachine):
    """Two residents with two sessions each, three purposes, two consumers, another municipality."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.started = self.world.clock.time
        self.sessions = [session for own in self.world.residents for session in own]
        self.live = set(range(len(self.sessions)))
        self.told = Told(newest=dict.fromkeys(AT_ONCE, 1))
        self.content = dict.fromkeys(AT_ONCE, 1)
        self.looked = 0

    def teardown(self) -> None:
        try:
            assert ledger.faults() == []
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)
            self.world.clock.time = self.started

    @property
    def now(self):
        return self.world.clock.time

    def resident(self, session: int) -> int:
        return session // 2

    def going(self, which: int) -> Going:
        return self.told.goings[-1 - which % min(3, len(self.told.goings))]

    def grant(self, which: int) -> Given:
        return self.told.grants[-1 - which % len(self.told.grants)]

    def attempt(self, going: Going, act: Act, do, *refusals: type[Exception]) -> Exception | object:
        """Do it; the model says whether it is too late, or not now. The caller judges other refusals."""
        late = going.state not in ("agreed", "refused") and self.now >= going.begun + UNCONFIRMED
        try:
            done = do()
        except (acts.TooLate, NotNow, *refusals) as refused:
            self.world.seen[f"{act}: {type(refused).__name__}"] += 1
            self.fits(refused, late, going.state, act)
            return refused
        self.world.seen[act] += 1
        assert not late
        return done

    @staticmethod
    def fits(refusal: Exception, late: bool, state: str, act: Act) -> None:
        if not isinstance(refusal, acts.NoLongerAsked):  # that one the rule judges itself
            assert late == isinstance(refusal, acts.TooLate)
        if isinstance(refusal, NotNow):
            assert act not in TRANSITIONS[State(state)]
            assert refusal.state == state

    # Residents

    @initialize(session=st.integers(0, 3), slug=st.sampled_from(sorted(AT_ONCE)))
    def comes(self, session: int, slug: str) -> None:
        self.begin(session, slug, 0)

    @rule(session=st.integers(0, 3), slug=st.sampled_from(sorted(AT_ONCE)), which=one)
    def begin(self, session: int, slug: str, which: int) -> None:
        version = purposes.newest(slug, "nl")
        offered = self.told.newest[slug] > self.told.recalled.get(slug, 0)
        assert (version is not None) == offered
        if session not in self.live or version is None:
            return
        resident = self.resident(session)
        asked = [q for q in self.told.questions if q.slug == slug and q.resident == resident]
        asked = [q for q in asked if q.open and q.expires > self.now]
        question = asked[which % len(asked)] if asked else None
        row = Request.objects.get(id=question.id) if question else None
        begun = acts.begin(self.sessions[session], version, row)
        assert (begun.version_id, version.number) == (version.id, self.told.newest[slug])
        self.told.goings.append(Going(begun.id, session, slug, version.number, self.now, question))

    @rule(
        session=st.integers(0, 3), slug=st.sampled_from(sorted(AT_ONCE)), way=st.sampled_from(sorted(WAYS)),
        whole=mostly, shown=mostly, key=st.sampled_from(["", "a", "b"]),
    )  # fmt: skip
    def give(self, session: int, slug: str, way: str, whole: bool, shown: bool, key: str) -> None:
        """The whole way at once, as one step; with too little proven, or a yes to what was not on screen."""
        before = len(self.told.goings)
        self.begin(session, slug, 0)
        if len(self.told.goings) > before:
            self.choose(0, mobile=session % 2 == 0)
            self.ask(0, way)
            self.result_comes_in(0, True, whole)
            self.agree(0, shown)
            if self.told.goings[-1].grant:
                self.read(0, key, True)

    @precondition(lambda self: self.told.goings)
    @rule(which=one, mobile=st.booleans())
    def choose(self, which: int, mobile: bool) -> None:
        going, names = self.going(which), ["mobile", "bsn"] if mobile else []
        done = self.attempt(
            going, Act.CHOOSE, lambda: acts.choose(self.sessions[going.session], going.id, names)
        )
        if not isinstance(done, Exception):
            going.forgets()
            going.state, going.chosen = "chosen", frozenset(["email", "mobile"] if mobile else ["email"])

    @precondition(lambda self: self.told.goings)
    @rule(which=one, way=st.sampled_from(sorted(WAYS)))
    def ask(self, which: int, way: str) -> None:
        going, act = self.going(which), WAYS[way]
        done = self.attempt(going, act, lambda: acts.ask(self.sessions[going.session], going.id, way))
        if not isinstance(done, Exception):
            going.forgets()
            going.state, going.attempt = TRANSITIONS[State(going.state)][act], done.id
            going.first = Proof(self.now, way, self.told.asked[going.slug, going.number])

    @precondition(lambda self: self.told.goings)
    @rule(which=one, right=mostly, whole=mostly)
    def result_comes_in(self, which: int, right: bool, whole: bool) -> None:
        """Repeated, late, of another attempt, or with less than was chosen."""
        going = self.going(which)
        waits = going.attempt and not going.failed and not going.values and going.state.startswith("at_")
        counts = bool(waits and right and self.now < going.begun + UNCONFIRMED)
        values = VALUES if whole else {"mobile": "+31612345678"}
        attempt = going.attempt if right and going.attempt else uuid4()
        assert acts.prove(going.id, attempt, values) == counts
        if counts:
            going.state, going.values = "proven", values

    @precondition(lambda self: any(going.attempt for going in self.told.goings))
    @rule(which=one)
    def proof_fails(self, which: int) -> None:
        going = self.going(which)
        if going.attempt:
            acts.fail(going.attempt, "declined")
            going.failed = going.failed or not going.values

    @precondition(lambda self: self.told.grants and self.told.goings)
    @rule(which=one)
    def give_again(self, which: int) -> None:
        going = self.going(which)
        earlier = self.told.stands(self.resident(going.session), going.slug, self.now)
        held = earlier.values if earlier else {}
        asks, same = self.told.asked[going.slug, going.number], False
        if earlier:  # weighed against the text it was last given under, so that none in between is forgotten
            under = self.told.asked[going.slug, earlier.number]
            same = asks.no_more_than(under) and earlier.first.passes(asks, self.now)
        do = lambda: acts.give_again(self.sessions[going.session], going.id)  # noqa: E731
        done = self.attempt(going, Act.ASK_REGISTER, do, acts.NotAgain)
        if isinstance(done, acts.NotAgain):
            assert not (same and going.chosen <= set(held))
            if going.chosen <= set(held):
                self.world.seen["not again: no proof for this text"] += 1
        elif not isinstance(done, Exception):
            assert going.chosen <= set(held)
            assert earlier.first.passes(asks, self.now)
            going.first = earlier.first
            if earlier.number != going.number:
                self.world.seen["again: given under another text"] += 1
            found = acts.Disclosure.objects.get(sharing=going.id)
            going.state, going.attempt, going.failed = "proven", found.id, False
            going.values = {name: held[name] for name in going.chosen}

    @precondition(lambda self: self.told.grants)
    @rule(which=one, other=st.integers(0, 1))
    def give_once_more(self, which: int, other: int) -> None:
        """The whole way at once, of what was given a moment ago, under whatever text there is by now."""
        grant, before = self.grant(which), len(self.told.goings)
        self.begin(2 * grant.resident + other, grant.slug, 0)
        if len(self.told.goings) > before:
            self.choose(0, mobile=False)
            self.give_again(0)
            self.agree(0, True)

    @precondition(lambda self: self.told.goings)
    @rule(which=one, shown=mostly)
    def agree(self, which: int, shown: bool) -> None:
        going = self.going(which)
        on_screen = going.attempt if shown and going.attempt else uuid4()
        do = lambda: acts.agree(self.sessions[going.session], going.id, on_screen)  # noqa: E731
        done = self.attempt(going, Act.AGREE, do, acts.NothingProven, acts.NotShown)
        whole = going.chosen <= set(going.values or {}) and going.values is not None
        asks_anew = going.number < self.told.substantial.get(going.slug, 0)
        taken_back = going.number <= self.told.recalled.get(going.slug, 0)
        if isinstance(done, acts.TextReplaced):
            assert asks_anew
            assert not taken_back
            assert whole
            assert on_screen == going.attempt
        elif isinstance(done, acts.NothingProven):
            assert not whole
        elif isinstance(done, acts.NotShown):
            assert whole
            assert on_screen != going.attempt
        elif isinstance(done, acts.NoLongerAsked):
            over = going.asks and not (going.asks.open and going.asks.expires > self.now)
            assert over or taken_back
        elif going.state == "agreed" and not isinstance(done, Exception):
            assert done.id == going.grant.id
        elif not isinstance(done, Exception):
            assert whole
            assert not asks_anew
            assert not taken_back
            assert on_screen == going.attempt
            assert not going.asks or (going.asks.open and going.asks.expires > self.now)
            self.gave(going, done)

    def gave(self, going: Going, row: Grant) -> None:
        lasts = AT_ONCE[going.slug]
        values = {name: going.values[name] for name in going.chosen}
        resident = self.resident(going.session)
        grant = Given(
            row.id, resident, going.slug, going.number, values, self.now,
            self.now + lasts if lasts else None, going.slug == "eenmalig", going.first,
        )  # fmt: skip
        assert (row.proven, row.proven_by) == (grant.first.at, grant.first.way)
        assert (row.given, row.until, row.one_time) == (grant.given, grant.until, grant.one_time)
        assert row.version.number == going.number
        assert row.subject_id == self.sessions[going.session].subject
        self.told.agrees(going, grant, self.now)

    @precondition(lambda self: self.told.goings)
    @rule(which=one)
    def refuse(self, which: int) -> None:
        going = self.going(which)
        again = going.state == "refused"
        done = self.attempt(going, Act.REFUSE, lambda: acts.refuse(self.sessions[going.session], going.id))
        if not isinstance(done, Exception) and not again:
            going.state = "refused"
            going.forgets()
            if going.asks:
                going.asks.answered("rejected")

    @precondition(lambda self: self.told.goings)
    @rule(which=one, other=st.integers(1, 3))
    def another_session_tries(self, which: int, other: int) -> None:
        going = self.going(which)
        session = self.sessions[(going.session + other) % 4]
        for verb in (
            lambda: acts.agree(session, going.id, going.attempt or uuid4()),
            lambda: acts.refuse(session, going.id),
        ):
            with pytest.raises(grants.NotYours):
                verb()

    @precondition(lambda self: self.told.grants)
    @rule(
        which=one,
        who=st.sampled_from(["own", "other session", "employee", "stranger", "employee for another"]),
    )
    def withdraw(self, which: int, who: str) -> None:
        grant = self.grant(which)
        own, stranger = self.world.residents[grant.resident], self.world.residents[1 - grant.resident]
        employee = grants.By(employee="M. de Wit", channel="phone")
        do = {
            "own": lambda: grants.withdraw(own[0], grant.id),
            "other session": lambda: grants.withdraw(own[1], grant.id),
            "employee": lambda: grants.withdraw_for(own[0].subject, grant.id, employee),
            "stranger": lambda: grants.withdraw(stranger[0], grant.id),
            "employee for another": lambda: grants.withdraw_for(stranger[0].subject, grant.id, employee),
        }[who]
        if who in ("stranger", "employee for another"):
            with pytest.raises(grants.NotYours):
                do()
            return
        do()
        if self.told.why_not(grant, self.now) not in ("withdrawn", "consumed", "expired"):
            self.told.ends(grant)

    @precondition(lambda self: len(self.live) > 1)
    @rule(session=st.integers(0, 3))
    def sign_out(self, session: int) -> None:
        if session in self.live:
            sessions.end(self.sessions[session].id)
            self.live.discard(session)
            for going in self.told.goings:
                if going.session == session:
                    going.forgets()

    @precondition(lambda self: len(self.live) < 4)
    @rule()
    def sign_in(self) -> None:
        back = min(set(range(4)) - self.live)
        self.sessions[back] = new_session(resident=self.sessions[back].subject)
        self.live.add(back)
        # What was begun in the session before is reached from none any more.
        self.told.goings = [going for going in self.told.goings if going.session != back]

    # Consumers and officers

    @rule(resident=st.integers(0, 1), slug=st.sampled_from(sorted(AT_ONCE)), minutes=st.integers(1, 60))
    def a_consumer_asks(self, resident: int, slug: str, minutes: int) -> None:
        version = purposes.newest(slug, "nl")
        if version is None or len(self.told.questions) >= 6:
            return
        row = Request.objects.create(
            municipality=self.world.here, consumer=self.world.consumers[CONSUMER_OF[slug]],
            version_id=version.id,
            subject_id=self.world.residents[resident][0].subject, reference=uuid4(), body_hash="x",
            created=self.now, expires=self.now + timedelta(minutes=minutes),
        )  # fmt: skip
        self.told.questions.append(Question(row.id, resident, slug, row.expires))

    @precondition(lambda self: self.told.questions)
    @rule(which=one, act=st.sampled_from(["present", "present", "take_back", "look"]))
    def a_question_is_seen_or_taken_back(self, which: int, act: str) -> None:
        question = self.told.questions[which % len(self.told.questions)]
        session = self.world.residents[question.resident][0]
        if act == "present":
            requests.presented(Request.objects.get(id=question.id))
            question.answered("presented")
        elif act == "take_back":
            requests.answer(question.id, Answer.TAKE_BACK)
            question.answered("withdrawn")
        mine = [q for q in self.told.questions if q.resident == question.resident]
        waiting = {q.id for q in mine if q.open and q.expires > self.now}
        assert {row.id for row in requests.open_for(session)} == waiting

    @precondition(lambda self: self.told.grants)
    @rule(which=one, key=st.sampled_from(["", "a", "a", "b"]), right=mostly)
    def read(self, which: int, key: str, right: bool) -> None:
        grant = self.grant(which)
        owner = CONSUMER_OF[grant.slug]
        if not right:
            stranger = self.world.consumers["wijkteam" if owner == "balie" else "balie"]
            with pytest.raises(use.UnknownGrant):
                use.read(stranger, grant.id, use.Caller(key))
            return
        of_others = [
            g for g in self.told.grants if g is not grant and CONSUMER_OF[g.slug] == owner and key in g.calls
        ]
        earlier, at = grant.calls.get(key, (None, self.now))
        again = earlier is not None and self.now < at + grants.ANSWER_AGAIN
        why = self.told.why_not(grant, self.now, again=again)
        try:
            reading = use.read(self.world.consumers[owner], grant.id, use.Caller(key))
        except use.UnknownGrant:
            self.world.seen["key of another grant"] += 1
            assert of_others
            return
        except use.NoLongerShared as refused:
            assert not of_others
            self.world.seen[f"not read: {why}"] += 1
            self.is_so(refused.why == why)
            return
        self.world.seen["read again" if again else "read anew with the same key" if earlier else "read"] += 1
        assert not of_others
        assert why == ""
        assert (reading.values, reading.version.number) == (grant.values, grant.number)
        assert (reading.id == earlier) == again
        if not again:
            grant.uses += 1
            grant.consumed = self.now if grant.one_time else None
            if key and earlier is None:
                grant.calls[key] = (reading.id, self.now)

    @staticmethod
    def is_so(claim: bool) -> None:
        assert claim

    @precondition(lambda self: self.told.grants)
    @rule(which=one)
    def another_municipality_sees_nothing(self, which: int) -> None:
        grant = self.grant(which)
        session, consumer = self.sessions[2 * grant.resident], self.world.consumers[CONSUMER_OF[grant.slug]]
        with acting_for_none(), acting_for(self.world.elsewhere):
            with pytest.raises(use.UnknownGrant):
                use.read(consumer, grant.id)
            with pytest.raises(grants.NotYours):
                grants.withdraw(session, grant.id)
            assert not any(self.rows().values())
        connection.set_municipality(self.world.here.id)  # type: ignore[attr-defined]  # ours again, in one transaction

    @rule(
        slug=st.sampled_from(sorted(AT_ONCE)), substantial=st.booleans(), asks=st.sampled_from(ASKS),
    )  # fmt: skip
    def publish(self, slug: str, substantial: bool, asks: Asked) -> None:
        row = PurposeVersion.objects.filter(purpose__slug=slug).order_by("-number")[0]
        self.content[slug] += 1
        content = row.content | {
            "substantial": substantial, "proof_years": self.content[slug],
            "personal": asks.personal, "max_age_days": asks.days,
            "attributes": [
                one | ({"claim": asks.claim} if one["name"] == "email" else {})
                for one in row.content["attributes"]
            ],
        }  # fmt: skip
        self.told.newest[slug] += 1
        self.told.asked[slug, self.told.newest[slug]] = asks
        assert purposes.publish(slug, content).number == self.told.newest[slug]
        if substantial:
            self.told.substantial[slug] = self.told.newest[slug]
            self.read_the_last_of(slug)
        if self.told.grants and self.told.grants[-1].slug == slug:
            self.give_once_more(0, 0)

    @rule(slug=st.sampled_from(sorted(AT_ONCE)), really=mostly)
    def recall(self, slug: str, really: bool) -> None:
        if not really:
            purposes.recall(slug, "Mila de Wit", "De tekst klopte niet.")
            self.told.recalled[slug] = self.told.newest[slug]
            self.read_the_last_of(slug)

    def read_the_last_of(self, slug: str) -> None:
        """What was read a moment ago may not be any more."""
        for which, grant in enumerate(reversed(self.told.grants[-4:])):
            if grant.slug == slug:
                self.read(which, "", True)

    @rule(consumer=st.sampled_from(sorted(OF_CONSUMER)))
    def block_or_not(self, consumer: str) -> None:
        row, slugs = self.world.consumers[consumer], set(OF_CONSUMER[consumer])
        blocked = not slugs & self.told.blocked
        Consumer.objects.filter(id=row.id).update(blocked=self.now if blocked else None)
        self.told.blocked = self.told.blocked | slugs if blocked else self.told.blocked - slugs

    # Time

    @rule(minutes=st.sampled_from([1, 4, 9, 10, 14, 15, 40, 1441]))
    def time_passes(self, minutes: int) -> None:
        self.world.clock.move(minutes=minutes)

    @precondition(lambda self: any(grant.until for grant in self.told.grants))
    @rule(which=one, before=st.booleans())
    def the_very_second_comes(self, which: int, before: bool) -> None:
        ends = sorted({g.until for g in self.told.grants if g.until and g.until > self.now})
        if ends:
            self.world.clock.time = ends[which % len(ends)] - timedelta(microseconds=int(before))

    @rule()
    def the_worker_sweeps(self) -> None:
        forget_unconfirmed(self.now)
        grants.end_recalled(self.now)
        grants.erase_over(self.now)
        self.told.sweeps(self.now, self.live)

    # What must be so after each step

    @staticmethod
    def rows() -> dict[str, list]:
        found = connection.connection.execute(LOOK, prepare=True).fetchone()[0]  # past Django: planned once
        return found if isinstance(found, dict) else json.loads(found)

    @invariant()
    def the_database_is_what_the_model_remembers(self) -> None:
        self.looked += 1
        self.world.steps += self.looked > 2  # the first look is before any step, the second after the setting
        rows = {kind: found or [] for kind, found in self.rows().items()}
        grants_now = {
            str(g.id): [g.withdrawn, g.consumed is not None, g.erased, g.erased, g.uses]
            for g in self.told.grants
        }
        assert {row[0]: row[1:] for row in rows["grants"]} == grants_now
        goings = {
            str(g.id): [g.state, str(g.attempt) if g.attempt else None, bool(g.values)]
            for g in self.told.goings
        }
        assert {row[0]: row[1:] for row in rows["goings"] if row[0] in goings} == goings
        assert dict(rows["questions"]) == {str(q.id): q.state for q in self.told.questions}
        assert Counter(map(tuple, rows["log"])) == Counter(self.told.log)
        assert Counter(map(tuple, rows["owed"])) == +self.told.owed
        if self.looked % 25 == 0:
            assert ledger.faults() == []
