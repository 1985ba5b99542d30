"""What a consumer asks, and what becomes of it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.municipalities.acting import current_municipality
from portal.periods import Period
from portal.sharing import acts, grants, purposes, requests, use
from portal.sharing.models import ActRecord, Consumer, Duty, Muted, Request
from portal.sharing.states import ANSWERS, Answer, NotNow, RequestState, State, after

from .conftest import gives, new_session, says_yes

pytestmark = pytest.mark.django_db


def asks(session, clock, desk, **other) -> Request:
    """A question of the desk."""
    asked = {
        "consumer": desk.row, "version_id": purposes.newest("digitaal-bericht", "nl").id,
        "subject_id": session.subject,
        "reference": uuid4(), "body_hash": "-", "created": clock(), "expires": clock() + timedelta(days=14),
    }  # fmt: skip
    return Request.objects.create(municipality=current_municipality(), **(asked | other))


def begun(session, question):
    """The pages as far as the values on screen."""
    sharing = acts.begin(session, purposes.newest("digitaal-bericht", "nl"), question)
    acts.choose(session, sharing.id, [])
    acts.prove(sharing.id, acts.ask(session, sharing.id, "typed").id, {"email": "h@voorbeeld.example"})
    return sharing


def now(question: Request) -> tuple[str, object]:
    row = Request.objects.get(id=question.id)
    return row.state, row.answered


def test_a_yes_answers_the_question_it_was_asked_by(helga, desk, clock):
    question, other = asks(helga, clock, desk), asks(helga, clock, desk)
    sharing = begun(helga, question)
    clock.move(minutes=1)
    grant = says_yes(helga, sharing.id)
    assert (grant.request_id, now(question)) == (question.id, ("approved", clock()))
    assert ActRecord.objects.get(grant=grant).payload["request"] == str(question.id)
    assert now(other) == ("created", None)


def test_a_no_answers_it_too_and_once(helga, desk, clock):
    question = asks(helga, clock, desk)
    sharing, when = begun(helga, question), clock()
    acts.refuse(helga, sharing.id)
    clock.move(minutes=1)
    acts.refuse(helga, sharing.id)
    assert now(question) == ("rejected", when)


def test_seen_is_not_answered(helga, desk, clock):
    question = asks(helga, clock, desk)
    for _ in range(2):
        requests.presented(question)
    assert now(question) == ("presented", None)
    requests.answer(question.id, Answer.APPROVE)
    assert now(question) == ("approved", clock())


def test_a_page_that_was_read_before_the_answer_does_not_undo_it(helga, desk, clock):
    question = asks(helga, clock, desk)
    as_it_was_read = Request.objects.get(id=question.id)
    requests.answer(question.id, Answer.TAKE_BACK)
    requests.presented(as_it_was_read)
    assert now(question) == ("withdrawn", clock())


def test_an_answer_is_final(helga, desk, clock):
    for said, state in (
        (Answer.APPROVE, "approved"),
        (Answer.REJECT, "rejected"),
        (Answer.TAKE_BACK, "withdrawn"),
    ):
        question, when = asks(helga, clock, desk), clock()
        requests.answer(question.id, said)
        clock.move(minutes=1)
        for other in Answer:
            requests.answer(question.id, other)
        assert now(question) == (state, when)


def test_the_table_of_answers_has_three_ends_and_two_beginnings():
    assert {state for state, possible in ANSWERS.items() if possible} == set(requests.OPEN)
    assert set(ANSWERS) == set(RequestState)


def test_what_may_still_be_answered_is_shown_oldest_first_and_nobody_elses(helga, desk, clock):
    first = asks(helga, clock, desk)
    clock.move(minutes=1)
    second, short = asks(helga, clock, desk), asks(helga, clock, desk, expires=clock() + timedelta(minutes=5))
    asks(new_session(), clock, desk)
    answered = asks(helga, clock, desk)
    requests.answer(answered.id, Answer.REJECT)
    requests.presented(second)
    assert [one.id for one in requests.open_for(helga) if one.id != short.id] == [first.id, second.id]
    before_the_end = clock() + timedelta(minutes=5, microseconds=-1)
    assert short in requests.open_for(helga, before_the_end)
    assert short not in requests.open_for(helga, clock() + timedelta(minutes=5))
    clock.move(minutes=5)
    assert short not in requests.open_for(helga)


def test_nothing_is_shown_of_who_was_muted_by_this_resident(helga, desk, clock):
    other = Consumer.objects.create(slug="wijkteam", name="Wijkteam", events_url="http://127.0.0.1:9/")
    stranger = new_session()
    quiet, heard = asks(helga, clock, desk), asks(helga, clock, desk, consumer=other)
    theirs = asks(stranger, clock, desk)
    Muted.objects.create(
        municipality=current_municipality(), subject_id=helga.subject, consumer=desk.row, since=clock()
    )
    assert list(requests.open_for(helga)) == [heard]
    assert list(requests.open_for(stranger)) == [theirs]
    assert quiet.state == "created"


def test_the_list_of_questions_is_one_query(helga, desk, clock, django_assert_num_queries):
    asks(helga, clock, desk)
    with django_assert_num_queries(1):
        found = [(one.version.purpose.slug, one.consumer.slug) for one in requests.open_for(helga)]
    assert found == [("digitaal-bericht", "demo-balie")]


def test_an_act_that_does_not_fit_says_which_and_where():
    with pytest.raises(NotNow, match="agree does not fit begun") as refused:
        after(State.BEGUN, acts.Act.AGREE)
    assert (refused.value.state, refused.value.act) == (State.BEGUN, acts.Act.AGREE)


def test_a_yes_at_own_initiative_answers_what_is_asked_about_that_purpose(helga, desk, clock):
    other = asks(helga, clock, desk, version_id=purposes.newest("maatje-18", "nl").id)
    question, stranger = asks(helga, clock, desk), asks(new_session(), clock, desk)
    grant = says_yes(helga, begun(helga, None).id)
    assert (grant.request_id, now(question)[0]) == (question.id, "approved")
    assert [now(one)[0] for one in (other, stranger)] == ["created", "created"]


def test_of_two_questions_about_a_purpose_a_yes_answers_the_oldest_that_is_open(helga, desk, clock):
    short = asks(helga, clock, desk, expires=clock() + timedelta(minutes=1))
    clock.move(minutes=1)
    first = asks(helga, clock, desk)
    clock.move(minutes=1)
    second = asks(helga, clock, desk)
    assert says_yes(helga, begun(helga, None).id).request_id == first.id
    assert [now(one)[0] for one in (short, first, second)] == ["created", "approved", "created"]


# What becomes of it, and who hears


def owed(question: Request) -> list[tuple[str, str, object]]:
    duties = Duty.objects.filter(request=question)
    return sorted(duties.values_list("kind", "event", "consumer"))


def test_a_no_is_told_to_who_asked_and_a_look_or_a_yes_is_not_told_as_one(helga, desk, clock):
    question = asks(helga, clock, desk)
    requests.answer(question.id, Answer.PRESENT)
    assert owed(question) == []
    requests.answer(question.id, Answer.REJECT)
    assert owed(question) == [(Duty.TELL_CONSUMER, "geweigerd", desk.row.id)]
    yes = asks(helga, clock, desk)
    requests.answer(yes.id, Answer.APPROVE)
    assert owed(yes) == []


def test_a_yes_at_its_very_end_is_too_late_and_a_no_is_not(helga, desk, clock):
    question = asks(helga, clock, desk)
    clock.time = question.expires
    assert requests.answer(question.id, Answer.APPROVE) is None
    assert now(question) == (RequestState.CREATED, None)
    assert requests.answer(question.id, Answer.REJECT) is not None
    in_time = asks(helga, clock, desk)
    clock.time = in_time.expires - timedelta(microseconds=1)
    assert requests.answer(in_time.id, Answer.APPROVE) is not None


def test_what_went_by_is_told_once_and_an_answer_after_it_not_again(helga, desk, clock):
    gone, asked_later, answered = (asks(helga, clock, desk) for _ in range(3))
    Request.objects.filter(id=asked_later.id).update(expires=gone.expires + timedelta(days=1))
    requests.answer(answered.id, Answer.REJECT)
    assert requests.end_over(gone.expires - timedelta(seconds=1)) == 0
    with CaptureQueriesContext(connection) as captured:
        assert requests.end_over(gone.expires) == 1
    assert [one for one in captured.captured_queries if "SKIP LOCKED" in one["sql"]]
    assert requests.end_over(gone.expires) == 0
    assert owed(gone) == [(Duty.TELL_CONSUMER, "verlopen", desk.row.id)]
    assert owed(asked_later) == []
    requests.answer(gone.id, Answer.REJECT)
    assert owed(gone) == [(Duty.TELL_CONSUMER, "verlopen", desk.row.id)]


def test_of_a_municipality_that_closes_all_open_ones_are_told_some_at_a_time(helga, desk, clock):
    questions = [asks(helga, clock, desk) for _ in range(3)]
    assert [requests.end_all(2), requests.end_all(2), requests.end_all(2)] == [2, 1, 0]
    assert all(owed(one) == [(Duty.TELL_CONSUMER, "verlopen", desk.row.id)] for one in questions)
    assert [requests.end_over(clock.time + timedelta(days=30), 1)] == [0]


def test_who_asked_takes_it_back_once_and_not_after_an_answer(helga, desk, clock):
    question, answered = asks(helga, clock, desk), asks(helga, clock, desk)
    other = Consumer.objects.create(slug="other", name="Other", events_url="http://127.0.0.1:9/")
    for consumer, reference in ((other, question.reference), (desk.row, uuid4())):
        with pytest.raises(requests.UnknownRequest):
            requests.take_back(consumer, reference)
    assert requests.take_back(desk.row, question.reference).id == question.id
    state, at = now(question)
    assert (state, at) == (RequestState.WITHDRAWN, clock())
    clock.move(minutes=1)
    requests.take_back(desk.row, question.reference)
    assert now(question) == (state, at)
    requests.answer(answered.id, Answer.REJECT)
    with pytest.raises(requests.AnsweredAlready):
        requests.take_back(desk.row, answered.reference)


def test_the_way_back_is_the_registered_page_of_who_asked_this_resident(helga, desk, clock):
    page = "https://team.example/terug"
    question, without = asks(helga, clock, desk, return_url=page), asks(helga, clock, desk)
    assert requests.way_back(helga, question.id) is None  # not registered
    Consumer.objects.filter(id=desk.row.id).update(return_urls=[page, ""])
    assert requests.way_back(helga, question.id) == requests.WayBack("Team Dienstverlening", page)
    for session, asked in (
        (helga, None),
        (helga, uuid4()),
        (helga, without.id),
        (new_session(), question.id),
    ):
        assert requests.way_back(session, asked) is None


def test_the_end_that_was_asked_counts_where_it_is_sooner_than_the_text(helga, desk, clock):
    version = purposes.newest("digitaal-bericht", "nl")
    lasts = replace(version, lasts=Period(minutes=60))
    assert requests.asked_end(None, version, clock()) is None
    assert requests.asked_end(asks(helga, clock, desk), version, clock()) is None
    for minutes, sooner in ((59, True), (60, False), (61, False)):
        wanted = clock() + timedelta(minutes=minutes)
        question = asks(helga, clock, desk, wanted_until=wanted)
        assert requests.asked_end(question, lasts, clock()) == (wanted if sooner else None)
        assert requests.asked_end(question, version, clock()) == wanted


# And when the consumer says that it erased


def test_its_consumer_confirms_an_erasure_once_and_no_other_can(helga, desk, clock):
    grant = gives(helga)
    other = Consumer.objects.create(slug="other", name="Other", events_url="http://127.0.0.1:9/")
    with pytest.raises(use.UnknownGrant):
        use.confirm_erased(desk.row, grant.id)  # it holds still
    grants.withdraw(helga, grant.id)
    with pytest.raises(use.UnknownGrant):
        use.confirm_erased(other, grant.id)
    with pytest.raises(use.UnknownGrant):
        use.confirm_erased(desk.row, uuid4())
    told = Duty.objects.filter(grant=grant, event="ingetrokken")
    assert told.get().confirmed is None
    use.confirm_erased(desk.row, grant.id)
    at = told.get().confirmed
    assert at == clock()
    clock.move(minutes=1)
    use.confirm_erased(desk.row, grant.id)
    assert told.get().confirmed == at
    said = Duty.objects.filter(grant=grant, event="gewist")
    assert list(said.values_list("kind", "consumer")) == [(Duty.TELL_CONSUMER, desk.row.id)]
