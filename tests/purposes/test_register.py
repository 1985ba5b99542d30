"""The public register: every purpose and every version, at an address that stays."""

import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from demo.content.purposes import buddy
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing import purposes
from portal.usage.activities import TASKS
from tests.texts import message_by_email

pytestmark = pytest.mark.django_db
HOST = {"host": "zandmeer.localhost"}


@pytest.fixture
def offering(zandmeer: Municipality) -> Municipality:
    """Zandmeer with two purposes, one of them in two versions."""
    with acting_for(zandmeer), transaction.atomic():
        purposes.publish("maatje-18", buddy("Zandmeer", "1"))
        purposes.publish("maatje-18", buddy("Zandmeer", "2"))
        purposes.publish("digitaal-bericht", message_by_email("Zandmeer", "1"))
    return zandmeer


def page(client, path: str) -> str:
    answer = client.get(path, headers=HOST)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_all_purposes_are_listed_by_ground_with_who_why_and_how_long(client, offering):
    text = page(client, "/register/")
    for part in (
        "Alleen als u ja zegt", "Van de wet, en alleen als u ja zegt", "Maatje worden", "team Vrijwilligers",
        "Algemene wet bestuursrecht, artikel 2:8", "daarna 1 maand", "/register/maatje-18/2/",
    ):  # fmt: skip
        assert part in text
    assert "/register/maatje-18/1/" not in text


def test_an_old_version_stays_at_its_address_and_says_that_it_is_old(client, offering):
    assert "Dit is een oude tekst" in page(client, "/register/maatje-18/1/")
    assert "Bel 1" in page(client, "/register/maatje-18/1/")
    assert "Dit is een oude tekst" not in page(client, "/register/maatje-18/2/")


def test_the_address_of_a_version_is_its_processing_activity(client, offering):
    with acting_for(offering):
        activity = purposes.newest("maatje-18", "nl").activity
    record = json.loads(page(client, "/register/maatje-18/2.json"))
    assert record["verwerkingsactiviteit"] == activity
    assert activity.endswith("/register/maatje-18/2/")


def test_a_machine_reads_the_same_as_a_resident(client, offering):
    record = json.loads(page(client, "/register/maatje-18/1.json"))
    text = page(client, "/register/maatje-18/1/")
    for name in ("naam", "wie", "wat", "waarvoor", "bewaartermijn", "contact"):
        assert record[name] in text, name
    whole = json.loads(page(client, "/register/alles.json"))
    assert record in whole["register"]
    assert len(whole["register"]) == 3


def test_a_recall_shows_at_once_though_pages_are_stored(client, offering):
    assert "ingetrokken" not in page(client, "/register/maatje-18/1/")
    with acting_for(offering), transaction.atomic():
        purposes.recall("maatje-18", "Ingrid", "De tekst klopte niet.")
    assert "De tekst klopte niet." in page(client, "/register/maatje-18/1/")
    assert json.loads(page(client, "/register/maatje-18/2.json"))["stand"] == "ingetrokken"


def test_a_new_version_shows_at_once_though_pages_are_stored(client, offering):
    assert "Dit is een oude tekst" not in page(client, "/register/maatje-18/2/")
    with acting_for(offering), transaction.atomic():
        purposes.publish("maatje-18", buddy("Zandmeer", "3"))
    assert "Dit is een oude tekst" in page(client, "/register/maatje-18/2/")


def test_a_stored_page_costs_one_query(client, offering):
    page(client, "/register/")
    with CaptureQueriesContext(connection) as asked:
        page(client, "/register/")
    # Telling the database whose turn it is happens since the test is one transaction.
    assert len([one for one in asked if "set_config" not in one["sql"]]) == 1


def test_a_purpose_without_a_number_leads_to_its_newest_text_also_when_it_was_taken_back(client, offering):
    assert client.get("/register/maatje-18/", headers=HOST)["Location"] == "/register/maatje-18/2/"
    with acting_for(offering), transaction.atomic():
        purposes.recall("maatje-18", "Ingrid", "De tekst klopte niet.")
    answer = client.get("/en/register/maatje-18/", headers=HOST, follow=True)
    assert answer.redirect_chain[-1][0] == "/en/register/maatje-18/2/"
    assert "De tekst klopte niet." in answer.content.decode()


@pytest.mark.parametrize("task", TASKS, ids=[task.slug for task in TASKS])
def test_a_task_of_the_municipality_itself_stands_at_its_address_for_people_and_machines(
    client, offering, task
):
    assert task.path in page(client, "/register/")
    text = page(client, task.path)
    record = json.loads(page(client, f"{task.path.rstrip('/')}.json"))
    assert record in json.loads(page(client, "/register/alles.json"))["taken"]
    for name in ("verwerkingsactiviteit", "naam", "wie", "wat", "waarvoor", "wet", "bewaartermijn"):
        assert record[name] in text, name
    with acting_for(offering):
        assert record["verwerkingsactiviteit"] == task.address
    assert page(client, f"/en{task.path}")


@pytest.mark.parametrize(
    "path",
    ["taak/niets/1/", "taak/post/2/", "maatje-18/9/", "maatje-18/0/", "nee/1/", "nee/", "maatje-18/9.json"],
)
def test_what_never_was_is_not_there(client, offering, path):
    assert client.get(f"/register/{path}", headers=HOST).status_code == 404


def test_another_municipality_has_its_own_register(client, offering, veldrecht):
    answer = client.get("/register/maatje-18/1/", headers={"host": "veldrecht.localhost"})
    assert answer.status_code == 404


def test_it_is_there_in_english_too(client, offering):
    assert "Become a buddy" in page(client, "/en/register/maatje-18/1/")
