"""The resident's side of a question: on the overview, read, answered or muted; and what a register gives."""

import pytest
from django.db import transaction

from demo.content.purposes.wijkteam_samen import one_story
from demo.content.residents import TINA
from demo.registers import sociaal
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import connect
from portal.sharing import from_registers, purposes
from portal.sharing.models import Muted, Request
from tests.sharing.browser import Browser
from tests.sharing.conftest import new_session, somebody

from .conftest import HELGA

pytestmark = pytest.mark.django_db(transaction=True)
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


def test_asking_no_more_hides_it_and_may_be_undone(system, helga_at, offering):
    system.asks()
    helga_at.goes(f"/mijn/delen/vragen/{_row(offering).id}/").presses("Vraag mij dit niet meer")
    assert "U kunt antwoorden tot" not in helga_at.text
    helga_at.follows("Naar Wat deel ik?")
    assert helga_at.address == "/mijn/delen/"
    assert ASKED not in _overview(helga_at)
    helga_at.goes("/mijn/delen/")
    assert "Deze teams vragen u niets meer" in helga_at.text
    helga_at.presses("Dit team mag mij weer iets vragen")
    assert ASKED in _overview(helga_at)
    with acting_for(offering), transaction.atomic():
        assert not Muted.objects.exists()


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


def _overview(helga_at: Browser) -> str:
    return b"".join(helga_at.client.get("/mijn/").streaming_content).decode()


def _row(offering) -> Request:
    with acting_for(offering), transaction.atomic():
        return Request.objects.get()
