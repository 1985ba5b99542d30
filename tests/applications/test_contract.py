"""What we write to a case system, and what the demo's one answers, against the official API texts."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import httpx
import pytest
from django.test import Client
from openapi_core import OpenAPI

from demo.registers.serving import Asked, Register, Reply
from demo.registers.zgw_intake import NEEDED
from demo.registers.zgw_store import Store
from portal.registers.zgw_token import headers
from tests.registers.specs import lifted, spec_of
from tests.registers.test_contracts import check_answer, keys, needed, request_of

from .conftest import filled_in, send, taking_connection

TEXTS = {
    "zaken": ["openzaak/zaken-1.5.1", "zgw/zaken-1.5.1"],
    "documenten": ["openzaak/documenten-1.4.2", "zgw/documenten-1.4.3"],
    "catalogi": ["openzaak/catalogi-1.3.1", "zgw/catalogi-1.3.1"],
}


@pytest.fixture
def said(zaken_fake: Register, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[Asked, Reply]]]:
    """Everything said to the case system and back."""
    written: list[tuple[Asked, Reply]] = []
    respond = zaken_fake.respond

    def note(asked: Asked) -> Reply:
        reply = respond(asked)
        written.append((asked, reply))
        return reply

    monkeypatch.setattr(zaken_fake, "respond", note)
    return written  # type: ignore[return-value]


@pytest.mark.parametrize(("part", "name"), [(part, name) for part in TEXTS for name in TEXTS[part]])
def test_every_call_of_a_new_case_keeps_to_the_text(
    helga: Client, zaken_fake: Register, said: list[tuple[Asked, Reply]], part: str, name: str
) -> None:
    form = filled_in(helga)
    said.clear()
    send(helga, form)
    api = lifted(name, f"{zaken_fake.url}/{part}/api/v1")
    checked = [one for one in said if one[0].path.startswith(f"/{part}/")]

    assert len(checked) >= {"zaken": 7, "documenten": 1, "catalogi": 5}[part]
    for asked, reply in checked:
        request = request_of(zaken_fake.url, asked)
        to_write(name, f"/{part}/api/v1").validate_request(request)
        check_answer(api, request, reply)


@lru_cache
def to_write(name: str, server: str) -> OpenAPI:
    """A text for requests: what only the register writes (readOnly) may not be asked of who writes."""

    def follow(node: Any) -> Any:
        if isinstance(node, list):
            return [follow(one) for one in node]
        if not isinstance(node, dict):
            return node
        held = {key: follow(value) for key, value in node.items()}
        if isinstance(held.get("required"), list) and isinstance(held.get("properties"), dict):
            own = {
                key
                for key, value in held["properties"].items()
                if any(one.get("readOnly") for one in (value, *value.get("anyOf", ())))
            }
            held["required"] = [one for one in held["required"] if one not in own]
        return held

    return OpenAPI.from_dict(follow(spec_of(name, server)))


class Case:
    """A client of the case system, by hand."""

    def __init__(self, register: Register) -> None:
        self.root = register.url
        self.connection = taking_connection(register.url)

    def call(self, method: str, path: str, body: Any = None, **more: str) -> httpx.Response:
        sent = {**headers(self), **more}  # type: ignore[arg-type]  # all it reads is the connection
        return httpx.request(method, self.root + path, json=body, headers=sent)


@pytest.fixture
def case(helga: Client, zaken_fake: Register) -> Case:
    """After an application was filed."""
    send(helga, filled_in(helga))
    return Case(zaken_fake)


def made(store: Store) -> dict[str, Any]:
    """The new case."""
    return next(one for one in store.zaken.values() if one["identificatie"].startswith("M-"))


def test_what_was_made_has_every_key_of_a_real_one(case: Case, store: Store) -> None:
    import json

    real = json.loads((needed() / "samples" / "openzaak-1.30.0.json").read_text())
    url = made(store)["url"]
    role = next(one for one in store.rollen.values() if one["zaak"] == url)

    assert keys(made(store)) == keys(real["zaak"])
    assert set(role) == set(real["rol"])
    assert keys(role["betrokkeneIdentificatie"]) == keys(real["rol"]["betrokkeneIdentificatie"])
    assert set(next(iter(store.documenten.values()))) == set(real["document_get"])
    assert set(next(iter(store.enclosures.values()))) == set(real["zio"])
    assert set(store.statussen[made(store)["status"]]) == set(real["status"])


def test_a_number_and_an_enclosure_are_unique_and_nothing_else_is(case: Case, store: Store) -> None:
    zaak = made(store)
    again = {name: zaak[name] for name in (*NEEDED["zaken"], "identificatie")}
    refused = case.call("POST", "/zaken/api/v1/zaken", again)
    assert refused.json()["invalidParams"][0]["code"] == "identificatie-niet-uniek"

    (enclosure,) = store.enclosures.values()
    body = {"zaak": zaak["url"], "informatieobject": enclosure["informatieobject"]}
    assert case.call("POST", "/zaken/api/v1/zaakinformatieobjecten", body).status_code == 400

    status = store.statussen[zaak["status"]]
    body = {name: status[name] for name in ("zaak", "statustype", "datumStatusGezet")}
    assert case.call("POST", "/zaken/api/v1/statussen", body).status_code == 201


@pytest.mark.parametrize(
    ("path", "change", "code"),
    [
        ("zaken", {"zaaktype": "https://elders.example/1"}, "bad-url"),
        ("zaken", {"startdatum": ""}, "required"),
        ("rollen", {"roltype": "https://elders.example/1"}, "zaaktype-mismatch"),
        ("rollen", {"zaak": "https://elders.example/1"}, "does_not_exist"),
        ("rollen", {"betrokkeneIdentificatie": {"inpBsn": "123456789"}}, "invalid"),
        ("statussen", {"statustype": "https://elders.example/1"}, "zaaktype-mismatch"),
    ],
)
def test_a_wrong_record_is_refused(
    case: Case, store: Store, path: str, change: dict[str, Any], code: str
) -> None:
    zaak = made(store)
    rows = {"zaken": [zaak], "rollen": store.rollen.values(), "statussen": store.statussen.values()}[path]
    right = next(dict(one) for one in rows if path == "zaken" or one["zaak"] == zaak["url"])
    answer = case.call("POST", f"/zaken/api/v1/{path}", {**right, "identificatie": "X-1", **change})

    assert answer.status_code == 400
    assert answer.json()["invalidParams"][0]["code"] == code


def test_without_crs_no_case_is_made(case: Case) -> None:
    bare = {"Authorization": headers(case)["Authorization"]}  # type: ignore[arg-type]
    assert httpx.post(case.root + "/zaken/api/v1/zaken", json={}, headers=bare).status_code == 412


def test_what_was_written_is_there_after_a_restart(tmp_path: Any) -> None:
    from demo.registers import zaken as demo_zaken
    from tests.registers.conftest import DAY, SECRET

    def register() -> Register:
        return demo_zaken.demo_register({"mijn-9901": SECRET}, DAY, folder=tmp_path)

    def numbers(running: Register) -> set[str]:
        store = running.respond.stores["mijn-9901"]  # type: ignore[attr-defined]
        return {one["identificatie"] for one in store.zaken.values()}

    with register() as running:
        store = running.respond.stores["mijn-9901"]  # type: ignore[attr-defined]
        known = next(iter(store.zaken.values()))
        body = {**{name: known[name] for name in NEEDED["zaken"]}, "identificatie": "X-7"}
        assert Case(running).call("POST", "/zaken/api/v1/zaken", body).status_code == 201
    with register() as running:
        assert "X-7" in numbers(running)
