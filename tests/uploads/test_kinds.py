"""What a file is, is told by what is in it: never by its name alone."""

import io
from collections.abc import Callable
from time import process_time

import pytest

from portal.uploads import kinds
from portal.uploads.kinds import Kind
from portal.uploads.unsuitable import Unsuitable, Why

from . import files

TAKEN: list[tuple[str, Callable[[], bytes], Kind]] = [
    ("brief.pdf", files.pdf, kinds.PDF),
    ("BRIEF.PDF", files.pdf, kinds.PDF),
    ("foto.jpg", lambda: files.JPEG, kinds.JPEG),
    ("foto.jpeg", lambda: files.JPEG, kinds.JPEG),
    ("plan.png", files.png, kinds.PNG),
    ("brief.docx", files.docx, kinds.DOCX),
    ("uren.xlsx", lambda: files.office("spreadsheetml.sheet"), kinds.XLSX),
    ("brief.odt", files.odt, kinds.ODT),
    ("uitleg.txt", lambda: files.TEXT, kinds.TEXT),
    ("uitleg.txt", lambda: "Eén".encode("cp1252"), kinds.TEXT),
    ("zonder-einde", files.pdf, kinds.PDF),
]
REFUSED: list[tuple[str, Callable[[], bytes], Why]] = [
    ("leeg.pdf", lambda: b"", Why.EMPTY),
    ("foto.pdf", lambda: files.JPEG, Why.OTHER_NAME),
    ("brief.pdf", files.docx, Why.OTHER_NAME),
    ("brief.docx", lambda: files.office("spreadsheetml.sheet"), Why.OTHER_NAME),
    ("uitleg.pdf", lambda: files.TEXT, Why.OTHER_KIND),
    ("programma.txt", lambda: b"MZ\x90\x00\x03" + bytes(50), Why.OTHER_KIND),
    ("pagina.txt", lambda: b"<!doctype html><script>alert(1)</script>", Why.OTHER_KIND),
    ("plaatje.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", Why.OTHER_KIND),
    ("brief.rtf", lambda: rb"{\rtf1 hallo}", Why.OTHER_KIND),
    ("vreemd.docx", lambda: files.zip_of({"a.txt": b"x"}), Why.OTHER_KIND),
    ("bom.docx", lambda: files.docx(bom=bytes(2_000_000)), Why.OTHER_KIND),
    ("half.docx", lambda: files.docx()[:-30], Why.BROKEN),
    ("stuk.docx", files.broken_inside, Why.BROKEN),
    ("vol.docx", lambda: files.with_entries(60_000), Why.OTHER_KIND),
    ("anders.docx", files.packed_otherwise, Why.OTHER_KIND),
    ("macro.docx", lambda: files.docx(**{"word/vbaProject.bin": b"x"}), Why.MACROS),
    ("macro.docx", lambda: files.docx(**{"word/VBAPROJECT.BIN": b"x"}), Why.MACROS),
    ("macro.docx", lambda: files.listing(files.RUNS), Why.MACROS),
    ("macro.docx", lambda: files.listing(files.RUNS.replace(b"Enabled", b"&#69;nabled")), Why.OTHER_KIND),
    ("macro.docx", lambda: files.listing(bytes(range(1, 256)) * 5000 + files.RUNS), Why.OTHER_KIND),
    ("oud.doc", lambda: files.OLD_WORD, Why.OLD_OFFICE),
    ("slot.docx", lambda: files.LOCKED_WORD, Why.PASSWORD),
    ("slot.docx", files.packed_with_password, Why.PASSWORD),
    ("slot.odt", lambda: files.odt(b"<manifest:encryption-data/>"), Why.PASSWORD),
    ("telefoon.heic", lambda: files.HEIC, Why.HEIC),
]


@pytest.mark.parametrize(("name", "made", "kind"), TAKEN)
def test_what_officers_can_open_is_taken(name: str, made: Callable[[], bytes], kind: Kind) -> None:
    assert kinds.could_be(made()[: kinds.START])
    assert kinds.kind_of(io.BytesIO(made()), name) == kind


@pytest.mark.parametrize(("name", "made", "why"), REFUSED)
def test_anything_else_is_refused_with_its_reason(name: str, made: Callable[[], bytes], why: Why) -> None:
    with pytest.raises(Unsuitable) as refused:
        kinds.kind_of(io.BytesIO(made()), name)
    assert refused.value.why == why
    assert refused.value.in_words().endswith(".")


ALGORITHMS = ("RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256")


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_pdf_that_opens_without_password_is_taken_and_one_that_does_not_is_told(algorithm: str) -> None:
    assert kinds.kind_of(io.BytesIO(files.pdf("", algorithm)), "afschrift.pdf") == kinds.PDF
    with pytest.raises(Unsuitable) as locked:
        kinds.kind_of(io.BytesIO(files.pdf("geheim", algorithm)), "afschrift.pdf")
    assert locked.value.why == Why.PASSWORD


@pytest.mark.parametrize(
    "made",
    [
        b"/ID[(" * 50_000,
        b"/ID[<" * 50_000,
        b"/Filter/Standard" * 15_000,
        b"".join(
            b"1 0 obj<</Filter/Standard/R 3/P %d/O(o)/U(u)>>endobj/ID[<%04x>" % (n, n) for n in range(2000)
        ),
        b"1 0 obj<</Filter/Standard/R 3/Length %s/O(o)/U(u)>>endobj" % (b"9" * 5000),
    ],
    ids=["open strings", "open hex", "handlers", "dictionaries and ids", "a number"],
)
def test_a_pdf_that_would_have_us_try_for_days_is_soon_done_with(made: bytes) -> None:
    started = process_time()
    with pytest.raises(Unsuitable) as locked:
        kinds.kind_of(io.BytesIO(b"%PDF-1.4 /Encrypt 1 0 R\n" + made), "lang.pdf")
    assert locked.value.why == Why.PASSWORD
    assert process_time() - started < 5


def test_what_can_be_none_of_ours_is_known_by_its_first_bytes() -> None:
    assert not kinds.could_be(b"MZ\x90\x00\x03" + bytes(50))
    assert not kinds.could_be(b"<html>")
    assert not kinds.could_be(files.HEIC)


@pytest.mark.parametrize(
    ("name", "tidied"),
    [("brief.PDF", "brief.pdf"), ("brief", "brief.pdf"), (f"{'x' * 300}.pdf", f"{'x' * 100}.pdf")],
)
def test_a_name_ends_as_its_kind_does(name: str, tidied: str) -> None:
    assert kinds.tidy_name(name, kinds.PDF) == tidied
