"""`python -m demo.wijkteam --port N --state DIR --portal-port N`."""

import argparse
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import httpx

from demo.consumer import Api, key_in

from . import BACK, SLUG
from .page import PEOPLE, STATIC, answered, page
from .work import Work

HOSTS = ("127.0.0.1", "localhost", "wijkteam.localhost")
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)
LARGEST = 4096


class Wijkteam(BaseHTTPRequestHandler):
    """One request to the team's page."""

    work: Work

    def do_GET(self) -> None:
        if self._by_another_name():
            return
        if self.path == "/healthz":
            self._answer(200, "text/plain", "ok")
        elif self.path == "/wijkteam.css":
            self._answer(200, "text/css", (STATIC / "wijkteam.css").read_text())
        elif self.path == "/wijkteam.js":
            self._answer(200, "text/javascript", (STATIC / "wijkteam.js").read_text())
        elif self.path == "/":
            self._page()
        elif self.path == BACK:
            self._answer(200, "text/html; charset=utf-8", answered())
        else:
            self._answer(404, "text/plain", "Deze pagina is er niet.")

    def do_POST(self) -> None:
        if self._by_another_name() or self._from_another_site():
            return
        length = self.headers.get("Content-Length") or "0"
        raw = self.rfile.read(min(int(length), LARGEST)) if length.isdigit() else b""
        sent = {name: values[0] for name, values in parse_qs(raw.decode(errors="replace")).items()}
        try:
            match self.path:
                case "/ask" if sent.get("bsn") in PEOPLE:
                    wrong = self.work.ask(sent["bsn"], PEOPLE[sent["bsn"]])
                    if wrong:
                        return self._page(wrong)
                case "/read":
                    self.work.read(sent["id"])
                case "/give-up":
                    self.work.give_up(sent["id"])
                case _:
                    return self._answer(404, "text/plain", "Deze pagina is er niet.")
        except KeyError:
            return self._answer(400, "text/plain", "Deze vraag kennen wij niet.")
        except httpx.HTTPError:
            return self._page("De gemeente antwoordt nu niet. Probeer het over een minuut opnieuw.")
        self.send_response(303)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _page(self, wrong: str = "") -> None:
        try:
            questions = self.work.follow()
        except httpx.HTTPError:
            questions, wrong = [], wrong or "De gemeente antwoordt nu niet."
        self._answer(200, "text/html; charset=utf-8", page(questions, wrong))

    def _by_another_name(self) -> bool:
        """Whether this address was called by a name that is not ours; another site could be behind it."""
        if (self.headers.get("Host") or "").rpartition(":")[0] in HOSTS:
            return False
        self._answer(421, "text/plain", "not this host")
        return True

    def _from_another_site(self) -> bool:
        origin = self.headers.get("Origin")
        if not origin or urlsplit(origin).netloc == self.headers.get("Host"):
            return False
        self._answer(403, "text/plain", "other site")
        return True

    def _answer(self, status: int, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: what passes here is of residents."""


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m demo.wijkteam")
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--state", type=Path, required=True)
    arguments.add_argument("--portal-port", type=int, required=True)
    given = arguments.parse_args()
    api = Api(SLUG, given.portal_port, key_in(given.state / "wijkteam"))
    Wijkteam.work = Work(api, f"http://127.0.0.1:{given.port}{BACK}")
    server = ThreadingHTTPServer(("127.0.0.1", given.port), Wijkteam)
    signal.signal(signal.SIGTERM, lambda *_: Thread(target=server.shutdown).start())
    server.serve_forever(poll_interval=0.1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
