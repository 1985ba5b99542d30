"""`python -m demo.identity --port N --state DIR --public-url URL --portal-port N`.

The public URL is the issuer, for servers and browsers alike. Clients are in `DIR/identity/clients.json`:
`{client_id: {"name", "jwks", "redirect_uris", "post_logout_redirect_uris", "backchannel_logout_uri",
"people": "residents" or "staff"}}`, read at each request. The signing key lies beside it.
"""

import argparse
import signal
import sys
from pathlib import Path
from types import FrameType

from .provider import Provider
from .web import serve


def main() -> int:
    """Serve until SIGTERM or Ctrl-C."""
    arguments = argparse.ArgumentParser(prog="python -m demo.identity")
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--state", type=Path, required=True)
    arguments.add_argument("--public-url", required=True, help="the issuer")
    arguments.add_argument("--portal-port", type=int, required=True, help="where *.localhost sites listen")
    given = arguments.parse_args()
    signal.signal(signal.SIGTERM, _stop)
    provider = Provider(given.public_url, given.state / "identity", given.portal_port)
    try:
        with serve(provider, given.port) as server:
            server.serve_forever(poll_interval=0.1)
    except (KeyboardInterrupt, _Stopped):
        return 0
    return 0


class _Stopped(Exception):
    """SIGTERM came."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _Stopped


if __name__ == "__main__":
    sys.exit(main())
