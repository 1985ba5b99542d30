"""A browser without JavaScript: reads pages, fills in forms and presses buttons as they stand there."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.db import transaction
from django.test import Client

from portal.accounts.middleware import COOKIE
from portal.accounts.sessions import Level, Session, begin
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality

PROVIDER = "5f0c1de2-0000-4000-8000-000000000000"


@dataclass
class Form:
    """One form of a page, with what would be sent."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Label, and what pressing it adds."""


class Page(HTMLParser):
    """What stands on a page: words, links and forms."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.text, self.links, self.forms = "", {}, []
        self.h1 = ""
        self._by_id: dict[str, Form] = {}
        self._elsewhere: list[tuple[str, str, dict[str, str]]] = []
        self._form: Form | None = None
        self._heard: list[tuple[str, dict[str, str], str]] = []
        self._silent = 0
        self.feed(html)
        for owner, label, adds in self._elsewhere:
            self._by_id[owner].buttons.append((label, adds))

    def handle_starttag(self, tag: str, attrs: list) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag in ("script", "style", "title"):
            self._silent += 1
        if tag == "form":
            self._form = Form(at.get("action", ""), at.get("method", "get"))
            self.forms.append(self._form)
            self._by_id[at.get("id", "")] = self._form
        box = at.get("type") in ("radio", "checkbox")
        if tag == "input" and self._form and "name" in at and (not box or "checked" in at):
            self._form.fields[at["name"]] = at.get("value", "on" if at.get("type") == "checkbox" else "")
        if tag in ("a", "button", "h1"):
            self._heard.append((tag, at, self.text))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "title"):
            self._silent -= 1
        if tag == "form":
            self._form = None
        if tag in ("a", "button", "h1") and self._heard:
            _tag, at, before = self._heard.pop()
            label = " ".join(self.text[len(before) :].split())
            if tag == "a":
                self.links[label] = at.get("href", "")
            elif tag == "h1":
                self.h1 = label
            else:
                adds = {at["name"]: at.get("value", "")} if "name" in at else {}
                if "form" in at:
                    self._elsewhere.append((at["form"], label, adds))
                elif self._form:
                    self._form.buttons.append((label, adds))
        self.text += " "

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text += data

    def form_with(self, button: str) -> tuple[Form, dict[str, str]]:
        for form in self.forms:
            for label, adds in form.buttons:
                if label == button:
                    return form, adds
        raise AssertionError(f"no button “{button}” among {[b for f in self.forms for b, _ in f.buttons]}")


class Browser:
    """Somebody's browser at one municipality."""

    def __init__(self, municipality: Municipality, bsn: BSN) -> None:
        self.client = Client(HTTP_HOST=municipality.host, enforce_csrf_checks=True)
        self.municipality, self.bsn = municipality, bsn
        self.address, self.status, self.page = "", 0, Page("")
        self.clicks = 0
        self.session = self.signs_in()

    def signs_in(self) -> Session:
        with acting_for(self.municipality), transaction.atomic():
            session, token = begin(self.bsn, "Helga Huisman", Level.SUBSTANTIEEL, PROVIDER, "sub", "")
        self.client.cookies[COOKIE] = token
        return session

    def goes(self, address: str) -> "Browser":
        """Open an address, and follow where it sends us."""
        return self._took(self.client.get(address, follow=True), address)

    def follows(self, label: str) -> "Browser":
        self.clicks += 1
        matches = [
            url for text, url in self.page.links.items() if text == label or text.startswith(label + ":")
        ]
        assert matches, f"no link “{label}” among {list(self.page.links)}"
        return self.goes(matches[0])

    def presses(self, button: str, **typed: str) -> "Browser":
        """Fill in, press, and follow the redirect."""
        self.clicks += 1
        form, adds = self.page.form_with(button)
        target = form.action or self.address
        answer = self.client.post(target, {**form.fields, **typed, **adds}, follow=True)
        return self._took(answer, target)

    def reloads(self) -> "Browser":
        return self.goes(self.address)

    def _took(self, answer, asked: str) -> "Browser":
        parts = urlsplit(answer.redirect_chain[-1][0] if answer.redirect_chain else asked)
        self.address = parts.path + (f"?{parts.query}" if parts.query else "")
        self.answer, self.status = answer, answer.status_code
        self.page = Page(answer.content.decode())
        return self

    @property
    def h1(self) -> str:
        return self.page.h1

    @property
    def text(self) -> str:
        return " ".join(self.page.text.split())
