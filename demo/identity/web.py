"""HTTP on loopback for the provider's routes; logs the path without its query, and never a body."""

import sys
import time
from collections.abc import Mapping
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from . import pages
from .provider import Provider
from .routes import FROM_OTHER_SITES, GET, POST, Answer, Asked, Refused, Route

LARGEST = 20_000  # bytes of a form


def serve(provider: Provider, port: int) -> ThreadingHTTPServer:
    """A server for this provider, which the caller runs and ends."""

    class Handler(IdentityHandler):
        identity = provider

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    Handler.cookie_name = f"demo-identity-{server.server_port}"  # cookies do not tell ports apart
    return server


class IdentityHandler(BaseHTTPRequestHandler):
    """Checks who asks, finds the route, writes the answer."""

    identity: Provider
    cookie_name: str
    timeout = 30

    def do_GET(self) -> None:
        self._respond(GET)

    def do_POST(self) -> None:
        self._respond(POST)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: ARG002
        """Method, path and status; the query holds codes and state."""
        path = urlsplit(getattr(self, "path", "")).path
        print(f"{time.strftime('%H:%M:%S')} {self.command} {path}", file=sys.stderr, flush=True)

    def _respond(self, routes: Mapping[str, Route]) -> None:
        try:
            answer = self._answer(routes)
        except Refused as refused:
            answer = Answer(pages.message("Dat kan niet", refused.text), refused.status)
        try:
            self._write(answer)
        except ConnectionError:
            self.close_connection = True  # the browser went elsewhere

    def _answer(self, routes: Mapping[str, Route]) -> Answer:
        address = urlsplit(self.path)
        if address.path != "/healthz" and self.headers.get("Host") != urlsplit(self.identity.issuer).netloc:
            raise Refused(HTTPStatus.MISDIRECTED_REQUEST, "Dit adres hoort niet bij de inlogdienst.")
        route = routes.get(address.path)
        if route is None:
            raise Refused(HTTPStatus.NOT_FOUND, "Deze pagina bestaat niet.")
        # A browser always names where a form came from.
        ours = self.headers.get("Origin") == self.identity.issuer
        if self.command == "POST" and not ours and address.path not in FROM_OTHER_SITES:
            raise Refused(HTTPStatus.FORBIDDEN, "Een andere website mag hier niets voor u kiezen.")
        text = address.query if self.command == "GET" else self._body()
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=40)
        if len({name for name, _value in pairs}) != len(pairs):
            raise Refused(HTTPStatus.BAD_REQUEST, "Dit is niet te lezen.")
        return route(Asked(self.identity, dict(pairs), self._cookie()))

    def _body(self) -> str:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LARGEST:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Dit is te veel.")
        try:
            return self.rfile.read(int(length)).decode()
        except ValueError:
            raise Refused(HTTPStatus.BAD_REQUEST, "Dit is niet te lezen.") from None

    def _cookie(self) -> str:
        try:
            found = SimpleCookie(self.headers.get("Cookie", "")).get(self.cookie_name)
        except CookieError:
            return ""
        return found.value if found else ""

    def _write(self, answer: Answer) -> None:
        body = answer.body.encode()
        self.send_response(answer.status)
        for name, value in {**_headers(answer), "Content-Type": answer.kind}.items():
            self.send_header(name, value)
        if answer.location:
            self.send_header("Location", answer.location)
        if answer.cookie is not None:
            ends = "" if answer.cookie else "; Max-Age=0"
            self.send_header(
                "Set-Cookie", f"{self.cookie_name}={answer.cookie}; Path=/; HttpOnly; SameSite=Lax{ends}"
            )
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _headers(answer: Answer) -> Mapping[str, str]:
    # Chromium holds the redirect after a form against form-action, so the site that asked is named.
    targets = " ".join(filter(None, ["'self'", answer.may_send_to]))
    return {
        "Content-Security-Policy": f"default-src 'none'; style-src 'self'; form-action {targets};"
        " base-uri 'none'; frame-ancestors 'none'",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }
