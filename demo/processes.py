"""Starting, watching and ending the demo's processes; whatever we started ends when we do."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

PATIENCE = 90  # seconds until a process must be ready; a shared machine may be slow
PR_SET_PDEATHSIG = 1


class DemoFailed(RuntimeError):
    """The demo cannot go on; the text says what happened and what to do."""


@dataclass(frozen=True)
class Process:
    """One running process of the demo."""

    name: str
    popen: "subprocess.Popen[bytes]"
    log: Path

    @property
    def last_words(self) -> str:
        """Where its log is, and how that ends."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return f"The end of {self.log}:\n" + "\n".join("    " + line for line in lines[-15:])

    def end_children(self) -> None:
        """Kill what this process started and left behind; its group is its own."""
        with suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)


def start(
    name: str, command: Sequence[str], environment: Mapping[str, str], logs: Path, folder: Path
) -> Process:
    """Start a process in a folder, with its output in a log of its own."""
    logs.mkdir(parents=True, exist_ok=True)
    log = logs / f"{name}.log"
    output = log.open("ab")
    popen = subprocess.Popen(
        list(command),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env={**inherited(), **environment},
        start_new_session=True,  # Ctrl-C reaches us alone, and we end the others in order
        preexec_fn=end_with_parent,
    )
    output.close()
    return Process(name, popen, log)


def inherited() -> dict[str, str]:
    """Our own environment, without what names somebody else's database or keys."""
    ours = ("DATABASE_OWNER_URL", "DATABASE_URL_FILE", "SECRET_KEY_FILE", "MASTER_KEYS_FILE")
    return {name: value for name, value in os.environ.items() if name not in ours}


def python(*module: str) -> list[str]:
    """The command that runs one of our modules with this very Python."""
    return [sys.executable, "-m", *module]


def wait_until_healthy(process: Process, url: str, patience: float = PATIENCE) -> None:
    """Wait for 200 at `url`. Raises DemoFailed when the process ends or takes too long."""

    def healthy() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  # our own address
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    wait_until(healthy, process, patience)


def wait_until(ready: Callable[[], bool], process: Process, patience: float = PATIENCE) -> None:
    """Wait for something a process must do. Raises DemoFailed."""
    deadline = monotonic() + patience
    while not ready():
        if process.popen.poll() is not None:
            raise DemoFailed(f"“{process.name}” stopped while starting. {process.last_words}")
        if monotonic() > deadline:
            raise DemoFailed(
                f"“{process.name}” was not ready within {patience:.0f} seconds. {process.last_words}"
            )
        sleep(0.05)  # between two looks; the deadline decides


def stop(processes: Sequence[Process]) -> None:
    """End processes and all they started, last one first; who does not listen in ten seconds is killed."""
    for process in reversed(processes):
        if process.popen.poll() is None:
            process.popen.send_signal(signal.SIGTERM)
    deadline = monotonic() + 10
    for process in reversed(processes):
        with suppress(subprocess.TimeoutExpired):
            process.popen.wait(max(0.1, deadline - monotonic()))
        process.end_children()
        process.popen.wait()


def finish(process: Process) -> None:
    """Wait for a process that must end by itself, and well. Raises DemoFailed."""
    if process.popen.wait():
        raise DemoFailed(f"“{process.name}” failed. {process.last_words}")


def refuse_taken_ports(ports: Mapping[str, int]) -> None:
    """Raises DemoFailed naming each port that something else listens on."""
    taken = []
    for name, port in ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                taken.append(f"{port} ({name})")
    if taken:
        raise DemoFailed(
            f"Something else already uses port {', '.join(taken)}.\n"
            "Is the demo running already? Stop it with Ctrl-C.\n"
            "Or choose other ports: make demo DEMO_PORT=8100"
        )


def end_with_parent() -> None:
    """For a new child: SIGTERM when the thread that started it ends, however it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
