"""A text that changed so much that it asks anew: who said yes before hears so once, and sees it."""

from datetime import timedelta

import pytest
from django.db import transaction

from portal.municipalities.acting import acting_for
from portal.notices.kinds import Kind
from portal.notices.models import Notice
from portal.notices.sending import send_due
from portal.sharing import acts, asking_anew, grants, purposes, use
from portal.sharing.models import Duty
from portal.sharing.purposes.published import ON_ITS_WAY
from portal.sharing.sweeper import tidy
from tests.texts import message_by_email

from .browser import Browser, Page
from .conftest import HELGA, gives, new_session

SLUG, ASKED = "digitaal-bericht", "Kies opnieuw wat u deelt"


def changes(*, substantial: bool = True) -> None:
    """The municipality publishes another text."""
    content = message_by_email("Zandmeer", "(0999) 12 34 56")
    purposes.publish(SLUG, {**content, "dpia": "Nu anders.", "substantial": substantial})


def told() -> list[object]:
    return list(Notice.objects.filter(kind=Kind.REQUEST).values_list("cause", flat=True))


@pytest.mark.django_db
def test_everyone_whose_yes_no_longer_does_hears_it_once_whatever_breaks_off(desk, in_zandmeer, clock):
    residents = [new_session() for _ in range(5)]
    stops, *stay = [(one, gives(one)) for one in residents]
    changes()
    clock.move(seconds=ON_ITS_WAY.total_seconds() - 1)
    assert asking_anew.go_on(clock.time) == 0
    clock.move(seconds=1)
    grants.withdraw(stops[0], stops[1].id)
    gives(stay[0][0])
    for most in (1, 2, 2):
        with transaction.atomic():
            asking_anew.go_on(clock.time, most)
            transaction.set_rollback(True)
        asking_anew.go_on(clock.time, most)
    while asking_anew.go_on(clock.time, 2):
        pass
    tidy(in_zandmeer)
    assert sorted(map(str, told())) == sorted(str(grant.id) for _who, grant in stay[1:])
    assert not Duty.objects.filter(kind=Duty.ASK_ANEW, done=None).exists()


@pytest.mark.django_db
def test_a_small_change_asks_nobody(desk, helga, in_zandmeer, clock):
    gives(helga)
    changes(substantial=False)
    clock.move(days=1)
    tidy(in_zandmeer)
    assert not told()


@pytest.mark.django_db
def test_who_chose_again_before_it_was_sent_is_not_told_any_more(desk, helga, in_zandmeer, clock):
    gives(helga)
    changes()
    clock.move(days=1)
    tidy(in_zandmeer)
    assert len(told()) == 1
    gives(helga)
    while send_due(in_zandmeer):
        pass
    assert not told()


def test_a_yes_on_its_way_is_over_when_they_are_asked():
    assert ON_ITS_WAY >= acts.UNCONFIRMED > timedelta(0)


@pytest.mark.django_db(transaction=True)
def test_it_stands_on_the_overview_among_the_tasks_and_with_what_is_shared_until_they_choose(
    offering, desk_at
):
    helga = Browser(offering, HELGA)
    with acting_for(offering), transaction.atomic():
        session = new_session(HELGA)
        grant = gives(session)
        changes()
    with acting_for(offering), transaction.atomic(), pytest.raises(use.NoLongerShared):
        use.read(desk_at.row, grant.id, use.Caller(key="a"))
    for path in ("/mijn/", "/mijn/taken/", "/mijn/delen/"):
        page = Page(b"".join(helga.client.get(path)).decode())
        assert page.links[ASKED] == "/mijn/delen/starten/digitaal-bericht/"
        assert "Tot u kiest, leest niemand wat u gaf." in page.text
    with acting_for(offering), transaction.atomic():
        gives(session)
    for path in ("/mijn/", "/mijn/taken/", "/mijn/delen/"):
        assert ASKED not in b"".join(helga.client.get(path)).decode()
