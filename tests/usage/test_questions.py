"""“Vraag hierover”: a question about one use, encrypted, answered by the officer, told to the resident."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.notices.kinds import Kind
from portal.notices.models import Notice
from portal.usage import questions, working_days
from portal.usage.models import UseQuestion
from tests.sharing.browser import Browser
from tests.sharing.conftest import somebody

from .conftest import used

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/mijn/gebruik/"


@pytest.fixture
def asked(ayse, zandmeer) -> Browser:
    """Ayse asked about a use."""
    used(zandmeer, ayse.session.subject)
    return ayse.goes(PAGE).follows("Vraag hierover").presses("Stuur mijn vraag", text="Ik heb geen auto?")


def test_a_question_gives_a_receipt_with_a_number_and_the_day_of_the_answer(asked, zandmeer):
    assert asked.h1 == "Uw vraag is binnen"
    with acting_for(zandmeer), transaction.atomic():
        (question,) = questions.open_questions()
    assert question.text == "Ik heb geen auto?"
    assert question.answer_by == working_days.after(timezone.localdate(), 5)
    for words in (question.number, "Ik heb geen auto?", str(question.answer_by.year), "Team Parkeren"):
        assert words in asked.text


def test_what_was_asked_lies_encrypted(asked):
    with acting_for(asked.municipality), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT text FROM usage_usequestion")
        ((kept,),) = cursor.fetchall()
    assert b"auto" not in bytes(kept)


def test_the_answer_is_shown_and_a_notice_says_that_it_is_there(asked, zandmeer):
    with acting_for(zandmeer), transaction.atomic():
        (question,) = questions.open_questions()
        questions.answer(question.id, "Een vergissing. Het spijt ons.", "F. de Vries")
        assert not questions.open_questions()
        notice = Notice.objects.get()
        assert (notice.kind, notice.subject_id) == (Kind.ANSWER, asked.session.subject)
    asked.reloads()
    assert asked.h1 == "Antwoord op uw vraag"
    assert "Een vergissing. Het spijt ons." in asked.text
    assert "de Vries" not in asked.text
    assert asked.goes(PAGE).follows("Lees het antwoord op uw vraag").h1 == "Antwoord op uw vraag"


def test_a_question_is_answered_once(asked, zandmeer):
    with acting_for(zandmeer), transaction.atomic():
        (question,) = questions.open_questions()
        questions.answer(question.id, "Ja.", "F. de Vries")
        with pytest.raises(questions.NotOpen):
            questions.answer(question.id, "Nee.", "G. Smit")
        assert Notice.objects.count() == 1
        assert questions.own(asked.session.subject, question.id).answer == "Ja."


def test_asking_twice_leads_to_the_question_that_is_there(asked, zandmeer):
    with acting_for(zandmeer), transaction.atomic():
        question = UseQuestion.objects.get()
    asked.goes(f"{PAGE}{question.use_id}/vraag/")
    assert asked.h1 == "Uw vraag is binnen"
    with acting_for(zandmeer), transaction.atomic():
        assert questions.ask(asked.session.subject, question.use_id, "Nog eens") == question.id
        assert UseQuestion.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "Schrijf op wat u wilt weten."), ("x" * 1001, "Uw vraag is te lang."), ("a\0b", "")],
)
def test_an_empty_or_too_long_question_is_explained_and_kept(ayse, zandmeer, text, said):
    used(zandmeer, ayse.session.subject)
    ayse.goes(PAGE).follows("Vraag hierover").presses("Stuur mijn vraag", text=text)
    assert ayse.status == 422
    assert said in ayse.text
    with acting_for(zandmeer), transaction.atomic():
        assert not UseQuestion.objects.exists()


def test_uses_and_questions_of_another_are_not_there(asked, zandmeer):
    with acting_for(zandmeer), transaction.atomic():
        question = UseQuestion.objects.get()
    other = Browser(zandmeer, somebody())
    for address in (f"{question.use_id}/vraag/", f"vraag/{question.id}/"):
        other.goes(PAGE + address)
        assert other.status == 404
        assert other.h1 == "Dit gebruik is er niet"


def test_an_answer_that_is_late_is_said(asked, zandmeer):
    with acting_for(zandmeer), transaction.atomic():
        UseQuestion.objects.update(answer_by=timezone.localdate() - timedelta(days=1))
    assert "Wij zijn te laat" in asked.reloads().text


def test_what_must_be_answered_first_stands_first(ayse, zandmeer):
    with acting_for(zandmeer), transaction.atomic():
        me, today = ayse.session.subject, timezone.localdate()
    asked = [used(zandmeer, me).id for _number in range(3)]
    with acting_for(zandmeer), transaction.atomic():
        for days, use in zip((3, 1, 2), asked, strict=True):
            question = questions.ask(me, use, str(days))
            UseQuestion.objects.filter(id=question).update(answer_by=today + timedelta(days=days))
        assert [one.text for one in questions.open_questions()] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("day", "then"),
    [
        (date(2026, 11, 24), date(2026, 12, 1)),  # a week without holidays
        (date(2026, 12, 23), date(2026, 12, 31)),  # Christmas Day
        (date(2027, 3, 24), date(2027, 4, 2)),  # Good Friday and Easter Monday
        (date(2027, 4, 26), date(2027, 5, 4)),  # the King's day
        (date(2025, 4, 25), date(2025, 5, 2)),  # it is on a Saturday then, as 27 April is a Sunday
        (date(2027, 5, 3), date(2027, 5, 12)),  # Liberation Day and Ascension Day
        (date(2026, 11, 28), date(2026, 12, 4)),  # asked on a Saturday
    ],
)
def test_five_working_days_leave_out_weekends_and_holidays(day, then):
    assert working_days.after(day, 5) == then
