"""An editor does the tasks of a week in a real browser, by the words on the screen and without a manual."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.timezone import localtime, now
from playwright.sync_api import Page, expect

from cms.models import ContentPage, FilledIn, LeftOut, Offer
from portal.municipalities.acting import acting_for
from portal.municipalities.facts import facts
from portal.municipalities.models import Municipality

from .browser import close_calendar, editor_at_work, sign_in
from .test_csp import running  # noqa: F401  # the CMS on a real server

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

TOMORROW = localtime(now() + timedelta(days=1)).strftime("%Y-%m-%d") + " 09:00"

KEPT = "words => [...document.querySelectorAll('input[type=hidden]')].some(one => one.value.includes(words))"
"""The editor of running text keeps what was typed a moment later."""


EDGES = "[...document.querySelectorAll('main input')].map(field => field.getBoundingClientRect().right)"
"""How far each field reaches to the right."""


FREE = """field => {
  const box = document.querySelector(field).getBoundingClientRect();
  return document.elementFromPoint(box.right - 2, box.bottom - 2) === document.querySelector(field);
}"""
"""Whether nothing lies over a field's last corner."""


def in_menu(page: Page, name: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()


def all_pages(page: Page, title: str) -> None:
    """To a page, from the list of all."""
    in_menu(page, "Alle pagina’s")
    page.get_by_role("link", name=title, exact=True).click()


def said(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()


def publish(page: Page) -> None:
    page.locator("footer .w-dropdown-button [data-w-dropdown-target=toggle]").click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


def change_the_phone_number(page: Page) -> None:
    in_menu(page, "Gegevens")
    page.get_by_label("Telefoonnummer").fill("(0999) 65 43 21")
    page.get_by_role("button", name="Opslaan").click()
    said(page, "staan nu op de hele site")


def fill_in_the_contribution(page: Page) -> None:
    all_pages(page, "Hulp thuis")
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("U betaalt elke maand € 19,00.")
    page.wait_for_function(KEPT, arg="€ 19,00")
    page.get_by_role("button", name="Toon in het voorbeeld").click()
    expect(page.frame_locator("iframe[name=voorbeeld]").get_by_text("€ 19,00")).to_be_visible()
    page.get_by_role("button", name="Opslaan").click()
    said(page, "Dit staat nu op uw site")


def leave_out_and_have_back(page: Page) -> None:
    all_pages(page, "Als iemand is overleden")
    page.get_by_role("button", name="Laat “Als iemand is overleden” weg").click()
    said(page, "Dit staat niet meer op uw site")
    page.get_by_role("button", name="Haal “Als iemand is overleden” terug").click()
    said(page, "Dit staat weer op uw site")


def plan_news_with_a_picture(page: Page) -> None:
    in_menu(page, "Alle pagina’s")
    page.get_by_role("link", name="Nieuwe pagina").click()
    page.locator("main").get_by_role("link", name=re.compile("^Nieuwsbericht")).click()
    page.wait_for_load_state("networkidle")
    page.locator("#id_title").press_sequentially("Nieuwe trap bij opgang 3")  # its address follows the keys
    expect(page.locator("#id_slug")).to_have_value("nieuwe-trap-bij-opgang-3")
    page.locator("#id_intro").fill("De trap is klaar.")
    page.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name="Afbeelding").click()
    page.get_by_role("button", name="Kies een afbeelding").first.click()
    page.locator(".modal-body .image-choice").first.click()
    page.locator(".modal-body").wait_for(state="detached")
    page.get_by_label("Wat is te zien?").fill("Een houten trap door de duinen")
    page.locator("[data-side-panel-toggle=status]").click()
    page.get_by_role("button", name="Stel schema in").click()
    page.locator("#id_go_live_at").fill(TOMORROW)
    close_calendar(page, "#id_go_live_at")
    page.get_by_role("button", name="Schema opslaan").click()
    said(page, "Eenmaal ingepland")
    publish(page)


def offer_a_page(page: Page) -> None:
    all_pages(page, "Strand en duinen")
    page.locator("header [data-w-dropdown-target=toggle]").first.click()
    page.get_by_role("link", name="Bied aan de bibliotheek aan").click()
    page.get_by_label("Waarom is deze pagina").fill("Meer gemeenten hebben een strand.")
    page.get_by_role("button", name="Bied aan").click()
    said(page, "De redactie van de bibliotheek kijkt ernaar")


def mend_a_broken_link(page: Page) -> None:
    in_menu(page, "Gebroken links")
    page.get_by_role("link", name="Word maatje van een nieuwe inwoner").click()
    page.locator("#id_button_url").fill("/mijn/delen/starten/maatje-18/")
    publish(page)
    in_menu(page, "Gebroken links")
    said(page, "Er zijn geen gebroken links")


def put_a_crisis_on_the_site_from_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/admin/")
    page.get_by_role("button", name="Toon/verberg zijbalk").click()
    in_menu(page, "Crisis en mededelingen")
    page.get_by_label("Wat moeten inwoners weten?").wait_for()
    assert all(right <= 320 for right in page.evaluate(EDGES)), "a field is partly out of sight"
    page.get_by_label("Wat moeten inwoners weten?").fill("Brand in de haven. Houd ramen en deuren dicht.")
    page.get_by_role("button", name="Zet op de site van Zandmeer").click()
    said(page, "Nu op de site")
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.goto("/admin/")


def add_a_word_people_type(page: Page) -> None:
    in_menu(page, "Zoekwoorden")
    page.locator("#id_typed").fill("douchestoel")
    page.locator("#id_means").fill("hulp thuis")
    page.get_by_role("button", name="Bewaar").click()
    said(page, "douchestoel")


def change_the_words_of_a_step(page: Page) -> None:
    in_menu(page, "Alle pagina’s")
    page.get_by_label("Zoek op titel").fill("kwijtschelding")
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.get_by_role("link", name="Zo gaat het: kwijtschelding gemeentelijke belasting").click()
    page.get_by_role("button", name="Maak een eigen versie").click()
    step = page.locator("input[name=steps-1-value-name]")
    expect(step).to_have_value("Wij kijken naar uw inkomen")
    step.fill("Wij rekenen uit wat u kunt betalen")
    page.locator("[data-side-panel-toggle=preview]").click()
    frame = page.frame_locator("[data-side-panel=preview] iframe").first
    expect(frame.get_by_text("Wij rekenen uit wat u kunt betalen").first).to_be_visible(timeout=20_000)
    publish(page)


def replace_a_page(page: Page) -> None:
    all_pages(page, "Rondkomen met weinig geld")
    page.get_by_role("button", name="Maak een eigen versie").click()
    page.locator("#id_title").fill("Weinig geld in Zandmeer")
    publish(page)


def take_over_what_changed(page: Page) -> None:
    sign_in(page, "joke")
    page.get_by_role("link", name="Weinig geld in Zandmeer").first.click()
    said(page, "Nieuwe eerste zin van de bibliotheek")
    page.get_by_role("button", name="Neem over").click()
    said(page, "Overgenomen in uw concept")
    page.get_by_role("link", name="Naar uw eigen pagina").click()
    publish(page)


def begin_a_page_for_all(page: Page) -> None:
    sign_in(page, "bram")
    in_menu(page, "Bibliotheek")
    page.locator("#id_q").wait_for()
    assert page.evaluate(FREE, "#id_q"), "the button lies over the field"
    page.get_by_role("link", name="Nieuwe pagina").click()
    said(page, "Een plek waar mensen heen gaan")
    page.locator("main").get_by_role("link", name=re.compile("^Product")).click()
    page.wait_for_load_state("networkidle")
    page.locator("#id_costs + button").click()
    page.get_by_role("button", name="Prijs van een paspoort").click()
    expect(page.get_by_label("Wat kost het?")).to_have_value("[[prijs-paspoort]]")


def a_week(page: Page) -> None:
    sign_in(page, "joke")
    for task in (
        change_the_phone_number,
        fill_in_the_contribution,
        leave_out_and_have_back,
        plan_news_with_a_picture,
        offer_a_page,
        mend_a_broken_link,
        replace_a_page,
        put_a_crisis_on_the_site_from_a_phone,
        add_a_word_people_type,
        change_the_words_of_a_step,
    ):
        task(page)


def test_an_editor_does_the_tasks_of_a_week(running, client):  # noqa: F811
    broken = ContentPage.objects.get(slug="maatje-worden").specific
    broken.button_url = "/bestaat-niet/"
    broken.save_revision().publish()

    seen = editor_at_work(running, a_week)
    original = ContentPage.objects.get(slug="rondkomen", replaces=None).specific
    original.intro = "Nieuwe eerste zin van de bibliotheek."
    original.save_revision().publish()
    later = editor_at_work(running, take_over_what_changed)
    of_the_library = editor_at_work(running, begin_a_page_for_all)

    assert seen.violations + later.violations + of_the_library.violations == []
    assert seen.errors + later.errors + of_the_library.errors == []
    with acting_for(Municipality.objects.get(slug="zandmeer")), transaction.atomic():
        assert facts()["telefoon"] == "(0999) 65 43 21"
    assert "€ 19,00" in FilledIn.objects.get(home__slug="zandmeer").text
    assert not LeftOut.objects.filter(home__slug="zandmeer", block="").exists()
    planned = ContentPage.objects.get(title="Nieuwe trap bij opgang 3")
    assert not planned.live
    assert localtime(planned.go_live_at).strftime("%Y-%m-%d %H:%M") == TOMORROW
    assert Offer.objects.get().page.slug == "strand"
    site = client.get("/rondkomen/", headers={"host": "zandmeer.localhost"}).content.decode()
    assert "Weinig geld in Zandmeer" in site
    assert "Nieuwe eerste zin van de bibliotheek." in site
