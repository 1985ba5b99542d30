"""Draft, review, approval by another, published: in one function, and in the database itself."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from demo.content.purposes_made import with_slots
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Fact
from portal.sharing import asking, purposes
from portal.sharing.asking import Question
from portal.sharing.models import Consumer, PurposeDraft, PurposeRevision, PurposeVersion
from portal.sharing.purposes import making
from portal.sharing.purposes.making import Refused
from portal.sharing.purposes.own import OWN
from portal.sharing.states import STEPS, Making, Step
from tests.texts import message_by_email

from .conftest import BOTH, EDITOR, OFFICER, right

pytestmark = pytest.mark.django_db


def drafted(by: Any = EDITOR, content: dict[str, Any] | None = None) -> PurposeDraft:
    return making.begin(OWN, "maatje-18", content or right(), by)


def in_review(by: Any = EDITOR) -> PurposeDraft:
    return making.offer(OWN, drafted(by).id, by)


def approved() -> PurposeDraft:
    return making.approve(OWN, in_review().id, 1, OFFICER, free=True)


def refusal(act: Any, *args: Any, **more: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(OWN, *args, **more)
    return refused.value.why


def test_what_is_approved_by_another_is_published_with_the_municipalitys_own_names(in_zandmeer):
    making.publish(OWN, approved().id, OFFICER)
    version = purposes.newest("maatje-18", "nl")
    assert version.who == "Gemeente Zandmeer, team Vrijwilligers"
    assert version.contact == "Bel (0999) 12 34 56"
    assert "free_because" not in PurposeVersion.objects.get().content


def test_nobody_approves_what_they_wrote(in_zandmeer):
    draft = in_review(BOTH)
    assert Step.APPROVE not in making.may(OWN, draft, BOTH)
    assert refusal(making.approve, draft.id, 1, BOTH, free=True) == Refused.OWN_TEXT


def test_who_wrote_an_earlier_revision_approves_no_later_one(in_zandmeer):
    draft = drafted(BOTH)
    making.edit(OWN, draft.id, 1, right() | {"valid_days": 30}, EDITOR)
    making.offer(OWN, draft.id, EDITOR)
    assert refusal(making.approve, draft.id, 2, BOTH, free=True) == Refused.OWN_TEXT
    assert making.approve(OWN, draft.id, 2, OFFICER, free=True).state == Making.APPROVED


def test_who_wrote_it_in_the_library_approves_it_in_no_municipality(in_zandmeer):
    draft = making.begin(OWN, "maatje-18", right(), EDITOR, written_before=[OFFICER.id])
    making.offer(OWN, draft.id, EDITOR)
    assert refusal(making.approve, draft.id, 1, OFFICER, free=True) == Refused.OWN_TEXT


def test_an_approval_is_of_the_text_that_was_read(in_zandmeer):
    draft = in_review()
    making.move(OWN, draft.id, Step.TAKE_BACK, EDITOR)
    making.edit(OWN, draft.id, 1, right() | {"valid_days": 3000}, EDITOR)
    making.offer(OWN, draft.id, EDITOR)
    assert refusal(making.approve, draft.id, 1, OFFICER, free=True) == Refused.CHANGED


@pytest.mark.parametrize("change", ["a fact", "the municipality's name"])
def test_what_an_editor_changes_after_the_approval_is_not_published_as_approved(in_zandmeer, change):
    content = right()
    content["texts"]["nl"]["contact"] = "Bel gemeente [[gemeente]]: [[telefoon]]"
    draft = making.offer(OWN, drafted(content=content).id, EDITOR)
    making.approve(OWN, draft.id, 1, OFFICER, free=True)
    if change == "a fact":
        Fact.objects.filter(key="telefoon").update(value="(0900) 12 34")
    else:
        in_zandmeer.name = "Zandmeer aan Zee"

    assert refusal(making.publish, draft.id, EDITOR) == Refused.NOT_AS_APPROVED
    assert not PurposeVersion.objects.exists()

    making.move(OWN, draft.id, Step.TAKE_BACK, EDITOR)
    making.offer(OWN, draft.id, EDITOR)
    making.approve(OWN, draft.id, 1, OFFICER, free=True)
    assert making.publish(OWN, draft.id, EDITOR).state == Making.PUBLISHED


def test_an_approval_is_of_the_facts_that_were_on_screen(in_zandmeer):
    content = right()
    content["texts"]["nl"]["contact"] = "Bel [[telefoon]]"
    draft = making.offer(OWN, drafted(content=content).id, EDITOR)
    read = making.mark_of(OWN, draft)
    Fact.objects.filter(key="telefoon").update(value="(0900) 12 34")
    assert refusal(making.approve, draft.id, 1, OFFICER, free=True, read=read) == Refused.CHANGED
    read = making.mark_of(OWN, draft)
    assert making.approve(OWN, draft.id, 1, OFFICER, free=True, read=read).state == Making.APPROVED


def test_a_fact_that_changes_at_the_very_moment_is_neither_approved_nor_published(in_zandmeer):
    """Between comparing the text with what was read, and keeping or publishing it."""

    def as_put_out(content: Any) -> Any:
        shown = OWN.as_put_out(content)
        Fact.objects.filter(key="telefoon").update(value="(0900) 12 34")
        return shown

    content = right()
    content["texts"]["nl"]["contact"] = "Bel [[telefoon]]"
    draft = making.offer(OWN, drafted(content=content).id, EDITOR)
    read, meanwhile = making.mark_of(OWN, draft), replace(OWN, as_put_out=as_put_out)
    making.approve(meanwhile, draft.id, 1, OFFICER, free=True, read=read)
    assert refusal(making.publish, draft.id, EDITOR) == Refused.NOT_AS_APPROVED
    Fact.objects.filter(key="telefoon").update(value="(0999) 12 34 56")
    with pytest.raises(Refused) as refused:
        making.publish(meanwhile, draft.id, EDITOR)
    assert refused.value.why == Refused.NOT_AS_APPROVED
    assert not PurposeVersion.objects.exists()


def test_two_editors_do_not_overwrite_each_other(in_zandmeer):
    draft = drafted()
    making.edit(OWN, draft.id, 1, right() | {"valid_days": 30}, EDITOR)
    assert refusal(making.edit, draft.id, 1, right() | {"valid_days": 60}, BOTH) == Refused.CHANGED


def test_saving_without_a_change_makes_no_revision_and_no_writer(in_zandmeer):
    draft = drafted()
    making.edit(OWN, draft.id, 1, right(), BOTH)
    assert making.writers(OWN, draft) == {EDITOR.id}


def test_consent_needs_the_officers_word_that_no_is_free(in_zandmeer):
    assert refusal(making.approve, in_review().id, 1, OFFICER, free=False) == Refused.NOT_FREE


@pytest.mark.parametrize("act", [making.offer, making.publish])
def test_an_error_of_the_checker_blocks(in_zandmeer, act):
    content = right()
    content["texts"]["nl"]["kept"] = ""
    if act is making.offer:
        assert refusal(act, drafted(content=content).id, EDITOR) == Refused.FINDINGS
    else:
        draft = approved()
        in_zandmeer_without_a_phone()
        assert refusal(act, draft.id, OFFICER) == Refused.FINDINGS
        assert not PurposeVersion.objects.exists()


def test_an_attribute_more_is_not_offered_for_review_before_the_change_is_called_big(in_zandmeer):
    making.publish(OWN, approved().id, OFFICER)
    content = right()
    content["attributes"].append({"name": "phone", "typed": "mobile", "required": False})
    for texts in content["texts"].values():
        texts["labels"] = {**texts["labels"], "phone": "Telefoon"}
    draft = drafted(content=content)
    assert refusal(making.offer, draft.id, EDITOR) == Refused.FINDINGS
    making.edit(OWN, draft.id, 1, content | {"substantial": True}, EDITOR)
    assert making.offer(OWN, draft.id, EDITOR).state == Making.REVIEW


def in_zandmeer_without_a_phone() -> None:
    Fact.objects.filter(key="telefoon").delete()


ACTS = {
    Step.EDIT: lambda draft, by: making.edit(OWN, draft, 1, right() | {"valid_days": 9}, by),
    Step.OFFER: lambda draft, by: making.offer(OWN, draft, by),
    Step.TAKE_BACK: lambda draft, by: making.move(OWN, draft, Step.TAKE_BACK, by),
    Step.SEND_BACK: lambda draft, by: making.send_back(OWN, draft, by, "Te vaag."),
    Step.APPROVE: lambda draft, by: making.approve(OWN, draft, 1, by, free=True),
    Step.PUBLISH: lambda draft, by: making.publish(OWN, draft, by),
    Step.RETIRE: lambda draft, by: making.move(OWN, draft, Step.RETIRE, by),
    Step.DROP: lambda draft, by: making.move(OWN, draft, Step.DROP, by),
}
WAYS = {
    Making.DRAFT: [],
    Making.REVIEW: [(Step.OFFER, EDITOR)],
    Making.APPROVED: [(Step.OFFER, EDITOR), (Step.APPROVE, OFFICER)],
    Making.PUBLISHED: [(Step.OFFER, EDITOR), (Step.APPROVE, OFFICER), (Step.PUBLISH, OFFICER)],
    Making.RETIRED: [
        (Step.OFFER, EDITOR), (Step.APPROVE, OFFICER), (Step.PUBLISH, OFFICER), (Step.RETIRE, OFFICER),
    ],
    Making.DROPPED: [(Step.DROP, EDITOR)],
}  # fmt: skip


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("state", list(Making))
def test_only_the_steps_of_the_table_are_made_and_only_by_whom_they_are_for(in_zandmeer, state, step):
    draft = drafted()
    for one, by in WAYS[state]:
        ACTS[one](draft.id, by)
    for by in (EDITOR, OFFICER):
        if not making.MAY[step] & by.roles:
            assert refusal(lambda _shop, by=by: ACTS[step](draft.id, by)) == Refused.ROLE
        elif step not in STEPS[state]:
            assert refusal(lambda _shop, by=by: ACTS[step](draft.id, by)) == Refused.STATE
        else:
            before = transaction.savepoint()
            assert ACTS[step](draft.id, by).state == STEPS[state][step]
            transaction.savepoint_rollback(before)


def test_there_is_one_open_draft_of_a_purpose(in_zandmeer):
    drafted()
    with pytest.raises(Refused) as refused:
        drafted()
    assert refused.value.why == Refused.OPEN_DRAFT


def test_a_retired_purpose_is_offered_to_nobody_and_its_text_stays(in_zandmeer):
    draft = making.publish(OWN, approved().id, OFFICER)
    assert purposes.newest("maatje-18", "nl")
    making.move(OWN, draft.id, Step.RETIRE, OFFICER)
    assert purposes.newest("maatje-18", "nl") is None
    assert purposes.offered("nl") == []
    assert PurposeVersion.objects.count() == 1


def test_a_consumer_asks_nobody_for_a_retired_purpose(in_zandmeer):
    content = with_slots("digitaal-bericht", message_by_email)
    draft = making.offer(OWN, making.begin(OWN, "digitaal-bericht", content, EDITOR).id, EDITOR)
    draft = making.publish(OWN, making.approve(OWN, draft.id, 1, OFFICER, free=True).id, OFFICER)
    version = purposes.newest("digitaal-bericht", "nl")
    assert version is not None
    consumer = Consumer.objects.get(slug=version.consumer)
    question = Question(uuid4(), "digitaal-bericht", version.number, BSN("999970458"))
    assert asking.ask(consumer, question)[1]
    making.move(OWN, draft.id, Step.RETIRE, OFFICER)
    with pytest.raises(asking.NotOffered):
        asking.ask(consumer, replace(question, reference=uuid4()))


def test_a_consent_that_was_checked_to_be_free_is_asked_of_nobody(in_zandmeer):
    making.publish(OWN, approved().id, OFFICER)
    version = purposes.newest("maatje-18", "nl")
    assert version is not None
    consumer = Consumer.objects.get(slug=version.consumer)
    with pytest.raises(asking.OnlyByResident):
        asking.ask(consumer, Question(uuid4(), "maatje-18", version.number, BSN("999970458")))


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def review_by_hand(draft: PurposeDraft, reviewer: int, *, free: bool = True, revision: int = 1) -> None:
    run(
        "INSERT INTO sharing_purposereview (id, municipality_id, draft_id, revision, reviewer,"
        " reviewer_name, at, approved, free, content_hash, why)"
        " VALUES (gen_random_uuid(), %s, %s, %s, %s, 'x', now(), true, %s, '', '')",
        draft.municipality_id, draft.id, revision, reviewer, free,
    )  # fmt: skip


def test_the_database_refuses_an_approval_by_who_wrote_it(in_zandmeer):
    draft = in_review()
    with pytest.raises(DatabaseError, match="nobody approves what they wrote"):
        review_by_hand(draft, EDITOR.id)
    with pytest.raises(DatabaseError, match="a resident is free"):
        review_by_hand(draft, OFFICER.id, free=False)
    with pytest.raises(DatabaseError, match="newest revision, in review"):
        review_by_hand(draft, OFFICER.id, revision=7)
    review_by_hand(draft, OFFICER.id)


def test_the_database_refuses_an_approval_by_who_wrote_it_in_the_library(in_zandmeer):
    draft = making.begin(OWN, "maatje-18", right(), EDITOR, written_before=[77])
    making.offer(OWN, draft.id, EDITOR)
    with pytest.raises(DatabaseError, match="nobody approves what they wrote"):
        review_by_hand(draft, 77)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE sharing_purposedraft SET state = 'published'", "does not go from"),
        ("UPDATE sharing_purposedraft SET state = 'approved'", "as it was approved"),
        ("UPDATE sharing_purposedraft SET revision = 9", "only a draft is edited"),
        ("UPDATE sharing_purposedraft SET written_before = '[1]'", "only a draft is edited"),
        ("DELETE FROM sharing_purposedraft", "stay"),
        ("UPDATE sharing_purposerevision SET content = '{}'", "never change"),
        ("DELETE FROM sharing_purposerevision", "never change"),
    ],
)
def test_the_database_refuses_to_go_round_the_table(in_zandmeer, change, why):
    in_review()
    with pytest.raises(DatabaseError, match=why):
        run(change)


def test_the_database_refuses_a_revision_of_what_is_in_review(in_zandmeer):
    draft = in_review()
    with pytest.raises(DatabaseError, match="only a draft is edited"), transaction.atomic():
        PurposeRevision.objects.create(
            draft=draft, number=2, content={}, editor=1, editor_name="x", at=draft.begun
        )


@pytest.mark.parametrize("change", ["SET content = '{}'", "SET number = 2"])
def test_a_published_version_never_changes(in_zandmeer, change):
    making.publish(OWN, approved().id, OFFICER)
    with pytest.raises(DatabaseError, match="never change"):
        run(f"UPDATE sharing_purposeversion {change}")
