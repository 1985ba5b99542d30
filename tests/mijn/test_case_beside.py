"""Decisions and documents on a case's page, and getting a document: own ones only, never broken as empty."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client
from pypdf import PdfReader

from demo.content.papers import HIDDEN, PAPERS
from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.models import Municipality
from portal.registers import places
from tests.conftest import Clock
from tests.registers.conftest import DAY, zaken_connection

from .conftest import AYSE, body_of, connected, signed_in
from .test_cases import UNKNOWN, address_of

ABDELLAH = "999970811"


@pytest.fixture
def dormer(helga: Client) -> str:
    """The address of Helga's case with documents."""
    return address_of(helga, "ZM-0507")


def documents(page: str) -> dict[str, str]:
    """Title to address of the documents on a page."""
    links = [one for one in page.split("<a ")[1:] if "/documenten/" in one]
    return {one.split(">")[1].split("</a")[0]: one.split('href="')[1].split('"')[0] for one in links}


def test_documents_stand_on_the_page_with_their_day_kind_size_and_whose_they_are(
    helga: Client, dormer: str
) -> None:
    page = body_of(helga.get(dormer))
    shown = documents(page)

    assert list(shown) == [
        "Ontvangstbevestiging",
        "Tekening van de voorgevel",
        "Aanvraag omgevingsvergunning dakkapel",
    ]
    assert "Van de gemeente, PDF" in page
    assert "Aan ons gestuurd, PDF" in page
    assert "A. Behandelaar" not in page


def test_a_draft_and_what_is_confidential_are_not_on_the_page_and_cannot_be_had(
    helga: Client, dormer: str, zaken_fake: Register
) -> None:
    hidden = [one.title for one in PAPERS["ZM-0507"] if one.lines == HIDDEN]
    page = body_of(helga.get(dormer))
    assert len(hidden) == 2
    assert not any(title in page for title in hidden)

    zaken_fake.calls.clear()
    helga.get(dormer)
    asked = {
        call.rpartition("/")[2] for call in zaken_fake.calls if "/enkelvoudiginformatieobjecten/" in call
    }
    shown = {address.split("/")[-2] for address in documents(page).values()}
    for one in asked - shown:
        answer = helga.get(f"{dormer}documenten/{one}/")
        assert answer.status_code == 404
        assert UNKNOWN in body_of(answer)
    assert len(asked - shown) == 2


