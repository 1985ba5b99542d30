"""The demo's Klantinteracties and our questions to it, against the text and a real Open Klant's answers."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest
from jsonschema.exceptions import ValidationError
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest
from openapi_core.validation.request.exceptions import InvalidRequestBody

from demo.content.residents import ABDELLAH, HELGA, KEES
from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection
from portal.registers.klantinteracties.client import contact_with_number, contacts, partij
from portal.registers.klantinteracties.records import NO_MARK, AddressKind, mark_of
from portal.registers.klantinteracties.writing import Change, NewQuestion, ask, prefer, write_address
from tests.registers.conftest import Ask
from tests.registers.specs import lifted, needed
from tests.registers.test_contracts import check_answer, request_of

from .conftest import HANS, klant_connection

TEXT = "openklant/klantinteracties-0.9.0"
ROOT = "/klantinteracties/api/v1"


@pytest.fixture
def heard(klant_fake: Register, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Asked, Reply]]:
    """Everything that is asked, with its answer."""
    calls: list[tuple[Asked, Reply]] = []
    respond = klant_fake.respond

    def note(asked: Asked) -> Reply:
        reply = respond(asked)
        calls.append((asked, Reply(reply.status, json.loads(json.dumps(reply.body)), reply.headers)))
        return reply

    monkeypatch.setattr(klant_fake, "respond", note)
    return calls


def do_everything(ask_: Ask, klant: Connection) -> None:
    helga = BSN(HELGA.bsn)
    found = ask_(klant, lambda caller: partij(caller, helga))
    was = mark_of(found.address("email"))
    changes = [
        (helga, Change(AddressKind.EMAIL, "nieuw@voorbeeld.example", was, date(2026, 11, 24))),
        (HANS, Change(AddressKind.PHONE, "0612345678", NO_MARK)),
        (HANS, Change(AddressKind.EMAIL, "geen adres", NO_MARK)),
    ]
    for bsn, change in changes:
        ask_(klant, lambda caller, bsn=bsn, change=change: write_address(caller, bsn, change))
    for kind in (AddressKind.EMAIL, None):
        ask_(klant, lambda caller, kind=kind: prefer(caller, helga, kind))
    question = NewQuestion("1234567890", "Afval", "Waar?", datetime(2026, 11, 24, tzinfo=UTC), "nld", uuid4())
    for case in (question.case, None):
        again = NewQuestion(question.number, question.subject, question.text, question.at, "nld", case)
        ask_(klant, lambda caller, again=again: ask(caller, helga, again))
    ask_(klant, lambda caller: contact_with_number(caller, helga, "1234567890"))
    for bsn in (helga, HANS):
        ask_(klant, lambda caller, bsn=bsn: contacts(caller, bsn))


def test_our_questions_and_the_answers_keep_to_the_text(
    ask: Ask, klant: Connection, klant_fake: Register, heard: list[tuple[Asked, Reply]]
) -> None:
    api = lifted(TEXT, klant_fake.url + ROOT)
    do_everything(ask, klant)

    assert {asked.method for asked, _reply in heard} == {"GET", "POST", "PATCH"}
    for asked, reply in heard:
        request = request_of(klant_fake.url, asked)
        wrong = [one for one in faults_of(api, request) if not is_for_answers_only(one)]
        assert not wrong, (asked.method, asked.path, wrong)
        if reply.status != 400:  # the text has no answer but the good one
            check_answer(api, request, reply)


def faults_of(api: OpenAPI, request: MockRequest) -> list[ValidationError]:
    try:
        api.validate_request(request)
    except InvalidRequestBody as invalid:
        found: list[ValidationError] = list(getattr(invalid.__cause__, "schema_errors", [])) or [invalid]
        return found
    return []


def is_for_answers_only(fault: ValidationError) -> bool:
    """Whether only what is read-only is missing, which the text requires of answers.

    A PATCH of a partij says only what changes; the text asks of it what it asks of a POST.
    """
    if fault.validator == "required":
        missing = set(fault.validator_value) - fault.instance.keys()
        told = {name for name, one in fault.schema["properties"].items() if is_read_only(one)}
        return missing <= told | ({"indicatieActief"} if len(fault.instance) == 2 else set())
    branches: dict[object, list[ValidationError]] = {}
    for one in fault.context or []:
        branches.setdefault(one.schema_path[0], []).append(one)
    return any(all(map(is_for_answers_only, one)) for one in branches.values())


def is_read_only(described: dict[str, Any]) -> bool:
    """As the text says it of a property, or, once lifted, of a branch of it."""
    return bool(described.get("readOnly")) or any(map(is_read_only, described.get("anyOf", [])))


@pytest.mark.parametrize(
    "kind", ["partijen", "klantcontacten", "betrokkenen", "digitaleadressen", "onderwerpobjecten"]
)
@pytest.mark.parametrize("one", [False, True])
def test_every_list_and_record_keeps_to_the_text(klant_fake: Register, kind: str, one: bool) -> None:
    api = lifted(TEXT, klant_fake.url + ROOT)
    path = f"{ROOT}/{kind}"
    if one:
        path = f"{path}/{get(klant_fake, path).json()['results'][0]['uuid']}"

    check_answer(api, MockRequest(klant_fake.url, "get", path), get(klant_fake, path))


def get(
    register: Register, path: str, code: str = "9901", method: str = "GET", **more: Any
) -> httpx.Response:
    headers = {"Authorization": f"Token {klant_connection(register.url, code).credentials['token']}"}
    return httpx.request(method, register.url + path, headers=headers, **more)


def sample() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((needed() / "samples" / "openklant-klantinteracties.json").read_text())
    return found


def keys_of(value: Any) -> Any:
    """The form of a record: its keys, and those of what is in it; of a list the first one's."""
    if isinstance(value, dict):
        return {key: keys_of(one) for key, one in value.items() if key not in {"metadata"}}
    return [keys_of(value[0])] if isinstance(value, list) and value else None


