"""An editor's working day in a real Chromium, and every violation of the policy it meets.

It runs in a thread of its own: the browser's driver keeps an event loop there, and Django refuses to work
beside one.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image
from playwright.sync_api import ConsoleMessage, Page, expect, sync_playwright

from tests.chromium import launched

from .conftest import PASSWORD

REPORT = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.log("POLICY " + [event.effectiveDirective, event.blockedURI, event.sourceFile].join(" | "));
});
"""


@dataclass
class Seen:
    """What went wrong in the browser."""

    violations: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        """One line of the browser's console."""
        if message.text.startswith("POLICY") or "Content Security Policy" in message.text:
            self.violations.append(message.text)


def editor_at_work(base: str, work: Callable[[Page], None]) -> Seen:
    """Let an editor do this work at the CMS, with an ear to the browser's console."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_at_work, base, work).result()


def _at_work(base: str, work: Callable[[Page], None]) -> Seen:
    seen = Seen()
    with sync_playwright() as driver:
        browser = launched(driver)
        context = browser.new_context(base_url=base, viewport={"width": 1400, "height": 1000}, locale="nl-NL")
        context.add_init_script(REPORT)
        page = context.new_page()
        page.on("console", seen.hear)
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        try:
            work(page)
        except Exception:
            page.screenshot(path=os.environ.get("SCREENSHOT", "/dev/null"), type="png")
            raise
        finally:
            browser.close()
    return seen


def sign_in(page: Page, username: str) -> None:
    """With the demo's password."""
    page.goto("/admin/")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/admin/")


def picture_file() -> dict[str, object]:
    """A small picture to upload."""
    file = BytesIO()
    Image.new("RGB", (400, 300), "#2f7f9f").save(file, "PNG")
    return {"name": "zee.png", "mimeType": "image/png", "buffer": file.getvalue()}


def working_day(page: Page, page_id: int, home_id: int) -> None:
    """Sign in, look round, edit, choose and upload a picture, preview, publish."""
    sign_in(page, "joke")
    for path in (
        f"/admin/pages/{home_id}/",
        f"/admin/pages/{page_id}/history/",
        "/admin/images/",
        "/admin/documents/",
        "/admin/gegevens/zandmeer/",
        "/admin/paginas/zandmeer/",
        "/admin/account/",
        "/admin/pages/search/?q=strand",
    ):
        page.goto(path)
        page.wait_for_load_state("networkidle")
    edit(page, page_id)
    upload(page)


def edit(page: Page, page_id: int) -> None:
    """Change the text of a page, with its rich text and its picture, look at the preview, publish."""
    page.goto(f"/admin/pages/{page_id}/edit/")
    page.wait_for_load_state("networkidle")
    page.locator("#id_intro").fill("Het strand is altijd open, ook ’s nachts.")
    text = page.locator(".public-DraftEditor-content").first
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Parkeren kost niets.")
    choose_picture(page)
    page.locator("#id_checked_on").click()
    close_calendar(page, "#id_checked_on")
    page.locator("[data-side-panel-toggle=preview]").click()
    frame = page.frame_locator("[data-side-panel=preview] iframe").first
    expect(frame.get_by_role("heading", level=1)).to_be_visible(timeout=20_000)
    page.locator("footer .w-dropdown-button [data-w-dropdown-target=toggle]").click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_url("**/admin/pages/*/")


def close_calendar(page: Page, field: str) -> None:
    """It comes a tenth of a second after somebody enters the field, and lies over the buttons below.

    By leaving the field, not by the tab key: that would enter the next date, whose own calendar then comes.
    """
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    calendar.wait_for()
    page.locator(field).blur()
    expect(calendar).to_have_count(0)


def choose_picture(page: Page) -> None:
    """Another picture in the text, chosen in the window for it."""
    picture = page.locator("[data-contentpath=picture]").first
    picture.locator(
        ".chosen button.w-dropdown__toggle, .chosen [data-w-dropdown-target=toggle]"
    ).first.click()
    page.locator("button[data-chooser-action-choose]:visible").first.click()
    page.locator(".modal-body .image-choice").first.click()
    page.locator(".modal-body").wait_for(state="detached")


def upload(page: Page) -> None:
    """Pictures, in the window for many and in the form for one; the same one twice is asked about."""
    page.goto("/admin/images/multiple/add/")
    page.locator("#fileupload").set_input_files(picture_file())  # type: ignore[arg-type]
    page.locator("#upload-list li.upload-success").wait_for()
    page.goto("/admin/images/add/")
    page.locator("input[type=file]").set_input_files(picture_file())  # type: ignore[arg-type]
    page.locator("footer button[type=submit], footer input[type=submit]").first.click()
    page.wait_for_url("**/admin/images/**")
