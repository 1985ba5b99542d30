"""A whole demo for the tests: started on free ports with a state of its own, ended with all it started."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import randrange
from threading import Event
from time import monotonic
from typing import Any

from demo.state import Ports

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 400.0  # seconds until it is ready; Go may have to build first


@dataclass
class RunningDemo:
    """One `python -m demo`."""

    state: Path
    first_port: int
    process: "subprocess.Popen[bytes]"
    output: Path

    @property
    def urls(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.state / "urls.json").read_text())
        return found

    def wait_until_ready(self) -> None:
        """Fails with what the demo said when it ends or takes too long."""
        end = monotonic() + PATIENCE
        while "Ready in" not in self.output.read_text():
            if self.process.poll() is not None or monotonic() > end:
                raise AssertionError(self.output.read_text())
            Event().wait(0.1)  # between two looks

    def stop(self) -> int:
        """As Ctrl-C or a service manager does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@contextmanager
def running_demo(state: Path | None = None, first_port: int | None = None) -> Iterator[RunningDemo]:
    """Start a demo and wait until it is ready; without a state it gets a new one, which is removed."""
    with ExitStack() as cleanup:
        if state is None:
            state = Path(tempfile.mkdtemp(prefix="portal-demo-"))
            cleanup.callback(shutil.rmtree, state, ignore_errors=True)
        demo = start_demo(state, first_port or free_ports())
        cleanup.callback(demo.stop)
        demo.wait_until_ready()
        yield demo


def start_demo(state: Path, first_port: int) -> RunningDemo:
    """Start and do not wait; the caller stops it."""
    output = state / "output-of-the-test"
    environment = os.environ | {"DEMO_STATE": str(state), "DEMO_PORT": str(first_port)}
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "demo"], cwd=ROOT, env=environment,
            stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
        )  # fmt: skip
    return RunningDemo(state, first_port, process, output)


def free_ports() -> int:
    """The first of as many ports in a row as a demo has processes, that nobody listens on now."""
    count = len(Ports(0).all)
    while True:
        first = randrange(21000, 31000, count)
        with ExitStack() as held:
            try:
                for port in range(first, first + count):
                    held.enter_context(socket.create_server(("127.0.0.1", port)))
            except OSError:
                continue
            return first
