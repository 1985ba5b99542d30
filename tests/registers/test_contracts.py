"""The demo's registers and our own questions to them, against the official API texts."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import httpx
import pytest
from jsonschema.exceptions import best_match
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse
from openapi_core.validation.response.exceptions import InvalidData

from demo.content.residents import ABDELLAH, HELGA, KEES, RESIDENTS, TINA
from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection
from portal.registers.brp.client import person
from portal.registers.zaken.client import every, whole_case

from .conftest import KEY, SECRET, Ask, brp_connection, zaken_connection
from .specs import lifted, needed, text

BRP = "haalcentraal/brp-personen-2.7.0"
ZAKEN = ["zgw/zaken-1.5.1", "openzaak/zaken-1.5.1"]
CATALOGI = ["zgw/catalogi-1.3.1", "openzaak/catalogi-1.3.1"]
DOCUMENTEN = ["zgw/documenten-1.4.3", "openzaak/documenten-1.4.2"]
BESLUITEN = ["zgw/besluiten-1.1.0", "openzaak/besluiten-1.1.0"]
TEXTS = [*ZAKEN, *CATALOGI, *DOCUMENTEN, *BESLUITEN]
NOT_IN_THE_TEXT = {"x-doelbinding", "x-verwerking", "x-gebruiker", "x-origin-oin"}


AS_THE_REAL_ONE = {
    "informatieobjecttypen",  # a list; a string to the texts' zaaktype
    "beginObject",  # null; never empty to Open Zaak's own text
    "eindeObject",
}
"""Where a real Open Zaak deviates from the texts, and the demo with it; nothing else may."""


class Heard:
    """What a register was asked and what it said."""

    def __init__(self) -> None:
        self.calls: list[tuple[Asked, Reply]] = []


@pytest.fixture
def heard(brp_fake: Register, zaken_fake: Register, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    """Both registers, with everything said written down."""
    written = Heard()
    for register in (brp_fake, zaken_fake):
        respond = register.respond

        def note(asked: Asked, respond: Any = respond) -> Reply:
            reply: Reply = respond(asked)
            written.calls.append((asked, reply))
            return reply

        monkeypatch.setattr(register, "respond", note)
    return written


def request_of(server: str, asked: Asked) -> MockRequest:
    return MockRequest(
        server,
        asked.method.lower(),
        asked.path,
        args=[(name, one) for name, values in asked.query.items() for one in values],  # type: ignore[arg-type]
        headers=dict(asked.headers),
        data=json.dumps(asked.body).encode() if asked.body is not None else b"",
        content_type=asked.headers.get("content-type", "application/json"),
    )


def check(api: OpenAPI, server: str, asked: Asked, reply: Reply) -> None:
    """Both sides of a call against one text; raises what is wrong."""
    request = request_of(server, asked)
    api.validate_request(request)
    check_answer(api, request, reply)


def check_answer(
    api: OpenAPI, request: MockRequest, answer: httpx.Response | Reply, *, odd_names: bool = False
) -> None:
    """An answer against a text. The official persons have names that its patterns do not allow."""
    if isinstance(answer, Reply):
        status, body = answer.status, json.dumps(answer.body).encode()
    else:
        status, body = answer.status_code, answer.content
    told = {name.lower(): value for name, value in answer.headers.items()}
    kind = told.get("content-type", "application/json")
    try:
        api.validate_response(request, MockResponse(body, status, {**_PROMISED, **answer.headers}, kind))
    except InvalidData as invalid:
        errors = [best_match([one]) or one for one in getattr(invalid.__cause__, "schema_errors", [])]
        wrong = [
            f"{one.json_path}: {one.message[:200]}"
            for one in errors
            if not (
                AS_THE_REAL_ONE.intersection([*one.absolute_path][-1:])
                or (odd_names and one.validator == "pattern")
            )
        ]
        if wrong or not errors:
            pytest.fail(f"{request.path}: {'; '.join(wrong) or invalid}")


_PROMISED = {"API-version": "1.5.1", "ETag": '""', "Content-Crs": "EPSG:4326"}
"""Headers that some texts call required on every answer."""


def ask_everything(ask: Ask, brp: Connection, zaken: Connection) -> None:
    for resident in RESIDENTS:
        bsn = BSN(resident.bsn)
        ask(brp, lambda caller, bsn=bsn: person(caller, bsn))
    for found in ask(zaken, lambda caller: every(caller, BSN(HELGA.bsn))).cases[1:]:
        ask(zaken, lambda caller, id=found.zaak.id: whole_case(caller, BSN(HELGA.bsn), id))
    oeverstad = replace(zaken, id=uuid4(), credentials={**zaken.credentials, "client_id": "mijn-9903"})
    for found in ask(oeverstad, lambda caller: every(caller, BSN(ABDELLAH.bsn))).cases[1:2]:
        # It has a decision.
        ask(oeverstad, lambda caller, id=found.zaak.id: whole_case(caller, BSN(ABDELLAH.bsn), id))


def test_our_questions_to_the_brp_and_its_answers_keep_to_the_text(
    ask: Ask, brp: Connection, zaken: Connection, heard: Heard, brp_fake: Register
) -> None:
    api = lifted(BRP, f"{brp_fake.url}/haalcentraal/api/brp")
    ask_everything(ask, brp, zaken)

    checked = [one for one in heard.calls if "/brp/" in one[0].path]
    assert len(checked) == len(RESIDENTS)
    for asked, reply in checked:
        check(api, brp_fake.url, asked, reply)


def test_a_wrong_answer_is_noticed(ask: Ask, brp: Connection, heard: Heard, brp_fake: Register) -> None:
    api = lifted(BRP, f"{brp_fake.url}/haalcentraal/api/brp")
    ask(brp, lambda caller: person(caller, BSN(HELGA.bsn)))
    asked, reply = heard.calls[0]
    reply.body["personen"][0]["indicatieCurateleRegister"] = "ja"

    with pytest.raises(pytest.fail.Exception, match="indicatieCurateleRegister"):
        check(api, brp_fake.url, asked, reply)


@pytest.mark.parametrize("name", [*ZAKEN, *CATALOGI, *DOCUMENTEN, *BESLUITEN])
def test_our_questions_about_cases_and_the_answers_keep_to_the_text(
    ask: Ask, brp: Connection, zaken: Connection, heard: Heard, zaken_fake: Register, name: str
) -> None:
    part = name.partition("/")[2].partition("-")[0]
    api = lifted(name, f"{zaken_fake.url}/{part}/api/v1")
    ask_everything(ask, brp, zaken)

    checked = [one for one in heard.calls if one[0].path.startswith(f"/{part}/")]
    assert len(checked) >= (2 if part == "besluiten" else 5)
    for asked, reply in checked:
        if asked.path.endswith("_zoek") and name.startswith("zgw/"):
            # Lists to Open Zaak (a string gives 500), strings to the standard's text.
            lists = {
                name: ",".join(asked.body[name]) for name in ("expand", "ordering") if name in asked.body
            }
            query = {name: one for name, one in asked.query.items() if name != "pageSize"}  # Open Zaak's own
            asked = replace(asked, query=query, body={**asked.body, **lists})
        check(api, zaken_fake.url, asked, reply)


def test_a_real_open_zaak_deviates_there_too() -> None:
    real = json.loads((needed() / "samples" / "openzaak-1.30.0.json").read_text())

    assert isinstance(real["zaaktype"]["informatieobjecttypen"], list)
    assert real["statustype"]["beginObject"] is real["zaaktype"]["eindeObject"] is None


def get(
    register: Register, path: str, connection: Connection, **more: Any
) -> tuple[MockRequest, httpx.Response]:
    """One call by hand, as request and answer for a validator."""
    from portal.registers.zgw_token import headers

    class Caller:
        def __init__(self) -> None:
            self.connection = connection

    sent = {**headers(Caller()), **more.pop("headers", {})}  # type: ignore[arg-type]
    answer = httpx.request(more.pop("method", "GET"), register.url + path, headers=sent, **more)
    parts = urlsplit(path)
    request = MockRequest(
        register.url,
        answer.request.method.lower(),
        parts.path,
        args=dict(parse_qsl(parts.query)),
        headers=sent,
    )
    return request, answer


@pytest.mark.parametrize(
    "path",
    [
        "/catalogi/api/v1/zaaktypen",
        "/catalogi/api/v1/statustypen",
        "/catalogi/api/v1/resultaattypen",
        "/catalogi/api/v1/roltypen",
        "/zaken/api/v1/rollen",
        "/zaken/api/v1/statussen",
        "/zaken/api/v1/resultaten",
        "/zaken/api/v1/zaakinformatieobjecten",
        "/zaken/api/v1/zaken/00000000-0000-4000-8000-000000000000",
        "/zaken/api/v1/rollen?onbekend=1",
        "/catalogi/api/v1/besluittypen",
        "/besluiten/api/v1/besluiten",
        "/besluiten/api/v1/besluiten/00000000-0000-4000-8000-000000000000",
        "/documenten/api/v1/enkelvoudiginformatieobjecten/00000000-0000-4000-8000-000000000000",
    ],
)
@pytest.mark.parametrize("text_of", ["zgw", "openzaak"])
def test_every_answer_of_the_case_system_keeps_to_the_text(
    zaken_fake: Register, path: str, text_of: str
) -> None:
    part = path.split("/")[1]
    (name,) = [one for one in TEXTS if one.startswith(f"{text_of}/{part}-")]
    api = lifted(name, f"{zaken_fake.url}/{part}/api/v1")
    request, answer = get(zaken_fake, path, zaken_connection(zaken_fake.url, "9903"))

    check_answer(api, request, answer)


@pytest.mark.parametrize(
    ("sample", "path", "pick"),
    [
        ("zaaktype", "/catalogi/api/v1/zaaktypen", lambda row: True),
        ("statustype", "/catalogi/api/v1/statustypen", lambda row: True),
        ("resultaattype", "/catalogi/api/v1/resultaattypen", lambda row: True),
        ("rol", "/zaken/api/v1/rollen", lambda row: row["betrokkeneType"] == "natuurlijk_persoon"),
        ("status", "/zaken/api/v1/statussen", lambda row: True),
        ("resultaat", "/zaken/api/v1/resultaten", lambda row: True),
        ("zio", "/zaken/api/v1/zaakinformatieobjecten", lambda row: True),
    ],
)
def test_every_key_of_a_real_open_zaak_is_there(
    zaken_fake: Register, sample: str, path: str, pick: Any
) -> None:
    real = json.loads((needed() / "samples" / "openzaak-1.30.0.json").read_text())[sample]
    _request, answer = get(zaken_fake, path, zaken_connection(zaken_fake.url))
    told = answer.json()
    rows = [row for row in (told if isinstance(told, list) else told["results"]) if pick(row)]

    assert rows
    assert all(keys(row) == keys(real) for row in rows)


def test_a_case_has_every_key_of_a_real_one(ask: Ask, zaken: Connection, zaken_fake: Register) -> None:
    real = json.loads((needed() / "samples" / "openzaak-1.30.0.json").read_text())
    for found in ask(zaken, lambda caller: every(caller, BSN(HELGA.bsn))).cases:
        row = get(zaken_fake, f"/zaken/api/v1/zaken/{found.zaak.id}", zaken)[1].json()
        assert keys(row) == keys(real["zaak_dicht" if row["resultaat"] else "zaak"])


def test_a_document_has_every_key_of_a_real_one_and_its_download_tells_no_name(
    ask: Ask, zaken: Connection, zaken_fake: Register
) -> None:
    real = json.loads((needed() / "samples" / "openzaak-1.30.0.json").read_text())["document_get"]
    link = get(zaken_fake, "/zaken/api/v1/zaakinformatieobjecten", zaken)[1].json()[0]["informatieobject"]
    told = get(zaken_fake, urlsplit(link).path, zaken)[1].json()
    download = get(zaken_fake, urlsplit(told["inhoud"]).path, zaken)[1]

    assert keys(told) == keys(real)
    assert download.headers["Content-Type"] == "application/octet-stream"
    assert download.headers["Content-Disposition"].endswith('.bin"')
    assert download.content.startswith(b"%PDF")
    assert len(download.content) == told["bestandsomvang"]


def keys(record: Any) -> Any:
    """The names in a record, also in the records within; lists and extensions aside."""
    if not isinstance(record, dict):
        return None
    return {name: keys(value) for name, value in record.items() if name != "verlenging"}


class TestBehavesAsTheRealOne:
    def test_without_a_token_or_with_a_wrong_one_it_refuses(self, zaken_fake: Register) -> None:
        connection = zaken_connection(zaken_fake.url)
        wrong = zaken_connection(zaken_fake.url, secret=SECRET[::-1])
        unknown = zaken_connection(zaken_fake.url, client_id="mijn-9999")
        path = "/zaken/api/v1/rollen"

        def code(connection: Connection, **headers: str) -> tuple[int, str]:
            answer = get(zaken_fake, path, connection, headers=headers)[1]
            return answer.status_code, answer.json()["code"]

        assert code(connection, Authorization="") == (403, "permission_denied")
        assert code(connection, Authorization="Bearer x.y.z") == (403, "invalid-jwt-signature")
        assert code(wrong) == (403, "invalid-jwt-signature")
        assert code(unknown) == (403, "invalid-client-identifier")

    def test_an_old_token_is_refused(self, zaken_fake: Register, monkeypatch: pytest.MonkeyPatch) -> None:
        import time

        now = time.time()
        monkeypatch.setattr("portal.registers.zgw_token.time.time", lambda: now - 3700)
        connection = zaken_connection(zaken_fake.url)
        headers = get(zaken_fake, "/healthz", connection)[0].parameters.header
        monkeypatch.undo()

        answer = httpx.get(zaken_fake.url + "/zaken/api/v1/rollen", headers=dict(headers))
        assert answer.json()["code"] == "jwt-expired"

    def test_without_accept_crs_it_refuses_a_case(self, zaken_fake: Register, zaken: Connection) -> None:
        path = "/zaken/api/v1/zaken/00000000-0000-4000-8000-000000000000"

        assert get(zaken_fake, path, zaken, headers={"Accept-Crs": "x"})[1].status_code == 412

    @pytest.mark.parametrize(
        "path",
        [
            "/zaken/api/v1/zaken",
            "/zaken/api/v1/statussen",
            "/zaken/api/v1/rollen",
            "/zaken/api/v1/resultaten",
            "/catalogi/api/v1/zaaktypen",
            "/catalogi/api/v1/statustypen",
            "/catalogi/api/v1/resultaattypen",
            "/catalogi/api/v1/besluittypen",
            "/besluiten/api/v1/besluiten",
        ],
    )
    def test_who_has_a_record_already_is_told_so_and_a_list_has_no_mark_of_its_version(
        self, zaken_fake: Register, path: str
    ) -> None:
        oeverstad = zaken_connection(zaken_fake.url, "9903")
        rows = get(zaken_fake, path, oeverstad)[1]
        one = rows.json()["results"][0]["url"].removeprefix(zaken_fake.url)
        tag = get(zaken_fake, one, oeverstad)[1].headers["ETag"]

        again = get(zaken_fake, one, oeverstad, headers={"If-None-Match": tag})[1]
        other = get(zaken_fake, one, oeverstad, headers={"If-None-Match": '"of another version"'})[1]
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        assert (other.status_code, other.headers["ETag"]) == (200, tag)
        assert "ETag" not in rows.headers
        part, _slash, what = path.removeprefix("/").replace("/api/v1", "").partition("/")
        (name,) = [known for known in TEXTS if known.startswith(f"openzaak/{part}-")]
        assert "ETag" in text(name)["paths"][f"/{what}/{{uuid}}"]["get"]["responses"]["200"]["headers"]

    def test_nothing_is_expanded_when_its_parent_is_not_named(
        self, ask: Ask, zaken: Connection, zaken_fake: Register
    ) -> None:
        zaak = ask(zaken, lambda caller: every(caller, BSN(HELGA.bsn))).cases[0].zaak

        def beside(expand: str) -> Any:
            path = f"/zaken/api/v1/zaken/{zaak.id}?expand={expand}"
            return get(zaken_fake, path, zaken)[1].json()["_expand"]

        assert beside("status.statustype") == {}
        assert beside("status,status.statustype")["status"]["_expand"]["statustype"]["isEindstatus"] is False

    @pytest.mark.parametrize("body", [{"onbekend": 1}, {"expand": "status"}, ["x"], {"maximale": 1}])
    def test_a_search_with_an_unknown_parameter_is_refused(
        self, zaken_fake: Register, zaken: Connection, body: Any
    ) -> None:
        answer = get(zaken_fake, "/zaken/api/v1/zaken/_zoek", zaken, method="POST", json=body)[1]

        assert answer.status_code == 400

    @pytest.mark.parametrize(
        "change",
        [
            {"fields": ["geheimhoudingPersoonsgegevens"]},
            {"fields": ["naam.inOnderzoek"]},
            {"fields": ["naam.bestaatNiet"]},
            {"fields": []},
            {"burgerservicenummer": []},
            {"burgerservicenummer": ["12"]},
            {"type": "ZoekMetPostcode"},
            {"extra": 1},
        ],
    )
    def test_the_brp_refuses_a_wrong_question(self, brp_fake: Register, change: dict[str, Any]) -> None:
        question = {
            "type": "RaadpleegMetBurgerservicenummer",
            "burgerservicenummer": [KEES.bsn],
            "fields": ["naam.volledigeNaam"],
        }
        headers = {"X-Api-Key": KEY, **dict.fromkeys(NOT_IN_THE_TEXT, "x")}
        url = f"{brp_fake.url}/haalcentraal/api/brp/personen"

        assert httpx.post(url, json=question, headers=headers).status_code == 200
        assert httpx.post(url, json={**question, **change}, headers=headers).status_code == 400

    @pytest.mark.parametrize("header", sorted(NOT_IN_THE_TEXT))
    def test_the_brp_refuses_who_leaves_out_a_header(self, brp_fake: Register, header: str) -> None:
        headers = {"X-Api-Key": KEY, **dict.fromkeys(NOT_IN_THE_TEXT - {header}, "x")}
        url = f"{brp_fake.url}/haalcentraal/api/brp/personen"

        assert httpx.post(url, json={}, headers=headers).status_code == 403

    def test_only_the_fields_that_were_asked_come_back(self, brp_fake: Register) -> None:
        question = {
            "type": "RaadpleegMetBurgerservicenummer",
            "burgerservicenummer": [TINA.bsn],
            "fields": ["naam.voornamen", "kinderen.geboorte.datum"],
        }
        headers = {"X-Api-Key": KEY, **dict.fromkeys(NOT_IN_THE_TEXT, "x")}
        answer = httpx.post(f"{brp_fake.url}/haalcentraal/api/brp/personen", json=question, headers=headers)

        born = {"type": "Datum", "datum": "2023-02-01", "langFormaat": "1 februari 2023"}
        child = {"geboorte": {"datum": born}}
        assert answer.json()["personen"] == [{"naam": {"voornamen": "Tina"}, "kinderen": [child, child]}]


def test_the_text_names_none_of_the_headers_that_gateways_ask_for() -> None:
    assert not any(header in str(text(BRP)).lower() for header in NOT_IN_THE_TEXT)


def test_the_brp_connection_tells_all_four(brp_fake: Register, ask: Ask, heard: Heard) -> None:
    ask(brp_connection(brp_fake.url), lambda caller: person(caller, BSN(HELGA.bsn)))

    assert heard.calls[0][0].headers.keys() >= NOT_IN_THE_TEXT
