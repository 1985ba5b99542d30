"""What consumers hear: a feed in order that misses nothing, and signed messages, tried for a day."""

import base64
import hashlib
import json
from datetime import timedelta
from io import StringIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.sharing import feed, grants, requests, sweeper, telling
from portal.sharing.models import Consumer, Duty
from portal.sharing.overdue import overdue
from tests.sharing.conftest import gives
from tests.sharing.test_later import erasure_list as erasure_list
from tests.sharing.test_later import listener as listener

from .test_questions import answers

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(system, after: int = 0) -> list[str]:
    got = system.call("GET", f"gebeurtenissen?na={after}").json()
    return [one["soort"] for one in got["gebeurtenissen"]]


def test_the_feed_tells_in_order_what_became_of_questions_and_grants(system, offering, helga, clock):
    system.asks()
    answers(helga, offering, given=False)
    clock.move(seconds=1)
    asked = system.asks().json()
    grant = answers(helga, offering)
    clock.move(seconds=1)
    with acting_for(offering), transaction.atomic():
        grants.withdraw(helga, grant.id)
    clock.move(seconds=1)
    system.call("POST", f"toestemmingen/{grant.id}/gewist")
    system.asks()
    clock.move(days=15)
    with acting_for(offering), transaction.atomic():
        assert requests.end_over(clock.time) == 1
        assert requests.end_over(clock.time) == 0
    assert kinds(system) == ["geweigerd", "gegeven", "ingetrokken", "gewist", "verlopen"]
    assert kinds(system, 3) == ["gewist", "verlopen"]
    got = system.call("GET", "gebeurtenissen?na=1&aantal=1")
    (event,) = got.json()["gebeurtenissen"]
    assert (event["verzoek"], event["toestemming"]) == (asked["id"], str(grant.id))
    assert got.json()["volgende"] == 2
    assert "voorbeeld" not in got.content.decode()


def test_a_consumer_reads_its_own_events_only(system, other_system, offering, helga):
    system.asks()
    answers(helga, offering)
    assert kinds(other_system) == []


def test_what_is_committed_later_comes_later_however_early_it_began(system, offering, helga, clock):
    """A grant whose transaction began before, and ends after, somebody read the feed."""
    with acting_for(offering), transaction.atomic():
        gives(helga)
    assert kinds(system) == ["gegeven"]
    with acting_for(offering), transaction.atomic():
        late = Duty.objects.filter(kind=Duty.TELL_CONSUMER).get()
        Duty.objects.create(
            municipality=offering, kind=Duty.TELL_CONSUMER, event="ingetrokken", grant=late.grant,
            consumer=late.consumer, due=late.due, since=late.since - timedelta(minutes=1),
        )  # fmt: skip
    assert kinds(system, 1) == ["ingetrokken"]


@pytest.mark.parametrize("query", ["na=-1", "na=x", "na=99999999999999999999", "aantal=0", "aantal=501"])
def test_a_cursor_that_is_none_is_refused(system, query):
    assert system.call("GET", f"gebeurtenissen?{query}").status_code == 400


def test_messages_are_signed_by_the_municipality_and_hold_no_value(offering, helga, listener, system):
    with acting_for(offering), transaction.atomic():
        gives(helga)
    sweeper.sweep(offering)
    (event,) = listener.heard
    assert event["source"] == "urn:nld:gemeentecode:9901:systeem:mijn"
    assert event["sequence"] == "1"
    assert "voorbeeld" not in json.dumps(event)
    with acting_for(offering), transaction.atomic():
        about = feed.after(Consumer.objects.get(), 0, 1, ["digitaal-bericht", "maatje-18"])[0]
        message = telling.prepared("https://x.example/y", about, offering, timezone.now())
    keys = {one["kid"]: one for one in system.client.get("/api/v1/sleutels").json()["keys"]}
    assert verified(message, keys)
    changed = telling.Message(message.url, message.body + b" ", message.headers)
    assert not verified(changed, keys)
    elsewhere = telling.Message("https://z.example/y", message.body, message.headers)
    assert not verified(elsewhere, keys)


