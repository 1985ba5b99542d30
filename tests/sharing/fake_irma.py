"""An IRMA server that says what a test lets it say, over HTTP; the test signs its results, or forges them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

TOKEN, CLIENT = "geheim-van-de-sessie", "voor-de-wallet"
CREDENTIALS = {"requestor": "portaal", "hmac_key": "a2V5" * 16}
Said = tuple[int, bytes]
"""The status and the body of an answer."""


class FakeIrma:
    """An IRMA server that says what a test lets it say."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.status: Said = (200, b'"INITIALIZED"')
        self.result: Said = (200, b"")
        self.url = ""

    @property
    def parameters(self) -> dict[str, str]:
        """As a connection has them."""
        public = self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return {
            "scheme": "mijn-demo", "server_public_key": public.decode(), "server_issuer": "portaal-irma",
            "app_link": "https://irma.app/-/session#{pointer}",
        }  # fmt: skip

    def answer(self, path: str) -> Said:
        if path == "/session":
            pointer = {"u": f"{self.url}/irma/session/{CLIENT}", "irmaqr": "disclosing"}
            begun = {"sessionPtr": pointer, "token": TOKEN, "frontendRequest": {"authorization": "f"}}
            return 200, json.dumps(begun).encode()
        if path.endswith("/options"):
            return 200, b'{"pairingCode": "1234"}'
        if path.endswith("/status"):
            return self.status
        return self.result if path.endswith("/result-jwt") else (200, b"")


class _Handler(BaseHTTPRequestHandler):
    irma: FakeIrma
    protocol_version = "HTTP/1.1"

    def _respond(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        status, body = self.irma.answer(self.path)
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", "http://127.0.0.1:9/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_DELETE = _respond

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def fake_irma() -> Iterator[FakeIrma]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.handle_error = lambda _request, _client: None  # type: ignore[method-assign]  # who had enough hangs up
    irma = _Handler.irma = FakeIrma()
    irma.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield irma
    finally:
        server.shutdown()
        server.server_close()
