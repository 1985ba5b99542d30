"""The desk as its own process: hears of a grant, reads it with its own key, and erases when told."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import monotonic
from urllib.parse import urlsplit

import httpx
import pytest
from django.core import mail
from django.db import transaction

from demo.consumer import key_in, public_keys
from demo.content.purposes.buurtbudget_16 import neighbourhood_vote
from demo.desk.page import Message, messages_in, page
from demo.desk.portal import SLUG
from demo.desk.shelf import Item, Shelf
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing import grants, purposes
from portal.sharing.models import Consumer, Duty
from portal.sharing.sweeper import sweep
from portal.usage.models import Use
from tests.sharing.conftest import gives, new_session
from tests.sharing.conftest import offering as offering

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 30.0


@pytest.fixture
def desk(tmp_path, live_server, offering: Municipality, settings) -> Iterator[httpx.Client]:
    """The process, introduced to the portal that serves on `live_server`."""
    settings.ERASURE_LIST = str(tmp_path / "erasures.jsonl")
    settings.PUBLIC_PORT = str(urlsplit(live_server.url).port)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with acting_for(offering), transaction.atomic():
        events = f"http://127.0.0.1:{port}/events/zandmeer"
        keys = public_keys(key_in(tmp_path / "desk"))
        Consumer.objects.filter(slug=SLUG).update(events_url=events, jwks=keys)
    command = [sys.executable, "-m", "demo.desk", "--port", str(port), "--state", str(tmp_path)]
    command += ["--portal-port", settings.PUBLIC_PORT, "--sms-token", "demo-token"]
    process = subprocess.Popen(command, cwd=ROOT)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        end = monotonic() + PATIENCE
        while True:
            try:
                client.get("/healthz").raise_for_status()
                break
            except httpx.HTTPError:
                assert monotonic() < end, "the desk did not start"
                Event().wait(0.05)
        yield client
    process.terminate()
    assert process.wait(PATIENCE) == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_shared_arrives_at_the_desk_and_is_erased_there_when_the_resident_stops(desk, offering):
    with acting_for(offering), transaction.atomic():
        session = new_session()
        grant = gives(session)
    sweep(offering)
    assert "helga@voorbeeld.example" in desk.get("/").text
    assert desk.get("/items.json").json()[0]["values"]["email"] == "helga@voorbeeld.example"

    with acting_for(offering), transaction.atomic():
        grants.withdraw(session, grant.id)
    sweep(offering)
    shown = desk.get("/").text
    assert "De inwoner is gestopt met delen. Wij hebben de gegevens gewist." in shown
    assert "helga@voorbeeld.example" not in shown
    with acting_for(offering), transaction.atomic():
        assert Duty.objects.get(event="ingetrokken").confirmed is not None


@pytest.mark.django_db(transaction=True)
def test_what_was_stopped_before_the_desk_came_is_never_read(desk, offering):
    with acting_for(offering), transaction.atomic():
        session = new_session()
        grants.withdraw(session, gives(session).id)
    sweep(offering)
    [item] = desk.get("/items.json").json()
    assert (item["values"], item["state"]) == ({}, "ingetrokken")


@pytest.mark.django_db(transaction=True)
def test_text_messages_are_shown_and_taken_only_with_the_token(desk):
    message = {"to": "+31612345678", "text": "Uw code is <b>123456</b>."}
    assert desk.post("/sms", json=message).status_code == 403
    assert desk.post("/sms", json=message, headers={"Authorization": "Token demo-token"}).status_code == 202
    assert "Uw code is &lt;b&gt;123456&lt;/b&gt;." in desk.get("/").text


@pytest.mark.django_db(transaction=True)
def test_the_desk_answers_strictly(desk):
    answer = desk.get("/")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    for part in ("/desk.css", "/desk.js"):
        assert desk.get(part).status_code == 200
    assert desk.get("/", headers={"Host": "elders.example"}).status_code == 421
    for body in ("x", "[]", '{"type": "nl.zandmeer.toestemming.gegeven"}'):
        assert desk.post("/events/zandmeer", content=body).status_code == 400
    assert desk.post("/events/elders", json={}).status_code == 404


def test_what_the_desk_knows_survives_a_start(tmp_path):
    Shelf(tmp_path / "shelf.json").put(Item("g", "zandmeer", "Doel", {"email": "h@voorbeeld.example"}))
    again = Shelf(tmp_path / "shelf.json")
    assert again.items()[0].values == {"email": "h@voorbeeld.example"}
    again.erase("g", "zandmeer", "ingetrokken")
    again.erase("g", "zandmeer", "niet gelezen")  # an event that comes late changes nothing
    assert Shelf(tmp_path / "shelf.json").items()[0].state == "ingetrokken"
    assert "voorbeeld" not in (tmp_path / "shelf.json").read_text()


def test_mails_of_the_demo_are_read_as_they_were_sent(tmp_path, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    mail.send_mail("Uw code voor gemeente Zandmeer", "Uw code is 123456.\nCafé – ja.", None, ["h@x.example"])
    assert messages_in(tmp_path) == [
        Message("h@x.example", "Uw code voor gemeente Zandmeer", "Uw code is 123456.\nCafé – ja.")
    ]


def test_everything_on_the_page_is_escaped():
    nasty = "<script>x</script>"
    shown = page([Item(nasty, nasty, nasty, {nasty: nasty})], {}, [Message(nasty, nasty, nasty)])
    assert nasty not in shown
    assert json.dumps(nasty)[1:-1] not in shown


def test_a_word_of_the_wallet_is_shown_in_dutch():
    shown = page(
        [Item("g", "zandmeer", "Maatje worden", {"over18": "yes"}, {"over18": "18 jaar of ouder"})], {}, []
    )
    assert "<dt>18 jaar of ouder</dt><dd>Ja</dd>" in shown


def test_its_main_part_starts_with_the_heading_of_the_page():
    assert "<main><header><div><h1>" in page([], {}, [])


@pytest.mark.django_db(transaction=True)
def test_what_may_be_read_once_waits_until_somebody_needs_it_and_is_read_as_the_team_that_asked(
    desk, offering
):
    with acting_for(offering), transaction.atomic():
        keys = Consumer.objects.get(slug=SLUG).jwks
        events = Consumer.objects.get(slug=SLUG).events_url + "/team-wijken"
        Consumer.objects.create(
            municipality=offering,
            slug="team-wijken",
            name="Team Wijken van gemeente Zandmeer",
            jwks=keys,
            events_url=events,
            purposes=["buurtbudget-16"],
        )
        vote = neighbourhood_vote("Zandmeer", "1") | {"consumer": "team-wijken"}
        purposes.publish("buurtbudget-16", vote)
        grant = gives(new_session(), "buurtbudget-16", {"over16": "yes", "lives_here": "Zandmeer"})
    sweep(offering)
    shown = desk.get("/").text
    assert "Dit mag één keer gelezen worden." in shown
    assert "<h3>Stemmen over het buurtbudget</h3>" in shown
    assert "Team Wijken, gemeente Zandmeer" in shown
    with acting_for(offering), transaction.atomic():
        assert not Use.objects.exists()

    assert desk.post("/read", data={"grant": str(grant.id)}, headers={"Origin": "http://x"}).is_error
    assert desk.post("/read", data={"grant": "x"}).status_code == 404
    for _twice in range(2):
        assert desk.post("/read", data={"grant": str(grant.id)}).status_code == 303
    assert "<dd>Zandmeer</dd>" in desk.get("/").text
    with acting_for(offering), transaction.atomic():
        assert Use.objects.get().who == "Team Wijken van gemeente Zandmeer"


@pytest.mark.django_db(transaction=True)
def test_what_was_read_its_one_time_is_erased_when_the_portal_says_that_it_is_over(desk):
    known = {"data": {"toestemming": "00000000-0000-4000-8000-000000000001"}}
    event = {"type": "nl.zandmeer.toestemming.verbruikt", **known}
    assert desk.post("/events/zandmeer/team-wijken", json=event).status_code == 503  # who is not known there
    assert "Eén keer gelezen. Wij hebben de gegevens gewist." in desk.get("/").text
    assert desk.post("/events/zandmeer/niemand", json=event).status_code == 404
