"""Each reading is one use; the same call again is the same use, for a while; a one-time yes is read once."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from portal.sharing import grants, purposes, use
from portal.sharing.grants import Standing
from portal.sharing.models import ActRecord, Consumer, Duty, Grant, GrantKey, PurposeVersion
from portal.usage.models import Use

from .conftest import Desk, gives, new_session

pytestmark = pytest.mark.django_db
CALL = use.Caller(key="een-sleutel", trace="0af7651916cd43dd8448eb211c80319c", span="b7ad6b7169203331")


@pytest.fixture
def once(helga, desk) -> Grant:
    """A yes that is read once."""
    content = PurposeVersion.objects.get(purpose__slug="maatje-18").content
    purposes.publish("maatje-18", content | {"one_time": True})
    return gives(helga, "maatje-18", {"over18": "yes"})


def test_a_reading_says_what_under_which_purpose_until_when(helga, desk, clock):
    grant = gives(helga, "maatje-18", {"over18": "yes"})
    reading = use.read(desk.row, grant.id, CALL)
    assert (reading.grant, reading.until, reading.labels) == (
        grant.id,
        grant.until,
        {"over18": "18 jaar of ouder"},
    )
    assert (reading.version.id, reading.version.language) == (grant.version_id, "nl")
    assert reading.id == Use.objects.get().id


def test_a_use_says_who_read_what_why_when_and_in_which_call(helga, desk, clock):
    grant = gives(helga)
    clock.move(minutes=3)
    use.read(desk.row, grant.id, CALL)
    seen = Use.objects.get()
    assert (seen.subject_id, seen.grant_id, seen.consumer_id) == (helga.subject, grant.id, desk.row.id)
    assert (seen.who, seen.purpose, seen.what) == (
        "Team Dienstverlening",
        "Bericht per e-mail of sms",
        ["email", "mobile"],
    )
    assert seen.ground.startswith("Algemene wet bestuursrecht, artikel 2:8")
    assert seen.activity == "http://zandmeer.localhost/register/digitaal-bericht/1/"
    assert (seen.trace, seen.span, seen.at) == (CALL.trace, CALL.span, clock())
    assert (seen.call, len(seen.call)) == (CALL.call, 64)
    assert seen.municipality_id == grant.municipality_id


def test_a_call_without_a_key_is_a_use_each_time(helga, desk):
    grant = gives(helga)
    assert use.Caller().call == ""
    assert len({use.read(desk.row, grant.id).id for _ in range(3)}) == 3


def test_the_same_call_again_is_the_same_use_and_another_call_is_another(helga, desk):
    grant = gives(helga)
    first = use.read(desk.row, grant.id, CALL)
    assert use.read(desk.row, grant.id, CALL) == first
    assert use.read(desk.row, grant.id, replace(CALL, key="andere")).id != first.id
    assert Use.objects.count() == 2


def test_a_key_of_another_consumer_is_another_call(helga, desk):
    mine = gives(helga)
    first = use.read(desk.row, mine.id, CALL)
    other = Desk("wijkteam", desk.municipality)
    content = PurposeVersion.objects.get(purpose__slug="maatje-18").content
    purposes.publish("maatje-18", content | {"consumer": "wijkteam"})
    theirs = gives(helga, "maatje-18", {"over18": "yes"})
    assert use.read(other.row, theirs.id, CALL).id != first.id


def test_a_key_that_was_another_grants_gets_what_an_unknown_grant_gets(helga, desk):
    first, second = gives(helga), gives(new_session())
    use.read(desk.row, first.id, CALL)
    with pytest.raises(use.UnknownGrant):
        use.read(desk.row, second.id, CALL)
    assert Use.objects.filter(grant_id=second.id).count() == 0


def test_a_key_kept_for_later_hides_no_use_from_the_resident(helga, desk, clock):
    grant = gives(helga)
    first = use.read(desk.row, grant.id, CALL)
    clock.move(minutes=10, microseconds=-1)
    assert use.read(desk.row, grant.id, CALL).id == first.id
    clock.move(microseconds=1)
    later = [use.read(desk.row, grant.id, CALL).id for _ in range(2)]
    assert len({first.id, *later}) == Use.objects.count() == 3
    assert set(Use.objects.values_list("trace", "span")) == {(CALL.trace, CALL.span)}


def test_a_one_time_yes_is_read_once_and_its_answer_may_be_asked_again_for_ten_minutes(once, desk, clock):
    first = use.read(desk.row, once.id, CALL)
    assert Grant.objects.get(id=once.id).consumed == clock()
    clock.move(minutes=10, microseconds=-1)
    assert use.read(desk.row, once.id, CALL) == first
    assert grants.erase_over(clock()) == 0
    clock.move(microseconds=1)
    for call in (CALL, use.Caller(), use.Caller(key="andere")):
        with pytest.raises(use.NoLongerShared) as refused:
            use.read(desk.row, once.id, call)
        assert refused.value.why is Standing.CONSUMED
        assert str(refused.value) == "consumed"
    assert Use.objects.count() == 1


def test_a_one_time_answer_is_asked_again_only_while_all_else_still_holds(once, desk, clock):
    first = use.read(desk.row, once.id, CALL)
    Consumer.objects.update(blocked=once.given)
    assert refusal(desk, once) is Standing.BLOCKED
    Consumer.objects.update(blocked=None)
    assert use.read(desk.row, once.id, CALL) == first
    purposes.publish("maatje-18", once.version.content | {"substantial": True})
    assert refusal(desk, once) is Standing.OUTDATED
    purposes.recall("maatje-18", "Mila de Wit", "De tekst klopte niet.")
    assert refusal(desk, once) is Standing.RECALLED
    assert Use.objects.count() == 1


def test_a_one_time_answer_is_not_asked_again_at_the_second_of_its_end(once, desk, clock):
    clock.time = once.until - timedelta(minutes=1)
    use.read(desk.row, once.id, CALL)
    clock.time = once.until - timedelta(microseconds=1)
    assert use.read(desk.row, once.id, CALL)
    clock.time = once.until
    assert refusal(desk, once) is Standing.EXPIRED
    assert Use.objects.count() == 1


def test_another_call_does_not_read_a_one_time_yes_a_second_time(once, desk):
    use.read(desk.row, once.id, use.Caller())
    for call in (CALL, use.Caller()):
        with pytest.raises(use.NoLongerShared):
            use.read(desk.row, once.id, call)


def test_what_was_read_its_one_time_is_erased_ten_minutes_later(once, desk, clock):
    use.read(desk.row, once.id, CALL)
    clock.move(minutes=10)
    assert grants.erase_over(clock()) == 1
    assert ActRecord.objects.get(grant=once, act="erased").payload["because"] == "used"
    assert set(Duty.objects.filter(grant=once).values_list("kind", "event")) == {
        (Duty.TELL_CONSUMER, "gegeven"), (Duty.TELL_CONSUMER, "verbruikt"), (Duty.LIST_ERASURE, ""),
    }  # fmt: skip


def test_what_cannot_be_ended_holds_up_no_other_however_much_it_is(helga, desk, clock, monkeypatch, caplog):
    """As many as fit in a turn cannot be ended: those come after all others from then on, in their turn."""
    given = [gives(new_session(), "maatje-18", {"over18": "yes"}) for _ in range(5)]
    erase, tried = grants.erase, []

    def erased(grant: Grant) -> None:
        tried.append(grant.id)
        if grant.id in tried[:2]:
            raise ValueError("999970458")
        erase(grant)

    monkeypatch.setattr(grants, "erase", erased)
    clock.time = given[-1].until
    assert [grants.erase_over(clock(), most=2) for _ in range(4)] == [0, 2, 1, 0]
    first, second = tried[:2]
    assert set(tried[2:5]) == {one.id for one in given} - {first, second}
    assert tried[5:] == [first, second, first]
    assert set(Grant.objects.filter(values__isnull=False).values_list("id", flat=True)) == {first, second}
    assert caplog.messages == [
        f"zandmeer: erasing what is over ({one}) failed: ValueError"
        for one in (first, second, first, second, first)
    ]
    monkeypatch.undo()
    assert grants.erase_over(clock(), most=2) == 2


def test_a_one_time_yes_that_was_read_is_neither_stopped_nor_replaced(once, helga, desk):
    use.read(desk.row, once.id)
    assert grants.withdraw(helga, once.id).withdrawn is None
    anew = gives(helga, "maatje-18", {"over18": "yes"})
    assert (anew.supersedes, Grant.objects.get(id=once.id).withdrawn) == (None, None)


def test_a_yes_that_may_be_read_more_often_is_not_consumed(helga, desk):
    grant = gives(helga)
    use.read(desk.row, grant.id)
    assert Grant.objects.get(id=grant.id).consumed is None


def test_a_grant_that_never_was_and_one_of_another_consumer_are_equally_unknown(helga, desk):
    other = Desk("wijkteam", desk.municipality)
    for consumer, grant in ((desk.row, uuid4()), (other.row, gives(helga).id)):
        with pytest.raises(use.UnknownGrant):
            use.read(consumer, grant)


def test_a_call_again_does_not_read_past_a_withdrawal_a_recall_or_a_block(helga, desk):
    grant = gives(helga)
    use.read(desk.row, grant.id, CALL)
    Consumer.objects.update(blocked=grant.given)
    assert refusal(desk, grant) is Standing.BLOCKED
    Consumer.objects.update(blocked=None)
    purposes.recall("digitaal-bericht", "Mila de Wit", "De tekst klopte niet.")
    assert refusal(desk, grant) is Standing.RECALLED
    grants.withdraw(helga, grant.id)
    assert refusal(desk, grant) is Standing.WITHDRAWN
    assert Use.objects.count() == 1


def refusal(desk: Desk, grant: Grant) -> Standing:
    with pytest.raises(use.NoLongerShared) as refused:
        use.read(desk.row, grant.id, CALL)
    return refused.value.why


def test_values_that_do_not_decrypt_are_not_read_and_no_use_is_written(helga, desk):
    grant = gives(helga)
    GrantKey.objects.all().delete()
    assert refusal(desk, grant) is Standing.EXPIRED
    assert not Use.objects.exists()


def test_a_text_that_changed_much_asks_again_and_one_that_changed_a_little_does_not(helga, desk, clock):
    grant = gives(helga)
    for changed, standing in (
        ({"substantial": False}, Standing.HOLDS),
        ({"substantial": True}, Standing.OUTDATED),
    ):
        purposes.publish("digitaal-bericht", grant.version.content | changed)
        assert grants.standing(grants.rows().get(id=grant.id), clock()) is standing
    other = gives(helga, "maatje-18", {"over18": "yes"})
    assert grants.standing(grants.rows().get(id=other.id), clock()) is Standing.HOLDS
    assert refusal(desk, grant) is Standing.OUTDATED


def test_a_yes_to_the_text_that_asked_again_holds(helga, desk, clock):
    purposes.publish("digitaal-bericht", gives(helga).version.content | {"substantial": True})
    assert grants.standing(grants.rows().get(id=gives(helga).id), clock()) is Standing.HOLDS


def test_a_recall_of_one_purpose_leaves_the_others_alone(helga, desk, clock):
    grant, other = gives(helga), gives(helga, "maatje-18", {"over18": "yes"})
    purposes.recall("digitaal-bericht", "Mila de Wit", "De tekst klopte niet.")
    found = {row.id: grants.standing(row, clock()) for row in grants.rows()}
    assert found == {grant.id: Standing.RECALLED, other.id: Standing.HOLDS}


def test_a_grant_does_not_hold_before_it_was_given(helga, desk, clock):
    grant = grants.rows().get(id=gives(helga, "maatje-18", {"over18": "yes"}).id)
    assert grants.standing(grant, grant.given) is Standing.HOLDS
    assert grants.standing(grant, grant.given - clock().resolution) is Standing.EXPIRED


def test_what_decides_whether_a_grant_holds_is_one_query(helga, desk, clock, django_assert_num_queries):
    grant = gives(helga)
    with django_assert_num_queries(1):
        row = grants.rows().get(id=grant.id)
        assert grants.standing(row, clock()) is Standing.HOLDS
        assert row.version.purpose.slug == "digitaal-bericht"


def test_own_grants_are_seen_by_their_resident_only(helga, desk):
    grant, stranger = gives(helga), new_session()
    for lock in (False, True):
        assert grants.own_grant(helga, grant.id, lock=lock).id == grant.id
        for session, which in ((stranger, grant.id), (helga, uuid4())):
            with pytest.raises(grants.NotYours):
                grants.own_grant(session, which, lock=lock)
    assert grants.locked(uuid4()) is None
