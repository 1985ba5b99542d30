"""What a browser complains about: errors in its console, and whatever the content security policy stopped."""

from playwright.sync_api import ConsoleMessage, Error, Page, Response

ASKED: set[str] = set()
"""Every address that a browser of this run asked; the canary looks at them."""


class LookingOn:
    """Listens to pages. A page's own status (404, 403) is no complaint; a part that fails to load is."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self._pages_asked: set[str] = set()

    def at(self, page: Page) -> None:
        """Listen to one more page."""
        page.on("console", self._heard)
        page.on("pageerror", self._broke)
        page.on("response", self._answered)

    def _answered(self, response: Response) -> None:
        ASKED.add(response.url)
        if response.request.is_navigation_request():
            self._pages_asked.add(response.url)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type != "error" and "Content Security Policy" not in message.text:
            return
        where = message.location.get("url", "")
        if message.text.startswith("Failed to load resource") and where in self._pages_asked:
            return
        self.complaints.append(f"{where}: {message.text}")

    def _broke(self, error: Error) -> None:
        self.complaints.append(f"script: {error.message}")
