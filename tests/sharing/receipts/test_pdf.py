"""The receipt on paper: read back by another library, it says the same, and is made for screen readers."""

import io
import json
import re

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from portal.sharing.receipts import jsonld, pdf, record, signed, words
from portal.sharing.receipts.record import Document
from themes.build import FILES, LIST
from themes.compiled import themes_in_force
from themes.logo import WIDEST

from .conftest import ALL, gives, last_of, stopped_by_phone, stopped_consent

pytestmark = pytest.mark.django_db


def read(receipt: Document, person: str = "R.S. Bronwaßer") -> PdfReader:
    return PdfReader(io.BytesIO(pdf.as_pdf(receipt, person)))


def text(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tags(reader: PdfReader) -> list[str]:
    """The kinds of all elements in the tree that screen readers follow."""
    found: list[str] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, ArrayObject):
            for one in node:
                walk(one)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


@pytest.mark.parametrize("act", ALL)
def test_paper_says_every_fact_of_the_receipt_and_holds_its_signed_data(helga, desk, clock, act):
    receipt = last_of(act(helga, desk, clock))
    reader = read(receipt)
    said = text(reader)
    for fact in words.facts(receipt, "R.S. Bronwaßer"):
        assert " ".join(fact.value.split()) in said, fact.term
    [attached] = reader.attachments[pdf.file_name(receipt, "json")]
    assert signed.number_in(attached) == receipt.spoken
    assert json.loads(attached) == signed.signed(jsonld.linked_data(receipt))


def test_it_has_language_title_tags_and_says_which_standards_it_keeps(helga, desk):
    reader = read(last_of(gives(helga)))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert reader.metadata.title == "Bewijs van delen"
    assert reader.metadata.author == "Gemeente Zandmeer"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/MarkInfo"]["/Marked"]
    assert {"/Document", "/H1", "/L", "/LI", "/Figure", "/Link"} <= set(tags(reader))
    about = reader.xmp_metadata.stream.get_data().decode()
    assert re.search(r"pdfuaid:part>1<", about)
    assert re.search(r"pdfaid:part>3<.*pdfaid:conformance>A<", about)


def test_the_file_inside_is_tied_to_the_document_as_its_data(helga, desk):
    [ref] = read(last_of(gives(helga))).trailer["/Root"]["/AF"]
    assert ref.get_object()["/AFRelationship"] == "/Data"


def test_all_typefaces_are_in_the_file(helga, desk):
    reader = read(last_of(gives(helga)), "محمد علي")
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    inside = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert inside
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in inside)


@pytest.mark.parametrize("name", ["R.S. Bronwaßer", "Łucja Ðặng", "Ελένη", "Дария", "محمد علي"])
def test_names_of_many_languages_stand_on_it_whole(helga, desk, name):
    letters = sorted(text(read(last_of(gives(helga)), name)))
    assert all(letters.count(one) >= name.count(one) for one in name)


def test_a_sign_that_no_typeface_has_costs_the_standard_and_not_the_receipt(helga, desk):
    reader = read(last_of(gives(helga)), "山田 🦆")
    assert "Nummer van dit bewijs" in text(reader)
    assert "pdfuaid" not in reader.xmp_metadata.stream.get_data().decode()


@pytest.mark.parametrize("sign", ["", "山田"])
def test_a_logo_that_cannot_be_drawn_costs_the_logo_and_not_the_receipt(
    helga, desk, settings, tmp_path, caplog, sign
):
    settings.THEMES_BUILD = tmp_path
    logo = tmp_path / FILES / themes_in_force()["zandmeer"]["logo"]
    logo.write_text(f'<svg width="0" {logo.read_text().removeprefix("<svg")}')
    reader = read(last_of(gives(helga)), sign)
    assert "Gemeente Zandmeer Bewijs van delen" in text(reader)
    assert tags(reader).count("/Figure") == 1  # only the code to scan
    assert ("pdfuaid" in reader.xmp_metadata.stream.get_data().decode()) == (not sign)
    assert "without its logo" in caplog.text
    assert "山" not in caplog.text


@pytest.mark.parametrize("beside", [True, False])
def test_the_name_stands_beside_the_logo_on_paper_as_the_theme_has_it(
    helga, desk, settings, tmp_path, beside
):
    settings.THEMES_BUILD = tmp_path
    themes = json.dumps(themes_in_force())
    says = '"name_beside_logo": '
    assert says in themes
    (tmp_path / LIST).write_text(re.sub(f"{says}(true|false)", f"{says}{str(beside).lower()}", themes))
    reader = read(last_of(gives(helga)))
    assert text(reader).startswith("Gemeente Zandmeer Bewijs van delen" if beside else "Bewijs van delen")
    assert tags(reader).count("/Figure") == 2


def test_beside_the_widest_logo_there_is_room_for_the_name(helga, desk, settings, tmp_path):
    settings.THEMES_BUILD = tmp_path
    logo = tmp_path / FILES / themes_in_force()["zandmeer"]["logo"]
    logo.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDEST} 1"><path d="M0 0h9v9"/></svg>'
    )
    starts: dict[str, float] = {}
    read(last_of(gives(helga))).pages[0].extract_text(
        visitor_text=lambda words, _cm, tm, _font, _size: starts.setdefault(words.strip(), tm[4])
    )
    millimetre = 72 / 25.4
    assert starts["Gemeente Zandmeer"] < 130 * millimetre


def test_a_logo_is_drawn_in_one_place_that_does_without():
    templates = {path.name for path in pdf.PORTAL.rglob("*.typ") if "said.logo" in path.read_text()}
    assert templates == {"letterhead.typ"}


def test_what_looks_like_markup_is_only_text(helga, desk):
    name = '#panic("x") $x$ *y* `z` <a> @b \\ ]'
    assert name in text(read(last_of(gives(helga)), name))


def test_its_code_leads_to_the_public_page_of_its_number(helga, desk):
    receipt = last_of(gives(helga))
    reader = read(receipt)
    links = [
        str(note.get_object()["/A"]["/URI"])
        for page in reader.pages
        for note in page.get("/Annots", ArrayObject())
    ]
    assert links == [f"http://zandmeer.localhost/bewijs/{receipt.spoken}/"]


def test_no_word_of_law_and_consent_is_mixed_up(helga, desk, clock):
    assert "oestemming" not in text(read(last_of(gives(helga))))
    assert "Uw toestemming" in text(read(last_of(stopped_consent(helga, desk, clock))))


def test_it_is_in_the_language_that_was_read(helga, desk):
    from portal.sharing import acts, grants, purposes
    from tests.sharing.conftest import says_yes

    sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "en"))
    acts.choose(helga, sharing.id, ["email"])
    acts.prove(sharing.id, acts.ask(helga, sharing.id, "other_device").id, {"email": "h@voorbeeld.example"})
    [receipt] = record.of_grant(grants.rows().get(id=says_yes(helga, sharing.id).id))
    reader = read(receipt)
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert "Messages by e-mail or text" in text(reader)


def test_the_same_receipt_is_the_same_file(helga, desk, clock):
    receipt = last_of(stopped_by_phone(helga, desk, clock))
    assert pdf.as_pdf(receipt, "") == pdf.as_pdf(receipt, "")
