"""A browser without a screen: follows redirects, keeps cookies as browsers do, and fills in forms."""

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx

AS_SENT = "x-cookie-as-sent"


class _Local(httpx.HTTPTransport):
    """`*.localhost` is this machine, and safe enough for Secure cookies, as it is to Chromium."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        wanted = request
        if request.url.host.endswith(".localhost"):
            url = request.url.copy_with(host="127.0.0.1")
            wanted = httpx.Request(request.method, url, headers=request.headers, stream=request.stream)
            wanted.extensions = request.extensions
        answer = super().handle_request(wanted)
        cookies = answer.headers.get_list("set-cookie")
        others = [pair for pair in answer.headers.multi_items() if pair[0] != "set-cookie"]
        # Python's jar heeds a `Version`, which no browser does.
        heeded = [re.sub(r"; ?(secure|version=\d)(?=;|$)", "", line, flags=re.I) for line in cookies]
        kept = [("set-cookie", line) for line in heeded]
        answer.headers = httpx.Headers([*others, *kept, *((AS_SENT, line) for line in cookies)])
        return answer


class Form(HTMLParser):
    """One form of a page: where it goes and what it holds. Those of the site around it do not count."""

    AROUND = re.compile(r"/(zoeken|nuttig)/")

    def __init__(self, page: str, number: int = 0) -> None:
        super().__init__()
        self._left, self._inside = number, False
        self.action, self.fields = "", dict[str, str]()
        self.found = False
        self.feed(page)
        assert self.found, "no such form on the page"

    @classmethod
    def actions(cls, page: str) -> list[str]:
        """Where each form of a page goes."""
        said = re.findall(r"<form[^>]*?(?:action=\"([^\"]*)\"[^>]*)?>", page)
        return [unescape(action) for action in said if not cls.AROUND.search(action)]

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        said = dict(pairs)
        if tag == "form" and not self.AROUND.search(said.get("action") or ""):
            self._inside = self._left == 0
            self._left -= 1
            if self._inside:
                self.found, self.action = True, said.get("action") or ""
        elif tag == "input" and self._inside and said.get("name"):
            checked = said.get("type") not in {"radio", "checkbox"} or "checked" in said
            if checked:
                self.fields[str(said["name"])] = said.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


class Page:
    """An answer that may send on by itself after a moment."""

    def __init__(self, answer: httpx.Response) -> None:
        self.url, self.text, self.headers = answer.url, answer.text, answer.headers
        self.status_code, self.answer = answer.status_code, answer

    @property
    def refresh(self) -> str:
        """Where the page goes on to without a script."""
        found = re.search(r'http-equiv="refresh" content="\d+;url=([^"]+)"', self.text)
        assert found, "the page goes nowhere by itself"
        return unescape(found[1])


class Browser(httpx.Client):
    """One visitor's."""

    def __init__(self) -> None:
        super().__init__(transport=_Local(), follow_redirects=True, timeout=30)

    def submit(
        self,
        page: httpx.Response,
        number: int = 0,
        *,
        follow: bool = True,
        headers: Mapping[str, str] | None = None,
        to: str = "",
        **fields: str,
    ) -> httpx.Response:
        """Send a form of a page, with these fields besides its own; to its own address, or another."""
        form = Form(page.text, number)
        origin = f"{page.url.scheme}://{page.url.netloc.decode()}"
        return self.post(
            urljoin(str(page.url), to or form.action),
            data={**form.fields, **fields},
            headers={"Origin": origin, **(headers or {})},
            follow_redirects=follow,
        )

    def cookie(self, name: str) -> str | None:
        """A cookie's value, whichever host set it."""
        return next((one.value for one in self.cookies.jar if one.name == name), None)

    def cookies_set_by(self, answer: httpx.Response) -> Mapping[str, str]:
        """Name to the whole Set-Cookie line, over all redirects on the way; the first that sets it."""
        lines = [line for one in [*answer.history, answer] for line in one.headers.get_list(AS_SENT)]
        return {line.partition("=")[0]: line for line in reversed(lines)}

    def post_form(
        self, page: httpx.Response, action: str, headers: Mapping[str, str] | None = None, **fields: str
    ) -> Page:
        """Send the form of a page that goes to this address."""
        number = Form.actions(page.text).index(action)
        return Page(self.submit(page, number, headers=headers, **fields))
