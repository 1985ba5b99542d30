"""What we write of a document to a case system, and what the demo's one answers, against the API texts."""

import json
from typing import Any

import httpx
import pytest
from django.test import Client
from openapi_core.testing import MockRequest

from demo.registers import zgw_made
from demo.registers.serving import Asked, Register, Reply
from demo.registers.zgw_store import Store
from portal.municipalities.models import Municipality
from portal.registers.zaken import adding
from portal.registers.zgw_token import headers
from portal.uploads.working import work_due
from tests.applications.test_contract import to_write
from tests.registers.specs import lifted, needed, spec_of
from tests.registers.test_contracts import check_answer, request_of

from . import files
from .conftest import Case, added, sent, taking, uploads

LARGE = files.pdf() + bytes(100_000)
DOCUMENTS = "/documenten/api/v1/enkelvoudiginformatieobjecten"
TEXTS = ["openzaak/documenten-1.4.2", "zgw/documenten-1.4.3"]
"""What is written to Zaken is the same as for an application, and looked at there."""


@pytest.fixture(autouse=True)
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zgw_made, "PART", 40_000)
    monkeypatch.setattr(adding, "SMALL", 10_000)


@pytest.fixture
def said(zaken_fake: Register, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Asked, Reply]]:
    """Everything said to the case system and back, as it was when it was said."""
    written: list[tuple[Asked, Reply]] = []
    respond = zaken_fake.respond

    def note(asked: Asked) -> Reply:
        reply = respond(asked)
        written.append((asked, Reply(reply.status, json.loads(json.dumps(reply.body)), reply.headers)))
        return reply

    monkeypatch.setattr(zaken_fake, "respond", note)
    return written


def test_every_call_of_a_new_document_keeps_to_the_texts(
    helga: Client, mijn: Municipality, dormer: Case, zaken_fake: Register, said: list[tuple[Asked, Reply]]
) -> None:
    sent(helga, dormer, LARGE)
    said.clear()
    work_due(mijn)
    sent(helga, dormer, files.TEXT, "uitleg.txt")
    work_due(mijn)

    checked = [one for one in said if one[0].path.startswith("/documenten/")]
    assert len(checked) >= 8
    for name in TEXTS:
        api = lifted(name, f"{zaken_fake.url}/documenten/api/v1")
        for asked, reply in checked:
            if asked.method == "PUT":
                check_part(name, zaken_fake.url, asked, reply)
                continue
            request = request_of(zaken_fake.url, asked)
            to_write(name, "/documenten/api/v1").validate_request(request)
            if reply.status != 204:
                check_answer(api, request, reply)


def check_part(name: str, server: str, asked: Asked, reply: Reply) -> None:
    """A form with a file in it. Its header cannot be compared: one text wants every form to be JSON."""
    spec = spec_of(name, "/documenten/api/v1")
    form = spec["paths"]["/bestandsdelen/{uuid}"]["put"]["requestBody"]["content"]["multipart/form-data"]
    schema = spec["components"]["schemas"][form["schema"]["$ref"].rpartition("/")[2]]
    assert set(asked.body) == set(schema["properties"])
    assert asked.headers["content-type"].startswith("multipart/form-data; boundary=")
    request = MockRequest(server, "put", asked.path, headers=dict(asked.headers))
    check_answer(lifted(name, f"{server}/documenten/api/v1"), request, reply)


def test_a_large_document_has_every_key_of_a_real_one(
    helga: Client, mijn: Municipality, dormer: Case, store: Store, said: list[tuple[Asked, Reply]]
) -> None:
    real = json.loads((needed() / "samples" / "openzaak-1.30.0.json").read_text())
    sent(helga, dormer, LARGE)
    work_due(mijn)
    made = next(reply.body for asked, reply in said if asked.method == "POST" and asked.path == DOCUMENTS)

    assert set(made) - {"_expand"} == set(real["groot"])
    assert set(made["bestandsdelen"][0]) == set(real["groot"]["bestandsdelen"][0])
    assert made["inhoud"] is None
    assert made["locked"] is True
    ((document, _content),) = added(store, dormer)
    assert set(document) == set(real["document_get"])


