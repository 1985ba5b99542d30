"""From explanation to receipt, and back: what a resident's yes means, and what stopping does."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.mandates import Reach, Represented
from portal.accounts.models import ResidentSession
from portal.accounts.sessions import Level, Session, begin
from portal.municipalities.acting import acting_for, acting_for_none
from portal.periods import Period
from portal.sharing import acts, grants, ledger, purposes, use
from portal.sharing.forgetting import forget_session, forget_unconfirmed
from portal.sharing.grants import erase_over
from portal.sharing.models import (
    ActRecord,
    Disclosure,
    Duty,
    Grant,
    GrantKey,
    LedgerEntry,
    PurposeVersion,
    Request,
    Sharing,
)
from portal.sharing.states import NotNow
from portal.usage.models import Use

from .conftest import HELGA, gives, new_session, says_yes, somebody

pytestmark = pytest.mark.django_db


def test_what_was_agreed_to_is_what_the_desk_reads(helga, desk):
    grant = gives(helga)
    reading = use.read(desk.row, grant.id)
    assert reading.values == {"email": "helga@voorbeeld.example", "mobile": "+31612345678"}
    assert reading.version.title == "Bericht per e-mail of sms"


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
    grant = says_yes(helga, sharing.id)
    assert use.read(desk.row, grant.id).values == {"email": "h@voorbeeld.example"}


def test_a_stopped_grant_gives_nothing_at_the_next_read(helga, desk):
    grant = gives(helga)
    grants.withdraw(helga, grant.id)
    with pytest.raises(use.NoLongerShared):
        use.read(desk.row, grant.id)


def test_after_stopping_the_values_and_their_key_are_gone_from_the_database(helga, desk):
    grant = gives(helga)
    grants.withdraw(helga, grant.id)
    assert Grant.objects.get(id=grant.id).values is None
    assert not GrantKey.objects.filter(grant=grant).exists()


def test_stopping_writes_the_erasure_and_the_word_to_the_consumer_in_the_same_transaction(helga, desk):
    grant = gives(helga)
    grants.withdraw(helga, grant.id)
    assert set(Duty.objects.filter(grant=grant).values_list("kind", "event")) == {
        (Duty.TELL_CONSUMER, "gegeven"), (Duty.TELL_CONSUMER, "ingetrokken"), (Duty.LIST_ERASURE, ""),
    }  # fmt: skip


def test_stopping_works_from_another_session_of_the_same_resident(helga, desk, other_session_of_helga):
    grant = gives(helga)
    assert grants.withdraw(other_session_of_helga, grant.id).withdrawn is not None


def test_stopping_twice_is_stopping_once(helga, desk):
    grant = gives(helga)
    first = grants.withdraw(helga, grant.id).withdrawn
    assert grants.withdraw(helga, grant.id).withdrawn == first
    assert ActRecord.objects.filter(grant=grant, act="withdrawn").count() == 1


def test_a_second_yes_gives_the_same_grant_and_no_second_entry(helga, desk):
    grant = gives(helga)
    assert says_yes(helga, grant.sharing_id).id == grant.id
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
        says_yes(helga, sharing.id)


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
    with pytest.raises(grants.NotYours):
        acts.choose(other_session_of_helga, sharing.id, [])


def test_a_grant_of_another_resident_is_as_unknown_as_one_that_never_was(helga, desk):
    grant = gives(helga)
    with pytest.raises(grants.NotYours):
        grants.withdraw(new_session(), grant.id)


def test_a_yes_after_fifteen_minutes_is_too_late_and_what_was_proven_is_gone(helga, desk, clock):
    version = purposes.newest("digitaal-bericht", "nl")
    sharing = acts.begin(helga, version)
    acts.choose(helga, sharing.id, [])
    disclosure = acts.ask(helga, sharing.id, "other_device")
    acts.prove(sharing.id, disclosure.id, {"email": "h@voorbeeld.example"})
    clock.move(minutes=15)
    with pytest.raises(acts.TooLate):
        says_yes(helga, sharing.id)
    assert forget_unconfirmed(clock()) == 1
    assert not Disclosure.objects.exists()


def test_signing_out_takes_what_was_not_agreed_to_along(helga, desk):
    version = purposes.newest("digitaal-bericht", "nl")
    sharing = acts.begin(helga, version)
    acts.choose(helga, sharing.id, [])
    acts.ask(helga, sharing.id, "other_device")
    forget_session(helga.id)
    assert not Disclosure.objects.exists()


def test_what_was_proven_goes_with_its_session_however_that_ended(helga, desk, clock):
    sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    acts.choose(helga, sharing.id, [])
    acts.ask(helga, sharing.id, "other_device")
    assert forget_unconfirmed(clock()) == 0
    ResidentSession.objects.filter(id=helga.id).delete()
    assert forget_unconfirmed(clock()) == 1


def test_a_day_later_a_sharing_without_a_yes_is_forgotten_and_one_with_a_yes_is_not(helga, desk, clock):
    agreed = gives(helga).sharing_id
    begun = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    refused = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    acts.refuse(helga, refused.id)
    clock.move(hours=23)
    forget_unconfirmed(clock())
    assert Sharing.objects.filter(id__in=[begun.id, refused.id]).count() == 2
    clock.move(hours=1)
    forget_unconfirmed(clock())
    assert list(Sharing.objects.values_list("id", flat=True)) == [agreed]


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
    assert erase_over(clock()) == 1
    assert erase_over(clock()) == 0
    assert Grant.objects.get().values is None
    assert Duty.objects.filter(event="verlopen").count() == 1


def test_the_log_is_whole_and_holds_no_value_in_its_entries(helga, desk):
    grants.withdraw(helga, gives(helga).id)
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


def test_another_municipality_sees_nothing_of_it(veldrecht, helga, desk):
    grant_id = gives(helga).id
    with acting_for_none(), acting_for(veldrecht):
        assert Grant.objects.filter(id=grant_id).count() == 0
        assert LedgerEntry.objects.count() == 0


def test_saying_yes_again_replaces_what_was_given_before_for_the_same_purpose(helga, desk):
    first = gives(helga, values={"email": "oud@voorbeeld.example"})
    second = gives(helga, values={"email": "nieuw@voorbeeld.example"})
    assert use.read(desk.row, second.id).values == {"email": "nieuw@voorbeeld.example"}
    with pytest.raises(use.NoLongerShared):
        use.read(desk.row, first.id)
    assert not GrantKey.objects.filter(grant=first).exists()
    assert ActRecord.objects.get(grant=first, act="withdrawn").payload["because"] == "replaced"


def test_a_yes_for_another_purpose_leaves_the_first_alone(helga, desk):
    first = gives(helga)
    gives(helga, "maatje-18", {"over18": "yes"})
    assert use.read(desk.row, first.id).values["email"] == "helga@voorbeeld.example"


def test_a_yes_without_all_that_was_chosen_is_refused(helga, desk):
    sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    acts.choose(helga, sharing.id, ["mobile"])
    disclosure = acts.ask(helga, sharing.id, "other_device")
    acts.prove(sharing.id, disclosure.id, {"email": "h@voorbeeld.example"})
    with pytest.raises(acts.NothingProven):
        says_yes(helga, sharing.id)
    assert not Grant.objects.exists()


def test_the_grant_binds_the_text_version_language_level_and_time(helga, desk, clock):
    grant = gives(helga)
    payload = ActRecord.objects.get(grant=grant).payload
    version = purposes.newest("digitaal-bericht", "nl")
    assert payload["version"] == version.content_hash
    assert (payload["language"], payload["level"], payload["at"]) == (
        "nl",
        "substantieel",
        clock().isoformat(),
    )
    assert (payload["actor"], payload["subject"]) == (str(helga.actor), str(helga.subject))


def test_a_text_published_between_explanation_and_yes_changes_nothing_of_what_is_agreed_to(helga, desk):
    read = purposes.newest("maatje-18", "nl")
    sharing = acts.begin(helga, read)
    acts.choose(helga, sharing.id, [])
    purposes.publish("maatje-18", {**_content("maatje-18"), "valid_days": 3650})
    disclosure = acts.ask(helga, sharing.id, "other_device")
    acts.prove(sharing.id, disclosure.id, {"over18": "yes"})
    grant = says_yes(helga, sharing.id)
    assert grant.version.content_hash == read.content_hash
    assert grant.until == Period(months=12).after(grant.given)


def _content(slug: str) -> dict:
    return PurposeVersion.objects.filter(purpose__slug=slug).order_by("number")[0].content


def test_a_yes_counts_only_for_the_values_that_were_on_screen(helga, desk):
    """One tab stands on the old values while another chose and proved anew."""
    version = purposes.newest("digitaal-bericht", "nl")
    assert version is not None
    sharing = acts.begin(helga, version)
    acts.choose(helga, sharing.id, [])
    on_screen = acts.ask(helga, sharing.id, "other_device")
    assert acts.prove(sharing.id, on_screen.id, {"email": "oud@voorbeeld.example"})
    acts.choose(helga, sharing.id, ["mobile"])
    anew = acts.ask(helga, sharing.id, "other_device")
    assert acts.prove(sharing.id, anew.id, {"email": "nieuw@voorbeeld.example", "mobile": "+31612345678"})

    with pytest.raises(acts.NotShown):
        acts.agree(helga, sharing.id, on_screen.id)

    assert not Grant.objects.filter(sharing=sharing).exists()
    assert acts.agree(helga, sharing.id, anew.id).chosen == ["email", "mobile"]


# For another


@pytest.mark.parametrize("reach", list(Reach))
def test_another_may_say_yes_only_where_the_purpose_and_the_mandate_allow_it(helga, in_zandmeer, reach):
    version = purposes.newest("digitaal-bericht", "nl")
    hers_alone, of_both = replace(version, for_another=False), replace(version, for_another=True)
    comes = comes_for_helga(reach)
    assert acts.may_say_yes(helga, hers_alone)
    assert not acts.may_say_yes(comes, hers_alone)
    assert acts.may_say_yes(comes, of_both) is (reach is Reach.SHARE)
    with pytest.raises(acts.NotForAnother):
        acts.begin(comes, hers_alone)


def test_a_wallet_is_offered_to_who_comes_for_themselves_and_all_else_stays_as_it_is(helga, in_zandmeer):
    version = purposes.newest("digitaal-bericht", "nl")
    assert version.wallet
    assert acts.as_offered(helga, version) == version
    assert acts.as_offered(comes_for_helga(Reach.SHARE), version) == replace(version, wallet=False)


def comes_for_helga(reach: Reach) -> Session:
    whom = Represented(HELGA, "Helga Huisman", reach)
    return begin(somebody(), "Kees", Level.SUBSTANTIEEL, uuid4(), "sub", "", whom)[0]


# One at a time


@pytest.mark.parametrize("act", ["choose", "ask", "refuse", "prove", "give_again", "agree"])
def test_each_step_holds_the_sharing_so_that_two_tabs_come_after_each_other(helga, desk, act):
    gives(helga)
    sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    acts.choose(helga, sharing.id, ["email", "mobile"])
    asked = acts.ask(helga, sharing.id, "other_device") if act in ("prove", "agree") else None
    if act == "agree":
        acts.prove(sharing.id, asked.id, {"email": "h@voorbeeld.example", "mobile": "+31612345678"})
    steps = {
        "give_again": lambda: acts.give_again(helga, sharing.id),
        "agree": lambda: acts.agree(helga, sharing.id, asked.id),
        "choose": lambda: acts.choose(helga, sharing.id, []),
        "ask": lambda: acts.ask(helga, sharing.id, "other_device"),
        "refuse": lambda: acts.refuse(helga, sharing.id),
        "prove": lambda: acts.prove(sharing.id, asked.id, {"email": "h@voorbeeld.example"}),
    }
    with CaptureQueriesContext(connection) as captured:
        steps[act]()
    first = next(one["sql"] for one in captured.captured_queries if 'FROM "sharing_sharing"' in one["sql"])
    assert "FOR UPDATE" in first


def test_looking_at_a_sharing_holds_it_for_nobody(helga, in_zandmeer):
    sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    with CaptureQueriesContext(connection) as captured:
        acts.own(helga, sharing.id)
    assert "FOR UPDATE" not in captured.captured_queries[-1]["sql"]


def test_only_the_ticks_that_were_set_are_shared(helga, desk):
    content = purposes.newest("digitaal-bericht", "nl")
    text = PurposeVersion.objects.get(id=content.id).content
    ticks = [{"name": name, "required": False, "choice": True} for name in ("cases", "questions")]
    labels = {name: {"labels": {one["name"]: one["name"] for one in ticks}} for name in text["texts"]}
    merged = {
        language: said | {"labels": said["labels"] | labels[language]["labels"]}
        for language, said in text["texts"].items()
    }
    purposes.publish("digitaal-bericht", text | {"attributes": text["attributes"] + ticks, "texts": merged})
    sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    acts.choose(helga, sharing.id, ["mobile", "cases"])
    assert acts.ticked(acts.own(helga, sharing.id)) == {"cases": "yes"}


def test_a_change_of_what_was_asked_still_answers_its_question(helga, desk):
    version = purposes.newest("digitaal-bericht", "nl")
    now = timezone.now()
    asked = Request.objects.create(
        consumer=desk.row,
        version_id=version.id,
        subject_id=helga.subject,
        reference=uuid4(),
        body_hash="-",
        created=now,
        expires=now + timedelta(days=1),
    )
    first = gives(helga)
    again = gives(helga)
    assert first.request_id == again.request_id == asked.id
    assert again.supersedes == first.id
    other = Request.objects.create(
        consumer=desk.row,
        version_id=version.id,
        subject_id=helga.subject,
        reference=uuid4(),
        body_hash="-",
        created=now,
        expires=now + timedelta(days=1),
    )
    assert gives(helga).request_id == other.id
