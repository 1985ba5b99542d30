"""A visitor without a browser: follows redirects, keeps cookies, fills in the forms that a page has."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx


class Form:
    """One form of a page: where it goes, and the fields it sends by itself."""

    def __init__(self, action: str, method: str) -> None:
        self.action, self.method = action, method
        self.fields: dict[str, str] = {}
        self.buttons: list[tuple[str, str, str]] = []
        """Name, value and text."""


class Page(HTMLParser):
    """The forms and links of a page."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.address, self.text = str(answer.url), answer.text
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words = ""
        """What one reads on it."""
        self._button: tuple[str, str] | None = None
        self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what a browser would send."""
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "form":
            self.forms.append(
                Form(urljoin(self.address, given.get("action", "")), given.get("method", "get"))
            )
        elif self.forms and tag == "input" and "name" in given:
            ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
            if ticked and given.get("type") != "submit":
                self.forms[-1].fields[given["name"]] = given.get("value", "on")
        elif tag == "button":
            self._button = (given.get("name", ""), given.get("value", ""))

    def handle_data(self, data: str) -> None:
        """What one reads, and the text of a button."""
        self.words = f"{self.words} {data.strip()}".strip()
        if self._button and self.forms:
            self.forms[-1].buttons.append((*self._button, data.strip()))

    def handle_endtag(self, tag: str) -> None:
        """The button ends."""
        if tag == "button":
            self._button = None

    def form_with(self, button: str) -> tuple[Form, dict[str, str]]:
        """The form that has a button with this text, and what pressing it sends. Raises LookupError."""
        for form in self.forms:
            for name, value, text in form.buttons:
                if text == button:
                    return form, {**form.fields, **({name: value} if name else {})}
        raise LookupError(f"no button “{button}” on {self.address}")


class Visitor:
    """One person with cookies of their own."""

    def __init__(self) -> None:
        self.http = httpx.Client(follow_redirects=True, timeout=20)
        self.seen: list[httpx.Response] = []
        """Every answer, redirects too."""
        self.grant = ""
        """What this visitor shares, once they do."""

    def open(self, address: str) -> Page:
        """Go to an address."""
        return self._page(self.http.get(address))

    def press(self, page: Page, button: str, **typed: str) -> Page:
        """Fill in and press a button."""
        form, sent = page.form_with(button)
        at = urlsplit(page.address)
        told = {"Referer": page.address, "Origin": f"{at.scheme}://{at.netloc}"}
        method = form.method.upper()
        return self._page(self.http.request(method, form.action, data={**sent, **typed}, headers=told))

    def _page(self, answer: httpx.Response) -> Page:
        self.seen += [*answer.history, answer]
        return Page(answer)