class Caller:
    """A client of the case system, by hand."""

    def __init__(self, register: Register, store: Store) -> None:
        self.root = register.url
        self.connection = taking(register.url, store)

    def call(self, method: str, path: str, **more: Any) -> httpx.Response:
        url = path if path.startswith("http") else self.root + path
        return httpx.request(method, url, headers=headers(self), **more)  # type: ignore[arg-type]


def test_the_demos_documenten_takes_no_part_of_another_size_or_lock_and_nothing_half(
    helga: Client, mijn: Municipality, dormer: Case, zaken_fake: Register, store: Store
) -> None:
    caller = Caller(zaken_fake, store)
    sent(helga, dormer, files.TEXT, "uitleg.txt")
    work_due(mijn)
    ((known, _content),) = added(store, dormer)
    body = {**known, "identificatie": "X-1", "inhoud": None, "bestandsomvang": 50_000}
    made = caller.call("POST", DOCUMENTS, json=body).json()
    first, second = made["bestandsdelen"]

    def put(part: dict[str, Any], content: bytes, lock: str) -> httpx.Response:
        return caller.call("PUT", part["url"], data={"lock": lock}, files={"inhoud": ("deel", content)})

    def unlock(lock: str) -> httpx.Response:
        return caller.call("POST", f"{made['url']}/unlock", json={"lock": lock})

    def code(answer: httpx.Response) -> str:
        assert answer.status_code == 400
        return str(answer.json()["invalidParams"][0]["code"])

    assert code(put(first, bytes(39_999), made["lock"])) == "file-size"
    assert code(put(first, bytes(40_000), "another")) == "incorrect-lock-id"
    assert code(caller.call("PUT", first["url"], json={"lock": made["lock"]})) == "required"
    assert put(first, bytes(40_000), made["lock"]).json()["voltooid"] is True
    assert code(unlock(made["lock"])) == "incomplete-upload"
    assert caller.call("GET", f"{made['url']}/download").status_code == 404
    assert put(second, bytes(10_000), made["lock"]).status_code == 200
    assert code(unlock("another")) == "incorrect-lock-id"
    assert unlock(made["lock"]).status_code == 204
    assert caller.call("GET", f"{made['url']}/download").content == bytes(50_000)
    assert put(first, bytes(40_000), made["lock"]).status_code == 404
    assert code(unlock(made["lock"])) == "unlocked"

    assert code(caller.call("DELETE", known["url"])) == "pending-relations"
    assert caller.call("DELETE", made["url"]).status_code == 204
    assert caller.call("GET", made["url"]).status_code == 404
    store.zaken[dormer.url]["einddatum"] = "2026-11-28"
    enclosure = {"zaak": dormer.url, "informatieobject": known["url"]}
    assert caller.call("POST", "/zaken/api/v1/zaakinformatieobjecten", json=enclosure).status_code == 403


def test_what_came_in_parts_is_there_after_a_restart(
    helga: Client, mijn: Municipality, dormer: Case, store: Store, tmp_path: Any
) -> None:
    from demo.registers.zgw_kept import Kept

    kept, again = Kept(store, tmp_path, "mijn-9901"), Kept(store, tmp_path, "mijn-9901")
    sent(helga, dormer, LARGE)
    work_due(mijn)
    ((document, content),) = added(store, dormer)
    whole = {**document, "locked": True, "bestandsdelen": [{"url": "http://x/1"}, {"url": "http://x/2"}]}
    kept.add("enkelvoudiginformatieobjecten", {**whole, "url": "http://x/d"})
    for number in (1, 2):
        kept.add("bestandsdelen", {"url": f"http://x/{number}"}, "QUI=")
    kept.add("unlock", {"url": "http://x/d"})
    store.contents.clear()
    again.__init__(store, tmp_path, "mijn-9901")  # type: ignore[misc]  # reads the file anew
    assert store.contents["http://x/d"] == b"ABAB"
    assert content == LARGE
    assert len(uploads(mijn)) == 1
