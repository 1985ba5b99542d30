"""“Wie gebruikte mijn gegevens?”: every use in plain words, by team, with its ground; filtered and paged."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from demo.content.purposes.adres_parkeren import address_for_parking
from portal.municipalities.acting import acting_for
from portal.sharing import purposes, use
from portal.usage import timeline
from tests.sharing.browser import Browser
from tests.sharing.conftest import HELGA, gives, somebody

from .conftest import used

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/mijn/gebruik/"


def test_when_nobody_used_anything_that_is_said(ayse):
    text = ayse.goes(PAGE).text
    assert "Nog niemand gebruikte uw gegevens via deze site." in text
    assert "Laat zien" not in text


def test_a_use_by_law_shows_the_team_what_for_which_law_which_case_and_what(ayse, zandmeer):
    used(zandmeer, ayse.session.subject, zaak="ZM-0032")
    text = ayse.goes(PAGE).text
    for words in (
        "Team Parkeren", "Nieuw adres, zelfde vergunning", "Wet BRP, artikel 1.7", "Adres", "ZM-0032",
    ):  # fmt: skip
        assert words in text, words
    assert "Bekijk wat u deelt" not in ayse.page.links


def test_a_use_by_a_yes_shows_its_labels_and_leads_to_what_is_shared(offering, desk_at):
    helga_at = Browser(offering, HELGA)
    with acting_for(offering), transaction.atomic():
        grant = gives(helga_at.session)
        use.read(desk_at.row, grant.id)
    helga_at.goes(PAGE)
    assert "U zei hier ja tegen." in helga_at.text
    assert "E-mailadres, Mobiel nummer" in helga_at.text
    helga_at.follows("Bekijk wat u deelt")
    assert helga_at.h1 == "Gelukt. Dit is uw bewijs"
    assert "Vraag hierover" in helga_at.text


def test_nobody_sees_the_uses_of_another(ayse, zandmeer):
    used(zandmeer, ayse.session.subject)
    other = Browser(zandmeer, somebody())
    assert "Nog niemand" in other.goes(PAGE).text


def test_a_purpose_and_a_time_can_be_chosen(ayse, zandmeer):
    me = ayse.session.subject
    used(zandmeer, me)
    used(zandmeer, me, 40, who="Team Belastingen", purpose="WOZ")
    used(zandmeer, me, 400, who="Team Burgerzaken", purpose="WOZ")
    ayse.goes(PAGE + "?doel=WOZ&periode=3m")
    assert "Team Belastingen" in ayse.text
    assert "Team Parkeren" not in ayse.text
    assert "Team Burgerzaken" not in ayse.text
    ayse.goes(PAGE + "?periode=30d&doel=WOZ")
    assert "In deze keuze staat geen gebruik." in ayse.text
    ayse.follows("Laat alles zien")
    assert "Team Burgerzaken" in ayse.text


@pytest.mark.parametrize(
    "query", ["?doel=onbekend", "?periode=zo%00", "?bladzijde=-1", "?doel[]=x&bladzijde=9e9"]
)
def test_a_choice_that_is_not_offered_shows_everything(ayse, zandmeer, query):
    used(zandmeer, ayse.session.subject)
    ayse.goes(PAGE + query)
    assert ayse.status == 200
    assert "Team Parkeren" in ayse.text


def test_many_uses_are_on_pages_keep_the_choice_and_cost_no_more_queries(ayse, zandmeer):
    me = ayse.session.subject
    used(zandmeer, me)
    ayse.goes(PAGE)
    with CaptureQueriesContext(connection) as one:
        ayse.goes(PAGE)
    for number in range(24):
        used(zandmeer, me, number)
    with CaptureQueriesContext(connection) as many:
        ayse.goes(PAGE + "?periode=12m")
    assert len(many) == len(one)
    assert "Bladzijde 1 van 2" in ayse.text
    ayse.follows("Ouder gebruik")
    assert "Bladzijde 2 van 2" in ayse.text
    assert "periode=12m" in ayse.address


def test_the_page_is_found_by_an_index(ayse, zandmeer):
    with acting_for(zandmeer), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = timeline.of(ayse.session.subject, "", timezone.now() - timedelta(days=30))[:20].explain()
    # Which of the indexes depends on how full the table is; that there is one does not.
    assert "Index" in plan
    assert "Seq Scan" not in plan


def test_it_stands_in_the_menu_of_mijn_and_works_in_english(ayse, zandmeer):
    used(zandmeer, ayse.session.subject)
    ayse.goes(PAGE)
    assert ayse.page.links["Wie gebruikte mijn gegevens?"] == PAGE
    assert ayse.goes("/en" + PAGE).status == 200


@pytest.fixture
def parking_offered(zandmeer):
    with acting_for(zandmeer), transaction.atomic():
        purposes.publish("adres-parkeren", address_for_parking("Zandmeer", "1"))


def test_in_english_a_purpose_is_called_as_it_was_written_in_english(ayse, zandmeer, parking_offered):
    used(zandmeer, ayse.session.subject)
    html = ayse.goes("/en" + PAGE).page.html
    assert '<span lang="en">New address, same permit</span>' in html
    assert '<span lang="en">BRP Act, article 1.7.' in html
    assert '<span lang="en">Address</span>' in html
    assert ">New address, same permit</option>" in html
    assert "Wet BRP" not in html
    assert 'lang="nl">Team Parkeren</h' in html
    assert "New address, same permit" in ayse.goes("/en" + PAGE + "?doel=Nieuw adres, zelfde vergunning").text


def test_in_english_what_is_only_in_dutch_says_that_it_is_dutch(ayse, zandmeer):
    used(zandmeer, ayse.session.subject, activity="http://zandmeer.localhost/register/stempas/1/")
    html = ayse.goes("/en" + PAGE).page.html
    for words in ("Nieuw adres, zelfde vergunning", "Wet BRP, artikel 1.7", "Adres"):
        assert f'<span lang="nl">{words}</span>' in html
    assert re.search(r'<option value="Nieuw adres, zelfde vergunning" lang="nl">', html)


def test_the_last_three_months_are_months_of_the_calendar(ayse, zandmeer, clock):
    clock.time = datetime(2027, 5, 31, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    ayse.signs_in()
    for day, team in ((28, "Team Februari"), (27, "Team Eerder")):
        used(zandmeer, ayse.session.subject, who=team, at=clock().replace(month=2, day=day, hour=13))
    ayse.goes(PAGE + "?periode=3m")
    assert "Team Februari" in ayse.text
    assert "Team Eerder" not in ayse.text
