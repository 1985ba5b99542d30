"""Which documents a resident may have, and under what name and kind."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from portal.registers.documenten import Document, document_is_shown
from portal.registers.naming import file_name, media_type, short_kind
from portal.registers.zaken.decisions import Decision
from portal.registers.zaken.visible import decision_is_told

from .test_zaken_visible import LIMIT, TODAY, ZAAK

PAPER = Document(
    UUID(int=1), "Aanvraag", date(2026, 11, 1), None, "application/pdf", 13, "a.pdf", "definitief", LIMIT
)


@pytest.mark.parametrize(
    ("status", "confidentiality", "limit", "shown"),
    [
        ("definitief", "zaakvertrouwelijk", LIMIT, True),
        ("gearchiveerd", "openbaar", LIMIT, True),
        ("in_bewerking", "openbaar", LIMIT, False),
        ("ter_vaststelling", "openbaar", LIMIT, False),
        ("", "openbaar", LIMIT, False),
        ("definitief", "vertrouwelijk", LIMIT, False),
        ("definitief", "", LIMIT, False),
        ("definitief", "zaakvertrouwelijk", "openbaar", False),
        ("definitief", "openbaar", "alles", False),
    ],
)
def test_who_sees_a_document(status: str, confidentiality: str, limit: str, shown: bool) -> None:
    assert document_is_shown(replace(PAPER, status=status, confidentiality=confidentiality), limit) is shown


@pytest.mark.parametrize(
    ("zaak", "sent", "told"),
    [
        (ZAAK.url, TODAY, True),
        (ZAAK.url, date(2026, 11, 1), True),
        (ZAAK.url, date(2026, 11, 25), False),
        (ZAAK.url, None, False),
        ("http://zrc/2", TODAY, False),
        ("", TODAY, False),
    ],
    ids=["today", "before", "tomorrow", "not sent", "another case's", "nobody's"],
)
def test_who_is_told_of_a_decision(zaak: str, sent: date | None, told: bool) -> None:
    decision = Decision(UUID(int=1), zaak, "B-1", "Besluit", date(2026, 11, 1), None, None, sent, None)

    assert decision_is_told(decision, ZAAK, TODAY) is told


@pytest.mark.parametrize(
    ("name", "title", "kind", "saved"),
    [
        ("brief.pdf", "", "application/pdf", "brief.pdf"),
        ("BRIEF.PDF", "", "application/pdf", "BRIEF.pdf"),
        ("", "Besluit op bezwaar", "application/pdf", "Besluit op bezwaar.pdf"),
        ("", "", "application/pdf", "document.pdf"),
        ("foto.jpeg", "", "image/jpeg", "foto.jpeg"),
        ("../../etc/passwd", "", "application/pdf", "passwd.pdf"),
        (r"C:\Users\x\brief.pdf", "", "application/pdf", "brief.pdf"),
        ("factuur.pdf.exe", "", "application/pdf", "factuur.pdf.exe.pdf"),
        ("pagina.html", "", "text/html", "pagina.html.bin"),
        ("plaatje.svg", "", "image/svg+xml", "plaatje.svg.bin"),
        ("brief\u202efdp.exe", "", "application/x-msdownload", "brieffdp.exe.bin"),
        ("a\r\nX-Kop: 1.pdf", "", "application/pdf", "aX-Kop- 1.pdf"),
        ('"><b>.pdf', "", "application/pdf", "---b-.pdf"),
        ("...", "", "application/pdf", "document.pdf"),
        ("x" * 300 + ".pdf", "", "application/pdf", "x" * 100 + ".pdf"),
        ("Straße Ĳ 日本.pdf", "", "application/pdf", "Straße Ĳ 日本.pdf"),
    ],
)
def test_a_document_is_saved_under_a_safe_name_that_ends_as_its_kind(
    name: str, title: str, kind: str, saved: str
) -> None:
    assert file_name(replace(PAPER, file_name=name, title=title, format=kind)) == saved


@pytest.mark.parametrize(
    ("format", "heard", "word"),
    [
        ("application/pdf", "application/pdf", "PDF"),
        ("text/html", "application/octet-stream", ""),
        ("image/svg+xml", "application/octet-stream", ""),
        ("application/javascript", "application/octet-stream", ""),
        ("", "application/octet-stream", ""),
        ("text/plain\r\nX: y", "application/octet-stream", ""),
    ],
)
def test_what_could_run_is_just_bytes(format: str, heard: str, word: str) -> None:
    paper = replace(PAPER, format=format)

    assert (media_type(paper), short_kind(paper)) == (heard, word)


def test_the_kind_of_a_file_is_read_without_its_extras() -> None:
    told = {
        "url": f"http://drc/{UUID(int=1)}",
        "titel": "Lijst",
        "creatiedatum": "2026-11-01",
        "formaat": "Text/Plain; charset=utf-8",
        "vertrouwelijkheidaanduiding": "openbaar",
    }

    assert Document.of(told).format == "text/plain"
    assert Document.of(told).size is None
    assert not document_is_shown(Document.of(told), LIMIT), "without a status it is not known to be finished"
