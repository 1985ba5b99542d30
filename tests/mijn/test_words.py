"""By when, in words: each way a term can stand."""

from datetime import date

import pytest

from portal.registers.zaken.visible import Term
from portal.registers.zaken.words import more_of_step, name_of_step, term_in_words

JANUARY, MARCH = date(2027, 1, 4), date(2027, 3, 1)


@pytest.mark.parametrize(
    ("term", "kind", "says"),
    [
        (Term(None, None, False, None, None, JANUARY), "ended", "Afgerond op 4 januari 2027."),
        (
            Term(JANUARY, JANUARY, False, None, None, None),
            "running",
            "Het is klaar uiterlijk 4 januari 2027.",
        ),
        (
            Term(JANUARY, MARCH, False, None, None, None),
            "running",
            "Wij verwachten dat het klaar is op 4 januari 2027. Het is klaar uiterlijk 1 maart 2027.",
        ),
        (
            Term(JANUARY, None, False, None, None, None),
            "running",
            "Wij verwachten dat het klaar is op 4 januari 2027.",
        ),
        (
            Term(MARCH, MARCH, False, None, "De commissie komt later.", None),
            "extended",
            'Wij hebben meer tijd nodig. De reden: <span lang="nl">De commissie komt later</span>. '
            "Het is klaar uiterlijk",
        ),
        (
            Term(None, MARCH, False, "Wij missen uw jaarcijfers", None, None),
            "waiting",
            'De reden: <span lang="nl">Wij missen uw jaarcijfers</span>. '
            "Deze dagen tellen niet mee. Daarna gaan wij verder.",
        ),
        (
            Term(None, MARCH, False, "", None, None),
            "waiting",
            "Deze dagen tellen niet mee. Daarna gaan wij verder.",
        ),
        (Term(None, None, False, None, None, None), "unknown", "Wij weten nog niet wanneer dit klaar is."),
    ],
)
def test_a_term_in_words(term: Term, kind: str, says: str) -> None:
    words = term_in_words(term)

    assert words.kind == kind
    assert " ".join(words.says).startswith(says)


def test_who_is_too_late_says_so_and_what_the_resident_can_do() -> None:
    words = term_in_words(Term(JANUARY, JANUARY, True, None, None, None))

    assert words.title == "Wij zijn te laat"
    assert words.says[0] == "Het had uiterlijk 4 januari 2027 klaar moeten zijn."
    assert "in gebreke stellen" in words.says[-1]


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
