"""A browser for what only a browser can tell."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import BrowserContext, sync_playwright

from tests.chromium import launched
from tests.e2e.people import sign_in


@contextmanager
def browser() -> Iterator[BrowserContext]:
    """A browser without any memory."""
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield chromium.new_context(locale="nl-NL")
        chromium.close()


def signed_in_cookie(urls: dict[str, Any], slug: str, bsn: str) -> str:
    """The session cookie of a resident who signed in as anybody does."""
    with browser() as context:
        sign_in(context.new_page(), urls, slug, bsn)
        return next(str(one["value"]) for one in context.cookies() if one["name"] == "__Host-mijn")
