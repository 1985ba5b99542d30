"""An identity provider that answers whatever a test tells it to."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

Respond = Callable[["Rogue", "_Handler"], None]


class Rogue:
    """Discovery and keys are as they should be unless a test replaces them; tokens are always the test's."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.jwks: dict[str, Any] = {"keys": []}
        self.tokens: Any = {}
        """What the token endpoint answers."""
        self.replaced: dict[str, Respond] = {}
        """Path to what it does instead."""
        self.asked: list[dict[str, str]] = []
        """The forms that came to the token endpoint."""
        self.calls: list[str] = []
        self.ended = Event()

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "end_session_endpoint": f"{self.url}/end",
        }


class _Handler(BaseHTTPRequestHandler):
    rogue: Rogue
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._respond()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        self.rogue.asked.append({name: values[0] for name, values in parse_qs(body).items()})
        self._respond()

    def _respond(self) -> None:
        path = urlsplit(self.path).path
        self.rogue.calls.append(path)
        if instead := self.rogue.replaced.get(path):
            return instead(self.rogue, self)
        answers = {
            "/.well-known/openid-configuration": self.rogue.metadata(),
            "/jwks": self.rogue.jwks,
            "/token": self.rogue.tokens,
        }
        self.send(json.dumps(answers[path]).encode())

    def send(self, content: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""


@contextmanager
def rogue_provider() -> Iterator[Rogue]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    rogue = _Handler.rogue = Rogue(server.server_port)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield rogue
    finally:
        rogue.ended.set()
        server.shutdown()
        server.server_close()


def says(content: bytes, status: int = 200, **headers: str) -> Respond:
    return lambda _rogue, handler: handler.send(content, status, **headers)


def hangs(rogue: Rogue, handler: _Handler) -> None:
    rogue.ended.wait(60)
    handler.close_connection = True


def hangs_up(_rogue: Rogue, handler: _Handler) -> None:
    handler.close_connection = True


def drips(rogue: Rogue, handler: _Handler) -> None:
    """A byte at a time, each well within any limit on one read."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not rogue.ended.wait(0.2):
        try:
            handler.wfile.write(b" ")
            handler.wfile.flush()
        except OSError:
            return


def drips_headers(rogue: Rogue, handler: _Handler) -> None:
    """The same, before the body."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not rogue.ended.wait(0.2):
        try:
            handler.wfile.write(b"X: 1\r\n")
            handler.wfile.flush()
        except OSError:
            return


def never_ends(rogue: Rogue, handler: _Handler) -> None:
    """As fast as it can, for ever."""
    handler.send_response(200)
    handler.end_headers()
    while not rogue.ended.is_set():
        try:
            handler.wfile.write(b" " * 65536)
        except OSError:
            return
