"""“Mails en brieven aan u”: what was told, when, which way, whether it came back; always as many queries."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.notices.kinds import Kind
from portal.notices.models import Notice, State
from portal.notices.sending import send_due
from portal.notices.telling import tell
from portal.notices.views import PLACES, SHARING
from tests.sharing.browser import Browser
from tests.sharing.conftest import HELGA, gives, somebody

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/mijn/berichten-aan-u/"


@pytest.fixture
def helga_at(offering) -> Browser:
    return Browser(offering, HELGA)


def told(browser: Browser, *kinds: Kind) -> None:
    with acting_for(browser.municipality), transaction.atomic():
        for kind in kinds:
            tell(browser.session.subject, kind)
    while send_due(browser.municipality):
        pass


def test_who_was_told_nothing_reads_so(helga_at):
    helga_at.goes(PAGE)
    assert "Hier staat nog geen mail of brief." in helga_at.text


def test_what_was_sent_by_mail_and_by_post_is_shown_with_its_way(helga_at):
    told(helga_at, Kind.INSIGHT)
    with acting_for(helga_at.municipality), transaction.atomic():
        gives(helga_at.session)
    told(helga_at, Kind.ANSWER)
    text = helga_at.goes(PAGE).text
    assert "Een antwoord op uw verzoek om inzage" in text
    assert "U krijgt een brief." in text
    assert text.count("Per e-mail verstuurd op") == 2
    assert "Uw jaaroverzicht" not in text  # it is for later


def test_each_says_where_in_mijn_it_stands(helga_at):
    told(helga_at, Kind.INSIGHT, Kind.REQUEST)
    links = helga_at.goes(PAGE).page.links
    assert links["Naar wie uw gegevens gebruikte"] == "/mijn/gebruik/"
    assert links["Naar Wat deel ik?"] == "/mijn/delen/"
    assert helga_at.follows("Naar wie uw gegevens gebruikte").status == 200


def test_every_kind_has_a_place_that_is_there():
    for name, _words in [SHARING, *PLACES.values()]:
        assert reverse(name)


def test_mail_that_came_back_is_said_with_the_letter_that_goes_instead(helga_at):
    with acting_for(helga_at.municipality), transaction.atomic():
        gives(helga_at.session)
    told(helga_at)
    with acting_for(helga_at.municipality), transaction.atomic():
        row = Notice.objects.get(kind=Kind.GIVEN)
        Notice.objects.filter(id=row.id).update(state=State.BOUNCED, came_back=timezone.now(), why="5.1.1")
    text = helga_at.goes(PAGE).text
    assert "De e-mail kwam terug op" in text
    assert "Klopt uw e-mailadres nog?" in text


def test_nobody_sees_what_another_was_told(helga_at, offering):
    told(helga_at, Kind.INSIGHT)
    other = Browser(offering, somebody())
    assert "Hier staat nog geen mail of brief" in other.goes(PAGE).text


def test_many_are_on_pages_and_cost_no_more_queries_than_one(helga_at):
    told(helga_at, Kind.INSIGHT)
    helga_at.goes(PAGE)
    with CaptureQueriesContext(connection) as one:
        helga_at.goes(PAGE)
    told(helga_at, *[Kind.INSIGHT] * 24)
    with CaptureQueriesContext(connection) as many:
        helga_at.goes(PAGE)
    assert len(many) == len(one)
    assert "Bladzijde 1 van 2" in helga_at.text
    assert "Bladzijde 2 van 2" in helga_at.follows("Oudere berichten").text
    assert helga_at.goes(PAGE + "?bladzijde=onzin").status == 200
