"""How every test starts Debian's Chromium, and how a page is looked at for everyone.

One place, since a browser that draws with a graphics card it does not have takes a third more, and axe takes
thrice as long when it also tells what is well.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Locator, Page, Playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
# Axe's look at style sheets inside shadow roots makes style elements, which our policy rightly refuses.
OPTIONS = {"preload": False, "resultTypes": ["violations"]}
LOOK = """([where, options]) => axe.run(where || document, options)
  .then(found => found.violations.map(one => [one.id, one.help, one.nodes.map(node => node.html)]))"""


def launched(playwright: Playwright) -> Browser:
    """Chromium; the test is skipped where it is not installed, but not where CI says that it must be."""
    if not CHROMIUM.exists() and not os.environ.get("CI"):
        pytest.skip(f"no browser at {CHROMIUM}; on Debian or Ubuntu: apt install chromium")
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


def follow(way: Locator) -> None:
    """Clicks on what leads to another page, and waits until it is there: who looks at once may see the page
    that is left, or a half of it.
    """
    with way.page.expect_navigation():
        way.click()


def barriers(page: Page, where: str = "", **options: Any) -> list[str]:
    """What axe finds wrong on a page as it is now, or in a part of it; empty when it is for everyone."""
    page.wait_for_load_state("domcontentloaded")  # half a page points at what has not come yet
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(LOOK, [where or None, OPTIONS | options])
    return [f"{name}: {wrong}\n    " + "\n    ".join(nodes) for name, wrong, nodes in found]


def too_wide(page: Page) -> int:
    """How many pixels a page sticks out of the screen; 0 or less when it fits."""
    page.wait_for_load_state("domcontentloaded")  # on a busy machine a page has come and is empty still
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider
