"""Every page a resident can meet, in three themes, at two widths: axe finds nothing, nothing sticks out.

Each test walks as a resident would, on the narrowest phone, and looks at every page on its way: there, and on
a desktop.
"""

import re
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page

from tests.chromium import follow

from .conftest import Urls
from .people import (
    MAIL,
    PHONE,
    code_for,
    expect_heading,
    right_for_everyone,
    sign_in,
    site_of,
    wallet_scans,
)

HOUSE = {
    "zandmeer": ("999970458", "helga-huisman"),
    "veldrecht": ("999990329", "kees-de-hoop"),
    "oeverstad": ("999992612", "robbert-sebastiaan-bronwasser"),
}
"""Who walks through each municipality, and whose wallet that is."""
NOWHERE = "/deze-pagina-is-er-niet/"
PUBLIC = (
    "/", "/en/", "/verhuizen/", "/hulp-thuis/", "/rondkomen/", "/dakkapel/", "/overlijden/",
    "/uw-gegevens/", "/toegankelijkheid/", "/privacy/", "/mijn/inloggen/",
    "/en/mijn/inloggen/", NOWHERE, "/mijn/uitgelogd/",
    "/paspoort/", "/kind-krijgen/", "/zo-gaat-uw-zaak/zaak-parkeren/", "/nieuws/", "/zoeken/?q=afval",
    "/zoeken/?q=xqzwv", "/was-dit-nuttig/dank/",
    "/bekendmakingen/", "/en/bekendmakingen/?soort=bouwen", "/bekendmakingen/?postcode=1111",
    "/bekendmakingen/mail/", "/bekendmakingen/mail/gevraagd/",
    "/bewijs/", "/en/bewijs/", "/bewijs/0000-0000-0000-0000/",
)  # fmt: skip

NOBODYS = "00000000-0000-4000-8000-000000000000"

everywhere = pytest.mark.parametrize("slug", HOUSE)


@pytest.fixture
def settings_of_browser() -> dict[str, Any]:
    return {"viewport": PHONE, "locale": "nl-NL"}


@everywhere
def test_the_site(page: Page, demo: Urls, slug: str) -> None:
    for path in PUBLIC:
        answer = page.goto(site_of(demo, slug) + path)
        assert answer
        assert answer.status == (404 if path == NOWHERE else 200), path
        right_for_everyone(page)


@everywhere
def test_mijn(page: Page, demo: Urls, slug: str) -> None:
    sign_in(page, demo, slug, HOUSE[slug][0])
    for path in (
        "/mijn/",
        "/mijn/zaken/",
        "/mijn/gegevens/",
        "/mijn/taken/",
        "/mijn/berichten/",
        "/mijn/contact/",
        "/mijn/contact/vraag/",
        "/mijn/contact/vragen/1/",
        "/mijn/contact/gegevens/",
        "/mijn/contact/gegevens/e-mail/",
        "/mijn/contact/gegevens/telefoon/",
        "/mijn/contact/gegevens/bericht/",
        "/mijn/contact/gegevens/e-mail/weghalen/",
        "/mijn/delen/",
        "/mijn/sessie/verlengen/",
        "/mijn/nooit/",
        "/en/mijn/",
    ):
        page.goto(site_of(demo, slug) + path)
        right_for_everyone(page)
    for list_of in ("zaken", "taken", "berichten"):
        page.goto(f"{site_of(demo, slug)}/mijn/{list_of}/")
        links = [one.get_attribute("href") for one in page.locator(f"main a[href*='/mijn/{list_of}/']").all()]
        for link in [one for one in links if one and re.search(r"/[0-9a-f-]{36}/$", one)][:4]:
            page.goto(site_of(demo, slug) + link)
            right_for_everyone(page)
    for nobodys in (f"zaken/{NOBODYS}/{NOBODYS}/", f"documenten/{NOBODYS}/", "documenten/te-groot/"):
        page.goto(f"{site_of(demo, slug)}/mijn/{nobodys}")
        right_for_everyone(page)


@everywhere
def test_sharing_from_a_wallet_and_stopping(page: Page, demo: Urls, slug: str) -> None:
    bsn, holder = HOUSE[slug]
    sign_in(page, demo, slug, bsn, then="/mijn/delen/starten/digitaal-bericht/")
    right_for_everyone(page)
    follow(page.get_by_role("button", name="Verder"))
    right_for_everyone(page)
    page.get_by_label(MAIL).check()
    follow(page.get_by_role("button", name="Verder"))
    right_for_everyone(page)
    wallet, session = wallet_scans(page, demo, holder)
    right_for_everyone(page)
    wallet.answer(session, agree=True)
    page.wait_for_url(re.compile(r"/controle/"))
    right_for_everyone(page)
    page.get_by_role("button", name="Ja, delen").click()
    page.wait_for_url(re.compile(r"/bewijs/"))
    right_for_everyone(page)
    page.goto(f"{site_of(demo, slug)}/mijn/delen/")
    right_for_everyone(page)
    follow(page.get_by_role("link", name=re.compile("Stop met delen")).first)
    right_for_everyone(page)
    follow(page.get_by_role("button", name="Ja, stop met delen"))
    right_for_everyone(page)
    page.get_by_text("Bekijk de controlecode van de tekst").click()
    right_for_everyone(page)
    with page.expect_download() as paper:
        page.get_by_role("link", name="Download als pdf: Bewijs van stoppen").click()
    assert paper.value.path().read_bytes().startswith(b"%PDF")
    number = paper.value.suggested_filename.removeprefix("bewijs-").removesuffix(".pdf")
    page.get_by_role("link", name="Is een bewijs echt?").click()
    page.get_by_label("Nummer van het bewijs").fill(number)
    follow(page.get_by_role("button", name="Controleer het nummer"))
    assert page.get_by_text("Echt", exact=True).is_visible()
    right_for_everyone(page)


@everywhere
def test_saying_no_and_what_goes_wrong(page: Page, demo: Urls, slug: str) -> None:
    bsn, holder = HOUSE[slug]
    sign_in(page, demo, slug, bsn, then="/mijn/delen/starten/digitaal-bericht/")
    page.get_by_role("button", name="Verder").click()
    page.get_by_label(MAIL).check()
    page.get_by_role("button", name="Verder").click()
    wallet, session = wallet_scans(page, demo, holder)
    wallet.answer(session, agree=False)
    page.get_by_role("heading", name="Het is niet gelukt").wait_for()
    right_for_everyone(page)
    follow(page.get_by_role("button", name="Nee, niet delen"))
    right_for_everyone(page)


@everywhere
def test_sharing_by_typing(page: Page, demo: Urls, slug: str) -> None:
    sign_in(page, demo, slug, HOUSE[slug][0], then="/mijn/delen/starten/digitaal-bericht/")
    page.get_by_role("button", name="Verder").click()
    page.get_by_text("Zonder app").click()
    page.get_by_label(MAIL).check()
    follow(page.get_by_role("button", name="Verder"))
    right_for_everyone(page)
    page.get_by_label("E-mailadres").fill("dit is geen adres")
    follow(page.get_by_role("button", name="Stuur mij de code"))
    right_for_everyone(page)
    page.get_by_label("E-mailadres").fill(f"{slug}@voorbeeld.example")
    page.get_by_role("button", name="Stuur mij de code").click()
    page.wait_for_url(re.compile(r"/controle/"))
    right_for_everyone(page)
    page.get_by_label("Code uit de e-mail").fill("000000")
    follow(page.get_by_role("button", name="Ja, delen"))
    right_for_everyone(page)


@everywhere
def test_asking_a_question_and_changing_an_address(page: Page, demo: Urls, slug: str) -> None:
    sign_in(page, demo, slug, HOUSE[slug][0], then="/mijn/contact/vraag/")
    follow(page.get_by_role("button", name="Verstuur mijn vraag"))
    right_for_everyone(page)
    page.get_by_label("Waar gaat uw vraag over?").fill("Afvalpas")
    page.get_by_label("Wat is uw vraag?").fill("Waar haal ik een nieuwe afvalpas?")
    page.get_by_role("button", name="Verstuur mijn vraag").click()
    expect_heading(page, "Uw vraag is binnen")
    right_for_everyone(page)
    page.goto(f"{site_of(demo, slug)}/mijn/contact/gegevens/e-mail/")
    page.get_by_label("Nieuw e-mailadres").fill("dit is geen adres")
    follow(page.get_by_role("button", name="Stuur mij de code"))
    right_for_everyone(page)
    address = f"{uuid4().hex}@voorbeeld.example"
    page.get_by_label("Nieuw e-mailadres").fill(address)
    page.get_by_role("button", name="Stuur mij de code").click()
    expect_heading(page, "Vul de code in")
    right_for_everyone(page)
    page.get_by_label("Code uit de e-mail").fill(code_for(page, demo, address))
    page.get_by_role("button", name="Bewaar mijn e-mailadres").click()
    expect_heading(page, "Contactgegevens")
    assert page.get_by_text(address).is_visible()
    right_for_everyone(page)


DOORS = {
    "a minor": ("oeverstad", "999995881", "Mijn is er vanaf 18 jaar"),
    "under curatele": ("zandmeer", "999990160", "Uw curator regelt dit voor u"),
    "deceased": ("zandmeer", "999970999", "Wij kunnen u niet inloggen"),
    "moved away": ("veldrecht", "999993148", "U woont niet meer in Nederland"),
    "of another municipality": ("veldrecht", "999970458", "U woont in een andere gemeente"),
}


@pytest.mark.parametrize("door", DOORS)
def test_who_cannot_go_in_ends_on_an_own_kind_page_and_is_not_signed_in(
    page: Page, demo: Urls, door: str
) -> None:
    slug, bsn, heading = DOORS[door]
    sign_in(page, demo, slug, bsn)
    expect_heading(page, heading)
    right_for_everyone(page)
    page.goto(f"{site_of(demo, slug)}/mijn/")
    expect_heading(page, f"Inloggen bij Mijn {slug.capitalize()}")


def test_mijn_when_the_registers_are_broken(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "zandmeer", HOUSE["zandmeer"][0])
    for register in ("brp", "zaken", "klantinteracties", "objecten", "berichten"):
        httpx.post(f"{demo['registers'][register]}/_faults", json={"kind": "500"}).raise_for_status()
    try:
        for path in (
            "/mijn/",
            "/mijn/zaken/",
            "/mijn/gegevens/",
            "/mijn/taken/",
            "/mijn/berichten/",
            "/mijn/contact/",
            "/mijn/contact/gegevens/",
            "/mijn/contact/gegevens/e-mail/",
        ):
            page.goto(site_of(demo, "zandmeer") + path)
            right_for_everyone(page)
    finally:
        for register in ("brp", "zaken", "klantinteracties", "objecten", "berichten"):
            httpx.post(f"{demo['registers'][register]}/_faults", json={"kind": "none"}).raise_for_status()


def test_the_demos_own_pages(page: Page, demo: Urls) -> None:
    for address in (demo["wallet"]["url"], demo["desk"]["url"], demo["cms"]["url"] + "/admin/login/"):
        page.goto(address)
        right_for_everyone(page)
