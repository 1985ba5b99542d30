"""HTTP on loopback for the wallet's routes: answers no other site, and logs no address."""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from . import pages
from .drawer import Drawer
from .holders import Holder
from .program import WalletBroken
from .routes import COOKIE, GET, POST, Answer, Asked, Refused, Route

LARGEST = 20_000  # bytes of a form
NAMES = ("127.0.0.1", "localhost", "wallet.localhost")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def serve(drawer: Drawer, port: int) -> ThreadingHTTPServer:
    """A server for these wallets, which the caller runs and ends; port 0 takes a free one."""

    class Handler(WalletHandler):
        wallets = drawer

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    Handler.hosts = frozenset(f"{name}:{server.server_port}" for name in NAMES)
    return server


class WalletHandler(BaseHTTPRequestHandler):
    """Checks who asks, finds the route, writes the answer."""

    wallets: Drawer
    hosts: frozenset[str]
    """What this address may be called."""
    timeout = 30

    def do_GET(self) -> None:
        self._respond(GET)

    def do_POST(self) -> None:
        self._respond(POST)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: addresses hold what opens a session."""

    def _respond(self, routes: Sequence[tuple[str, Route]]) -> None:
        try:
            answer = self._answer(routes)
        except Refused as refused:
            answer = Answer(pages.message("Dat kan niet", refused.text), refused.status)
        except WalletBroken as broken:
            print(f"wallet: {broken}", file=sys.stderr, flush=True)
            text = "De wallet doet het nu niet. Probeer het zo nog eens."
            answer = Answer(pages.message("De wallet doet het niet", text), HTTPStatus.BAD_GATEWAY)
        try:
            self._write(answer)
        except ConnectionError:
            self.close_connection = True  # the browser went elsewhere, as it may while it waits for news

    def _write(self, answer: Answer) -> None:
        body = answer.body.encode()
        self.send_response(answer.status)
        for name, value in {**HEADERS, "Content-Type": answer.kind, **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self, routes: Sequence[tuple[str, Route]]) -> Answer:
        self._check_who_asks()
        address = urlsplit(self.path)
        for pattern, route in routes:
            found = re.fullmatch(pattern, address.path)
            if found:
                return route(self._asked(address.query), *found.groups())
        raise Refused(HTTPStatus.NOT_FOUND, "Deze pagina bestaat niet.")

    def _check_who_asks(self) -> None:
        """Only our own pages, and programs on this machine; no other site, whatever it calls us."""
        host, origin = self.headers.get("Host", ""), self.headers.get("Origin")
        if host not in self.hosts:
            raise Refused(HTTPStatus.MISDIRECTED_REQUEST, "Dit adres hoort niet bij de wallet.")
        if self.command != "POST":
            return
        # A browser always names where a form came from; a program may be silent, but then sends JSON,
        # which no form of another site can do.
        if origin != f"http://{host}" and not (origin is None and self._is_json()):
            raise Refused(HTTPStatus.FORBIDDEN, "Een andere website mag deze wallet niet gebruiken.")

    def _is_json(self) -> bool:
        return self.headers.get_content_type() == "application/json"

    def _asked(self, query: str) -> Asked:
        fields, data = (query, {}) if self.command == "GET" else self._body()
        return Asked(self.wallets, dict(parse_qsl(fields)), data, self._chosen())

    def _body(self) -> tuple[str, Mapping[str, Any]]:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LARGEST:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Dit is te veel.")
        try:
            text = self.rfile.read(int(length)).decode()
            data = json.loads(text) if self._is_json() else {}
        except ValueError:
            raise Refused(HTTPStatus.BAD_REQUEST, "Dit is niet te lezen.") from None
        if not isinstance(data, dict):
            raise Refused(HTTPStatus.BAD_REQUEST, "Dit is niet te lezen.")
        return ("" if self._is_json() else text), data

    def _chosen(self) -> Holder | None:
        try:
            cookie = SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
        except CookieError:
            return None
        return self.wallets.holders.get(cookie.value) if cookie else None