def test_of_many_documents_a_page_is_asked_about_and_the_rest_is_a_link_away(
    helga: Client, dormer: str, zaken_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.registers.zaken.documents.ON_A_PAGE", 2)
    shown: list[str] = []
    address: str | None = dormer
    while address:
        zaken_fake.calls.clear()
        page = body_of(helga.get(address))
        shown += documents(page)
        assert len([one for one in zaken_fake.calls if "/enkelvoudiginformatieobjecten/" in one]) <= 2
        older = re.search(r'href="([^"]+)"[^>]*>Oudere documenten<', page)
        address = f"{dormer}{older[1]}" if older else None
    assert set(shown) == set(documents_of_all(helga, dormer, monkeypatch))
    assert "Nieuwere documenten" in page
    for odd in ("9999", "-1", "0", "\u0663", "1e3", ""):
        assert helga.get(dormer, {"documenten": odd}).status_code == 200, odd


def documents_of_all(helga: Client, dormer: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.undo()
    return documents(body_of(helga.get(dormer)))


def test_a_document_comes_as_it_is_under_a_safe_name(helga: Client, dormer: str) -> None:
    address = documents(body_of(helga.get(dormer)))["Ontvangstbevestiging"]
    answer = helga.get(address)
    content = b"".join(answer)  # type: ignore[call-overload]

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="Ontvangstbevestiging.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert int(answer["Content-Length"]) == len(content)
    assert "binnen acht weken" in PdfReader(BytesIO(content)).pages[0].extract_text()


def test_a_document_of_somebody_else_looks_as_if_it_does_not_exist(
    helga: Client, dormer: str, mijn: Municipality
) -> None:
    hers = documents(body_of(helga.get(dormer)))["Ontvangstbevestiging"]
    ayse = signed_in(mijn, AYSE)
    own = address_of(ayse, "ZM-0032")
    document = hers.split("/")[-2]
    tries = [hers, f"{dormer}documenten/{uuid4()}/", f"{own}documenten/{document}/"]
    pages = [ayse.get(one) for one in tries]

    assert [one.status_code for one in pages] == [404, 404, 404]
    assert len({body_of(one).split("<main")[1].split("</main>")[0] for one in pages}) == 1


def test_a_document_that_a_register_smuggles_in_is_not_given(
    helga: Client, dormer: str, zaken_fake: Register, mijn: Municipality
) -> None:
    document = documents(body_of(helga.get(dormer)))["Ontvangstbevestiging"].split("/")[-2]
    ayse = signed_in(mijn, AYSE)
    own = address_of(ayse, "ZM-0032")
    zaken_fake.misbehave("foreign")
    page = body_of(ayse.get(own))

    assert "Ontvangstbevestiging" not in page
    assert ayse.get(f"{own}documenten/{document}/").status_code == 404


@pytest.mark.parametrize("fault", ["500", "404", "401"])  # what breaks off on its way: test_content.py
@pytest.mark.parametrize("where", ["/download", "enkelvoudiginformatieobjecten", "/zaken/api/"])
def test_a_document_that_is_broken_says_so(
    helga: Client, dormer: str, zaken_fake: Register, fault: str, where: str
) -> None:
    address = documents(body_of(helga.get(dormer)))["Ontvangstbevestiging"]
    zaken_fake.misbehave(fault, where=where)
    answer = helga.get(address)

    assert answer.status_code == 503
    assert "Dit document is nu niet te openen." in body_of(answer)
    assert dormer in body_of(answer)


def test_a_document_of_another_size_than_its_record_tells_is_broken(
    helga: Client, dormer: str, zaken_fake: Register
) -> None:
    address = documents(body_of(helga.get(dormer)))["Ontvangstbevestiging"]
    zaken_fake.misbehave("huge", where="/download")

    assert helga.get(address).status_code == 503


@pytest.mark.parametrize("fault", ["500", "401", "broken", "schema", "truncated", "huge", "404"])
def test_documents_that_cannot_be_read_are_never_shown_as_none(
    helga: Client, dormer: str, zaken_fake: Register, fault: str
) -> None:
    for where in ("zaakinformatieobjecten", "/documenten/"):
        zaken_fake.misbehave(fault, where=where)
        page = body_of(helga.get(dormer))

        assert "Niet alle documenten zijn nu te zien." in page
        assert "Omgevingsvergunning dakkapel" in page


def test_a_document_of_no_size_there_is_costs_its_own_row_only(
    helga: Client, dormer: str, zaken_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    respond = zaken_fake.respond

    def without_end(asked: Asked) -> Reply:
        reply = respond(asked)
        if isinstance(reply.body, dict) and reply.body.get("titel") == "Ontvangstbevestiging":
            return replace(reply, body={**reply.body, "bestandsomvang": float("inf")})
        return reply

    monkeypatch.setattr(zaken_fake, "respond", without_end)
    page = body_of(helga.get(dormer))

    assert "Niet alle documenten zijn nu te zien." in page
    assert "Ontvangstbevestiging" not in documents(page)
    assert len(documents(page)) > 1


def test_a_case_without_documents_or_decisions_has_no_such_parts(helga: Client) -> None:
    page = body_of(helga.get(address_of(helga, "ZM-0411"))).split("<h1", 1)[1]

    assert 'id="besluit"' not in page
    assert 'id="documenten"' in page


class TestDecisions:
    @pytest.fixture
    def abdellah(self, zandmeer: Municipality, zaken_fake: Register, clock: Clock) -> Client:
        """In a municipality that has Oeverstad's cases, on the day that their stories count from."""
        clock.time = datetime.combine(DAY, time(12), UTC)
        from portal.municipalities.bsn import BSN

        connected(zandmeer, zaken_connection(zaken_fake.url, "9903"))
        return signed_in(zandmeer, BSN(ABDELLAH))

    @pytest.fixture
    def help(self, abdellah: Client) -> str:
        return address_of(abdellah, "OS-0802")

    def test_a_decision_says_until_when_one_can_object_and_how(self, abdellah: Client, help: str) -> None:
        page = body_of(abdellah.get(help))

        assert "B-OS-0802" in page
        assert "Bent u het er niet mee eens? U kunt bezwaar maken" in page
        assert "Dat kan tot en met 7 december 2026." in page  # sent on 25 October; 6 December is a Sunday
        assert 'Breng of stuur de brief naar: <span lang="nl">Gemeentehuis, Plein 1</span>.' in page
        assert "Interne opmerking" not in page

    def test_the_last_day_is_there_as_a_file_for_a_calendar(self, abdellah: Client, help: str) -> None:
        page = body_of(abdellah.get(help))
        address = page.split("/agenda.ics")[0].rpartition('"')[2] + "/agenda.ics"
        answer = abdellah.get(address)
        text = answer.content.decode()

        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert 'filename="bezwaar.ics"' in answer["Content-Disposition"]
        assert "DTSTART;VALUE=DATE:20261207\r\n" in text
        assert "gemeente Zandmeer" in text
        assert "OS-0802" in text
        assert "bijstand" not in text.lower()

    def test_somebody_else_has_no_such_file(
        self, abdellah: Client, help: str, zandmeer: Municipality
    ) -> None:
        page = body_of(abdellah.get(help))
        address = page.split("/agenda.ics")[0].rpartition('"')[2] + "/agenda.ics"

        assert signed_in(zandmeer).get(address).status_code == 404
        assert abdellah.get(f"{help}besluiten/{uuid4()}/agenda.ics").status_code == 404

    def test_a_decision_that_is_not_sent_yet_is_nowhere(self, helga: Client, dormer: str) -> None:
        page = body_of(helga.get(dormer))

        assert "B-ZM-0507" not in page
        assert 'id="besluit"' not in page

    @pytest.mark.parametrize("fault", ["500", "401", "404", "broken", "schema", "truncated", "huge"])
    def test_decisions_that_cannot_be_read_are_never_shown_as_none(
        self, abdellah: Client, help: str, zaken_fake: Register, fault: str
    ) -> None:
        zaken_fake.misbehave(fault, where="/besluiten/")
        page = body_of(abdellah.get(help))

        assert "De besluiten zijn nu niet te zien." in page
        assert "Bijzondere bijstand" in page

    def test_a_decision_of_another_case_is_not_shown(
        self, abdellah: Client, help: str, zaken_fake: Register
    ) -> None:
        zaken_fake.misbehave("foreign", where="/besluiten/")
        page = body_of(abdellah.get(help))

        assert "B-OS-0802" in page
        assert "B-OS-0750" not in page


def test_a_case_costs_few_calls_once_types_are_known(
    helga: Client, dormer: str, zaken_fake: Register
) -> None:
    helga.get(dormer)
    zaken_fake.calls.clear()
    helga.get(dormer)

    assert len([call for call in zaken_fake.calls if "enkelvoudig" not in call]) == 5
    assert len(zaken_fake.calls) == 5 + 5, "and one for each document"


def test_where_documents_are_not_connected_the_case_is_still_there(
    zandmeer: Municipality, zaken_fake: Register
) -> None:
    from dataclasses import replace

    full = zaken_connection(zaken_fake.url)
    few = {
        name: value
        for name, value in full.parameters.items()
        if name not in {"documenten_url", "besluiten_url"}
    }
    connected(zandmeer, replace(full, parameters=few))
    browser = signed_in(zandmeer)
    page = body_of(browser.get(address_of(browser, "ZM-0507")))

    assert "Omgevingsvergunning dakkapel" in page
    assert "Niet alle documenten" not in page
    assert 'id="documenten"' not in page


def test_another_municipality_s_document_is_not_reached(
    helga: Client, dormer: str, veldrecht: Municipality, zaken_fake: Register
) -> None:
    theirs: UUID = connected(veldrecht, zaken_connection(zaken_fake.url, "9902"))
    own = dormer.split("/")[-2]
    asked = len(zaken_fake.calls)

    assert helga.get(f"/mijn/zaken/{theirs}/{own}/documenten/{uuid4()}/").status_code == 404
    assert len(zaken_fake.calls) == asked


def test_who_downloads_holds_one_place_and_the_next_of_theirs_waits(helga: Client, dormer: str) -> None:
    address = documents(body_of(helga.get(dormer)))["Ontvangstbevestiging"]
    under_way = helga.get(address)
    one_more = helga.get(address)

    assert one_more.status_code == 503
    assert "heel druk op de site" in body_of(one_more)
    assert b"".join(under_way)  # type: ignore[call-overload]
    again = helga.get(address)
    assert again.status_code == 200
    assert b"".join(again)  # type: ignore[call-overload]


def test_when_too_many_download_at_once_the_next_is_asked_to_wait(helga: Client, dormer: str) -> None:
    address = documents(body_of(helga.get(dormer)))["Ontvangstbevestiging"]
    others = [places.take_a_place_to_download(uuid4()) for _one in range(max(1, settings.WEB_THREADS // 4))]

    assert all(others)
    assert helga.get(address).status_code == 503
    for place in others:
        if place:
            place.leave()
    assert b"".join(helga.get(address))  # type: ignore[call-overload]
