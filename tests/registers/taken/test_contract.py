"""The demo's tasks and our questions about them, against the API texts and the community's schema."""

import json
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_core.testing import MockRequest

from demo.registers.objecten import ROOT as OBJECTEN
from demo.registers.serving import Asked, Register, Reply
from demo.registers.taken import ROOT as VTB
from portal.registers.taken.client import Outcome, definition, send_form, task, tasks
from tests.registers.conftest import Ask
from tests.registers.specs import lifted, needed
from tests.registers.test_contracts import check, check_answer
from tests.registers.test_fuzz import fuzz

from .conftest import Place

TEXTS = {"objecten": ("objecten/objecten-2.7.0", OBJECTEN), "open-vtb": ("openvtb/taken", VTB)}


@pytest.fixture
def heard(place: Place, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Asked, Reply]]:
    """Everything that is asked, with its answer."""
    calls: list[tuple[Asked, Reply]] = []
    respond = place.register.respond

    def note(asked: Asked) -> Reply:
        reply = respond(asked)
        calls.append((asked, Reply(reply.status, json.loads(json.dumps(reply.body)), reply.headers)))
        return reply

    monkeypatch.setattr(place.register, "respond", note)
    return calls


def do_everything(ask: Ask, place: Place) -> None:
    found = ask(place.connection, lambda caller: tasks(caller, place.bsn, only_open=True)).tasks
    for each in found:
        ask(place.connection, lambda caller, id=each.id: task(caller, place.bsn, id))
    (form,) = [one for one in found if one.title == place.title("form")]
    ask(place.connection, lambda caller: definition(caller, form))
    answers = {"toelichting": "Op de tekening staat het ook.", "personen": 3, "gezien": True}
    sent = ask(place.connection, lambda caller: send_form(caller, place.bsn, form.id, answers))
    assert sent is Outcome.SENT


def test_our_questions_and_every_answer_keep_to_the_text(
    ask: Ask, place: Place, heard: list[tuple[Asked, Reply]]
) -> None:
    name, root = TEXTS[place.back_end]
    api = lifted(name, place.register.url + root)
    do_everything(ask, place)

    assert {asked.method for asked, _reply in heard} >= {"GET", "PATCH"}
    for asked, reply in heard:
        check(api, place.register.url, asked, reply)

    lists = ["objects"] if place.back_end == "objecten" else ["externetaken", "formuliertaken", "betaaltaken"]
    for each in lists:
        path = f"{root}/{each}"
        answer = get(place, path)
        for address in (path, f"{path}/{answer.json()['results'][0]['uuid']}"):
            check_answer(api, MockRequest(place.register.url, "get", address), get(place, address))


def test_every_task_in_objecten_is_one_by_the_communitys_schema_also_when_it_was_sent(
    ask: Ask, place: Place
) -> None:
    if place.back_end != "objecten":
        return
    schema = Draft202012Validator(json.loads((needed() / "objecten" / "taak.schema.json").read_text()))
    do_everything(ask, place)
    stores = place.register.respond.stores.values()  # type: ignore[attr-defined]
    told = [one["record"]["data"] for store in stores for one in store.objects.values()]
    found = [one for one in told if "titel" in one]

    assert {one["status"] for one in found} == {"open", "afgerond", "verwerkt", "gesloten"}
    for one in found:
        assert not list(schema.iter_errors(one)), one


def get(place: Place, path: str, method: str = "GET", **more: Any) -> httpx.Response:
    token = place.connection.credentials["token"]
    headers = {"Authorization": f"Token {token}", "Content-Crs": "EPSG:4326"}
    return httpx.request(method, place.register.url + path, headers=headers, **more)


class TestBehavesAsTheRealOne:
    def test_without_a_token_or_with_a_wrong_one_it_refuses(self, place: Place) -> None:
        path = place.register.url + place.paths[1].rstrip("/")

        assert httpx.get(path).status_code == 401
        assert httpx.get(path, headers={"Authorization": "Token x"}).status_code == 401

    def test_what_it_does_not_know_it_refuses(self, place: Place) -> None:
        path = place.paths[1].rstrip("/")

        assert get(place, f"{path}?onbekend=1").status_code == 400
        assert get(place, f"{path}?page=99").status_code == 404
        assert get(place, f"{path}/geen").status_code == 404

    def test_a_change_that_cannot_be_is_refused(self, place: Place) -> None:
        uuid = get(place, place.paths[1].rstrip("/")).json()["results"][-1]["uuid"]
        change: dict[str, Any] = {"status": "anders"}
        if place.back_end == "objecten":
            change = {"record": {"typeVersion": 1, "startAt": "2026-11-24", "data": change}}

        answer = get(place, f"{place.paths[1]}{uuid}", "PATCH", json=change)

        assert answer.status_code == 400
        assert answer.json()["invalidParams"]


def test_the_demos_open_vtb_never_breaks(vtb: Register) -> None:
    """Whatever the text lets a client write (schemathesis). A change in Objecten can hold a whole map, which
    takes half a minute to think up.
    """
    sent = {"Authorization": "Token token of 9902"}
    fuzz(TEXTS["open-vtb"][0], "/formuliertaken/{uuid}", "PATCH", vtb.url + VTB, sent)
