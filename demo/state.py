"""What the demo keeps between starts: secrets, the day of reset, and where everything listens."""

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portal.municipalities.written_once import write_once

from .content.residents import CODES
from .day import today

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Ports:
    """Where each process listens, counted from DEMO_PORT."""

    first: int

    @property
    def all(self) -> dict[str, int]:
        names = (
            "portal", "identity-provider", "brp", "zaken", "irma", "wallet", "desk", "zaken-2", "wijkteam",
            "postgres", "sociaal", "witness", "klantinteracties", "objecten", "taken",
            "reisdocumenten", "woz", "berichten", "kvk", "scanner", "clamd", "bekendmakingen",
        )  # fmt: skip
        return {name: self.first + offset for offset, name in enumerate(names)}

    def url(self, name: str) -> str:
        """The address that servers call each other on."""
        return f"http://127.0.0.1:{self.all[name]}"


@dataclass(frozen=True)
class Secrets:
    """Made once for each state; nothing of it is in the repository."""

    secret_key: str
    master_key: str
    staff_password: str
    brp_key: str
    zaken_secret: str
    sms_token: str

    @property
    def sociaal_token(self) -> str:
        """Made from another, so that a state of before it was needed goes on."""
        return f"{self.sms_token}-sociaal"

    def tokens(self, register: str) -> dict[str, str]:
        """By token the gemeentecode that it is for."""
        return {self.token(register, code): code for code, _name in CODES.values()}

    def token(self, register: str, code: str) -> str:
        """Of a register that gives each municipality a token of its own, made in the same way."""
        return f"{self.sms_token}-{register}-{code}"

    @property
    def reisdocumenten_key(self) -> str:
        return f"{self.sms_token}-reisdocumenten"

    @property
    def kvk_key(self) -> str:
        return f"{self.sms_token}-kvk"

    @property
    def master_keys(self) -> str:
        return json.dumps({"demo-1": self.master_key})


def secrets_of(state: Path) -> Secrets:
    """The secrets of this state, made the first time."""
    file = state / "secrets.json"
    if not file.exists():
        made = Secrets(
            secret_key="demo-" + secrets.token_urlsafe(48),
            master_key=base64.b64encode(secrets.token_bytes(32)).decode(),
            staff_password="-".join(secrets.choice(WORDS) for _ in range(4)),
            brp_key="demo-" + secrets.token_urlsafe(16),
            zaken_secret="demo-" + secrets.token_urlsafe(32),
            sms_token="demo-" + secrets.token_urlsafe(16),
        )
        write_once(file, json.dumps(made.__dict__, indent=1))
    return Secrets(**json.loads(file.read_text()))


def day_of_reset(state: Path) -> date:
    """T: every date of the demo counts from the day its state was made."""
    file = state / "day"
    if not file.exists():
        write_once(file, today().isoformat())
    return date.fromisoformat(file.read_text().strip())


WORDS = (
    "duin", "strand", "schelp", "vuurtoren", "haven", "kade", "brug", "rivier",
    "molen", "markt", "toren", "vesting", "poort", "akker", "boomgaard", "fiets",
    "bakker", "bieb", "school", "plein", "park", "zwaan", "reiger", "haas",
    "egel", "klaver", "linde", "eik", "berk", "wilg", "zon", "wolk",
    "regen",
)  # fmt: skip
