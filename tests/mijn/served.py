"""The portal in a process of its own, served as in production on the tests' database; and a visitor."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

from demo import processes
from demo.postgres import free_port
from demo.state import ROOT
from portal.accounts.middleware import COOKIE


@contextmanager
def portal(logs: Path, threads: int = 4, workers: int = 1, pool: int = 0) -> Iterator[int]:
    """Granian with the tests' settings, and a pool of connections to the database if so; gives its port."""
    port = free_port()
    server = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    server += ["--workers", str(workers)]
    server += ["--blocking-threads", str(threads), "--no-ws", "--no-access-log", "portal.wsgi:application"]
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.mijn.served_settings",
        "DATABASE_URL": database_url(),
        "WEB_THREADS": str(threads),
        "POOL": str(pool),
    }
    process = processes.start("portal", processes.python(*server), environment, logs, ROOT)
    try:
        processes.wait_until_healthy(process, f"http://127.0.0.1:{port}/readyz")
        yield port
    finally:
        processes.stop([process])


def database_url() -> str:
    """The address of the tests' own database, as the application role."""
    address = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(address._replace(path="/" + settings.DATABASES["default"]["NAME"]))


@dataclass
class Visit:
    """A page as it came in: each piece with the seconds since it was asked for."""

    connection: HTTPConnection
    began: float
    answer: HTTPResponse
    pieces: list[tuple[float, str]] = field(default_factory=list)

    def piece(self) -> str:
        """The next piece; empty at the end."""
        read = self.answer.read1(65536).decode(errors="replace")
        self.pieces.append((monotonic() - self.began, read))
        return read

    def whole(self) -> str:
        """Read to the end."""
        while self.piece():
            pass
        self.connection.close()
        return "".join(read for _when, read in self.pieces)

    def came_after(self, text: str) -> float:
        """When a text was there."""
        so_far = ""
        for when, read in self.pieces:
            so_far += read
            if text in so_far:
                return when
        raise AssertionError(f"“{text}” never came")

    @property
    def took(self) -> float:
        return self.pieces[-1][0]


def visit(port: int, host: str, path: str, cookie: str) -> Visit:
    """Ask for a page and read its first piece."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    began = monotonic()
    connection.request("GET", path, headers={"Host": host, "Cookie": f"{COOKIE}={cookie}"})
    opened = Visit(connection, began, connection.getresponse())
    assert opened.answer.status == 200, (opened.answer.status, opened.answer.headers.items())
    opened.piece()
    return opened
