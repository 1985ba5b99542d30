"""Calls to an IRMA server that misbehaves; each test says how."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

import pytest

from portal.irma import transport
from portal.irma.errors import RequestRefused, SessionUnknown, WalletUnreachable
from portal.irma.transport import call


@contextmanager
def server(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.daemon_threads = True
        threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listening.server_port}/session/GEHEIM/status"
        finally:
            listening.shutdown()


def says(status: int, body: bytes, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def test_a_slow_drip_ends_within_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "WHOLE_CALL", 0.3)
    over = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not over.wait(0.05):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    with server(drip) as url:
        began = monotonic()
        with pytest.raises(WalletUnreachable, match="took too long"):
            call("GET", url)
        assert monotonic() - began < 3
        over.set()


def test_an_endless_answer_is_cut_off() -> None:
    with server(says(200, b"x" * 1_000_001)) as url, pytest.raises(WalletUnreachable, match="too much"):
        call("GET", url)


def test_a_redirect_is_not_followed() -> None:
    with (
        server(says(302, b"", Location="http://127.0.0.1:1/")) as url,
        pytest.raises(WalletUnreachable, match="302"),
    ):
        call("GET", url)


def test_nobody_listening_is_unreachable() -> None:
    with server(says(200, b"")) as url:
        pass
    with pytest.raises(WalletUnreachable, match="ConnectError"):
        call("GET", url)


@pytest.mark.parametrize(
    ("status", "body", "error", "told"),
    [
        (500, b'{"error":"INTERNAL"}', WalletUnreachable, "500"),
        (400, b'{"error":"SESSION_UNKNOWN"}', SessionUnknown, "400 SESSION_UNKNOWN"),
        (403, b'{"error":"UNAUTHORIZED","message":"GEHEIM"}', RequestRefused, "403 UNAUTHORIZED"),
        (400, b'{"error":"waarde van iemand"}', RequestRefused, r"400 \?"),
        (400, b'{"error":["GEHEIM"]}', RequestRefused, r"400 \?"),
        (400, b"[]", RequestRefused, r"400 \?"),
        (400, b"[" * 100_000, RequestRefused, r"400 \?"),
        (404, b"GEHEIM", RequestRefused, r"404 \?"),
    ],
)
def test_an_error_tells_its_code_and_nothing_else(
    status: int, body: bytes, error: type[Exception], told: str
) -> None:
    with server(says(status, body)) as url, pytest.raises(error, match=f"^{told}$"):
        call("GET", url)


def test_nonsense_in_a_good_answer_is_unreachable_too() -> None:
    with server(says(200, b"\xff{")) as url:
        answer = call("GET", url)
    with pytest.raises(WalletUnreachable):
        _ = answer.json
    with pytest.raises(WalletUnreachable):
        _ = answer.text
    assert "xff" not in repr(answer)


def test_an_answer_that_goes_deeper_than_anybody_reads_is_unreachable() -> None:
    with server(says(200, b"[" * 100_000)) as url:
        answer = call("GET", url)
    with pytest.raises(WalletUnreachable):
        _ = answer.json


def test_addresses_with_tokens_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), server(says(200, b"{}")) as url:
        call("GET", url)

    assert "GEHEIM" not in caplog.text


def test_many_threads_ask_at_once() -> None:
    answers: list[object] = []
    with server(says(200, b'"DONE"')) as url:
        threads = [threading.Thread(target=lambda: answers.append(call("GET", url).json)) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert answers == ["DONE"] * 20
