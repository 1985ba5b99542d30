"""Runs the demo's irma server: `python -m demo.irma --port N --state DIR`; ready when /health answers 200."""

import argparse
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

from .build import NoGo
from .output import visible
from .server import prepare


def main() -> int:
    """Prepare, start the server as a child, show what may be seen of its output, end it with us."""
    arguments = argparse.ArgumentParser(prog="python -m demo.irma", description=__doc__)
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--state", type=Path, required=True)
    arguments.add_argument(
        "--made", type=Path, help="where programs and scheme are kept, when not in the state"
    )
    given = arguments.parse_args()
    try:
        demo = prepare(given.state, given.port, made=given.made)
    except NoGo as trouble:
        print(trouble, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _stop)
    server = subprocess.Popen(
        [demo.programs.server, "irma", "server", "-c", demo.state / "irma" / "server.json"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace",
    )  # fmt: skip
    try:
        for sentence in visible(server.stdout or ()):
            print(sentence, file=sys.stderr, flush=True)
        return server.wait()
    except (KeyboardInterrupt, _Stopped):
        return 0
    finally:
        server.terminate()
        server.wait()


class _Stopped(Exception):
    """SIGTERM came."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _Stopped


if __name__ == "__main__":
    sys.exit(main())
