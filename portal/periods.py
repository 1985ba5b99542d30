"""Lengths of time as people agree on them: a month is a month of the calendar, however many days it has."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime


@dataclass(frozen=True, slots=True)
class Period:
    """How long something lasts; all parts together."""

    months: int = 0
    days: int = 0
    minutes: int = 0

    def __bool__(self) -> bool:
        return bool(self.months or self.days or self.minutes)

    def last_day(self, start: date) -> date | None:
        """The day on which it ends, for what is counted in days and months.

        None beyond the calendar: that is how a catalogue says that there is no end.
        """
        try:
            return months_after(start, self.months) + timedelta(days=self.days)
        except (OverflowError, ValueError):
            return None

    def after(self, start: datetime) -> datetime:
        """The first moment at which it is over.

        Months count on the clock of the Netherlands: the same time of day, also over a change of clocks.
        """
        end = start
        if self.months:
            here = localtime(start)
            day = months_after(here.date(), self.months)
            end = datetime.combine(day, here.time(), here.tzinfo).astimezone(start.tzinfo)
        return end + timedelta(days=self.days, minutes=self.minutes)


def last_whole_day(start: datetime, end: datetime) -> date:
    """The last day that is all before an end; or the day on which it ends, for what began on that day.

    On the clock of the Netherlands: who reads “tot en met” a day has the whole of it.
    """
    return max(localtime(end).date() - timedelta(days=1), localtime(start).date())


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or earlier; the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
