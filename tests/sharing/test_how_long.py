"""How long a yes holds: what is said in months ends on that day of the month, not after so many days."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from demo.content.purposes import buddy
from portal.sharing import asking, purposes

from .conftest import HELGA, gives, new_session

pytestmark = pytest.mark.django_db
HOME = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def asked_on_31_january(desk, clock):
    """A purpose for one month, and today is the last of January."""
    clock.time = datetime(2027, 1, 31, 10, 0, tzinfo=HOME)
    purposes.publish("maatje-18", {**buddy("Zandmeer", "1"), "valid_months": 1})
    return desk


def test_a_yes_for_a_month_given_on_31_january_ends_on_28_february(asked_on_31_january):
    grant = gives(new_session(), "maatje-18", {"over18": "yes"})
    assert grant.until == datetime(2027, 2, 28, 10, 0, tzinfo=HOME)


def test_a_consumer_may_ask_for_that_whole_month_and_no_second_more(asked_on_31_january):
    end = datetime(2027, 2, 28, 10, 0, tzinfo=HOME)
    with pytest.raises(asking.NotAllowed):
        asks(asked_on_31_january, end + timedelta(seconds=1))
    assert asks(asked_on_31_january, end).wanted_until == end


def asks(desk, until: datetime):
    newest = purposes.newest("maatje-18", "nl")
    question = asking.Question(uuid4(), "maatje-18", newest.number, HELGA, wanted_until=until)
    return asking.ask(desk.row, question)[0]
