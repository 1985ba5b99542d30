"""Who came in while the BRP gave no answer shares nothing new until it spoke: only who decides alone may."""

import pytest
from django.db import transaction

from demo.registers.serving import Asked, Register, Reply
from portal.accounts.models import Resident, ResidentSession
from portal.accounts.sessions import find
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing import acts, purposes
from portal.sharing.models import Grant, Sharing
from tests.mijn.conftest import connected
from tests.registers.conftest import brp_connection, brp_fake, brp_register

from .browser import COOKIE, Browser
from .conftest import HELGA

__all__ = ["brp_fake", "brp_register"]
pytestmark = pytest.mark.django_db(transaction=True)

START = "/mijn/delen/starten/digitaal-bericht/"
NOT_NOW = "Iets nieuws delen lukt nu niet"


@pytest.fixture
def helga_at(offering: Municipality, brp_fake: Register) -> Browser:
    """Let in on the BRP's word of some days ago."""
    connected(offering, brp_connection(brp_fake.url))
    helga = Browser(offering, HELGA)
    with acting_for(offering), transaction.atomic():
        ResidentSession.objects.update(on_earlier_word=True)
    return helga


def rows(browser: Browser) -> tuple[int, int, int]:
    """Sessions, sharings and grants there are."""
    with acting_for(browser.municipality), transaction.atomic():
        return ResidentSession.objects.count(), Sharing.objects.count(), Grant.objects.count()


@pytest.mark.parametrize("fault", ["500", "401", "schema"])
def test_while_the_brp_is_silent_nothing_new_is_begun(
    helga_at: Browser, brp_fake: Register, fault: str
) -> None:
    brp_fake.misbehave(fault)
    helga_at.goes(START).presses("Verder")

    assert (helga_at.status, helga_at.h1) == (503, NOT_NOW)
    assert "(0999) 12 34 56" in helga_at.text
    assert rows(helga_at) == (1, 0, 0)
    assert helga_at.follows("Wat deel ik?").status == 200


def test_a_no_needs_nobody_s_word(helga_at: Browser, brp_fake: Register) -> None:
    brp_fake.misbehave("500")
    helga_at.goes(START)
    form, _adds = helga_at.page.form_with("Verder")
    helga_at.client.post(START, {**form.fields, "answer": "no"})

    assert brp_fake.calls == []


def test_once_the_brp_says_yes_it_is_not_asked_again(helga_at: Browser, brp_fake: Register) -> None:
    helga_at.goes(START).presses("Verder")
    assert helga_at.status == 200
    assert rows(helga_at) == (1, 1, 0)
    asked = len(brp_fake.calls)
    with acting_for(helga_at.municipality), transaction.atomic():
        assert Resident.objects.get().let_in

    helga_at.goes(START).presses("Verder")
    assert rows(helga_at) == (1, 2, 0)
    assert (asked, len(brp_fake.calls)) == (1, 1)


def test_a_refusal_ends_the_visit_and_the_word_of_before(
    helga_at: Browser, brp_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = brp_fake.respond

    def since_then(asked: Asked) -> Reply:
        reply = honest(asked)
        reply.body["personen"][0]["indicatieCurateleRegister"] = True
        return reply

    helga_at.goes(START)
    monkeypatch.setattr(brp_fake, "respond", since_then)
    helga_at.presses("Verder")

    assert (helga_at.status, helga_at.h1) == (403, "Uw curator regelt dit voor u")
    assert helga_at.client.cookies[COOKIE].value == ""
    assert rows(helga_at) == (0, 0, 0)
    with acting_for(helga_at.municipality), transaction.atomic():
        assert Resident.objects.get().let_in is None


def test_no_way_round_begins_a_sharing_without_it(helga_at: Browser) -> None:
    with acting_for(helga_at.municipality), transaction.atomic():
        session = find(helga_at.client.cookies[COOKIE].value, activity=True)
        version = purposes.newest("digitaal-bericht", "nl")
        assert session is not None
        assert version is not None
        with pytest.raises(acts.NoWordOfNow):
            acts.begin(session, version)


def test_of_who_came_in_on_its_word_of_now_the_brp_is_not_asked(
    offering: Municipality, brp_fake: Register
) -> None:
    connected(offering, brp_connection(brp_fake.url))
    brp_fake.misbehave("500")

    assert Browser(offering, HELGA).goes(START).presses("Verder").status == 200
    assert brp_fake.calls == []
