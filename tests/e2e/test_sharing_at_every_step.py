"""Saying no, closing, going back, reloading, two tabs: at each step a clear page and a way on."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from .conftest import Urls
from .people import (
    APP_HERE,
    MAIL,
    SCAN,
    TYPE,
    DemoWallet,
    agree,
    ask_code,
    begin_sharing,
    choose_how,
    code_for,
    expect_heading,
    name_of,
    pointer_on,
    receipts,
    sign_in,
    site_of,
    wallet_agrees,
    wallet_scans,
    way_on,
)

HELGA, AYSE = "999970458", "999991747"  # Zandmeer
PETRI = "999990871"  # Veldrecht
ABDELLAH, ROBBERT, FARID = "999970811", "999992612", "999995844"  # Oeverstad

START = "/mijn/delen/starten/digitaal-bericht/"
STEPS = [
    "Bericht per e-mail",
    "Wat wilt u delen?",
    "Scan de code met uw Yivi-app",
    "Dit gaat u delen",
    "Gelukt. Dit is uw bewijs",
]
"""The headings of the pages from explanation to receipt."""


def test_a_no_in_the_wallet_offers_another_way_and_shares_nothing(page: Page, demo: Urls) -> None:
    begin_sharing(page, demo, "zandmeer", AYSE)
    wallet, session = wallet_scans(page, demo, "ayse-bilgic")
    wallet.answer(session, agree=False)
    it_did_not_work(page, "U zei nee in de app")

    page.get_by_role("link", name="Kies een andere manier").click()
    expect_heading(page, "Wat wilt u delen?")


def test_who_closes_the_wallet_may_try_again(page: Page, demo: Urls) -> None:
    begin_sharing(page, demo, "veldrecht", PETRI)
    wallet, session = wallet_scans(page, demo, "petri-vornowski")
    wallet.close(session)
    it_did_not_work(page, "u sloot de app")

    page.get_by_role("button", name="Probeer het opnieuw met de app").click()
    wallet_agrees(page, demo, "petri-vornowski")
    expect(page.locator("main")).to_contain_text("petri@voorbeeld.example")


def test_somebody_elses_wallet_does_not_prove_who_is_18(page: Page, demo: Urls) -> None:
    begin_sharing(page, demo, "oeverstad", ROBBERT, purpose="maatje-18")
    wallet, session = wallet_scans(page, demo, "abdellah-aziz")
    wallet.answer(session, agree=True)
    it_did_not_work(page, "Deze app is van iemand anders")


def test_a_wrong_code_of_the_app_may_be_put_right_and_three_end_it(page: Page, demo: Urls) -> None:
    begin_sharing(page, demo, "oeverstad", ABDELLAH)
    wallet = DemoWallet(demo, "abdellah-aziz")
    shown = wallet.wait_for(wallet.scan(pointer_on(page))["id"], "pairing")["pairing_code"]
    wrong = "0000" if shown != "0000" else "1111"
    for _try in range(2):
        page.get_by_label("Code uit de app").fill(wrong)
        page.get_by_role("button", name="Klaar").click()
        expect(page.locator("main")).to_contain_text("Deze code klopt niet")
        expect(page.get_by_label("Code uit de app")).to_have_value("")
        way_on(page)
    page.get_by_label("Code uit de app").fill(wrong)
    page.get_by_role("button", name="Klaar").click()
    it_did_not_work(page, "De code was drie keer fout")


def test_the_app_on_this_device_comes_back_to_the_browser_that_began(page: Page, demo: Urls) -> None:
    begin_sharing(page, demo, "zandmeer", HELGA, way=APP_HERE)
    expect_heading(page, "Open de Yivi-app op dit apparaat")
    way_on(page)
    page.get_by_role("link", name="Open de app").click()
    page.get_by_role("button", name=re.compile(name_of(demo, HELGA))).click()
    expect_heading(page, "Wilt u dit delen?")
    page.get_by_role("button", name="Ja, delen").click()

    page.wait_for_url(re.compile(r"zandmeer.*/controle/"))
    expect(page.locator("main")).to_contain_text("helga.huisman@voorbeeld.example")
    agree(page)


def test_going_back_and_loading_again_at_each_step_loses_nothing(page: Page, demo: Urls) -> None:
    before = shared(page, demo, "zandmeer", AYSE)
    page.goto(site_of(demo, "zandmeer") + START)

    def shown(*headings: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(
            re.compile("|".join(map(re.escape, headings)))
        )
        way_on(page)

    for place, heading in enumerate(STEPS):
        shown(heading)
        page.reload()
        shown(heading)
        if place:
            page.go_back()
            shown(*STEPS[: place + 1])
            page.go_forward()
            shown(*STEPS[: place + 1])
        if heading == "Wat wilt u delen?":
            page.get_by_label(MAIL).check()
        if heading == "Bericht per e-mail" or heading == "Wat wilt u delen?":
            page.get_by_role("button", name="Verder").click()
        elif heading == "Scan de code met uw Yivi-app":
            wallet_agrees(page, demo, "ayse-bilgic")
        elif heading == "Dit gaat u delen":
            agree(page)
    assert receipts(page, demo, "zandmeer") == before + 1


def test_what_was_finished_in_one_tab_is_finished_in_the_other(page: Page, demo: Urls) -> None:
    before = shared(page, demo, "oeverstad", ABDELLAH)
    page.goto(f"{site_of(demo, 'oeverstad')}{START}")
    choose_how(page, TYPE)
    address = ask_code(page)
    code = code_for(page, demo, address)
    other = page.context.new_page()
    other.goto(page.url)
    for tab in (page, other):
        tab.get_by_label("Code uit de e-mail").fill(code)
    agree(page)

    other.get_by_role("button", name="Ja, delen").click()
    expect_heading(other, "Gelukt. Dit is uw bewijs")
    assert other.url == page.url
    assert receipts(page, demo, "oeverstad") == before + 1


def test_a_no_in_one_tab_is_a_no_in_the_other(page: Page, demo: Urls) -> None:
    begin_sharing(page, demo, "oeverstad", FARID)
    wallet_agrees(page, demo, "farid-ghezala")
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_role("button", name="Nee, niet delen").click()
    expect_heading(page, "Er is niets gedeeld")

    other.get_by_role("button", name="Ja, delen").click()
    expect_heading(other, "Er is niets gedeeld")
    way_on(other)


def test_a_double_click_shares_once(page: Page, demo: Urls) -> None:
    before = shared(page, demo, "oeverstad", FARID)
    page.goto(f"{site_of(demo, 'oeverstad')}{START}")
    choose_how(page, SCAN)
    wallet_agrees(page, demo, "farid-ghezala")
    page.get_by_role("button", name="Ja, delen").dblclick()
    expect_heading(page, "Gelukt. Dit is uw bewijs")
    grant = page.url.strip("/").rpartition("/")[2]
    assert receipts(page, demo, "oeverstad") == before + 1
    assert page.locator(f"a[href*='{grant}']").count()


def test_no_may_be_said_at_each_step_and_leaves_nothing(page: Page, demo: Urls) -> None:
    before = shared(page, demo, "veldrecht", PETRI)

    def explained() -> None:
        page.goto(f"{site_of(demo, 'veldrecht')}{START}")

    def chosen() -> None:
        explained()
        page.get_by_role("button", name="Verder").click()

    def given(way: str) -> None:
        explained()
        choose_how(page, way)

    def at_pairing() -> None:
        given(SCAN)
        DemoWallet(demo, "petri-vornowski").scan(pointer_on(page))
        expect_heading(page, "Vul de code uit de app in")

    def proven() -> None:
        given(SCAN)
        wallet_agrees(page, demo, "petri-vornowski")

    def code_asked() -> None:
        given(TYPE)
        ask_code(page)

    steps: list[Callable[[], None]] = [
        explained, chosen, lambda: given(SCAN), lambda: given(APP_HERE), at_pairing, proven,
        lambda: given(TYPE), code_asked,
    ]  # fmt: skip
    for step in steps:
        step()
        page.get_by_role("button", name="Nee, niet delen").click()
        expect_heading(page, "Er is niets gedeeld")
        expect(page.get_by_role("link", name="Toch delen? Begin hier opnieuw")).to_be_visible()
        way_on(page)
    assert receipts(page, demo, "veldrecht") == before


def it_did_not_work(page: Page, because: str) -> None:
    """The page after a wallet that gave nothing: why, what to do now, and that nothing was shared."""
    expect_heading(page, "Het is niet gelukt")
    expect(page.locator("main")).to_contain_text(because)
    expect(page.locator("main")).to_contain_text("Er is niets gedeeld")
    expect(page.get_by_role("button", name="Probeer het opnieuw met de app")).to_be_visible()
    expect(page.get_by_role("button", name="Nee, niet delen")).to_be_visible()
    way_on(page)


def shared(page: Page, demo: Urls, slug: str, bsn: str) -> int:
    """Sign in, and look how much there is already in “Wat deel ik?”."""
    sign_in(page, demo, slug, bsn)
    return receipts(page, demo, slug)
