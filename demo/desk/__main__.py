"""`python -m demo.desk --port N --state DIR --portal-port N --sms-token T`."""

import argparse
import json
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx

from demo.consumer import key_in

from .page import STATIC, Message, messages_in, page
from .portal import SLUG, Portal
from .shelf import Item, Shelf

NAMES = {"zandmeer": "Zandmeer", "veldrecht": "Veldrecht", "oeverstad": "Oeverstad"}
HOSTS = ("127.0.0.1", "localhost", "desk.localhost")
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Desk(BaseHTTPRequestHandler):
    """One request to the desk."""

    shelf: Shelf
    portal: Portal
    sms_token: str
    mail: Path
    texts: list[Message] = []

    def do_GET(self) -> None:
        if self._by_another_name():
            return
        if self.path == "/healthz":
            self._answer(200, "text/plain", "ok")
        elif self.path == "/desk.css":
            self._answer(200, "text/css", (STATIC / "desk.css").read_text())
        elif self.path == "/desk.js":
            self._answer(200, "text/javascript", (STATIC / "desk.js").read_text())
        elif self.path == "/":
            messages = [*self.texts[::-1], *messages_in(self.mail)]
            self._answer(200, "text/html; charset=utf-8", page(self.shelf.items(), NAMES, messages))
        elif self.path == "/items.json":
            items = [item.__dict__ for item in self.shelf.items()]
            self._answer(200, "application/json", json.dumps(items))
        else:
            self._answer(404, "text/plain", "Deze pagina is er niet.")

    def do_POST(self) -> None:
        if self._by_another_name():
            return
        try:
            body = json.loads(self.rfile.read(min(int(self.headers.get("Content-Length", "0")), 65536)))
        except ValueError:
            return self._answer(400, "text/plain", "not JSON")
        if not isinstance(body, dict):
            return self._answer(400, "text/plain", "not an object")
        if self.path == "/sms":
            return self._sms(body)
        place, _slash, municipality = self.path.strip("/").partition("/")
        if place != "events" or municipality not in NAMES:
            return self._answer(404, "text/plain", "unknown")
        try:
            self._hear(municipality, str(body["type"]), str(body["data"]["toestemming"]))
        except (KeyError, TypeError):
            return self._answer(400, "text/plain", "not an event")
        except httpx.HTTPError:
            return self._answer(503, "text/plain", "later")
        self._answer(204, "text/plain", "")

    def _hear(self, municipality: str, kind: str, grant: str) -> None:
        """An event carries no data: what is so now is asked of the portal itself. May come twice, or late."""
        event = kind.rpartition(".")[2]
        if event == "gegeven":
            self._fetch(municipality, grant)
        elif event in {"ingetrokken", "verlopen"}:
            self.shelf.erase(grant, municipality, event)
            self.portal.confirm_erased(municipality, grant).raise_for_status()

    def _fetch(self, municipality: str, grant: str) -> None:
        answer = self.portal.read(municipality, grant)
        if answer.status_code in (403, 404):  # stopped before we came
            self.shelf.erase(grant, municipality, "niet gelezen")
            return
        read = answer.raise_for_status().json()
        self.shelf.put(Item(grant, municipality, read["doel"], read["gegevens"], read["namen"]))

    def _by_another_name(self) -> bool:
        """Whether this address was called by a name that is not ours; another site could be behind it."""
        if (self.headers.get("Host") or "").rpartition(":")[0] in HOSTS:
            return False
        self._answer(421, "text/plain", "not this host")
        return True

    def _sms(self, body: dict[str, str]) -> None:
        if self.headers.get("Authorization") != f"Token {self.sms_token}":
            return self._answer(403, "text/plain", "wrong token")
        self.texts.append(Message(str(body.get("to")), "Sms", str(body.get("text"))))
        self._answer(202, "text/plain", "")

    def _answer(self, status: int, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if status != 204:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: what passes here is of residents."""


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m demo.desk")
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--state", type=Path, required=True)
    arguments.add_argument("--portal-port", type=int, required=True)
    arguments.add_argument("--sms-token", required=True)
    given = arguments.parse_args()
    folder = given.state / "desk"
    Desk.portal = Portal(SLUG, given.portal_port, key_in(folder))
    Desk.shelf = Shelf(folder / "shelf.json")
    Desk.sms_token, Desk.mail = given.sms_token, given.state / "mail"
    server = ThreadingHTTPServer(("127.0.0.1", given.port), Desk)
    signal.signal(signal.SIGTERM, lambda *_: Thread(target=server.shutdown).start())
    server.serve_forever(poll_interval=0.1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
