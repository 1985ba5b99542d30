"""Until when one can object, as the law counts."""

from datetime import date
from uuid import UUID

import pytest

from portal.registers.zaken.decisions import Decision
from portal.registers.zaken.objecting import Way, last_day, remedy

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("sent", "last", "because"),
    [
        (date(2026, 11, 13), date(2026, 12, 28), "25 and 26 December, then a Sunday"),
        (date(2026, 11, 16), date(2026, 12, 28), "six weeks to the day, a Monday"),
        (date(2026, 11, 20), date(2027, 1, 4), "New Year's day is a Friday, then the weekend"),
        (date(2026, 11, 24), date(2027, 1, 5), "nothing in between counts"),
        (date(2027, 2, 12), date(2027, 3, 30), "Good Friday, weekend, Easter Monday"),
        (date(2027, 3, 16), date(2027, 4, 28), "King's day"),
        (date(2021, 3, 15), date(2021, 4, 26), "King's day on a Tuesday does not matter"),
        (date(2025, 3, 15), date(2025, 4, 28), "King's day a day earlier, as the 27th is a Sunday"),
        (date(2026, 3, 24), date(2026, 5, 6), "Liberation day"),
        (date(2026, 4, 2), date(2026, 5, 15), "Ascension day"),
        (date(2026, 4, 13), date(2026, 5, 26), "Whit Monday"),
        (date(2028, 1, 18), date(2028, 2, 29), "a leap day"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value),
)
def test_six_weeks_from_the_day_after_sending_never_end_on_a_free_day(
    sent: date, last: date, because: str
) -> None:
    assert last_day(sent) == last, because


def a_decision(sent: date | None = None, answer_by: date | None = None) -> Decision:
    return Decision(
        UUID(int=1), "http://zrc/1", "B-1", "Besluit", date(2026, 11, 2), None, None, sent, answer_by
    )


@pytest.mark.parametrize(
    ("decision", "until", "over"),
    [
        (a_decision(sent=date(2026, 11, 3)), date(2026, 12, 15), False),
        (a_decision(sent=date(2026, 11, 3), answer_by=date(2026, 12, 20)), date(2026, 12, 15), False),
        (a_decision(sent=date(2026, 11, 3), answer_by=date(2026, 12, 1)), date(2026, 12, 1), False),
        (a_decision(answer_by=date(2026, 11, 23)), date(2026, 11, 23), True),
        (a_decision(answer_by=TODAY), TODAY, False),
        (a_decision(), None, False),
    ],
    ids=["law", "law is earlier", "register is earlier", "over yesterday", "the last day itself", "unknown"],
)
def test_the_earlier_of_law_and_register_counts(decision: Decision, until: date | None, over: bool) -> None:
    found = remedy(decision, Way.OBJECTION, TODAY)

    assert (found.until, found.over) == (until, over)