def test_a_found_person_has_the_form_of_a_real_open_klants(klant_fake: Register) -> None:
    real = sample()["partij_list"]
    expand = "digitaleAdressen,betrokkenen,betrokkenen.hadKlantcontact"
    query = "&".join(
        f"partijIdentificator__{code}={value}"
        for code, value in {
            "codeObjecttype": "natuurlijk_persoon",
            "codeRegister": "brp",
            "codeSoortObjectId": "bsn",
            "objectId": ABDELLAH.bsn,
        }.items()
    )
    ours = get(klant_fake, f"{ROOT}/partijen?{query}&expand={expand}", "9903").json()

    shown, real_one = ours["results"][0], real["results"][0]
    inner = shown["_expand"]["betrokkenen"][0]["_expand"]["hadKlantcontact"]
    inner["hadBetrokkenActoren"] = []  # nobody was in the real one
    assert keys_of(ours) == keys_of(real)
    assert shown["partijIdentificatoren"][0]["partijIdentificator"].keys() == (
        real_one["partijIdentificatoren"][0]["partijIdentificator"].keys()
    )


def test_a_contact_and_an_address_have_the_form_of_a_real_open_klants(klant_fake: Register) -> None:
    real = sample()
    expand = "hadBetrokkenen,gingOverOnderwerpobjecten"
    ours = get(klant_fake, f"{ROOT}/klantcontacten?expand={expand}", "9903").json()
    about_a_case = next(one for one in ours["results"] if one["gingOverOnderwerpobjecten"])
    about_a_case["hadBetrokkenActoren"] = []

    assert keys_of(about_a_case) == keys_of(real["klantcontact_list"]["results"][0])
    address = get(klant_fake, f"{ROOT}/digitaleadressen").json()["results"][0]
    assert keys_of(address) == keys_of(real["digitaaladres"])


