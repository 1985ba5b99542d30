"""What a consumer asks, and what becomes of it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from portal.municipalities.acting import current_municipality
from portal.sharing import acts, purposes, requests
from portal.sharing.models import ActRecord, Consumer, Muted, Request
from portal.sharing.states import ANSWERS, Answer, NotNow, RequestState, State, after

from .conftest import new_session, says_yes

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
