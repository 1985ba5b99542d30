"""The processes of the demo: with which command each starts, and how one sees that it is ready."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .content.wallets import holders
from .postgres import Postgres
from .processes import PATIENCE, python
from .state import ROOT, Ports, Secrets, day_of_reset

MADE = ROOT / ".cache" / "irma"
"""Programs and scheme of irma: kept when the state is forgotten, since building takes a minute."""
BUILDING = 900.0
"""Seconds that Go may take the first time, modules fetched, on a busy machine."""
WORKERS, THREADS = 2, 8
"""Of the portal. Each thread may hold one database connection."""


@dataclass(frozen=True)
class Part:
    """One process."""

    name: str
    command: Sequence[str]
    ready_url: str = ""
    """Answers 200 when it is ready; empty for one that serves nothing."""
    patience: float = PATIENCE


@dataclass(frozen=True)
class Demo:
    """What every part is made from."""

    state: Path
    ports: Ports
    secrets: Secrets

    def part(self, name: str) -> Part:
        """One process by its name."""
        port, here = str(self.ports.all.get(name, 0)), ["--state", str(self.state)]
        url = f"{self.ports.url(name)}/healthz" if name in self.ports.all else ""
        at = ["--port", port, *here]
        irma = [*at, "--made", str(MADE)]
        to_portal = [*at, "--portal-port", str(self.ports.first)]
        match name:
            case "brp":
                return Part(name, python("demo.registers.brp", *at), url)
            case "zaken":
                return Part(name, python("demo.registers.zaken", *at), url)
            case "zaken-2":
                return Part(name, python("demo.registers.zaken", *at, "--system", "2"), url)
            case "sociaal":
                return Part(name, python("demo.registers.sociaal", *at), url)
            case (
                "klantinteracties" | "objecten" | "taken" | "berichten" | "reisdocumenten" | "woz" | "kvk"
                | "bekendmakingen"
            ):  # fmt: skip
                return Part(name, python(f"demo.registers.{name}", *at), url)
            case "scanner":
                clamd = ["--clamd-port", str(self.ports.all["clamd"])]
                return Part(name, python("demo.registers.scanner", *at, *clamd), url)
            case "wijkteam":
                return Part(name, python("demo.wijkteam", *to_portal), url)
            case "irma":
                return Part(name, python("demo.irma", *irma), f"{self.ports.url(name)}/health", BUILDING)
            case "wallet":
                asks = ["--irma", self.ports.url("irma"), "--residents", str(self.state / "wallets.json")]
                return Part(name, python("demo.wallet", *irma, *asks), url)
            case "desk":
                return Part(name, python("demo.desk", *to_portal, "--sms-token", self.secrets.sms_token), url)
            case "witness":
                return Part(name, python("demo.witness", *to_portal), url)
            case "identity-provider":
                known_as = ["--public-url", self.ports.url(name)]
                return Part(name, python("demo.identity", *to_portal, *known_as), url)
            case "worker":
                return Part(name, manage("worker"))
            case "portal":
                return Part(name, serve(self.ports.first), f"{self.ports.url(name)}/readyz")
        raise KeyError(name)

    def environment(self, postgres: Postgres) -> dict[str, str]:
        """What portal, worker and Django's commands read; the owner's password is not in it."""
        return {
            "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
            "DEMO_STATE": str(self.state),
            "DATABASE_URL": postgres.app_url(),
            "SECRET_KEY": self.secrets.secret_key,
            "MASTER_KEYS": self.secrets.master_keys,
            "PUBLIC_PORT": str(self.ports.first),
            "DEMO_WALLET_URL": self.ports.url("wallet"),
            "LEDGER_WITNESS_URL": f"{self.ports.url('witness')}/koppen",
            "CLAMD_ADDRESS": f"tcp://127.0.0.1:{self.ports.all['clamd']}",
            "PUBLICATIONS_URL": f"{self.ports.url('bekendmakingen')}/sru",
            "PUBLICATIONS_SITE": f"{self.ports.url('bekendmakingen')}/",
            "POOL": str(THREADS + 4),
            "WEB_THREADS": str(THREADS),
        }


def serve(port: int) -> list[str]:
    """The web process as in production; docker/ starts the same."""
    command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--no-ws", "--no-access-log"]
    return [*python(*command), "portal.wsgi:application"]


def manage(*command: str) -> list[str]:
    """One of Django's commands."""
    return [sys.executable, "manage.py", *command]


def write_wallets(state: Path) -> None:
    """Who has a wallet and what is in it, for the wallet's process."""
    (state / "wallets.json").write_text(json.dumps(holders(day_of_reset(state)), ensure_ascii=False))
