"""From explanation to receipt, and back: what a resident's yes means, and what stopping does."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from portal.municipalities.acting import acting_for
from portal.municipalities.crypto import DoesNotDecrypt
from portal.sharing import acts, ledger, purposes, use
from portal.sharing.models import ActRecord, Disclosure, Duty, Grant, GrantKey, LedgerEntry, PurposeVersion, Sharing
from portal.sharing.states import NotNow
from portal.sharing.values import unseal
from portal.usage.models import Use

from .conftest import Desk, gives, new_session

pytestmark = pytest.mark.django_db


def test_what_was_agreed_to_is_what_the_desk_reads(helga, desk):
    grant = gives(helga)
    reading = use.read(desk.row, grant.id)
    assert reading.values == {"email": "helga@voorbeeld.example", "mobile": "+31612345678"}
    assert reading.purpose == "Bericht per e-mail of sms"


def test_each_reading_is_a_use_the_resident_can_see_by_team_and_purpose(helga, desk):
    grant = gives(helga)
    use.read(desk.row, grant.id)
    seen = Use.objects.get(subject_id=helga.subject)
    assert (seen.who, seen.purpose, seen.what) == (
        "Team Dienstverlening", "Bericht per e-mail of sms", ["email", "mobile"],
    )  # fmt: skip


def test_an_optional_attribute_that_was_not_chosen_is_not_shared_even_when_the_wallet_gave_it(helga, desk):
    version = purposes.newest("digitaal-bericht", "nl")
    sharing = acts.begin(helga, version)
    acts.choose(helga, sharing.id, [])
    disclosure = acts.ask(helga, sharing.id, "other_device")
    acts.prove(sharing.id, disclosure.id, {"email": "h@voorbeeld.example", "mobile": "+31612345678"})
    grant = acts.agree(helga, sharing.id)
    assert use.read(desk.row, grant.id).values == {"email": "h@voorbeeld.example"}


def test_a_stopped_grant_gives_nothing_at_the_next_read(helga, desk):
    grant = gives(helga)
    acts.withdraw(helga, grant.id)
    with pytest.raises(use.NoLongerShared):
        use.read(desk.row, grant.id)


def test_after_stopping_the_values_and_their_key_are_gone_from_the_database(helga, desk):
    grant = gives(helga)
    acts.withdraw(helga, grant.id)
    assert Grant.objects.get(id=grant.id).values is None
    assert not GrantKey.objects.filter(grant=grant).exists()


def test_stopping_writes_the_erasure_and_the_word_to_the_consumer_in_the_same_transaction(helga, desk):
    grant = gives(helga)
    acts.withdraw(helga, grant.id)
    assert set(Duty.objects.filter(grant=grant).values_list("kind", "event")) == {
        (Duty.TELL_CONSUMER, "gegeven"), (Duty.TELL_CONSUMER, "ingetrokken"), (Duty.LIST_ERASURE, ""),
    }  # fmt: skip


def test_stopping_works_from_another_session_of_the_same_resident(helga, desk, other_session_of_helga):
    grant = gives(helga)
    assert acts.withdraw(other_session_of_helga, grant.id).withdrawn is not None


def test_stopping_twice_is_stopping_once(helga, desk):
    grant = gives(helga)
    first = acts.withdraw(helga, grant.id).withdrawn
    assert acts.withdraw(helga, grant.id).withdrawn == first
    assert ActRecord.objects.filter(grant=grant, act="withdrawn").count() == 1


def test_a_second_yes_gives_the_same_grant_and_no_second_entry(helga, desk):
    grant = gives(helga)
    assert acts.agree(helga, grant.sharing_id).id == grant.id
    assert LedgerEntry.objects.count() == 1


def test_a_no_keeps_nothing_of_what_was_proven(helga, desk):
    version = purposes.newest("digitaal-bericht", "nl")
    sharing = acts.begin(helga, version)
    acts.choose(helga, sharing.id, [])
    disclosure = acts.ask(helga, sharing.id, "other_device")
    acts.prove(sharing.id, disclosure.id, {"email": "h@voorbeeld.example"})
    acts.refuse(helga, sharing.id)
    assert not Disclosure.objects.exists()
    assert not Grant.objects.exists()
    with pytest.raises(NotNow):
        acts.agree(helga, sharing.id)


def test_a_result_after_the_no_makes_nothing(helga, desk):
    version = purposes.newest("digitaal-bericht", "nl")
    sharing = acts.begin(helga, version)
    acts.choose(helga, sharing.id, [])
    disclosure = acts.ask(helga, sharing.id, "other_device")
    acts.refuse(helga, sharing.id)
    assert not acts.prove(sharing.id, disclosure.id, {"email": "te-laat@voorbeeld.example"})
    assert Sharing.objects.get().state == "refused"


def test_a_result_of_an_earlier_attempt_changes_nothing(helga, desk):
    version = purposes.newest("digitaal-bericht", "nl")
    sharing = acts.begin(helga, version)
    acts.choose(helga, sharing.id, [])
    earlier = acts.ask(helga, sharing.id, "other_device")
    acts.ask(helga, sharing.id, "other_device")
    assert not acts.prove(sharing.id, earlier.id, {"email": "oud@voorbeeld.example"})


def test_only_the_session_that_began_can_go_on(helga, desk, other_session_of_helga):
    sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    with pytest.raises(acts.NotYours):
        acts.choose(other_session_of_helga, sharing.id, [])


def test_a_grant_of_another_resident_is_as_unknown_as_one_that_never_was(helga, desk):
    grant = gives(helga)
    with pytest.raises(acts.NotYours):
        acts.withdraw(new_session(), grant.id)


def test_a_yes_after_fifteen_minutes_is_too_late_and_what_was_proven_is_gone(helga, desk, clock):
    version = purposes.newest("digitaal-bericht", "nl")
    sharing = acts.begin(helga, version)
    acts.choose(helga, sharing.id, [])
    disclosure = acts.ask(helga, sharing.id, "other_device")
    acts.prove(sharing.id, disclosure.id, {"email": "h@voorbeeld.example"})
    clock.move(minutes=15)
    with pytest.raises(acts.TooLate):
        acts.agree(helga, sharing.id)
    assert acts.forget_unconfirmed(clock()) == 1
    assert not Disclosure.objects.exists()


def test_signing_out_takes_what_was_not_agreed_to_along(helga, desk):
    version = purposes.newest("digitaal-bericht", "nl")
    sharing = acts.begin(helga, version)
    acts.choose(helga, sharing.id, [])
    acts.ask(helga, sharing.id, "other_device")
    acts.forget_session(helga.id)
    assert not Disclosure.objects.exists()


def test_a_grant_ends_at_its_very_second(helga, desk, clock):
    grant = gives(helga, "maatje-18", {"over18": "yes"})
    clock.time = grant.until - clock.time.resolution
    assert use.read(desk.row, grant.id).values == {"over18": "yes"}
    clock.time = grant.until
    with pytest.raises(use.NoLongerShared):
        use.read(desk.row, grant.id)


def test_the_values_of_an_ended_grant_are_erased_and_the_consumer_is_told(helga, desk, clock):
    grant = gives(helga, "maatje-18", {"over18": "yes"})
    clock.time = grant.until
    assert acts.erase_expired(clock()) == 1
    assert acts.erase_expired(clock()) == 0
    assert Grant.objects.get().values is None
    assert Duty.objects.filter(event="verlopen").count() == 1


@pytest.mark.parametrize("column", ["consumer_id", "subject_id", "until", "version_id"])
def test_a_grant_edited_in_the_database_does_not_decrypt(helga, desk, clock, column):
    grant = gives(helga, "maatje-18", {"over18": "yes"})
    other = {
        "consumer_id": lambda: Desk("andere-balie", desk.municipality).row.id,
        "subject_id": lambda: new_session().subject,
        "until": lambda: grant.until.replace(year=grant.until.year + 10),
        "version_id": lambda: purposes.publish("maatje-18", {**_content("maatje-18"), "valid_days": 9}).id,
    }[column]()
    Grant.objects.filter(id=grant.id).update(**{column: other})
    with pytest.raises(DoesNotDecrypt):
        unseal(Grant.objects.get(id=grant.id))


def test_a_published_version_cannot_be_changed_or_deleted(in_zandmeer):
    version = PurposeVersion.objects.first()
    for change in (
        lambda: PurposeVersion.objects.filter(id=version.id).update(content={}),
        lambda: PurposeVersion.objects.filter(id=version.id).delete(),
    ):
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            change()


def test_the_log_cannot_be_changed_or_deleted(helga, desk):
    gives(helga)
    for change in (
        lambda: LedgerEntry.objects.update(leaf=b"x"),
        lambda: LedgerEntry.objects.all().delete(),
        lambda: ActRecord.objects.update(act="given"),
    ):
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            change()


def test_the_log_is_whole_and_holds_no_value_in_its_entries(helga, desk):
    acts.withdraw(helga, gives(helga).id)
    assert ledger.faults() == []
    assert [record.act for record in ActRecord.objects.order_by("entry__position")] == ["given", "withdrawn"]
    assert "voorbeeld" not in str(list(ActRecord.objects.values_list("payload", flat=True)))


def test_publishing_the_same_text_again_makes_no_new_version(in_zandmeer):
    before = PurposeVersion.objects.count()
    purposes.publish("maatje-18", _content("maatje-18"))
    assert PurposeVersion.objects.count() == before


def test_a_new_version_does_not_change_what_was_agreed_to(helga, desk):
    grant = gives(helga, "maatje-18", {"over18": "yes"})
    purposes.publish("maatje-18", {**_content("maatje-18"), "valid_days": 10})
    assert use.read(desk.row, grant.id).values == {"over18": "yes"}
    assert Grant.objects.get(id=grant.id).version.number == 1


def test_another_municipality_sees_nothing_of_it(helga, desk, veldrecht):
    grant_id = gives(helga).id
    connection.check_constraints()
    from portal.municipalities.acting import acting_for_none

    with acting_for_none(), acting_for(veldrecht):
        assert Grant.objects.filter(id=grant_id).count() == 0
        assert LedgerEntry.objects.count() == 0


def _content(slug: str) -> dict:
    return PurposeVersion.objects.filter(purpose__slug=slug).order_by("number")[0].content