def verified(message: telling.Message, keys) -> bool:
    """A consumer's own check, written from RFC 9421 and 9530 and not from our code."""
    digest = base64.b64encode(hashlib.sha256(message.body).digest()).decode()
    if message.headers["Content-Digest"] != f"sha-256=:{digest}:":
        return False
    label, _is, parameters = message.headers["Signature-Input"].partition("=")
    kid = parameters.partition('keyid="')[2].partition('"')[0]
    base = (
        f'"@method": POST\n"@target-uri": {message.url}\n'
        f'"content-digest": {message.headers["Content-Digest"]}\n'
        f'"content-type": {message.headers["Content-Type"]}\n'
        f'"@signature-params": {parameters}'
    )
    signature = base64.b64decode(message.headers["Signature"].removeprefix(f"{label}=:").removesuffix(":"))
    public = base64.urlsafe_b64decode(keys[kid]["x"] + "=")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, base.encode())
    except Exception:
        return False
    return True


def test_the_signature_base_is_that_of_the_standards_own_example():
    """RFC 9421 B.2.6, with its Ed25519 key."""
    covered = [
        ("date", "Tue, 20 Apr 2021 02:07:55 GMT"), ("@method", "POST"), ("@path", "/foo"),
        ("@authority", "example.com"), ("content-type", "application/json"), ("content-length", "18"),
    ]  # fmt: skip
    names = " ".join(f'"{name}"' for name, _value in covered)
    base = telling.signature_base(covered, f'({names});created=1618884473;keyid="test-key-ed25519"')
    signature = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
    public = base64.urlsafe_b64decode("JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs=")
    Ed25519PublicKey.from_public_bytes(public).verify(base64.b64decode(signature), base)


def test_telling_is_given_up_after_a_day_and_operators_see_it(offering, helga, clock, erasure_list):
    with acting_for(offering), transaction.atomic():
        grants.withdraw(helga, gives(helga).id)
    sweeper.sweep(offering)  # nobody listens there
    assert seen() == ""
    clock.move(hours=25)
    sweeper.sweep(offering)
    with acting_for(offering), transaction.atomic():
        assert [one.what for one in overdue(clock.time)] == ["not_told"]
        assert Duty.objects.get(kind=Duty.LIST_ERASURE).done
    sweeper.sweep(offering)
    clock.move(days=7)
    assert "could not be told" in seen()
    assert "did not confirm an erasure" in seen()


def test_an_erasure_that_cannot_be_listed_is_seen_within_an_hour(offering, helga, clock, settings, tmp_path):
    (tmp_path / "full").touch()
    settings.ERASURE_LIST = str(tmp_path / "full" / "erasures.jsonl")  # no folder, so nothing can be added
    with acting_for(offering), transaction.atomic():
        grants.withdraw(helga, gives(helga).id)
    sweeper.tidy(offering)
    assert seen() == ""
    clock.move(hours=1)
    sweeper.tidy(offering)
    assert "zandmeer: an erasure is not on the erasure list since" in seen()
    settings.ERASURE_LIST = str(tmp_path / "erasures.jsonl")
    clock.move(hours=1)
    sweeper.tidy(offering)
    assert "erasure list" not in seen()


def seen() -> str:
    out = StringIO()
    try:
        call_command("duties", stdout=out)
    except SystemExit:
        return out.getvalue()
    return ""


def test_a_confirmed_erasure_is_no_alarm(offering, helga, clock, system, erasure_list):
    with acting_for(offering), transaction.atomic():
        grant = gives(helga)
        grants.withdraw(helga, grant.id)
    sweeper.tidy(offering)
    system.call("POST", f"toestemmingen/{grant.id}/gewist")
    clock.move(days=30)
    with acting_for(offering), transaction.atomic():
        assert not overdue(clock.time)


def test_erasures_are_listed_in_a_turn_that_asks_no_consumer(offering, helga, listener, erasure_list):
    with acting_for(offering), transaction.atomic():
        grants.withdraw(helga, gives(helga).id)
    assert sweeper.tidy(offering) == 1
    assert not listener.heard
    assert sweeper.tell(offering) == 2


def test_a_consumer_without_an_address_reads_the_feed_and_is_no_alarm(offering, helga, clock, system):
    with acting_for(offering), transaction.atomic():
        Consumer.objects.update(events_url="")
        gives(helga)
    assert sweeper.tell(offering) == 1
    assert kinds(system) == ["gegeven"]
