"""By when, in words: each way a term can stand, and what it makes of the step where the case is."""

from datetime import UTC, date, datetime

import pytest

from portal.registers.zaken.course import Place, Step, Term
from portal.registers.zaken.course_words import State, state_of, steps_in_words, term_in_words
from portal.registers.zaken.described import Described
from portal.registers.zaken.objecting import Way
from portal.registers.zaken.plain_words import StepText
from portal.registers.zaken.words import more_of_step, name_of_step

JANUARY, MARCH = date(2027, 1, 4), date(2027, 3, 1)
ENDED = Term(None, None, False, None, None, JANUARY)
LATE = Term(JANUARY, JANUARY, True, None, None, None)
WAITING = Term(None, MARCH, False, "Wij missen uw jaarcijfers", None, None)
EXTENDED = Term(MARCH, MARCH, False, None, "De commissie komt later.", None)


@pytest.mark.parametrize(
    ("term", "says"),
    [
        (ENDED, "Afgerond op 4 januari 2027."),
        (Term(JANUARY, JANUARY, False, None, None, None), "Het is uiterlijk 4 januari 2027 klaar."),
        (
            Term(JANUARY, MARCH, False, None, None, None),
            "Wij verwachten dat het klaar is op 4 januari 2027. Het is uiterlijk 1 maart 2027 klaar.",
        ),
        (Term(JANUARY, None, False, None, None, None), "Wij verwachten dat het klaar is op 4 januari 2027."),
        (EXTENDED, "Het is uiterlijk 1 maart 2027 klaar."),
        (WAITING, "Dat weten wij nog niet. Wij wachten op u, en de termijn staat stil."),
        (LATE, "Het had uiterlijk 4 januari 2027 klaar moeten zijn. Wij zijn te laat."),
        (
            Term(None, None, False, None, None, None),
            "Wij weten nog niet wanneer dit klaar is. Wilt u het weten? Bel het team.",
        ),
    ],
    ids=["ended", "law", "promise and law", "promise", "extended", "waiting", "late", "unknown"],
)
def test_a_term_in_words(term: Term, says: str) -> None:
    assert " ".join(term_in_words(term)) == says


@pytest.mark.parametrize(
    ("term", "title", "says"),
    [
        (
            WAITING,
            "Wij wachten op u. De termijn staat stil.",
            'De reden: <span lang="nl">Wij missen uw jaarcijfers</span>. '
            "Deze dagen tellen niet mee. Daarna gaan wij verder.",
        ),
        (
            Term(None, MARCH, False, "", None, None),
            "Wij wachten op u. De termijn staat stil.",
            "Deze dagen tellen niet mee. Daarna gaan wij verder.",
        ),
        (
            EXTENDED,
            "Wij hebben meer tijd nodig.",
            'De reden: <span lang="nl">De commissie komt later</span>. Het is uiterlijk 1 maart 2027 klaar.',
        ),
        (
            LATE,
            "Wij zijn te laat.",
            "Het had uiterlijk 4 januari 2027 klaar moeten zijn. "
            "Bel ons gerust. Wij vertellen u dan hoe het staat.",
        ),
    ],
    ids=["waiting", "waiting without a reason", "extended", "late"],
)
def test_what_is_out_of_the_ordinary_is_a_state(term: Term, title: str, says: str) -> None:
    state = state_of(term, "ZM-1")

    assert state is not None
    assert (state.title, " ".join(state.says)) == (title, says)


def test_who_is_too_late_says_how_to_tell_us_that_we_are_in_default() -> None:
    state = state_of(LATE, "ZM-1")

    assert state is not None
    assert "het nummer van uw zaak (ZM-1)" in state.letter
    assert "twee weken" in state.then[0]
    assert "artikel 4:17" in state.then[1]


@pytest.mark.parametrize("term", [ENDED, Term(JANUARY, JANUARY, False, None, None, None)])
def test_a_term_that_runs_or_is_over_is_nothing_out_of_the_ordinary(term: Term) -> None:
    assert state_of(term, "ZM-1") is None


STEPS = [
    Step(1, "Aanvraag ontvangen. Wij kijken ernaar.", Place.DONE, datetime(2026, 11, 1, 23, 30, tzinfo=UTC)),
    Step(2, "Wij beoordelen. Even geduld.", Place.NOW, datetime(2026, 11, 5, 9, tzinfo=UTC)),
    Step(3, "Besluit. Lees het goed.", Place.TO_COME, None),
]
NOTHING_SAID = Described({}, Way.OBJECTION)


def test_a_step_says_what_the_catalogue_adds_unless_the_municipality_says_more() -> None:
    said = Described({2: StepText("Wacht op ons.", "Wij bellen u.")}, Way.OBJECTION)
    first, second, third = steps_in_words(STEPS, said, None)

    assert (first.text, first.more, first.do, first.when) == (
        "Aanvraag ontvangen",
        "Wij kijken ernaar.",
        "",
        "2 november 2026",
    )
    assert (second.more, second.do, second.expect) == ("", "Wacht op ons.", "Wij bellen u.")
    assert (third.more, third.when) == ("Lees het goed.", "")


def test_what_one_had_to_do_at_a_step_that_is_done_is_no_longer_asked() -> None:
    said = Described({1: StepText("Stuur iets.", "Wij wachten.")}, Way.OBJECTION)

    assert steps_in_words(STEPS, said, None)[0].do == ""


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (None, True),
        (State("late", "Wij zijn te laat.", [], "", []), True),
        (State("waiting", "Wij wachten op u.", [], "", []), False),
    ],
    ids=["nothing out of the ordinary", "late", "waiting for the resident"],
)
def test_who_has_nothing_to_do_is_told_so_unless_we_wait_for_them(state: State | None, told: bool) -> None:
    said = Described(
        {2: StepText("", "Wij bellen u."), 3: StepText("", "U krijgt een brief.")}, Way.OBJECTION
    )

    assert [one.nothing_to_do for one in steps_in_words(STEPS, said, state)] == [False, told, False]


def test_the_state_stands_at_the_step_where_the_case_is() -> None:
    state = State("late", "Wij zijn te laat.", [], "", [])

    assert [one.state for one in steps_in_words(STEPS, NOTHING_SAID, state)] == [None, state, None]
    over = [STEPS[0], Step(4, "Klaar.", Place.DONE, STEPS[1].reached)]
    assert [one.state for one in steps_in_words(over, NOTHING_SAID, state)] == [None, state]


@pytest.mark.parametrize(
    ("text", "name", "more"),
    [
        ("Aanvraag ontvangen.", "Aanvraag ontvangen", ""),
        ("Wij wachten. U heeft een week. Bel ons.", "Wij wachten", "U heeft een week. Bel ons."),
        ("Brief van 12 jan. verstuurd", "Brief van 12 jan. verstuurd", ""),
        ("", "", ""),
    ],
)
def test_a_step_is_its_first_sentence_and_what_follows(text: str, name: str, more: str) -> None:
    assert (name_of_step(text), more_of_step(text)) == (name, more)
