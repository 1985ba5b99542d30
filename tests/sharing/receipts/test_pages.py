"""Downloads for their owner only, and a public page that says one word."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from pypdf import PdfReader

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing.grants import erase_over
from portal.sharing.models import Grant, Receipt
from portal.sharing.receipts import numbers, signed
from tests.sharing.browser import Browser
from tests.sharing.conftest import HELGA, gives, somebody

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def helga_at(offering) -> Browser:
    return Browser(offering, HELGA)


def shares(browser: Browser, slug: str = "maatje-18") -> Grant:
    with acting_for(browser.municipality), transaction.atomic():
        values = {"over18": "yes"} if slug == "maatje-18" else None
        return gives(browser.session, slug, values)


def number_of(municipality: Municipality) -> str:
    with acting_for(municipality), transaction.atomic():
        return numbers.spoken(Receipt.objects.latest("at").number)


def address(grant: Grant, name: str) -> str:
    return f"/mijn/delen/bewijs/{grant.id}/{name}"


def test_a_resident_downloads_the_receipt_from_the_page_of_the_grant(helga_at):
    grant = shares(helga_at)
    helga_at.goes(f"/mijn/delen/bewijs/{grant.id}/")
    pdf = helga_at.client.get(helga_at.page.links["Download als pdf"])
    data = helga_at.client.get(helga_at.page.links["Download voor computers"])
    number = number_of(helga_at.municipality)
    assert pdf["Content-Type"] == "application/pdf"
    assert data["Content-Type"] == "application/ld+json"
    for answer, ending in ((pdf, "pdf"), (data, "json")):
        assert answer["Content-Disposition"] == f'attachment; filename="bewijs-{number}.{ending}"'
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Helga Huisman" in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert "Helga" not in data.content.decode()


def test_every_receipt_stays_to_be_had_after_stopping_and_is_listed(helga_at):
    grant = shares(helga_at)
    helga_at.goes(f"/mijn/delen/stoppen/{grant.id}/").presses("Ja, stop met delen")
    for name in ("gegeven.pdf", "gegeven.json", "gestopt.pdf", "gestopt.json"):
        assert f'href="{address(grant, name)}"' in helga_at.page.html
        assert helga_at.client.get(address(grant, name)).status_code == 200


def test_an_expired_yes_has_a_receipt_of_its_end(helga_at):
    grant = shares(helga_at)
    with acting_for(helga_at.municipality), transaction.atomic():
        erase_over(grant.until + timedelta(seconds=1))
    data = helga_at.client.get(address(grant, "afgelopen.json"))
    assert json.loads(data.content)["bewijs:act"] == "expired"


def test_of_others_of_elsewhere_and_of_what_never_was_there_is_the_same_page(helga_at, veldrecht):
    grant = shares(helga_at)
    neighbour, elsewhere = Browser(helga_at.municipality, somebody()), Browser(veldrecht, HELGA)
    asked = [
        (neighbour, address(grant, "gegeven.pdf")),
        (elsewhere, address(grant, "gegeven.pdf")),
        (helga_at, address(grant, "gestopt.pdf")),
        (helga_at, address(grant, "verzonnen.json")),
    ]
    for browser, path in asked:
        assert browser.goes(path).status == 404
        assert browser.h1 == "Deze pagina kennen wij niet"
    assert helga_at.goes(address(grant, "gegeven.html")).status == 404
    assert Client(HTTP_HOST=helga_at.municipality.host).get(address(grant, "gegeven.pdf")).status_code == 302


# --- the public page ---


def asks(municipality: Municipality, number: str):
    return Client(HTTP_HOST=municipality.host).get(f"/bewijs/{number}/")


def word(answer) -> str:
    return re.search(r"\b(Niet echt|Echt)\b", answer.content.decode())[0]


def test_the_number_of_a_receipt_is_genuine_also_after_the_end_and_in_any_spelling(helga_at):
    grant = shares(helga_at)
    number = number_of(helga_at.municipality)
    helga_at.goes(f"/mijn/delen/stoppen/{grant.id}/").presses("Ja, stop met delen")
    for spelled in (number, number.lower(), number.replace("-", ""), number.replace("-", "%20")):
        assert word(asks(helga_at.municipality, spelled)) == "Echt"


def test_what_is_not_known_gets_the_same_answer_but_for_the_word(helga_at, veldrecht):
    shares(helga_at)
    genuine = number_of(helga_at.municipality)
    random = numbers.spoken(numbers.new())
    wrong_check = genuine[:-1] + ("0" if genuine[-1] != "0" else "1")
    yes = asks(helga_at.municipality, genuine)
    for municipality, number in (
        (helga_at.municipality, random),
        (helga_at.municipality, wrong_check),
        (helga_at.municipality, "0" * len(genuine)),
        (veldrecht, genuine),
    ):
        no = asks(municipality, number)
        assert word(no) == "Niet echt"
        assert no.status_code == yes.status_code == 200
        if municipality is helga_at.municipality:
            assert _bare(no, number) == re.sub(r"\bEcht\b", "Niet echt", _bare(yes, genuine))
            assert {**no.headers, "Content-Length": ""} == {**yes.headers, "Content-Length": ""}


def _bare(answer, number: str) -> str:
    """The page without what differs each time: the form's token, and the address it was asked at."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return html.replace(number, "NUMBER")


