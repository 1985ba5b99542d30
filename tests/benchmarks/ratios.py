"""A stored page beside an empty view of Django's: the same server, processes, threads and visitors, one run.

The empty view asks no database and stands behind the middleware that Django gives to every new project, which
is the least that anybody serves; the figure without any middleware is told beside it, without a limit. A
stored page of ours says 9,000 bytes and asks PostgreSQL one question; the empty view says nothing. Where the
machine has no more processors than the server has processes, what PostgreSQL takes is taken from the pages.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from demo import processes
from demo.postgres import free_port
from demo.state import ROOT

from .figures import Figure
from .visitor import site_of
from .visits import a_second

SECONDS, TURNS = 2.0, 4
LEAST = 0.5
"""Of what an empty view serves."""


def figures(urls: dict[str, Any]) -> list[Figure]:
    site = urlsplit(site_of(urls, "zandmeer"))
    with empty_view("usual") as usual, empty_view("bare") as bare:
        asked = {
            "page": (site.port or 80, site.netloc, "/verhuizen/"),
            "usual": (usual, "localhost", "/"),
            "bare": (bare, "localhost", "/"),
        }
        rates = dict.fromkeys(asked, 0.0)
        for _turn in range(TURNS):  # in turns, so that what else the machine does weighs on all
            for name, call in asked.items():
                rates[name] += a_second(*call, SECONDS) / TURNS
    page = rates["page"]
    return [
        Figure(
            f"stored page ÷ empty view: {page:.0f} and {rates['usual']:.0f} a second",
            page / rates["usual"],
            LEAST,
            "×",
            more_is_better=True,
        ),
        Figure(
            f"stored page ÷ empty view without middleware: {page:.0f} and {rates['bare']:.0f} a second",
            page / rates["bare"],
            None,
            "×",
        ),
    ]


@contextmanager
def empty_view(kind: str) -> Iterator[int]:
    """Served as the demo serves the portal; gives its port."""
    port = free_port()
    server = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    server += ["--workers", "2", "--blocking-threads", "8", "--no-ws", "--no-access-log"]
    server += ["tests.benchmarks.empty_view:application"]
    with tempfile.TemporaryDirectory() as logs:
        told = {"EMPTY_VIEW": kind}
        process = processes.start("empty", processes.python(*server), told, Path(logs), ROOT)
        try:
            processes.wait_until_healthy(process, f"http://127.0.0.1:{port}/")
            yield port
        finally:
            processes.stop([process])
