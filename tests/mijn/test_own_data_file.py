"""Own data as a file: all that the page shows, asked anew; what did not come is in it by name."""

import io
import json
import re
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from demo.registers.serving import Register
from portal.municipalities.models import Municipality
from portal.registers.models import KeptAnswer

from .conftest import AYSE, HELGA, body_of, signed_in
from .test_own_data_parts import papers_fake, papers_register, whole, woz_fake, woz_register

__all__ = ["papers_fake", "papers_register", "whole", "woz_fake", "woz_register"]
PATH = "/mijn/gegevens/meenemen/"


@pytest.fixture
def helga(whole: Municipality) -> Client:
    return signed_in(whole)


def as_json(browser: Client, **more: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(body_of(browser.post(PATH, {"soort": "json", **more})))
    return found


def as_pdf(browser: Client, **more: str) -> PdfReader:
    return PdfReader(io.BytesIO(b"".join(browser.post(PATH, {"soort": "pdf", **more}))))  # type: ignore[call-overload]


def text(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def shown(page: str) -> list[tuple[str, str]]:
    """Each fact of the page, as a visitor reads it."""
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>\s*<div[^>]*>\s*<bdi[^>]*>(.*?)</bdi>", page, re.DOTALL)
    return [(label, value.replace("&#x27;", "'")) for label, value in found]


def test_every_fact_of_the_page_is_in_it_with_source_and_day(helga: Client) -> None:
    on_page = shown(body_of(helga.get("/mijn/gegevens/")))
    document, paper = as_json(helga), text(as_pdf(helga))
    facts = [fact for source in document["bronnen"] for fact in source["gegevens"]]

    assert len(on_page) > 10
    # The page comes in pieces, each when its register answers; its slots put them in their places.
    assert sorted((fact["naam"], fact["waarde"]) for fact in facts) == sorted(on_page)
    assert all(fact["bron"] for fact in facts)
    assert all(source["opgehaald"] and source["opgehaald_op"] for source in document["bronnen"])
    for label, value in on_page:
        assert " ".join(f"{label} {value}".split()) in paper
    assert "Bron: Waardering onroerende zaken (WOZ)." in paper


def test_what_could_not_be_had_is_named_and_never_taken_from_earlier(
    helga: Client, whole: Municipality, woz_fake: Register
) -> None:
    body_of(helga.get("/mijn/gegevens/"))
    woz_fake.misbehave("500")
    (woz,) = [one for one in as_json(helga)["bronnen"] if "WOZ" in one["onderdeel"]]
    woz_fake.misbehave("none")
    woz_fake.misbehave("broken")
    paper = text(as_pdf(helga))

    assert (woz["opgehaald"], woz["opgehaald_op"], woz["gegevens"]) == (False, None, [])
    assert "Dit ontbreekt." in woz["opmerking"]
    assert "Waarde van uw woning (WOZ) Dit ontbreekt." in paper
    assert "418.000" not in paper


def test_the_pdf_has_language_title_and_tags_and_keeps_to_the_standards(helga: Client) -> None:
    reader = as_pdf(helga)
    root = reader.trailer["/Root"]

    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert reader.metadata
    assert reader.metadata.title == "Uw gegevens"
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert "pdfuaid:part" in xmp
    assert "pdfaid:part" in xmp


@pytest.mark.parametrize("kind", ["json", "pdf"])
def test_it_is_kept_by_nobody_and_its_name_says_nothing_of_anybody(
    helga: Client, kind: str, whole: Municipality
) -> None:
    answer = helga.post(PATH, {"soort": kind})

    assert answer.streaming
    assert answer["Cache-Control"] == "no-store"
    assert re.fullmatch(
        rf'attachment; filename="mijn-gegevens-\d{{4}}-\d\d-\d\d\.{kind}"', answer["Content-Disposition"]
    )
    content = b"".join(answer)  # type: ignore[call-overload]
    assert HELGA.reveal().encode() not in content
    assert int(answer["Content-Length"]) == len(content)


class TestASecretAddress:
    def test_is_not_in_it_and_that_is_said(self, whole: Municipality) -> None:
        ayse = signed_in(whole, AYSE)
        document = json.dumps(as_json(ayse), ensure_ascii=False)

        assert "Zeewindhof" not in document
        assert "Uw adres staat hier niet in, want u vroeg om geheimhouding." in document
        assert "Zeewindhof" not in text(as_pdf(ayse))

    def test_is_in_it_only_for_who_asked_for_that(self, whole: Municipality) -> None:
        ayse = signed_in(whole, AYSE)
        reader = as_pdf(ayse, with_address="on")

        assert "Zeewindhof 31" in text(reader)
        assert "Zeewindhof" not in str(reader.metadata)
        assert "Zeewindhof 31" in json.dumps(as_json(ayse, with_address="on"))

    def test_only_who_has_one_is_asked(self, helga: Client, whole: Municipality) -> None:
        asks = "Zet ook mijn adres in het bestand"

        assert asks in body_of(signed_in(whole, AYSE).get("/mijn/gegevens/"))
        assert asks not in body_of(helga.get("/mijn/gegevens/"))


def test_no_link_or_history_makes_it(helga: Client, brp_fake: Register) -> None:
    assert helga.get(PATH)["Location"] == "/mijn/gegevens/"
    assert helga.post(PATH, {"soort": "anders"})["Location"] == "/mijn/gegevens/"
    assert brp_fake.calls == []


def test_another_site_cannot_have_it_made(whole: Municipality) -> None:
    browser = signed_in(whole)
    strict = Client(headers={"host": whole.host}, enforce_csrf_checks=True)
    strict.cookies = browser.cookies

    assert strict.post(PATH, {"soort": "json"}).status_code == 403


def test_who_asks_again_and_again_waits(helga: Client) -> None:
    answers = [helga.post(PATH, {"soort": "json"}).status_code for _time in range(11)]

    assert answers[-2:] == [200, 429]


def test_nothing_of_it_is_kept(helga: Client, whole: Municipality, here_rows: Any) -> None:
    as_json(helga)

    assert here_rows() == 0


@pytest.fixture
def here_rows(whole: Municipality) -> Any:
    from django.db import transaction

    from portal.municipalities.acting import acting_for

    def count() -> int:
        with acting_for(whole), transaction.atomic():
            return KeptAnswer.objects.count()

    return count
