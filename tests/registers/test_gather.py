"""Asking side by side: limits, and servers that misbehave in every way we know."""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from portal.municipalities.connections import Connection
from portal.registers import caller as calling
from portal.registers import gather as gathering
from portal.registers.answers import Broken, Found, Late, Refused, Skipped
from portal.registers.caller import Caller
from portal.registers.gather import Question, ask_one, gather

from .conftest import brp_connection

Behave = Callable[[BaseHTTPRequestHandler, threading.Event], None]
SHORT = 0.6  # seconds of budget, so that a hanging server costs the test no more


@contextmanager
def server(behave: Behave) -> Iterator[Connection]:
    """A server that behaves as told; the event is set when the test is over."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            behave(self, over)

        def log_message(self, *_: object) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield brp_connection(f"http://127.0.0.1:{listening.server_port}")
    finally:
        over.set()
        listening.shutdown()
        listening.server_close()


def say(
    status: int, body: bytes = b"{}", headers: dict[str, str] | None = None, length: int | None = None
) -> Behave:
    def behave(handler: BaseHTTPRequestHandler, _over: threading.Event) -> None:
        handler.send_response(status)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.end_headers()
        handler.wfile.write(body)
        if length is not None:
            handler.close_connection = True

    return behave


def hang(_handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
    over.wait(30)


def drip(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    while not over.wait(0.05):
        try:
            handler.wfile.write(b" ")
            handler.wfile.flush()
        except OSError:
            return


async def something(caller: Caller) -> Any:
    return await caller.get("something", {})


def question(connection: Connection) -> Question:
    return Question(connection, something)


@pytest.mark.parametrize("behave", [hang, drip], ids=["hang", "drip"])
def test_whoever_is_slow_costs_no_more_than_the_budget(here, behave: Behave) -> None:
    with server(behave) as connection:
        began = time.monotonic()
        answer = ask_one(question(connection), SHORT)

        assert answer == Late()
        assert time.monotonic() - began < SHORT + 0.5


def test_one_call_has_a_limit_for_its_whole_body(here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "LIMIT", 0.4)
    with server(drip) as connection:
        began = time.monotonic()

        assert ask_one(question(connection), 10) == Late()
        assert time.monotonic() - began < 3


def test_the_quick_one_does_not_wait_for_the_slow_one(here) -> None:
    with server(hang) as slow, server(say(200, b'{"a": 1}')) as quick:
        began = time.monotonic()
        answers = gather({"slow": question(slow), "quick": question(quick)}, 2)
        first = next(answers)
        waited = time.monotonic() - began
        answers.close()

    assert first == ("quick", Found({"a": 1}))
    assert waited < 1


def test_no_cookie_of_one_call_goes_with_the_next(here) -> None:
    sent: list[str | None] = []

    def sets_a_cookie(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        sent.append(handler.headers["Cookie"])
        say(200, headers={"Set-Cookie": "who=helga; Path=/"})(handler, over)

    with server(sets_a_cookie) as register:
        for _call in range(2):
            assert ask_one(question(register)) == Found({})

    assert sent == [None, None]


def test_every_question_gets_exactly_one_answer(here) -> None:
    with server(hang) as slow, server(say(200)) as quick, server(say(500)) as broken:
        asked = {"slow": question(slow), "quick": question(quick), "broken": question(broken)}
        answers = list(gather(asked, SHORT))

    assert sorted(name for name, _answer in answers) == ["broken", "quick", "slow"]


@pytest.mark.parametrize(
    ("behave", "expected"),
    [
        (say(302, headers={"Location": "http://127.0.0.1:1/"}), Broken("SentElsewhere 302")),
        (say(200, b'{"half":'), Broken("RegisterUnavailable not JSON")),
        (say(200, b"[" * 100_000), Broken("RegisterUnavailable not JSON")),
        (say(200, b"\xff\xfe\x00"), Broken("RegisterUnavailable not JSON")),
        (say(200, b"{}", length=500), Broken("RegisterUnavailable RemoteProtocolError")),
        (
            say(200, b"x", headers={"Content-Encoding": "gzip"}),
            Broken("RegisterUnavailable compressed, unasked"),
        ),
        (say(500), Broken("RegisterUnavailable 500")),
        (say(404), Broken("NotThere")),
        (say(404, b"<h1>404 page not found</h1>"), Broken("NoApiThere")),
        (say(429), Broken("RegisterUnavailable 429")),
        (say(401), Refused()),
        (say(403), Refused()),
    ],
    ids=[
        "redirect",
        "half",
        "deep",
        "bytes",
        "cut off",
        "gzip",
        "500",
        "404",
        "a page that says 404",
        "429",
        "401",
        "403",
    ],
)
def test_nonsense_is_broken_and_never_empty(here, behave: Behave, expected: object) -> None:
    with server(behave) as connection:
        assert ask_one(question(connection)) == expected


def test_a_huge_answer_is_not_read_to_its_end(here) -> None:
    sent: list[int] = []

    def endless(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(10**10))
        handler.end_headers()
        try:
            while not over.is_set():
                sent.append(handler.wfile.write(b" " * 1_000_000))
        except OSError:
            handler.close_connection = True

    with server(endless) as connection:
        assert ask_one(question(connection)) == Broken("RegisterUnavailable too large")
    assert len(sent) < 60


def test_nobody_listening_is_broken_at_once(here) -> None:
    with server(say(200)) as connection:
        pass
    began = time.monotonic()

    assert ask_one(question(connection)) == Broken("NobodyThere")
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "link",
    [
        "http://elsewhere.example/haalcentraal/api/brp/x",
        "//elsewhere.example/x",
        "https://127.0.0.1/haalcentraal/api/brp/x",
        "/outside",
        "../outside",
        "%2e%2e/%2e%2e/outside",
        "http://user@127.0.0.1/haalcentraal/api/brp/x",
        "ftp://127.0.0.1/x",
    ],
)
def test_a_link_to_anywhere_else_is_not_followed(here, link: str) -> None:
    asked: list[str] = []

    def note(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        asked.append(handler.path)
        say(200)(handler, over)

    async def follow(caller: Caller) -> Any:
        return await caller.get(link, {})

    with server(note) as connection:
        answer = ask_one(Question(connection, follow))

    assert answer == Broken("RegisterUnavailable a link leads elsewhere")
    assert asked == []


def test_a_stranger_in_the_answer_is_broken_and_its_text_is_in_no_log(
    here, caplog: pytest.LogCaptureFixture
) -> None:
    async def misread(caller: Caller) -> Any:
        return (await caller.get("x", {}))["999970458"]

    caplog.set_level(logging.DEBUG)
    with server(say(200, b'{"naam": "Helga Huisman"}')) as connection:
        answer = ask_one(Question(connection, misread))

    assert answer == Broken("not understood: KeyError")
    assert "999970458" not in caplog.text
    assert "Helga" not in caplog.text


def test_an_address_with_its_query_is_in_no_log(here, caplog: pytest.LogCaptureFixture) -> None:
    async def with_query(caller: Caller) -> Any:
        return await caller.get("x", {}, {"zaak": "only-in-the-query"})

    for name in ("httpx", "httpcore"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)
    with server(say(200)) as connection:
        ask_one(Question(connection, with_query))

    assert "only-in-the-query" not in caplog.text


def test_no_more_than_the_bulkhead_are_under_way_to_one_register(
    here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "SIDE_BY_SIDE", 3)
    lock, now, most = threading.Lock(), [0], [0]

    def count(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        over.wait(0.05)
        with lock:
            now[0] -= 1
        say(200)(handler, over)

    with server(count) as connection:
        answers = dict(gather({str(number): question(connection) for number in range(12)}))

    assert all(answer == Found({}) for answer in answers.values())
    assert most[0] <= 3


def test_who_stops_listening_cancels_what_is_under_way(here) -> None:
    gone = threading.Event()

    def notice(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        handler.connection.settimeout(10)
        if handler.connection.recv(1) == b"":
            gone.set()
        handler.close_connection = True

    with server(notice) as connection, server(say(200)) as quick:
        answers = gather({"slow": question(connection), "quick": question(quick)})
        next(answers)
        answers.close()

        assert gone.wait(5)
        assert list(answers) == []


def test_a_register_that_rests_is_skipped_and_says_so(here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "FAIR", 0.0)
    with server(hang) as connection:
        assert ask_one(question(connection), SHORT) == Late()
        began = time.monotonic()

        assert ask_one(question(connection)) == Skipped()
        assert time.monotonic() - began < 0.3


FORKED = """
import asyncio, os, django
django.setup()
from portal.registers import loop