class TestBehavesAsTheRealOne:
    CONTACT = {"kanaal": "x", "onderwerp": "y", "taal": "nld", "vertrouwelijk": False}

    def test_without_a_token_or_with_a_wrong_one_it_refuses(self, klant_fake: Register) -> None:
        path = klant_fake.url + ROOT + "/partijen"

        assert httpx.get(path).status_code == 401
        assert httpx.get(path, headers={"Authorization": "Token x"}).status_code == 401
        assert httpx.get(path, headers={"Authorization": "Bearer token of 9901"}).status_code == 401

    def test_a_bad_mail_address_is_named(self, klant_fake: Register) -> None:
        path = f"{ROOT}/digitaleadressen"
        uuid = get(klant_fake, path).json()["results"][-1]["uuid"]

        answer = get(klant_fake, f"{path}/{uuid}", method="PATCH", json={"adres": "geen adres"})

        assert answer.status_code == 400
        assert [one["name"] for one in answer.json()["invalidParams"]] == ["adres"]

    @pytest.mark.parametrize(
        ("query", "status"),
        [("?onbekend=1", 400), ("?expand=onbekend", 400), ("?page=99", 404), ("?page=0", 404), ("", 200)],
    )
    def test_what_it_does_not_know_it_refuses(self, klant_fake: Register, query: str, status: int) -> None:
        assert get(klant_fake, f"{ROOT}/klantcontacten{query}").status_code == status

    def test_a_reference_number_is_given_once(self, klant_fake: Register) -> None:
        told = {
            "referentienummer": "77",
            "kanaal": "x",
            "onderwerp": "y",
            "taal": "nld",
            "vertrouwelijk": False,
        }
        path = f"{ROOT}/maak-klantcontact"

        assert get(klant_fake, path, method="POST", json={"klantcontact": told}).status_code == 201
        again = get(klant_fake, path, method="POST", json={"klantcontact": told})

        names = [one["name"] for one in again.json()["invalidParams"]]
        assert (again.status_code, names) == (400, ["klantcontact.referentienummer"])

    @pytest.mark.parametrize(
        "change",
        [
            {"kanaal": ""},
            {"inhoud": "x" * 1001},
            {"referentienummer": "abc"},
            {"taal": None},
            {"vertrouwelijk": 1},
        ],
    )
    def test_a_contact_that_is_not_whole_is_refused(
        self, klant_fake: Register, change: dict[str, Any]
    ) -> None:
        told = {"kanaal": "x", "onderwerp": "y", "taal": "nld", "vertrouwelijk": False, **change}

        answer = get(klant_fake, f"{ROOT}/maak-klantcontact", method="POST", json={"klantcontact": told})

        assert answer.status_code == 400

    def test_nobody_is_made_twice(self, klant_fake: Register) -> None:
        who = {
            "codeObjecttype": "natuurlijk_persoon",
            "codeRegister": "brp",
            "codeSoortObjectId": "bsn",
            "objectId": KEES.bsn,
        }
        told = {
            "soortPartij": "persoon",
            "indicatieActief": True,
            "partijIdentificatoren": [{"partijIdentificator": who}],
        }

        assert get(klant_fake, f"{ROOT}/partijen", method="POST", json=told).status_code == 201
        assert get(klant_fake, f"{ROOT}/partijen", method="POST", json=told).status_code == 400

    def test_there_is_one_default_of_a_kind(self, klant_fake: Register) -> None:
        path = f"{ROOT}/digitaleadressen"
        first = next(one for one in get(klant_fake, path).json()["results"] if one["adres"] == HELGA.email)
        told = {
            "adres": "tweede@voorbeeld.example",
            "soortDigitaalAdres": "email",
            "isStandaardAdres": True,
            "verstrektDoorPartij": {"uuid": first["verstrektDoorPartij"]["uuid"]},
            "verstrektDoorBetrokkene": None,
        }
        get(klant_fake, path, method="POST", json=told)

        assert get(klant_fake, f"{path}/{first['uuid']}").json()["isStandaardAdres"] is False

    def test_nothing_is_expanded_when_its_parent_is_not_named(self, klant_fake: Register) -> None:
        path = f"{ROOT}/klantcontacten?expand=hadBetrokkenen.wasPartij"

        assert get(klant_fake, path).json()["results"][0]["_expand"] == {}
