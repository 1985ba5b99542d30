"""The resident's side of a question: on the overview, read, answered or muted; and what a register gives."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from demo.content.purposes.wijkteam_samen import one_story
from demo.content.residents import TINA
from demo.registers import sociaal
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import connect
from portal.registers import asked_beside
from portal.sharing import from_registers, purposes
from portal.sharing.models import Muted, Request
from tests.mijn.conftest import connected
from tests.registers.taken.conftest import vtb, vtb_connection
from tests.sharing.browser import Browser, Page
from tests.sharing.conftest import new_session, somebody

from .conftest import HELGA

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["vtb"]
TASKS = "/mijn/taken/"
ASKED = "Team Dienstverlening vraagt u iets te delen"


@pytest.fixture
def helga_at(offering) -> Browser:
    return Browser(offering, HELGA)


def test_a_question_is_a_task_leads_to_the_explanation_and_counts_as_seen(system, helga_at, offering):
    asked = system.asks(zaak="ZM-0507").json()
    assert ASKED in _overview(helga_at)
    helga_at.goes("/mijn/delen/").follows(ASKED)
    assert "ZM-0507" in helga_at.text
    assert system.call("GET", f"toestemmingsverzoeken/{asked['id']}").json()["toestand"] == "getoond"
    helga_at.follows("Lees de vraag en kies")
    assert helga_at.address == f"/mijn/delen/starten/digitaal-bericht/?verzoek={_row(offering).id}"


def test_it_stands_among_the_tasks_where_no_register_of_tasks_is_and_when_that_is_down(
    system, helga_at, offering
):
    assert helga_at.client.get(TASKS).status_code == 503
    system.asks()
    alone = helga_at.goes(TASKS)
    assert alone.status == 200
    assert "nog niet op deze site" not in alone.text
    with acting_for(offering), transaction.atomic():
        last = Request.objects.get().expires - timedelta(microseconds=1)
        day = date_format(localtime(last), "j F Y")
        connect("taken", "Taken", "http://127.0.0.1:1/", {"token": "t"}, {"back_end": "open-vtb"})
    beside_a_fault = helga_at.goes(TASKS)
    assert beside_a_fault.status == 200
    assert "Uw taken zijn nu niet te zien." in beside_a_fault.text
    assert f"U kunt antwoorden tot en met {day}. Het hoeft niet." in beside_a_fault.text
    beside_a_fault.follows(ASKED)
    assert helga_at.address == f"/mijn/delen/vragen/{_row(offering).id}/"


def test_what_is_asked_beside_costs_the_page_of_tasks_two_queries_and_no_call(
    system, helga_at, offering, vtb, monkeypatch
):
    connected(offering, vtb_connection(vtb, "9901"))
    for _again in range(2):
        system.asks()
    helga_at.client.get(TASKS)
    calls = len(vtb.calls)
    with CaptureQueriesContext(connection) as with_questions:
        helga_at.client.get(TASKS)
    assert len(vtb.calls) == 2 * calls
    monkeypatch.setattr(asked_beside, "_tellers", [])
    with CaptureQueriesContext(connection) as without:
        helga_at.client.get(TASKS)
    assert _asking(with_questions) == _asking(without) + 2  # questions, and what is to choose again


def test_the_overview_shows_three_and_leads_to_the_rest(system, helga_at):
    for _again in range(4):
        system.asks()
    page = Page(_overview(helga_at))
    assert page.text.count("Het hoeft niet.") == 3
    assert "Er is nog 1 vraag aan u." in page.text
    assert helga_at.goes(page.links["Bekijk alle vragen aan u"]).text.count("Het hoeft niet.") == 4


def test_asking_no_more_hides_it_and_may_be_undone(system, helga_at, offering):
    system.asks()
    helga_at.goes(f"/mijn/delen/vragen/{_row(offering).id}/").presses("Ik wil geen vragen meer van dit team")
    assert "U kunt antwoorden" not in helga_at.text
    helga_at.follows("Naar Wat deel ik?")
    assert helga_at.address == "/mijn/delen/"
    assert ASKED not in _overview(helga_at)
    helga_at.goes("/mijn/delen/")
    assert "Deze teams vragen u niets meer" in helga_at.text
    helga_at.presses("Dit team mag mij weer iets vragen")
    assert "Dit team mag u weer iets vragen." in helga_at.text
    assert ASKED in _overview(helga_at)
    with acting_for(offering), transaction.atomic():
        assert not Muted.objects.exists()


def test_a_question_that_is_over_says_how(system, helga_at, offering, clock):
    system.asks()
    page = f"/mijn/delen/vragen/{_row(offering).id}/"
    helga_at.goes(page).follows("Lees de vraag en kies").presses("Nee, niet delen")
    assert "Het team ziet alleen dat u nee zei." in helga_at.text
    assert "Wij bewaren niets." not in helga_at.text
    assert "U zei nee op deze vraag." in helga_at.goes(page).text
    assert helga_at.h1 == "Team Dienstverlening vroeg u iets te delen"
    for state, words in (
        ("approved", "U zei ja op deze vraag."),
        ("withdrawn", "Het team vraagt dit niet meer."),
    ):
        _became(offering, state)
        assert words in helga_at.goes(page).text
    _became(offering, "presented")
    assert "Lees de vraag en kies" in helga_at.goes(page).page.links
    clock.time += timedelta(days=20)
    assert "De tijd om te antwoorden is om." in Browser(offering, HELGA).goes(page).text


def test_a_moment_that_a_system_chose_is_told_as_a_moment(system, helga_at, offering):
    system.asks(antwoordVoor=(timezone.now() + timedelta(days=3)).isoformat())
    moment = date_format(localtime(_row(offering).expires), "j F Y, H:i")
    assert f"tot {moment} uur" in helga_at.goes(f"/mijn/delen/vragen/{_row(offering).id}/").text


def test_a_question_to_another_is_as_unknown_as_none(system, helga_at, offering):

    system.asks(burgerservicenummer=somebody().reveal())
    assert helga_at.goes(f"/mijn/delen/vragen/{_row(offering).id}/").status == 404


def test_the_social_register_tells_what_is_asked_of_this_person_and_no_more(offering):
    with sociaal.demo_register("a token") as register:
        with acting_for(offering), transaction.atomic():
            connect("sociaal", "Sociaal", register.url, {"token": "a token"}, {})
            purposes.publish("wijkteam-samen", one_story("Zandmeer", "(0999) 12 34 56"))
            tina, other = new_session(BSN(TINA.bsn)), new_session()
            version = purposes.newest("wijkteam-samen", "nl")
        assert version is not None
        asked = [version.attribute("uitkering"), version.attribute("contactpersoon")]
        with acting_for(offering):
            told = from_registers.known(tina, asked)
            assert told == {"uitkering": "Ja", "contactpersoon": "M. Jansen, team Werk en Inkomen"}
            assert from_registers.known(other, asked) == {"uitkering": "Nee", "contactpersoon": "Niemand"}
            register.misbehave("500")
            with pytest.raises(from_registers.RegisterSilent):
                from_registers.known(tina, asked)


def _became(offering, state: str) -> None:
    with acting_for(offering), transaction.atomic():
        Request.objects.update(state=state)


def _asking(captured: CaptureQueriesContext) -> int:
    return sum(one["sql"].startswith("SELECT") and "set_config" not in one["sql"] for one in captured)


def _overview(helga_at: Browser) -> str:
    return b"".join(helga_at.client.get("/mijn/").streaming_content).decode()


def _row(offering) -> Request:
    with acting_for(offering), transaction.atomic():
        return Request.objects.get()