@pytest.mark.parametrize("number", ["x", "a" * 3_000, "%00", "%F0%9F%A6%86", "999970458"])
def test_nonsense_is_not_genuine(offering, number):
    assert word(asks(offering, number)) == "Niet echt"


def test_the_page_is_neither_kept_nor_found_and_knows_nobody(helga_at):
    shares(helga_at)
    answer = helga_at.client.get(f"/bewijs/{number_of(helga_at.municipality)}/")
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert not [word for word in ("Helga", "Maatje", "gegeven op") if word in answer.content.decode()]


def test_a_visitor_types_the_number(helga_at):
    shares(helga_at)
    number = number_of(helga_at.municipality)
    visitor = Browser(helga_at.municipality, somebody()).goes("/bewijs/")
    assert "Ons antwoord" not in visitor.text
    visitor.presses("Controleer het nummer", number=number.lower())
    assert f"Ons antwoord Nummer {number} : Echt" in visitor.text
    assert "<title>Echt – Is dit bewijs echt?" in visitor.page.html
    visitor.presses("Controleer het nummer", number="999970458")
    assert "Ons antwoord Nummer 999970458 : Niet echt" in visitor.text
    assert "999970458" not in visitor.address
    visitor.presses("Controleer het nummer", number="")
    assert "Vul het nummer in." in visitor.text
    assert "<title>Er klopt iets nog niet: Is dit bewijs echt?" in visitor.page.html


def test_a_visitor_gives_the_file_or_its_text(helga_at, veldrecht):
    grant = shares(helga_at)
    file = helga_at.client.get(address(grant, "gegeven.json")).content
    visitor = Browser(helga_at.municipality, somebody()).goes("/bewijs/")
    visitor.presses("Controleer het bestand", file=SimpleUploadedFile("bewijs.json", file))
    assert "Ons antwoord Uw bestand: Echt" in visitor.text
    visitor.presses("Controleer het bestand", text=file.decode())
    assert "Ons antwoord Uw bestand: Echt" in visitor.text
    changed = file.decode().replace('"given"', '"stopped"')
    visitor.presses("Controleer het bestand", text=changed)
    assert "Ons antwoord Uw bestand: Niet echt" in visitor.text
    neighbours = Browser(veldrecht, somebody()).goes("/bewijs/")
    neighbours.presses("Controleer het bestand", text=file.decode())
    assert "Ons antwoord Uw bestand: Niet echt" in neighbours.text
    visitor.presses("Controleer het bestand", file=SimpleUploadedFile("x.json", b" " * (signed.MOST + 1)))
    assert "Ons antwoord" not in visitor.text or "Niet echt" in visitor.text
    visitor.presses("Controleer het bestand", text="")
    assert "Kies een bestand, of plak de tekst." in visitor.text
    assert "(hoeft niet)" not in visitor.text


def test_a_file_of_the_log_is_not_called_false_but_says_where_it_belongs(helga_at):
    grant = shares(helga_at)
    file = helga_at.client.get(f"/mijn/delen/bewijs/{grant.id}/controleer/bewijs.json").content
    visitor = Browser(helga_at.municipality, somebody())
    visitor.goes("/bewijs/").presses("Controleer het bestand", file=SimpleUploadedFile("blad.json", file))
    assert "Dit bestand hoort bij het logboek." in visitor.text
    assert "Ons antwoord" not in visitor.text


def test_a_genuine_pdf_is_not_called_false_but_the_number_is_asked(helga_at):
    pdf = helga_at.client.get(address(shares(helga_at), "gegeven.pdf")).content
    visitor = Browser(helga_at.municipality, somebody())
    visitor.goes("/bewijs/").presses("Controleer het bestand", file=SimpleUploadedFile("bewijs.pdf", pdf))
    assert "Een pdf kunnen wij hier niet controleren" in visitor.text
    assert "Typ het nummer" in visitor.text
    assert "Ons antwoord" not in visitor.text


def test_after_thirty_questions_in_a_minute_a_visitor_waits(offering):
    answers = [asks(offering, "x").status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]


def test_the_public_keys_are_there_for_everyone(helga_at):
    answer = Client(HTTP_HOST=helga_at.municipality.host).get("/bewijs/sleutels.json")
    [key] = answer.json()["keys"]
    assert (key["kty"], key["crv"], key["alg"], "d" in key) == ("OKP", "Ed25519", "EdDSA", False)
