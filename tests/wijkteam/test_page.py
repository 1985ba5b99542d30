"""The team's page: news comes by itself, and who is chosen to ask stays chosen."""

from demo.wijkteam.page import PEOPLE, answered, page
from demo.wijkteam.work import Question


def test_a_resident_who_comes_back_sees_nobody_elses_question():
    assert "Bedankt." in answered()
    assert "<form" not in answered()


def test_the_page_does_not_reload_itself_with_or_without_a_script():
    shown = page([])
    assert "http-equiv" not in shown
    assert '<noscript><p><a href="/">Kijk of er antwoord is</a>' in shown


def test_the_script_replaces_the_answers_and_not_the_form():
    shown = page([Question("1", "Tina", "gegeven", "g")])
    form, _answers, rest = shown.partition("<h2>Vragen</h2>")
    assert all(name in form for name in PEOPLE.values())
    assert "De inwoner deelt." in rest
    assert "<select" not in rest
