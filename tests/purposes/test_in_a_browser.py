"""The pages of editors and officers in a real Chromium: no violation of the policy, none of axe."""

import os
from pathlib import Path
from time import monotonic

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from playwright.sync_api import Page

from demo.content.purposes_made import make_purposes
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing.models import Consumer
from tests.chromium import barriers, follow
from tests.cms.browser import editor_at_work, sign_in
from tests.cms.test_csp import pytestmark, running

from .test_consumers import pem

__all__ = ["pytestmark", "running"]

PICTURES = os.environ.get("PURPOSE_PICTURES", "")
"""A folder to put pictures of the pages in, to look at them."""


def look(page: Page, name: str) -> None:
    """No violation in what is ours; Wagtail's own frame is Wagtail's."""
    page.wait_for_load_state("networkidle")
    if PICTURES:
        for width in (320, 1400):
            page.set_viewport_size({"width": width, "height": 1000})
            page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
            page.screenshot(path=Path(PICTURES) / f"{name} {width}.png", full_page=True)
    assert barriers(page, "main .nice-padding") == [], name


def keeps_what_was_typed(page: Page) -> None:
    """A step asks first where something typed is not saved yet; nothing is lost by staying."""
    field, noticed = page.locator("#id_nl-kept"), page.locator("form[data-w-unsaved-has-edits-value=true]")
    field.fill("Tot u stopt als maatje")
    ends = monotonic() + 20
    while not noticed.count():  # what is typed in its first two seconds, Wagtail takes for what was there
        assert monotonic() < ends
        field.press_sequentially(".")
    typed = field.input_value()
    page.once("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog") as asked:
        page.get_by_role("button", name="Vraag de privacy-functionaris om goedkeuring").click(
            no_wait_after=True
        )
    assert asked.value.type == "beforeunload"
    assert field.input_value() == typed
    field.fill("Tot u stopt als maatje, daarna 2 weken.")
    page.get_by_role("button", name="Bewaar").click()
    page.wait_for_load_state("networkidle")


def editor_and_officer(page: Page) -> None:
    """Begin a new version, save it, ask for approval; look at uses and at the form for access."""
    sign_in(page, "joke")
    page.goto("/admin/doelen/zandmeer/")
    look(page, "shelves")
    page.get_by_role("button", name="Maak een nieuwe versie van “Maatje worden”").click()
    page.wait_for_url("**/concept/**")
    page.locator("#id_nl-kept").fill("Tot u stopt als maatje, daarna 2 weken.")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("Bewaard.").wait_for()
    look(page, "draft")
    address = page.url
    keeps_what_was_typed(page)
    page.get_by_role("button", name="Vraag de privacy-functionaris om goedkeuring").click()
    page.get_by_text("Wacht op de privacy-functionaris").wait_for()
    page.context.clear_cookies()
    sign_in(page, "ingrid")
    page.goto(address)
    page.get_by_label("Ik vind dat een inwoner echt vrij is om nee te zeggen.").check()
    look(page, "review")
    page.get_by_role("button", name="Keur goed").click()
    page.get_by_role("button", name="Publiceer").click()
    page.get_by_text("Gepubliceerd. Deze tekst verandert nooit meer.").wait_for()
    for path, name in (
        ("doel/maatje-18/", "published"),
        ("gebruik/", "uses"),
        ("inzage/", "access"),
        ("vragen/", "questions"),
    ):
        page.goto(f"/admin/doelen/zandmeer/{path}")
        look(page, name)

    officers_and_consumers(page)


def officers_and_consumers(page: Page) -> None:
    """Register a consumer, be told what is wrong, keep what was typed, and let another officer agree."""
    page.goto("/admin/doelen/zandmeer/afnemers/")
    look(page, "consumers")
    page.get_by_role("link", name="Meld een afnemer aan").click()
    page.locator("#id_name").fill("Wijkteam Noord")
    page.locator("#id_slug").fill("wijkteam-noord")
    page.locator("#id_new_key").fill("geen sleutel")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("Dit is nog niet bewaard").wait_for()
    assert page.locator("#id_name").input_value() == "Wijkteam Noord"
    look(page, "consumer with a fault")
    page.locator("#id_new_key").fill(pem(Ed25519PrivateKey.generate()))
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("Een andere privacy-functionaris moet dit nog goedkeuren").wait_for()
    look(page, "consumer that waits")
    address = page.url
    page.context.clear_cookies()
    sign_in(page, "hanneke")
    page.goto(address)
    look(page, "consumer to agree to")
    page.get_by_role("button", name="Keur goed").click()
    page.get_by_text("Goedgekeurd. Dit geldt vanaf nu.").wait_for()
    look(page, "consumer")
    follow(page.get_by_role("link", name="Wijzig deze afnemer"))
    look(page, "consumer to change")


def test_a_purpose_is_made_and_approved_by_keyboard_and_mouse_without_a_violation(running: str) -> None:
    for municipality in Municipality.objects.all():
        with acting_for(municipality), transaction.atomic():
            Consumer.objects.create(slug="demo-balie", name="Balie", events_url="http://127.0.0.1:9/")
    make_purposes()
    seen = editor_at_work(running, editor_and_officer)
    assert seen.violations == []
    assert seen.errors == []
