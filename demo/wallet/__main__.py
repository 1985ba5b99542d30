"""Runs the demo's wallets: `python -m demo.wallet --port N --state DIR --irma URL --residents FILE`.

Program, scheme and the key to issue are those that `python -m demo.irma` made in the same state folder.
"""

import argparse
import signal
import sys
from pathlib import Path
from types import FrameType

from demo.irma.server import ISSUING

from .drawer import Drawer
from .holders import read_holders
from .issuing import Issuer
from .web import serve


def main() -> int:
    """Serve until SIGTERM or Ctrl-C; then end every wallet's program."""
    arguments = argparse.ArgumentParser(prog="python -m demo.wallet", description=__doc__)
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--state", type=Path, required=True)
    arguments.add_argument("--made", type=Path, help="where programs and scheme are, when not in the state")
    arguments.add_argument("--irma", required=True, help="address of the irma server")
    arguments.add_argument("--residents", type=Path, required=True, help="JSON: name, story, credentials")
    given = arguments.parse_args()
    state, made = given.state.resolve(), (given.made or given.state).resolve()
    key = state / "irma" / f"{ISSUING}.key"
    if not key.exists():
        print(f"No key to issue in {key.parent}; start demo.irma first.", file=sys.stderr)
        return 2
    drawer = Drawer(
        read_holders(given.residents),
        Issuer(given.irma, ISSUING, key.read_text()),
        program=made / "bin" / "wallet",
        schemes=made / "irma" / "schemes",
        state=state / "wallets",
    )
    signal.signal(signal.SIGTERM, _stop)
    try:
        with serve(drawer, given.port) as server:
            server.serve_forever(poll_interval=0.1)
    except (KeyboardInterrupt, _Stopped):
        return 0
    finally:
        drawer.stop()
    return 0


class _Stopped(Exception):
    """SIGTERM came."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _Stopped


if __name__ == "__main__":
    sys.exit(main())
