"""What the act log binds of each act, word for word; and what is owed after it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.mandates import Reach
from portal.municipalities.acting import current_municipality
from portal.notices.kinds import Kind
from portal.notices.models import Letter, Notice
from portal.notices.models import State as NoticeState
from portal.sharing import access, acts, grants, ledger, purposes
from portal.sharing.models import (
    ActRecord,
    Disclosure,
    Duty,
    Grant,
    GrantKey,
    PurposeVersion,
    Receipt,
    Restore,
)
from portal.sharing.proofs import still_proven
from portal.sharing.purposes.making import Person, Role
from portal.usage import timeline
from portal.usage.models import Use

from .conftest import gives, new_session, says_yes

pytestmark = pytest.mark.django_db
LOG = re.compile("sharing_(ledger|actrecord|recordkey|treenode|ledgernode)")


def logged(grant: Grant, act: str) -> dict:
    """All that the log says of an act, besides the number of its receipt."""
    payload = dict(ActRecord.objects.get(grant=grant, act=act).payload)
    assert payload.pop("receipt") == Receipt.objects.get(grant=grant, act=act).number
    return payload


def common(grant: Grant, act: str, at) -> dict:
    return {
        "v": 1, "act": act, "grant": str(grant.id),
        "actor": str(grant.actor_id), "subject": str(grant.subject_id),
        "consumer": str(grant.consumer_id), "version": grant.version.content_hash, "at": at.isoformat(),
    }  # fmt: skip


def owed(grant: Grant) -> set[tuple[str, str]]:
    return set(Duty.objects.filter(grant=grant).values_list("kind", "event"))


def test_a_yes_until_a_day_that_replaces_an_earlier_one(helga, desk, clock):
    first = gives(helga, "maatje-18", {"over18": "yes"})
    clock.move(minutes=5)
    second = gives(helga, "maatje-18", {"over18": "yes"})
    assert logged(second, "given") == common(second, "given", clock()) | {
        "chosen": ["over18"], "level": "substantieel", "language": "nl", "way": "other_device",
        "until": second.until.isoformat(), "supersedes": str(first.id), "request": None,
    }  # fmt: skip
    assert logged(first, "given")["supersedes"] is None
    assert logged(first, "withdrawn") == common(first, "withdrawn", clock()) | {
        "by": str(helga.actor), "because": "replaced",
    }  # fmt: skip
    assert (second.supersedes, first.supersedes) == (first.id, None)
    assert second.way == "other_device"


def test_a_yes_until_stopped_says_no_end_and_names_what_was_chosen_in_order(helga, desk):
    payload = logged(gives(helga), "given")
    assert (payload["until"], payload["chosen"]) == (None, ["email", "mobile"])


def test_stopping_oneself(helga, desk, clock):
    grant = gives(helga)
    grants.withdraw(helga, grant.id)
    assert logged(grant, "withdrawn") == common(grant, "withdrawn", clock()) | {
        "by": str(helga.actor), "because": "asked",
    }  # fmt: skip


def test_stopping_by_an_employee_names_both_and_the_channel(helga, desk, clock):
    grant = gives(helga)
    by = grants.By(actor=helga.actor, employee="m.de.wit", channel="phone")
    assert grants.withdraw_for(helga.subject, grant.id, by).withdrawn == clock()
    assert logged(grant, "withdrawn") == common(grant, "withdrawn", clock()) | {
        "by": str(helga.actor), "employee": "m.de.wit", "channel": "phone", "because": "asked",
    }  # fmt: skip
    assert owed(grant) == {
        (Duty.TELL_CONSUMER, "gegeven"), (Duty.TELL_CONSUMER, "ingetrokken"), (Duty.LIST_ERASURE, ""),
    }  # fmt: skip
    assert grants.withdraw_for(helga.subject, grant.id, by).withdrawn == clock()
    assert ActRecord.objects.filter(grant=grant, act="withdrawn").count() == 1


def test_an_employee_stops_only_what_is_this_residents(helga, desk):
    grant = gives(helga)
    for subject, what in ((new_session().subject, grant.id), (helga.subject, new_session().id)):
        with pytest.raises(grants.NotYours):
            grants.withdraw_for(subject, what, grants.By(employee="m.de.wit", channel="counter"))


def test_what_a_recall_ends_is_ended_by_the_municipality_as_many_as_fit_in_a_turn(helga, desk, clock):
    kept = gives(helga, "maatje-18", {"over18": "yes"})
    ended = [gives(session) for session in (helga, new_session(), new_session())]
    before = gives(helga, "maatje-18", {"over18": "yes"}).version_id
    assert kept.version_id == before
    purposes.recall("digitaal-bericht", "Mila de Wit", "De tekst klopte niet.")
    assert [
        grants.end_recalled(clock(), most=2),
        grants.end_recalled(clock()),
        grants.end_recalled(clock()),
    ] == [2, 1, 0]
    for grant in ended:
        assert Grant.objects.get(id=grant.id).withdrawn == clock()
        assert logged(grant, "withdrawn") == common(grant, "withdrawn", clock()) | {
            "by": "municipality", "because": "recalled",
        }  # fmt: skip
    assert Grant.objects.filter(withdrawn=None).count() == 1


def test_what_is_published_after_a_recall_stands_apart_from_it(helga, desk, clock):
    content = gives(helga).version.content
    purposes.recall("digitaal-bericht", "Mila de Wit", "De tekst klopte niet.")
    purposes.publish("digitaal-bericht", content | {"proof_years": 4})
    anew = gives(helga)
    assert grants.end_recalled(clock()) == 0  # the earlier one was replaced already
    assert grants.holds(grants.rows().get(id=anew.id), clock())


def test_values_of_what_is_over_are_erased_in_turns_and_what_still_holds_is_not(helga, desk, clock):
    over = [
        gives(session, "maatje-18", {"over18": "yes"}) for session in (helga, new_session(), new_session())
    ]
    clock.move(days=1)
    later, endless = gives(new_session(), "maatje-18", {"over18": "yes"}), gives(helga)
    clock.time = over[0].until
    assert [grants.erase_over(clock(), most=2), grants.erase_over(clock()), grants.erase_over(clock())] == [
        2,
        1,
        0,
    ]
    for grant in over:
        assert logged(grant, "erased") == common(grant, "erased", clock()) | {"because": "expired"}
        assert owed(grant) == {
            (Duty.TELL_CONSUMER, "gegeven"), (Duty.TELL_CONSUMER, "verlopen"), (Duty.LIST_ERASURE, ""),
        }  # fmt: skip
    assert set(Grant.objects.filter(values__isnull=False)) == {later, endless}
    assert set(Duty.objects.values_list("due", flat=True)) <= {over[0].given, later.given, clock()}
    assert ledger.faults() == []


def test_a_sharing_may_not_be_begun_for_another_unless_the_purpose_allows_it(helga, desk, clock):
    other = replace(helga, actor=new_session().subject, mandate=Reach.SHARE)
    version = purposes.newest("digitaal-bericht", "nl")
    with pytest.raises(acts.NotForAnother):
        acts.begin(other, version)
    purposes.publish("digitaal-bericht", gives(helga).version.content | {"for_another": True})
    for too_little in (Reach.LOOK, None):
        with pytest.raises(acts.NotForAnother):
            acts.begin(replace(other, mandate=too_little), purposes.newest("digitaal-bericht", "nl"))
    sharing = acts.begin(other, purposes.newest("digitaal-bericht", "nl"))
    assert (sharing.actor_id, sharing.subject_id) == (other.actor, helga.subject)
    for half in (
        replace(other, actor=helga.actor),
        replace(other, subject=other.actor),
        replace(other, id=helga.actor),
    ):
        with pytest.raises(grants.NotYours):
            acts.own(half, sharing.id)
    acts.choose(other, sharing.id, [])
    with pytest.raises(acts.NotForAnother):  # a wallet proves who holds it
        acts.ask(other, sharing.id, "other_device")
    attempt = acts.ask(other, sharing.id, "typed")
    acts.prove(sharing.id, attempt.id, {"email": "h@voorbeeld.example"})
    grant = says_yes(other, sharing.id)
    assert list(Letter.objects.values_list("notice__cause", "notice__kind")) == [(grant.id, Kind.CHANGED)]
    assert not Notice.objects.filter(cause=grant.id, state=NoticeState.QUEUED).exclude(kind=Kind.REMINDER)
    payload = logged(grant, "given")
    assert (payload["actor"], payload["subject"], payload["way"]) == (
        str(other.actor),
        str(helga.subject),
        "typed",
    )


def test_a_choice_and_a_new_attempt_forget_what_was_proven(helga, desk):
    sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    acts.choose(helga, sharing.id, [])
    acts.prove(sharing.id, acts.ask(helga, sharing.id, "other_device").id, {"email": "h@voorbeeld.example"})
    assert acts.choose(helga, sharing.id, ["mobile"]).chosen == ["email", "mobile"]
    assert not Disclosure.objects.exists()


def test_what_failed_says_why_once_and_counts_no_more(helga, desk, clock):
    sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    acts.choose(helga, sharing.id, [])
    attempt = acts.ask(helga, sharing.id, "other_device")
    Disclosure.objects.update(wallet_session=b"token")
    acts.fail(new_session().id, "timed_out")
    assert Disclosure.objects.get().outcome == ""
    for outcome in ("declined", "timed_out"):
        acts.fail(attempt.id, outcome)
    failed = Disclosure.objects.get()
    assert (failed.outcome, failed.wallet_session, failed.way, failed.begun) == (
        "declined",
        None,
        "other_device",
        clock(),
    )
    assert not acts.prove(sharing.id, attempt.id, {"email": "h@voorbeeld.example"})


def test_what_was_proven_does_not_fail_afterwards_and_is_not_proven_twice(helga, desk):
    sharing, other = (acts.begin(helga, purposes.newest("digitaal-bericht", "nl")) for _ in range(2))
    for row in (sharing, other):
        acts.choose(helga, row.id, [])
    attempt, elsewhere = (acts.ask(helga, row.id, "other_device") for row in (sharing, other))
    assert not acts.prove(sharing.id, elsewhere.id, {"email": "van-een-ander@voorbeeld.example"})
    Disclosure.objects.update(wallet_session=b"token", code=b"code")
    assert acts.prove(sharing.id, attempt.id, {"email": "h@voorbeeld.example"})
    assert not acts.prove(sharing.id, attempt.id, {"email": "later@voorbeeld.example"})
    acts.fail(attempt.id, "declined")
    kept = Disclosure.objects.get(id=attempt.id)
    assert (kept.outcome, kept.wallet_session, kept.code) == ("", None, None)
    assert acts.proven(acts.own(helga, sharing.id)) == {"email": "h@voorbeeld.example"}


@pytest.mark.parametrize(
    ("way", "state"),
    [
        ("typed", "at_code"),
        ("register", "at_register"),
        ("again", "at_register"),
        ("this_device", "at_wallet"),
    ],
)
def test_each_way_leads_to_its_own_state(helga, desk, way, state):
    sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    acts.choose(helga, sharing.id, [])
    attempt = acts.ask(helga, sharing.id, way)
    assert (acts.own(helga, sharing.id).state, attempt.way) == (state, way)


def test_a_result_at_the_very_end_of_fifteen_minutes_is_too_late(helga, desk, clock):
    sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    acts.choose(helga, sharing.id, [])
    attempt = acts.ask(helga, sharing.id, "other_device")
    clock.move(minutes=15)
    assert not acts.prove(sharing.id, attempt.id, {"email": "h@voorbeeld.example"})
    clock.move(microseconds=-1)
    assert acts.prove(sharing.id, attempt.id, {"email": "h@voorbeeld.example"})


def test_a_shown_version_keeps_the_language_it_was_shown_in(helga, desk):
    sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "en"))
    assert acts.version_of(acts.own(helga, sharing.id)).title == "Messages by e-mail or text"


def test_giving_again_takes_what_is_shared_now_and_no_more(helga, desk, clock):
    earlier = gives(helga)
    sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    acts.choose(helga, sharing.id, [])
    acts.give_again(helga, sharing.id)
    anew = says_yes(helga, sharing.id)
    assert (anew.chosen, anew.way, anew.supersedes) == (["email"], "again", earlier.id)
    more = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    acts.choose(helga, more.id, ["mobile"])
    with pytest.raises(acts.NotAgain):
        acts.give_again(helga, more.id)
    for slug, held in (("digitaal-bericht", anew), ("maatje-18", None)):
        assert acts.shares_already(helga, slug) == held
    grants.withdraw(helga, anew.id)
    assert acts.shares_already(helga, "digitaal-bericht") is None
    with pytest.raises(acts.NotAgain):
        acts.give_again(helga, more.id)


def changed(slug: str, **content) -> None:
    """A next version of a purpose, and of all it asks what `attribute` says."""
    now = PurposeVersion.objects.filter(purpose__slug=slug).latest("number").content
    attribute = content.pop("attribute", {})
    asked = [one | attribute for one in now["attributes"]]
    purposes.publish(slug, now | {"substantial": True, "attributes": asked} | content)


def once_more(session, slug: str = "maatje-18", names: Sequence[str] = ()) -> Grant:
    sharing = acts.begin(session, purposes.newest(slug, "nl"))
    acts.choose(session, sharing.id, list(names))
    acts.give_again(session, sharing.id)
    return says_yes(session, sharing.id)


STRICTER = {
    "another answer": ({"attribute": {"must_equal": None}}, {"attribute": {"must_equal": "yes"}}),
    "another claim": ({}, {"attribute": {"claim": "irma-demo.MijnOverheid.ageLower.over18"}}),
    "another register": ({}, {"attribute": {"register": "brp.over65"}}),
    "typed no more": ({"attribute": {"typed": "email"}}, {"attribute": {"typed": None}}),
    "this very person": ({"personal": False}, {"personal": True}),
    "newer": ({"max_age_days": 8}, {"max_age_days": 7}),
    "no wallet": ({"wallet": True}, {"wallet": False}),
}


@pytest.mark.parametrize("between", [False, True])
@pytest.mark.parametrize("first", ["looser", "same"])
@pytest.mark.parametrize("what", STRICTER)
def test_what_a_new_proof_could_fail_is_not_given_again(helga, desk, what, first, between):
    """Also where it was given once more in between, under a text that asked no more than the first."""
    loose, strict = STRICTER[what]
    given_under, asks = (loose, strict) if first == "looser" else (loose, loose)
    changed("maatje-18", **loose, **({} if "wallet" in loose else {"wallet": True}))
    earlier = gives(helga, "maatje-18", {"over18": "no"})
    if between:
        changed("maatje-18", **given_under, erase_within_days=3)
        earlier = once_more(helga)
    changed("maatje-18", **asks, erase_within_days=2)
    known = acts.known_again(earlier, PurposeVersion.objects.latest("published"))
    if first == "same":
        assert known == ["over18"]
        assert once_more(helga).supersedes == earlier.id
        return
    assert known is None
    with pytest.raises(acts.NotAgain):
        once_more(helga)


def test_it_may_be_given_again_where_less_is_asked_now_and_then_counts_as_less(helga, desk):
    changed("maatje-18", personal=True, max_age_days=7)
    gives(helga, "maatje-18", {"over18": "yes"})
    changed("maatje-18", personal=False, max_age_days=8)
    once_more(helga)
    for strict in ({"personal": True, "max_age_days": 8}, {"personal": False, "max_age_days": 7}):
        changed("maatje-18", **strict)
        with pytest.raises(acts.NotAgain):
            once_more(helga)


def test_giving_again_makes_a_proof_no_newer(helga, desk, clock):
    changed("maatje-18", max_age_days=7)
    first = gives(helga, "maatje-18", {"over18": "yes"})
    assert (first.proven, first.proven_by) == (clock(), "other_device")
    for _ in range(7):
        clock.move(days=1)
        helga = new_session(resident=helga.subject)
        anew = once_more(helga)
        assert (anew.way, anew.proven, anew.proven_by) == ("again", first.proven, "other_device")
    clock.move(microseconds=1)
    with pytest.raises(acts.NotAgain):
        once_more(helga)


def test_what_was_first_proven_counts_from_when_the_proof_was_asked(helga, desk, clock):
    sharing = acts.begin(helga, purposes.newest("maatje-18", "nl"))
    acts.choose(helga, sharing.id, [])
    clock.move(minutes=1)
    attempt, began = acts.ask(helga, sharing.id, "this_device"), clock()
    clock.move(minutes=1)
    acts.prove(sharing.id, attempt.id, {"over18": "yes"})
    clock.move(minutes=1)
    grant = says_yes(helga, sharing.id)
    assert acts.first_proof(grant) == acts.FirstProof(began, "this_device")


def test_a_part_that_is_asked_otherwise_now_is_left_out_or_given_anew(helga, desk):
    earlier = gives(helga)
    now = PurposeVersion.objects.filter(purpose__slug="digitaal-bericht").latest("number").content
    asked = [
        one | ({"claim": "pbdf.mobile.other"} if one["name"] == "mobile" else {}) for one in now["attributes"]
    ]
    purposes.publish("digitaal-bericht", now | {"attributes": asked})
    assert acts.known_again(earlier, PurposeVersion.objects.latest("published")) == ["email"]
    with pytest.raises(acts.NotAgain):
        once_more(helga, "digitaal-bericht", ["mobile"])
    assert once_more(helga, "digitaal-bericht").chosen == ["email"]


@pytest.mark.parametrize("reworded", [{"label": "Mail"}, {"shown_as": "Ja"}, {"required": False}], ids=str)
def test_other_words_make_no_other_proof(in_zandmeer, reworded):
    version = purposes.newest("digitaal-bericht", "nl")
    assert version is not None
    first, *others = version.attributes
    told = replace(version, attributes=[replace(first, **reworded), *others])
    for now in (version, told):
        counts = still_proven(version, now, "typed", version.max_age)
        assert counts == [one.name for one in version.attributes]
    assert not still_proven(version, told, "again", version.max_age)
    assert not still_proven(version, told, "typed", version.max_age + timedelta(microseconds=1))


@pytest.mark.parametrize("why", ["unknown", "told", "key gone", "restored"])
def test_what_cannot_be_trusted_or_read_is_not_given_again(helga, desk, clock, why):
    """Proven when that was not kept, told to an employee, under a key that is gone, out of a backup."""
    grant = gives(helga, "maatje-18", {"over18": "yes"})
    other = {"unknown": {"proven": None}, "told": {"proven_by": "told"}}.get(why, {})
    if why == "key gone":
        GrantKey.objects.filter(grant=grant).update(wrapped=b"x" * 60)
    elif why == "restored":
        Restore.objects.create(municipality=current_municipality(), found=clock(), why="backup")
    for column, value in other.items():
        setattr(grant, column, value)
    known = acts.known_again(grant, grant.version)
    assert known == (None if other else ["over18"])
    if not other:
        with pytest.raises(acts.NotAgain):
            once_more(helga)
        assert not Disclosure.objects.exists()


@pytest.mark.parametrize("act", ["given", "changed", "withdrawn"])
def test_the_log_comes_last_in_the_transaction_of_an_act(helga, desk, act):
    """From its first line on everybody else waits, so nothing else is done after it."""
    sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    grant = gives(helga) if act != "given" else None
    acts.choose(helga, sharing.id, [])
    attempt = acts.ask(helga, sharing.id, "other_device")
    acts.prove(sharing.id, attempt.id, {"email": "h@voorbeeld.example"})
    with CaptureQueriesContext(connection) as asked:
        if act == "withdrawn":
            grants.withdraw(helga, grant.id)
        else:
            says_yes(helga, sharing.id)
    rooms = [re.findall(r'(?:FROM|INTO|UPDATE) "(\w+)"', one["sql"]) for one in asked.captured_queries]
    order = [room[0] for room in rooms if room]
    after = order[order.index("sharing_ledgerhead") :]
    assert {room for room in after if not LOG.match(room)} == set()


def test_what_a_purpose_does_not_ask_is_a_key_error(in_zandmeer):
    version = purposes.newest("maatje-18", "nl")
    assert version.attribute("over18").name == "over18"
    with pytest.raises(KeyError):
        version.attribute("over81")


def test_nothing_unconfirmed_outlives_the_yes(helga, desk):
    gives(helga)
    assert not Disclosure.objects.exists()


def test_only_this_residents_yes_is_given_again_and_the_one_that_holds(helga, desk, clock):
    gives(new_session())
    assert acts.shares_already(helga, "digitaal-bericht") is None
    over = gives(helga, "maatje-18", {"over18": "yes"})
    clock.time = over.until
    assert acts.shares_already(helga, "maatje-18") is None


def test_a_yes_replaces_what_stands_for_this_purpose_and_resident_only(helga, desk, clock):
    stranger = new_session()
    others = [gives(stranger), gives(helga, "maatje-18", {"over18": "yes"})]
    over = gives(stranger, "maatje-18", {"over18": "yes"})
    clock.time = over.until
    anew = gives(stranger, "maatje-18", {"over18": "yes"})
    gives(helga)
    assert anew.supersedes is None
    assert {row.id for row in Grant.objects.filter(withdrawn=None)} >= {
        row.id for row in [*others, over, anew]
    }


def test_a_yes_that_was_stopped_is_not_replaced_as_well(helga, desk):
    stopped = gives(helga)
    grants.withdraw(helga, stopped.id)
    assert gives(helga).supersedes is None
    assert ActRecord.objects.filter(grant=stopped, act="withdrawn").count() == 1


@pytest.mark.parametrize("act", ["withdraw", "employee"])
def test_stopping_what_is_over_changes_nothing(helga, desk, clock, act):
    grant = gives(helga, "maatje-18", {"over18": "yes"})
    clock.time = grant.until
    by = grants.By(employee="m.de.wit", channel="phone")
    stop = {
        "withdraw": lambda: grants.withdraw(helga, grant.id),
        "employee": lambda: grants.withdraw_for(helga.subject, grant.id, by),
    }
    assert stop[act]().withdrawn is None
    assert not ActRecord.objects.filter(act="withdrawn").exists()


def test_an_access_request_says_in_the_time_line_that_everything_was_handed_over(helga, desk):
    gives(helga)
    access.answer(helga.subject, Person(12, "Ingrid", frozenset({Role.OFFICER})), "AVG-2026-1").close()
    (use,) = timeline.shown(Use.objects.filter(subject_id=helga.subject))
    assert use.what == ["Alles wat de gemeente hier over u bewaart"]
