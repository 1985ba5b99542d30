"""`python -m demo` brings the whole product up on this machine; `python -m demo --reset` forgets its state.

DEMO_PORT (8000) moves all addresses, DEMO_STATE (.demo) the state.
"""

import argparse
import os
import signal
import sys
from pathlib import Path
from time import monotonic
from types import FrameType

from . import addresses, beforehand
from .bring_up import Running, bring_up
from .parts import Demo
from .postgres import PostgresFailed
from .processes import DemoFailed, refuse_taken_ports
from .progress import complain, say
from .state import ROOT, Ports, secrets_of
from .watch import watch


class Stopped(BaseException):
    """Ctrl-C or SIGTERM: somebody wants us to stop."""


def main() -> int:
    """Run until stopped; whatever happens, every process we started ends."""
    arguments = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    arguments.add_argument("--reset", action="store_true", help="forget the demo's state")
    given = arguments.parse_args()
    state = ROOT / os.environ.get("DEMO_STATE", ".demo")
    try:
        if given.reset:
            beforehand.reset(state)
            return 0
        with beforehand.alone(state):
            return run(state)
    except (DemoFailed, PostgresFailed) as failed:
        complain(str(failed))
        return 1


def run(state: Path) -> int:
    """Bring up, tell where everything is, and keep an eye on it. Raises DemoFailed, PostgresFailed."""
    began = monotonic()
    state.chmod(0o755)  # the database runs as another user when we are root, and must reach its folder
    ports = Ports(beforehand.first_port())
    beforehand.refuse_other_users_state(state)
    beforehand.refuse_full_disk(state)
    refuse_taken_ports(ports.all)
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, _stopped)
    running = Running(Demo(state, ports, secrets_of(state)))
    try:
        beforehand.ensure_go()
        say("Bringing up the demo. Logs are in " + str(state / "logs"))
        bring_up(running)
        found = addresses.urls(running.demo)
        addresses.show(found)
        file = addresses.write(found, state)
        say(f"Ready in {monotonic() - began:.0f} s. All addresses: {file}. Stop with Ctrl-C.")
        watch(running)
    except Stopped:
        say("\nStopping …")
    finally:
        for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)  # stopping is under way
        running.stop()
    say("Everything has stopped. The state is kept in " + str(state))
    return 0


def _stopped(_signal: int, _frame: FrameType | None) -> None:
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())
