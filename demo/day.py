"""Which day it is, as residents' pages count it: a machine's own clock may be behind after midnight."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")


def today() -> date:
    """The day in the Netherlands."""
    return datetime.now(HERE).date()
