"""Every link on every host of the demo, followed: none broken, none to another municipality, no “None”."""

from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

pytestmark = pytest.mark.e2e

SLUGS = ("zandmeer", "veldrecht", "oeverstad")
MOST = 1200  # pages of one host; the demo has far fewer


class Links(HTMLParser):
    """The addresses a page refers to, and whether it is a whole page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action") and value and not value.startswith(("#", "data:")):
                self.found.append(value)


class Site:
    """One municipality's site, visited as the demo serves it; Python does not resolve *.localhost."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host, self.netloc, self.root = str(parts.hostname), parts.netloc, url.rstrip("/")
        self._http = httpx.Client(
            base_url=f"http://127.0.0.1:{parts.port}", headers={"Host": parts.netloc}, timeout=20
        )

    def get(self, path: str) -> httpx.Response:
        return self._http.get(path)

    def own(self, base: str, link: str) -> str | None:
        """The path on this host that a link leads to, or None when it leads elsewhere."""
        there = urlsplit(urljoin(self.root + base, link))
        if there.netloc != self.netloc:
            return None
        return there.path + (f"?{there.query}" if there.query else "")

    def pages(self) -> Iterator[tuple[str, str, httpx.Response]]:
        """Every page that can be reached, with the page that links to it."""
        waiting, seen = deque([("/", "the start"), ("/en/", "the start")]), {"/", "/en/"}
        while waiting:
            path, linked_from = waiting.popleft()
            answer = self.get(path)
            yield path, linked_from, answer
            if "text/html" not in answer.headers.get("Content-Type", ""):
                continue
            for link in Links(answer.text).found:
                target = self.own(path, link)
                if target and target not in seen:
                    seen.add(target)
                    waiting.append((target, path))
            assert len(seen) < MOST, "the site has no end"


def elsewhere(site: Site, path: str, html: str) -> list[str]:
    """Hosts of links that leave this one."""
    hosts = [urlsplit(urljoin(site.root + path, link)).hostname for link in Links(html).found]
    return [host for host in hosts if host and host != site.host]


@pytest.fixture(params=SLUGS)
def site(request: pytest.FixtureRequest, demo: dict) -> Site:
    return Site(next(one["url"] for one in demo["municipalities"] if one["slug"] == request.param))


def test_every_link_leads_somewhere_and_never_to_another_municipality(site: Site) -> None:
    others = {f"{slug}.localhost" for slug in SLUGS} - {site.host} | {"cms.localhost"}
    broken, strays, nones, pages = [], [], [], 0
    for path, linked_from, answer in site.pages():
        pages += 1
        # Mijn brings who is not signed in to the sign-in page.
        if answer.status_code not in (200, 302, 303, 304) and answer.status_code != 405:
            broken.append(f"{path} ({answer.status_code}), linked from {linked_from}")
        if "text/html" in answer.headers.get("Content-Type", ""):
            nones += [path for link in Links(answer.text).found if link.strip("/").endswith("None")]
            strays += [f"{path}: {host}" for host in elsewhere(site, path, answer.text) if host in others]
    assert (broken, strays, nones) == ([], [], [])
    assert pages > 40


def test_a_page_names_no_other_municipality(site: Site, demo: dict) -> None:
    names = [one["name"] for one in demo["municipalities"] if site.host != f"{one['slug']}.localhost"]
    wrong = [
        (path, name)
        for path, _from, answer in site.pages()
        if "text/html" in answer.headers.get("Content-Type", "")
        for name in names
        if name in answer.text
    ]
    assert wrong == []


def test_an_unknown_host_learns_nothing(demo: dict) -> None:
    port = urlsplit(demo["municipalities"][0]["url"]).port
    answer = httpx.get(f"http://127.0.0.1:{port}/", headers={"Host": f"elders.localhost:{port}"})
    assert answer.status_code == 400
    assert not any(one["name"] in answer.text for one in demo["municipalities"])
