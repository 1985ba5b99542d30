"""Who works in the demo: enough people for what takes two, in every municipality."""

import pytest

from demo.content.municipalities import PLACES
from demo.content.staff import EMPLOYEES, STAFF

SLUGS = sorted(place.slug for place in PLACES)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_consumer_can_be_confirmed_by_a_second_officer(slug: str) -> None:
    assert len([one for one in STAFF if slug in one.offices]) >= 2


@pytest.mark.parametrize("slug", SLUGS)
def test_who_is_locked_for_wrong_codes_can_be_let_go_on_by_a_colleague(slug: str) -> None:
    assert any(one.may_oversee for one in EMPLOYEES if one.municipality == slug)
    assert any(not one.may_oversee for one in EMPLOYEES if one.municipality == slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_who_has_no_device_can_be_helped_and_who_stops_by_phone_too(slug: str) -> None:
    assert any(one.may_record for one in EMPLOYEES if one.municipality == slug)


def test_residents_can_read_what_each_employee_does() -> None:
    assert all(one.function for one in EMPLOYEES)


def test_each_name_is_one_account() -> None:
    names = [one.username for one in (*STAFF, *EMPLOYEES)]
    assert len(names) == len(set(names))
