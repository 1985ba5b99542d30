"""The pages of editors and officers in a real Chromium: no violation of the policy, none of axe."""

import os
from pathlib import Path

from django.db import transaction
from playwright.sync_api import Page

from demo.content.purposes_made import make_purposes
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing.models import Consumer
from tests.chromium import barriers
from tests.cms.browser import editor_at_work, sign_in
from tests.cms.test_csp import pytestmark, running

__all__ = ["pytestmark", "running"]

PICTURES = os.environ.get("PURPOSE_PICTURES", "")
"""A folder to put pictures of the pages in, to look at them."""


def look(page: Page, name: str) -> None:
    """No violation in what is ours; Wagtail's own frame is Wagtail's."""
    page.wait_for_load_state("networkidle")
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
    assert barriers(page, "main .nice-padding") == [], name


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


def test_a_purpose_is_made_and_approved_by_keyboard_and_mouse_without_a_violation(running: str) -> None:
    for municipality in Municipality.objects.all():
        with acting_for(municipality), transaction.atomic():
            Consumer.objects.create(slug="demo-balie", name="Balie", events_url="http://127.0.0.1:9/")
    make_purposes()
    seen = editor_at_work(running, editor_and_officer)
    assert seen.violations == []
    assert seen.errors == []
