"""What counts as new to a resident: a table of cases."""

from datetime import UTC, date, datetime

import pytest

from portal.registers.since import is_new, news

VISIT = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
"""Half past twelve at night of the 21st, here."""


@pytest.mark.parametrize(
    ("at", "since", "new"),
    [
        (datetime(2026, 11, 20, 23, 31, tzinfo=UTC), VISIT, True),
        (datetime(2026, 11, 20, 23, 30, tzinfo=UTC), VISIT, False),
        (datetime(2026, 11, 20, 23, 29, tzinfo=UTC), VISIT, False),
        (date(2026, 11, 22), VISIT, True),
        (date(2026, 11, 21), VISIT, True),
        (date(2026, 11, 20), VISIT, False),
        (date(2026, 11, 22), None, False),
        (datetime(2026, 11, 22, tzinfo=UTC), None, False),
        (None, VISIT, False),
        (None, None, False),
    ],
    ids=[
        "a moment later", "that very moment", "a moment before", "a day later",
        "of the day of the visit nobody can say which came first", "the day before, by our own calendar",
        "a day, at a first visit", "a moment, at a first visit", "no moment", "nothing at all",
    ],
)  # fmt: skip
def test_what_is_new(at: date | datetime | None, since: datetime | None, new: bool) -> None:
    assert is_new(at, since) is new
    assert bool(news(at, since)) is new
