"""Odd patterns of use: what an officer is pointed at, and what not."""

from datetime import date, timedelta

import pytest

from portal.usage.odd import Day, Odd, odd_days

TODAY = date(2026, 11, 24)


def day(ago: int, uses: int, *, at_night: int = 0, residents: int | None = None, most_of_one: int = 1) -> Day:
    return Day(
        TODAY - timedelta(days=ago), uses, at_night, uses if residents is None else residents, most_of_one
    )


QUIET = [day(ago, 4) for ago in range(1, 15)]


@pytest.mark.parametrize(
    ("today", "odd"),
    [
        (day(0, 4), set()),
        (day(0, 4, at_night=2), set()),
        (day(0, 4, at_night=3), {Odd.NIGHT}),
        (day(0, 20), set()),
        (day(0, 21), {Odd.BURST}),
        (day(0, 49), {Odd.BURST}),
        (day(0, 50), {Odd.BURST, Odd.MANY_RESIDENTS}),
        (day(0, 50, residents=10), {Odd.BURST}),
        (day(0, 9, most_of_one=9), set()),
        (day(0, 10, residents=1, most_of_one=10), {Odd.ONE_OFTEN}),
    ],
)
def test_a_day_is_odd_against_the_consumers_own_days(today, odd):
    assert odd_days([today, *QUIET]).get(TODAY, frozenset()) == odd


def test_the_first_day_of_a_consumer_is_above_nothing():
    assert odd_days([day(0, 500)]) == {}


def test_a_great_many_residents_are_odd_on_the_first_day_too():
    assert odd_days([day(0, 999)]) == {}
    assert odd_days([day(0, 1000)]) == {TODAY: {Odd.MANY_RESIDENTS}}


def test_days_without_use_count_in_the_average():
    assert Odd.BURST in odd_days([day(0, 30), day(27, 40)])[TODAY]


def test_what_is_longer_ago_than_four_weeks_does_not_count():
    busy = [day(ago, 1000) for ago in range(29, 40)]
    assert Odd.BURST in odd_days([day(0, 30), day(3, 1), *busy])[TODAY]
