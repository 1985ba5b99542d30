"""The demo's registers as the presenter and the demo's starter meet them."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from datetime import date
from pathlib import Path
from time import monotonic

import httpx
import pytest

from demo.content.case_types import CASE_TYPES
from demo.content.cases import CASES
from demo.content.residents import CODES, RESIDENTS
from demo.content.wallets import holders, wallet_attributes
from demo.irma.scheme import CREDENTIALS
from demo.registers.faults import FAULTS
from demo.registers.serving import Register
from demo.state import secrets_of
from portal.municipalities.bsn import BSN

from .conftest import brp_connection


@pytest.mark.parametrize("name", ["brp", "zaken"])
def test_a_register_starts_by_itself_and_stops_at_once(name: str, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", f"demo.registers.{name}", "--port", str(port), "--state", str(tmp_path)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert _healthy(f"http://127.0.0.1:{port}/healthz", running)
        path = "haalcentraal/api/brp/personen" if name == "brp" else "zaken/api/v1/rollen"
        assert httpx.get(f"http://127.0.0.1:{port}/{path}?bsn=999970458").status_code in (401, 403)
        running.send_signal(signal.SIGTERM)
        said = running.communicate(timeout=5)[1]
    finally:
        running.kill()

    assert running.returncode == 0
    assert "999970458" not in said
    assert secrets_of(tmp_path).brp_key not in said


def _healthy(url: str, running: "subprocess.Popen[str]") -> bool:
    deadline = monotonic() + 60
    while monotonic() < deadline and running.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            os.sched_yield()
    return False


def test_the_presenter_switches_faults_on_a_page(brp_fake: Register) -> None:
    page = httpx.get(f"{brp_fake.url}/_faults")
    assert all(words in page.text for words in FAULTS.values())

    httpx.post(f"{brp_fake.url}/_faults", data={"kind": "500"})
    assert brp_fake.fault == "500"
    assert httpx.get(f"{brp_fake.url}/healthz").status_code == 200


def test_a_program_switches_faults_with_json(brp_fake: Register) -> None:
    httpx.post(f"{brp_fake.url}/_faults", json={"kind": "delay", "seconds": 0.5})

    assert (brp_fake.fault, brp_fake.seconds) == ("delay", 0.5)


@pytest.mark.parametrize(
    "wanted",
    [
        {"kind": "explode"},
        {},
        {"kind": "delay", "seconds": "long"},
        {"kind": "delay", "seconds": -1},
        [],
        "x",
    ],
)
def test_an_unknown_fault_is_refused(brp_fake: Register, wanted: object) -> None:
    assert httpx.post(f"{brp_fake.url}/_faults", json=wanted).status_code == 400
    assert brp_fake.fault == "none"


def test_another_site_cannot_switch_faults(brp_fake: Register) -> None:
    headers = {"Origin": "http://evil.example"}

    answer = httpx.post(f"{brp_fake.url}/_faults", data={"kind": "hang"}, headers=headers)
    assert answer.status_code == 403
    assert brp_fake.fault == "none"


@pytest.mark.parametrize(("kind", "status"), [("500", 500), ("404", 404), ("broken", 200), ("none", 401)])
def test_a_fault_is_really_there(brp_fake: Register, kind: str, status: int) -> None:
    brp_fake.misbehave(kind)

    assert httpx.post(brp_connection(brp_fake.url).base_url + "personen", json={}).status_code == status


@pytest.mark.parametrize("kind", ["hang", "drip"])
def test_who_hangs_gives_no_whole_answer_in_time(brp_fake: Register, kind: str) -> None:
    brp_fake.misbehave(kind)

    with pytest.raises(httpx.TimeoutException), httpx.Client(timeout=0.15) as client:
        client.post(brp_connection(brp_fake.url).base_url + "personen", json={})


def test_every_resident_has_a_valid_number_a_story_and_something_to_try() -> None:
    assert len({resident.bsn for resident in RESIDENTS}) == len(RESIDENTS)
    for resident in RESIDENTS:
        assert BSN(resident.bsn)
        assert resident.municipality in CODES
        assert resident.story.endswith(".")
        assert resident.try_this.endswith(".")


def test_every_municipality_has_residents_to_sign_in_as() -> None:
    for municipality in CODES:
        assert len([one for one in RESIDENTS if one.municipality == municipality and one.listed]) >= 3


@pytest.mark.parametrize(
    ("name", "sixteen", "eighteen"),
    [("Rabah", "yes", "no"), ("Farid", "yes", "yes"), ("Robbert", "yes", "yes")],
)
def test_a_wallet_proves_an_age_and_nothing_more(name: str, sixteen: str, eighteen: str) -> None:
    resident = next(one for one in RESIDENTS if one.first_names.startswith(name))
    card = wallet_attributes(resident, date(2026, 11, 24))["gemeente.personalData"]

    assert (card["over16"], card["over18"]) == (sixteen, eighteen)


def test_every_card_in_a_wallet_is_one_that_the_scheme_gives_out() -> None:
    cards = {one.identifier: one for one in CREDENTIALS}
    found = holders(date(2026, 11, 24))
    assert len(found) >= 10
    for holder in found:
        for name, held in holder["credentials"].items():
            assert held.keys() <= cards[name].attributes.keys()
            assert cards[name].attributes.keys() - cards[name].may_be_empty <= held.keys()


def test_who_died_or_left_has_no_wallet() -> None:
    names = {holder["name"] for holder in holders(date(2026, 11, 24))}

    assert {"Trudy van Tintelen", "Frederika Meijdens", "Meetina Geerdina Kierkegaard"}.isdisjoint(names)


def test_every_case_keeps_to_its_type() -> None:
    types = {kind.key: kind for kind in CASE_TYPES}
    assert len({story.number for story in CASES}) == len(CASES)
    for story in CASES:
        kind = types[story.kind]
        assert len(story.reached) <= len(kind.steps)
        assert list(story.reached) == sorted(story.reached)
        assert all(story.started <= day <= 0 for day in story.reached)
        assert (story.result is None) or story.result < len(kind.results)
        assert not story.ended or (story.result is not None and story.ended >= story.reached[-1])


def test_texts_fit_in_the_catalogue() -> None:
    for kind in CASE_TYPES:
        assert all(len(result) <= 30 for result in kind.results)
        assert all(len(step.split(". ")[0]) <= 80 for step in kind.steps)
