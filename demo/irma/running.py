"""Runs the server of `demo.irma` for a while; the tests of portal/irma and of the whole flow use the same."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import IO

import httpx

from .build import ROOT
from .server import IrmaDemo

PATIENCE = 30.0  # seconds, on a busy machine; normally it takes a tenth


class IrmaFailed(RuntimeError):
    """The server ended, or never became ready; the text is what may be seen of its output."""


class Running:
    """A server that can be stopped and started again; it then knows none of its old sessions."""

    def __init__(self, demo: IrmaDemo, output: Path) -> None:
        self.demo = demo
        self.output = output
        """What the filter let through."""
        self._process: subprocess.Popen[bytes] | None = None
        self._file: IO[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it is ready. Raises IrmaFailed."""
        self._file = self.output.open("ab")
        self._process = subprocess.Popen(
            self.demo.command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=self._file, stderr=self._file
        )
        end = monotonic() + PATIENCE
        while monotonic() < end:
            if _healthy(self.demo.health_url):
                return
            try:
                self._process.wait(0.05)
                break
            except subprocess.TimeoutExpired:
                continue
        self.stop()
        raise IrmaFailed(self.output.read_text())

    def stop(self) -> None:
        """Stop as the orchestrator does, and wait for the end."""
        if self._process:
            self._process.terminate()
            self._process.wait(PATIENCE)
        if self._file:
            self._file.close()


@contextmanager
def running(demo: IrmaDemo, output: Path) -> Iterator[Running]:
    """A running server; `output` is the file that gets what the filter lets through. Raises IrmaFailed."""
    server = Running(demo, output)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _healthy(address: str) -> bool:
    try:
        return httpx.get(address, timeout=1).status_code == 200
    except httpx.HTTPError:
        return False
