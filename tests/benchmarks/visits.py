"""Visitors who never wait and cost next to nothing, so that only the server is measured.

An HTTP client in Python works longer on an answer than Django on an empty view. These send the same bytes
over connections that stay open, and count the bytes that come back.
"""

import socket
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from itertools import cycle, repeat
from multiprocessing import get_context
from time import monotonic

PROCESSES, CONNECTIONS = 2, 8
"""In all as many at once as the server has threads."""


class Refused(RuntimeError):
    """The server gave another answer than the page."""


def a_second(port: int, host: str, path: str, seconds: float) -> float:
    """How many pages a second these visitors get."""
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as visitors:
        calls = [(port, host, path, seconds)] * PROCESSES
        return sum(visitors.map(_rate, *zip(*calls, strict=True)))


def _rate(port: int, host: str, path: str, seconds: float) -> float:
    asked = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    with ExitStack() as open_ones:
        connections = [
            open_ones.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            for _ in repeat(None, CONNECTIONS)
        ]
        length = _length(connections[0], asked)
        return _count(connections, asked, length, seconds)


def _length(connection: socket.socket, asked: bytes) -> int:
    """Of a whole answer; of one page it is always the same."""
    connection.sendall(asked)
    head = b""
    while b"\r\n\r\n" not in head:
        head += _some(connection)
    head, _end, body = head.partition(b"\r\n\r\n")
    said = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    length = int(said[b"content-length"])
    while len(body) < length:
        body += _some(connection)
    return len(head) + 4 + length


def _count(connections: Sequence[socket.socket], asked: bytes, length: int, seconds: float) -> float:
    for connection in connections:
        connection.sendall(asked)
    began = monotonic()
    for count, connection in enumerate(cycle(connections), start=1):
        got = _some(connection)
        if not got.startswith(b"HTTP/1.1 200 "):
            raise Refused(got[:60].decode("latin-1"))
        left = length - len(got)
        while left > 0:
            left -= len(_some(connection))
        if count % CONNECTIONS == 0 and monotonic() - began >= seconds:
            return count / (monotonic() - began)
        connection.sendall(asked)
    raise AssertionError("there are connections")


def _some(connection: socket.socket) -> bytes:
    got = connection.recv(65536)
    if not got:
        raise Refused("the server closed the connection")
    return got
