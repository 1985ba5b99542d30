"""`python -m demo.registers.sociaal --port N --state DIR`: who gets which help, as the demo tells it."""

import sys
from collections.abc import Mapping
from pathlib import Path

from demo.content.residents import TINA
from demo.state import secrets_of

from .serving import Asked, Register, Reply, serve_alone

HELP: Mapping[str, Mapping[str, object]] = {
    TINA.bsn: {"uitkering": True, "schuldhulp": False, "contactpersoon": "M. Jansen, team Werk en Inkomen"},
}
NONE = {"uitkering": False, "schuldhulp": False, "contactpersoon": ""}


def demo_register(token: str, port: int = 0) -> Register:
    """The register; it knows a token and no more."""

    def respond(asked: Asked) -> Reply:
        if asked.headers.get("authorization") != f"Bearer {token}":
            return Reply(401, {"title": "unknown"})
        if (asked.method, asked.path) != ("POST", "/hulp") or not isinstance(asked.body, dict):
            return Reply(404, {"title": "unknown"})
        return Reply(200, HELP.get(str(asked.body.get("burgerservicenummer")), NONE))

    return Register("Sociaal domein (demo)", respond, port)


def _made(state: Path, port: int) -> Register:
    return demo_register(secrets_of(state).sociaal_token, port)


if __name__ == "__main__":
    sys.exit(serve_alone("sociaal", _made))
