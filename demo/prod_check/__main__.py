"""Runs the check: once to go into namespaces of its own, and in there for real."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType

from demo.irma.build import NoGo, build
from demo.parts import MADE
from demo.postgres import PostgresFailed
from demo.processes import DemoFailed
from demo.progress import complain, say
from demo.state import ROOT

from . import namespace
from .installation import Installation
from .walk import Failed, walk

INSIDE = "PROD_CHECK_INSIDE"
KEPT = "PROD_CHECK_FOLDER"
"""Names an empty folder, to look afterwards at all that production left behind."""
PROGRAMS = {"nginx": "nginx-light", "redis-server": "redis-server", "unshare": "util-linux"}


def main() -> int:
    """0 when production would do all it must."""
    if os.environ.get(INSIDE):
        return _inside()
    path = os.environ.get("PATH", "") + ":/usr/sbin"  # where Debian keeps nginx, also for ordinary users
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program, path=path)]
    if missing:
        complain(f"Not installed: {', '.join(missing)}. On Debian or Ubuntu: apt install {' '.join(missing)}")
        return 2
    try:
        build(MADE)  # out here, where there is a network
    except (NoGo, subprocess.CalledProcessError) as trouble:
        complain(str(trouble))
        return 2
    command = [*namespace.command(), sys.executable, "-m", "demo.prod_check"]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "PATH": path, INSIDE: "1"}).returncode


def _inside() -> int:
    signal.signal(signal.SIGTERM, _stopped)
    kept = os.environ.get(KEPT)
    folder = Path(kept or tempfile.mkdtemp(prefix="prod-check-"))
    folder.chmod(0o755)
    try:
        namespace.settle(folder)
        with Installation(folder) as installation:
            say("Production runs. Walking through it over TLS …")
            try:
                walk(installation)
            except Failed as failed:
                raise DemoFailed(f"{failed}\n{installation.last_words}") from failed
    except (DemoFailed, PostgresFailed, namespace.NotAllowed) as failed:
        complain(str(failed))
        return 1
    finally:
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)
    say("Production does what it must.")
    return 0


def _stopped(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(130)


if __name__ == "__main__":
    sys.exit(main())
