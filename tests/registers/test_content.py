"""Handing on a file from a register: whole or seen to be broken off, and stopped when the visitor leaves."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import httpx
import pytest

from portal.municipalities.connections import Connection
from portal.registers import content as module
from portal.registers import loop
from portal.registers.caller import Caller
from portal.registers.content import Content
from portal.registers.errors import NoApiThere, RegisterRefused, RegisterTooSlow, RegisterUnavailable
from portal.registers.gather import Question
from portal.registers.places import Place, take_a_place

from .test_gather import drip, hang, say, server

FILE = bytes(range(256)) * 2000


@pytest.fixture
def place() -> Iterator[Place]:
    taken = take_a_place()
    assert taken is not None
    yield taken
    taken.leave()


def opened(connection: Connection, size: int | None, place: Place) -> Content:
    async def open_it(caller: Caller) -> httpx.Response:
        return await caller.open("file", {})

    return Content(Question(connection, open_it), size, place)


def is_left(place: Place) -> bool:
    return not place._held


def test_a_file_comes_whole_and_as_it_is(place: Place) -> None:
    with server(say(200, FILE)) as connection:
        content = opened(connection, len(FILE), place)

        assert content.size == len(FILE)
        assert b"".join(content) == FILE
        assert is_left(place)


def test_a_file_whose_size_is_not_known_comes_whole(place: Place) -> None:
    with server(say(200, FILE)) as connection:
        assert b"".join(opened(connection, None, place)) == FILE


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (404, NoApiThere),
        (403, RegisterRefused),
        (401, RegisterRefused),
        (500, RegisterUnavailable),
        (302, RegisterUnavailable),
    ],
)
def test_what_is_not_there_or_not_ours_is_told_before_the_first_byte(
    place: Place, status: int, fault: type[Exception]
) -> None:
    with server(say(status, headers={"Location": "http://127.0.0.1:1/"})) as connection, pytest.raises(fault):
        opened(connection, None, place)
    assert is_left(place)


def test_a_file_of_another_size_than_its_record_tells_is_refused(place: Place) -> None:
    with server(say(200, FILE)) as connection, pytest.raises(RegisterUnavailable, match="another size"):
        opened(connection, len(FILE) + 1, place)
    assert is_left(place)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST", 1000)
    with server(say(200, FILE)) as connection, pytest.raises(RegisterUnavailable, match="too large"):
        opened(connection, None, place)


def test_a_file_that_breaks_off_ends_in_a_fault_and_never_as_if_whole(place: Place) -> None:
    with server(say(200, FILE, length=len(FILE) + 10)) as connection:
        content = opened(connection, len(FILE) + 10, place)
        with pytest.raises(RegisterUnavailable):
            b"".join(content)
    assert is_left(place)


def test_a_change_of_the_connection_breaks_no_file_off() -> None:
    """Whoever still reads over the sockets of before is done when they close."""
    assert loop.USED_FOR > module.FIRST + module.LONGEST


def endless(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
    """Sends without a length, so that nothing tells how much is to come."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    while not over.is_set():
        try:
            handler.wfile.write(b"x" * 10_000)
        except OSError:
            return


def test_a_file_that_never_ends_is_broken_off(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 300_000)
    with server(endless) as connection:
        content = opened(connection, None, place)
        with pytest.raises(RegisterUnavailable, match="longer than told"):
            b"".join(content)


def test_a_register_that_hangs_at_the_start_or_halfway_costs_its_limit(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FIRST", 0.3)
    with server(hang) as connection, pytest.raises(RegisterTooSlow):
        opened(connection, None, place)

    monkeypatch.setattr(module, "FIRST", 20.0)
    monkeypatch.setattr(module, "STALL", 0.3)

    def halfway(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"x" * 50)
        handler.wfile.flush()
        over.wait(30)

    again = take_a_place()
    assert again is not None
    with server(halfway) as connection:
        content = opened(connection, 100, again)
        with pytest.raises(RegisterTooSlow):
            b"".join(content)
    assert is_left(again)


def test_a_slow_drip_ends_at_the_limit_of_the_whole(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 0.5)
    with server(drip) as connection:
        content = opened(connection, 1000, place)
        with pytest.raises((RegisterUnavailable, RegisterTooSlow)):
            b"".join(content)


def test_when_the_visitor_leaves_the_register_is_told_to_stop(place: Place) -> None:
    stopped = threading.Event()

    def until_gone(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        endless(handler, over)
        stopped.set()

    with server(until_gone) as connection:
        content = opened(connection, None, place)
        next(content)
        content.close()

        assert stopped.wait(10)
        assert is_left(place)


def test_memory_holds_no_more_than_a_few_pieces(place: Place) -> None:
    """The register is not read ahead of the visitor: who takes nothing makes it wait."""
    sent: list[int] = []

    def count(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.close_connection = True
        handler.connection.settimeout(1)
        try:
            while not over.is_set() and sum(sent) < 500_000_000:
                sent.append(handler.wfile.write(b"x" * 1_000_000))
        except OSError:
            return

    with server(count) as connection:
        content = opened(connection, None, place)
        for _piece in range(3):
            next(content)
        content.close()
    assert sum(sent) < 50_000_000
