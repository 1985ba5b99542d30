"""Registers write the first and last moments that there are for “always” and “without end”."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from portal.registers.dates import day_here, moment
from portal.registers.zaken.decisions import Decision
from portal.registers.zaken.objecting import Way, remedy

LAST, FIRST = date.max, date.min
TODAY = date(2026, 11, 30)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("9999-12-31T23:59:59Z", LAST),
        ("9999-12-31T23:59:59-14:00", LAST),
        ("9999-12-31T23:59:59.999999", LAST),
        ("9999-12-31", LAST),
        ("0001-01-01T00:00:00Z", FIRST),
        ("0001-01-01T00:00:00+14:00", FIRST),
        ("0001-01-01", FIRST),
        ("2026-11-30T23:30:00Z", date(2026, 12, 1)),
    ],
)
def test_every_moment_of_a_register_can_be_shown_and_compared(told: str, day: date) -> None:
    at = moment(told)

    assert day_here(at) == timezone.localtime(at).date() == day
    assert date_format(timezone.localtime(at), "j F Y, H:i")
    assert (at > LONG_AGO) == (day > date(2026, 1, 1))


def decision(**days: Any) -> Decision:
    told = {"url": "", "zaak": "http://zrc/1", "datum": "2026-11-02", **days}
    return Decision.of(told, "Besluit")


@pytest.mark.parametrize("last", ["9999-12-31", "9999-11-20"])
def test_six_weeks_after_the_end_of_the_calendar_is_no_day_to_object_until(last: str) -> None:
    found = decision(verzenddatum=last, uiterlijkeReactiedatum=last, vervaldatum=last)

    assert (found.sent, found.ends) == (None, None)
    assert remedy(found, Way.OBJECTION, TODAY).until is None


def test_a_register_that_names_no_end_to_object_leaves_the_term_of_the_law() -> None:
    found = decision(verzenddatum="2026-11-03", uiterlijkeReactiedatum="9999-12-31")

    assert remedy(found, Way.OBJECTION, TODAY).until == date(2026, 12, 15)
