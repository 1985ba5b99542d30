"""`python -m demo.desk --port N --state DIR --portal-port N --sms-token T`."""

import argparse
import json
import signal
import sys
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import httpx

from demo.consumer import key_in

from .page import STATIC, Message, messages_in, page
from .portal import AT_THE_COUNTER, SLUG, TEAMS, Portal
from .shelf import ENDS, Item, Shelf

NAMES = {"zandmeer": "Zandmeer", "veldrecht": "Veldrecht", "oeverstad": "Oeverstad"}
HOSTS = ("127.0.0.1", "localhost", "desk.localhost")
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class Desk(BaseHTTPRequestHandler):
    """One request to the desk."""

    shelf: Shelf
    portals: Mapping[str, Portal]
    """By team."""
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
        raw = self.rfile.read(min(int(self.headers.get("Content-Length", "0")), 65536))
        if self.path == "/read":
            return self._read_once(raw)
        try:
            body = json.loads(raw)
        except ValueError:
            return self._answer(400, "text/plain", "not JSON")
        if not isinstance(body, dict):
            return self._answer(400, "text/plain", "not an object")
        if self.path == "/sms":
            return self._sms(body)
        place, municipality, team = [*self.path.strip("/").split("/"), SLUG, SLUG][:3]
        if place != "events" or municipality not in NAMES or team not in TEAMS:
            return self._answer(404, "text/plain", "unknown")
        try:
            self._hear(municipality, team, str(body["type"]), str(body["data"]["toestemming"]))
        except (KeyError, TypeError):
            return self._answer(400, "text/plain", "not an event")
        except httpx.HTTPError:
            return self._answer(503, "text/plain", "later")
        self._answer(204, "text/plain", "")

    def _hear(self, municipality: str, team: str, kind: str, grant: str) -> None:
        """An event carries no data: what is so now is asked of the portal itself. May come twice, or late."""
        event, portal = kind.rpartition(".")[2], self.portals[team]
        if event in ENDS:
            self.shelf.erase(grant, municipality, event, team)
            portal.confirm_erased(municipality, grant).raise_for_status()
        elif event == "gegeven" and team != AT_THE_COUNTER:
            purpose, one_time = portal.purpose_of(municipality, grant)
            if not one_time:
                self._fetch(municipality, team, grant)
            elif self.shelf.find(grant) is None:
                self.shelf.put(Item(grant, municipality, purpose, state="wacht", team=team))

    def _fetch(self, municipality: str, team: str, grant: str) -> None:
        answer = self.portals[team].read(municipality, grant)
        if answer.status_code in (403, 404):  # stopped before we came
            self.shelf.erase(grant, municipality, "niet gelezen", team)
            return
        read = answer.raise_for_status().json()
        names = read["namen"]
        self.shelf.put(Item(grant, municipality, read["doel"], read["gegevens"], names, team=team))

    def _read_once(self, raw: bytes) -> None:
        """Somebody at the desk needs it now; only then it is read."""
        origin = self.headers.get("Origin")
        if origin and urlsplit(origin).netloc != self.headers.get("Host"):
            return self._answer(403, "text/plain", "other site")
        [grant, *_more] = parse_qs(raw.decode(errors="replace")).get("grant", [""])
        item = self.shelf.find(grant)
        if item is None:
            return self._answer(404, "text/plain", "Dit kennen wij niet.")
        try:
            if item.state == "wacht":
                self._fetch(item.municipality, item.team, item.grant)
        except httpx.HTTPError:
            return self._answer(503, "text/plain", "De gemeente antwoordt nu niet. Probeer het opnieuw.")
        self.send_response(303)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

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
    Desk.portals = {team: Portal(team, given.portal_port, key_in(folder)) for team in TEAMS}
    Desk.shelf = Shelf(folder / "shelf.json")
    Desk.sms_token, Desk.mail = given.sms_token, given.state / "mail"
    server = ThreadingHTTPServer(("127.0.0.1", given.port), Desk)
    signal.signal(signal.SIGTERM, lambda *_: Thread(target=server.shutdown).start())
    server.serve_forever(poll_interval=0.1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
