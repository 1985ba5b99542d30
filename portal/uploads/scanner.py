"""Asks clamd whether a file is clean. Its protocol is small: `INSTREAM`, the file in pieces, one line back.

Everything that is not a clear “OK” or “FOUND” means that we do not know, and then nothing is released.
Source: clamd(8), ClamAV 1.4.
"""

import re
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import BinaryIO

from django.conf import settings

TO_CONNECT = 2.0  # seconds
TO_SCAN = 45.0  # seconds for all of one file
PIECE = 64 * 1024  # bytes
LONGEST = 4096  # bytes of an answer
ADDRESS = re.compile(r"tcp://(?P<host>\[[0-9a-fA-F:]+\]|[^:/\[\]]+):(?P<port>\d{1,5})|unix:(?P<path>/.+)")
COULD_NOT_LOOK = ("Heuristics.Limits.", "Heuristics.Encrypted.")
"""What clamd calls a file that it could not look into; it says FOUND then."""


class ScannerDown(Exception):
    """It is not known whether the file is clean; the text is for operators."""


class Infected(Exception):
    """There is something in it that must not be there."""

    VIRUS, UNSCANNABLE = "virus", "unscannable"

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.reason = self.UNSCANNABLE if found.startswith(COULD_NOT_LOOK) else self.VIRUS


def is_on() -> bool:
    """Whether there is a scanner. Without one nobody can add a document."""
    return bool(settings.CLAMD_ADDRESS)


def scan(file: BinaryIO) -> None:
    """Returns for a clean file. Raises Infected, ScannerDown."""
    ends = monotonic() + TO_SCAN
    file.seek(0)
    with _line() as line:
        with suppress(BrokenPipeError, ConnectionResetError):  # it may say why before it has heard all
            _send(line, b"zINSTREAM\0", ends)
            while piece := file.read(PIECE):
                _send(line, struct.pack("!I", len(piece)) + piece, ends)
            _send(line, struct.pack("!I", 0), ends)
        answer = _answer(line, ends)
    if answer == "stream: OK":
        return
    if found := re.fullmatch(r"stream: (.+) FOUND", answer):
        raise Infected(found[1])
    # What it says may quote the file; of a limit that is too low operators must hear.
    raise ScannerDown("size limit exceeded" if "size limit" in answer else "no clear answer")


@contextmanager
def _line() -> Iterator[socket.socket]:
    try:
        with _connected() as line:
            yield line
    except TimeoutError:
        raise ScannerDown("too slow") from None
    except OSError as fault:
        raise ScannerDown(type(fault).__name__) from None


def _connected() -> socket.socket:
    known = ADDRESS.fullmatch(settings.CLAMD_ADDRESS)
    if known is None:
        raise ScannerDown("CLAMD_ADDRESS is not tcp://host:port or unix:/path")
    if known["path"]:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(TO_CONNECT)
        try:
            line.connect(known["path"])
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((known["host"].strip("[]"), int(known["port"])), TO_CONNECT)


def _send(line: socket.socket, content: bytes, ends: float) -> None:
    line.settimeout(_left(ends))
    line.sendall(content)


def _answer(line: socket.socket, ends: float) -> str:
    answer = bytearray()
    while not answer.endswith(b"\0"):
        line.settimeout(_left(ends))
        piece = line.recv(LONGEST)
        if not piece or len(answer) > LONGEST:
            raise ScannerDown("broken off")
        answer += piece
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _left(ends: float) -> float:
    left = ends - monotonic()
    if left <= 0:
        raise TimeoutError
    return left
