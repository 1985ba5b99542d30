"""Something changes in a case: who chose mail hears that it does, and sees in Mijn what is new."""

import re

from playwright.sync_api import Page, expect

from tests.chromium import barriers, follow

from .conftest import Urls
from .people import expect_heading, right_for_everyone, sign_in, sign_out, site_of

TINA, CASE = "999970987", "OS-0655"
NEWS = "Nieuw sinds uw vorige bezoek"
COLLECTED = 60_000  # milliseconds; the demo collects for ten seconds, on a machine that may be busy


def test_tina_hears_of_a_step_a_letter_and_a_decision_and_sees_them_marked(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "oeverstad", TINA, then="/mijn/contact/gegevens/bericht/")
    page.get_by_label("E-mail", exact=False).first.check()
    page.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(page.get_by_role("main")).to_contain_text("e-mail")
    sign_out(page)

    work = page.context.new_page()
    work.goto(demo["casework"][0])
    assert not barriers(work)
    for button in ("Zet de volgende stap", "Stuur een brief", "Verstuur een besluit"):
        case = work.locator("section").filter(has=work.get_by_role("heading", name=re.compile(CASE)))
        follow(case.get_by_role("button", name=re.compile(button)))
        expect(work.get_by_role("status")).to_contain_text(CASE)

    desk = page.context.new_page()
    desk.goto(demo["desk"]["url"])
    mail = (
        desk.get_by_role("listitem")
        .filter(has_text="Aan tina@voorbeeld.example")
        .filter(has_text="nieuws over uw zaak")
    )
    expect(mail).to_have_count(1, timeout=COLLECTED)
    expect(mail).not_to_contain_text(re.compile(f"{CASE}|ezwaar|Advies|Tubbergen"))

    sign_in(page, demo, "oeverstad", TINA)
    card = page.get_by_role("article").filter(has=page.get_by_role("link", name="Bezwaar"))
    expect(card).to_contain_text(NEWS)
    right_for_everyone(page)
    card.get_by_role("link").click()
    expect(page.get_by_role("listitem").filter(has_text="Advies binnen")).to_contain_text(NEWS)
    expect(page.get_by_role("listitem").filter(has_text="Brief over uw zaak")).to_contain_text(NEWS)
    expect(page.locator("#besluit")).to_contain_text(NEWS)
    right_for_everyone(page)
    page.goto(f"{site_of(demo, 'oeverstad')}/mijn/berichten-aan-u/")
    expect_heading(page, "Mails en brieven aan u")
    expect(page.get_by_role("main")).to_contain_text("Nieuws over uw zaak")
    expect(page.get_by_role("main")).to_contain_text("Per e-mail verstuurd op")
