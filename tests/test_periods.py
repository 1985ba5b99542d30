"""Months are months of the calendar, wherever something lasts so long."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.periods import Period, months_after

HOME = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        pytest.param(date(2026, 1, 31), 1, date(2026, 2, 28), id="the last day of a shorter month"),
        pytest.param(date(2028, 1, 31), 1, date(2028, 2, 29), id="the last day of a leap February"),
        pytest.param(date(2026, 1, 31), 2, date(2026, 3, 31), id="no day is lost over a short month"),
        pytest.param(date(2026, 3, 30), 6, date(2026, 9, 30), id="six months is not 183 days"),
        pytest.param(date(2026, 11, 28), 12, date(2027, 11, 28), id="a year"),
        pytest.param(date(2028, 2, 29), 12, date(2029, 2, 28), id="a year after a leap day"),
        pytest.param(date(2026, 12, 31), 36, date(2029, 12, 31), id="three years is not 1095 days"),
        pytest.param(date(2026, 12, 15), 1, date(2027, 1, 15), id="over the end of the year"),
        pytest.param(date(2026, 5, 31), -3, date(2026, 2, 28), id="earlier"),
        pytest.param(date(2026, 1, 15), -1, date(2025, 12, 15), id="earlier, over the end of the year"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_that_month(day, months, later):
    assert months_after(day, months) == later


def test_months_keep_the_time_on_the_clock_when_the_clock_changes():
    given = datetime(2026, 1, 31, 14, 30, tzinfo=HOME)
    assert Period(months=6).after(given) == datetime(2026, 7, 31, 14, 30, tzinfo=HOME)


def test_the_day_is_that_of_the_netherlands_and_the_answer_in_the_zone_that_was_given():
    late = datetime(2026, 1, 30, 23, 30, tzinfo=UTC)  # 31 January, half past twelve at night
    end = Period(months=1).after(late)
    assert end == datetime(2026, 2, 28, 0, 30, tzinfo=HOME)
    assert end.tzinfo is UTC


def test_days_and_minutes_are_exact_and_come_on_top():
    given = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    assert Period(days=2, minutes=10).after(given) == given + timedelta(days=2, minutes=10)
    assert Period(months=1, days=1).after(given) == datetime(2026, 4, 29, 11, 0, tzinfo=UTC)


def test_nothing_lasts_no_time():
    assert not Period()
    assert all((Period(months=1), Period(days=1), Period(minutes=1)))
