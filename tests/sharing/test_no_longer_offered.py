"""The page to begin a purpose that is no longer there: what happened, what now, whom to call."""

import pytest
from django.db import transaction
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.sharing import purposes
from portal.sharing.models import PurposeDraft, PurposeVersion
from portal.sharing.purposes.own import OWN
from portal.sharing.states import Making

from .browser import Browser
from .conftest import HELGA, gives

pytestmark = pytest.mark.django_db(transaction=True)
START = "/mijn/delen/starten/maatje-18/"


@pytest.fixture
def helga_at(offering) -> Browser:
    return Browser(offering, HELGA)


def recalled(browser: Browser) -> None:
    with acting_for(browser.municipality), transaction.atomic():
        purposes.recall("maatje-18", "Ingrid", "De tekst klopte niet.")


def retired(browser: Browser) -> None:
    with acting_for(browser.municipality), transaction.atomic():
        version = PurposeVersion.objects.get(purpose__slug="maatje-18")
        PurposeDraft.objects.create(
            slug="maatje-18", version=version, state=Making.RETIRED, begun=timezone.now()
        )
        OWN.retired()


@pytest.mark.parametrize("address", [START, f"{START}niet/"])
def test_what_was_taken_back_says_since_when_why_what_now_and_whom_to_call(helga_at, address):
    recalled(helga_at)
    helga_at.goes(address)
    assert (helga_at.status, helga_at.h1) == (410, "De gemeente heeft dit ingetrokken")
    for words in (
        "Maatje worden",
        "De tekst klopte niet.",
        "Sinds",
        "U hoeft niets te doen.",
        "Bel (0999) 12 34 56",
    ):
        assert words in helga_at.text, words
    assert helga_at.follows("Naar Wat deel ik?").status == 200


def test_its_text_can_still_be_read(helga_at):
    recalled(helga_at)
    helga_at.goes(START).follows("Lees de hele tekst in het register")
    assert (helga_at.status, helga_at.h1) == (200, "Maatje worden")


def test_what_is_offered_no_more_says_so_and_who_shares_it_is_not_sent_there(helga_at):
    with acting_for(helga_at.municipality), transaction.atomic():
        gives(helga_at.session, "maatje-18", {"over18": "yes"})
    assert helga_at.goes("/mijn/delen/").follows("Verleng of verander").h1 == "Maatje worden"
    retired(helga_at)
    helga_at.goes(START)
    assert (helga_at.status, helga_at.h1) == (410, "Dit kunt u niet meer beginnen")
    assert "Dan kunt u blijven delen of stoppen" in helga_at.text
    links = helga_at.goes("/mijn/delen/").page.links
    assert not [one for one in links if one.startswith("Verleng of verander")]
    assert [one for one in links if one.startswith("Stop met delen")]


def test_what_never_was_is_not_there(helga_at):
    assert helga_at.goes("/mijn/delen/starten/nooit-geweest/").status == 404