async def here():
    return os.getpid()

def asked():
    return asyncio.run_coroutine_threadsafe(here(), loop.running()).result(20)

assert asked() == os.getpid()
child = os.fork()
if child == 0:
    try:
        os._exit(0 if asked() == os.getpid() else 1)
    finally:
        os._exit(2)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
"""


def test_a_forked_process_asks_on_a_loop_of_its_own() -> None:
    # In a process of its own: a fork of the tests' process, with all its threads, may never end.
    subprocess.run([sys.executable, "-W", "ignore", "-c", FORKED], check=True, timeout=60)


def test_changed_credentials_are_used_at_once(here) -> None:
    seen: list[str] = []

    def note(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        seen.append(handler.headers["X-Api-Key"])
        say(200)(handler, over)

    async def with_key(caller: Caller) -> Any:
        return await caller.get("x", {"X-Api-Key": caller.connection.credentials["api_key"]})

    with server(note) as connection:
        ask_one(Question(connection, with_key))
        ask_one(Question(replace(connection, credentials={"api_key": "new"}), with_key))

    assert seen[1] == "new"


def test_what_is_asked_with_an_answer_waits_for_no_other_question(here) -> None:
    """One hangs; what the other told leads to a third, whose answer comes long before the budget is over."""
    with server(say(200)) as quick, server(hang) as slow, server(say(200)) as third:
        began = time.monotonic()
        asking = gather({"quick": question(quick), "slow": question(slow)}, budget=30, resting={})
        assert next(asking) == ("quick", Found({}))
        asking.ask_too({"third": question(third)}, least=0.5)
        assert next(asking) == ("third", Found({}))
        assert time.monotonic() - began < 3
        asking.close()


def test_what_is_asked_late_has_its_least_time_after_the_budget_too(here) -> None:
    with server(say(200)) as quick, server(say(200)) as third:
        asking = gather({"quick": question(quick)}, budget=30, resting={})
        assert next(asking) == ("quick", Found({}))
        asking._ends = time.monotonic()  # the budget is over
        asking.ask_too({"third": question(third)}, least=5)
        assert list(asking) == [("third", Found({}))]


def test_who_is_left_alone_is_not_asked_with_an_answer_either(here) -> None:
    with server(say(200)) as quick, server(say(200)) as third:
        asking = gather({"quick": question(quick)}, resting={third.id: True})
        next(asking)
        asking.ask_too({"third": question(third)}, least=0.5)
        assert list(asking) == [("third", Skipped())]
