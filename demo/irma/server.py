"""Configures the demo's irma server: who may ask what, with keys made on the spot.

`prepare` is idempotent; a second start keeps keys, scheme and so the wallets' credentials.
"""

import base64
import json
import os
import secrets
import sys
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from .build import Programs, build
from .scheme import CREDENTIALS, SCHEME, make_scheme

ISSUER = "portaal-irma"  # `iss` of the server's results
PORTAL, ISSUING = "portaal", "uitgever"

PORTAL_MAY_ASK = (
    "gemeente.personalData.bsn",
    "gemeente.personalData.initials",
    "gemeente.personalData.firstnames",
    "gemeente.personalData.prefix",
    "gemeente.personalData.familyname",
    "gemeente.personalData.fullname",
    "gemeente.personalData.over16",
    "gemeente.personalData.over18",
    "gemeente.address.street",
    "gemeente.address.houseNumber",
    "gemeente.address.zipcode",
    "gemeente.address.city",
    "gemeente.address.municipality",
    "sidn-pbdf.email.email",
    "sidn-pbdf.mobilenumber.mobilenumber",
)
"""What the purposes of the demo need, attribute by attribute; a date of birth is not among them."""


@dataclass(frozen=True, slots=True)
class IrmaDemo:
    """Everything the portal, the wallet and the orchestrator must know of the demo's irma server."""

    port: int
    url: str
    scheme: str
    schemes_path: Path
    programs: Programs
    requestor: str
    """The name under which the portal asks."""
    hmac_key: str = field(repr=False)
    """The portal's key, base64."""
    issuing_key: str = field(repr=False)
    """The key of the requestor that may issue, base64; for the demo wallet only."""
    server_issuer: str
    server_public_key: str
    """PEM of the key that signs results."""
    state: Path
    made: Path
    """Where programs and scheme are; the state itself unless tests keep them between runs."""

    @property
    def command(self) -> list[str]:
        """Starts the server with its output filtered; stops on SIGTERM. Run it in the repository's root."""
        places = ["--state", str(self.state), "--made", str(self.made)]
        return [sys.executable, "-m", "demo.irma", "--port", str(self.port), *places]

    @property
    def health_url(self) -> str:
        """Answers 200 when the server is ready; irma's own address, so not `/healthz`."""
        return f"{self.url}/health"

    @property
    def credentials(self) -> dict[str, str]:
        """What a municipality's connection of kind `irma` holds secretly."""
        return {"requestor": self.requestor, "hmac_key": self.hmac_key}

    def parameters(self, app_link: str, slug: str) -> dict[str, str]:
        """What such a connection holds openly; `app_link` has a place `{pointer}`."""
        return {
            "host": f"{slug}.localhost:{self.port}",
            "scheme": self.scheme,
            "server_public_key": self.server_public_key,
            "server_issuer": self.server_issuer,
            "app_link": app_link,
        }


def prepare(state: Path, port: int, *, made: Path | None = None) -> IrmaDemo:
    """Build the programs, make scheme and keys, and write the server's configuration under `state`/irma.

    `made` is another folder for programs and scheme, so that tests keep them between runs.
    Raises NoGo when nothing can be built here.
    """
    state = state.resolve()
    made = (made or state).resolve()
    programs = build(made)
    schemes = make_scheme(programs.server, made / "irma")
    folder = state / "irma"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    public_key = _signing_key(folder / "jwt.pem")
    keys = {name: _secret(folder / f"{name}.key") for name in (PORTAL, ISSUING)}
    demo = IrmaDemo(
        port=port, url=f"http://127.0.0.1:{port}", scheme=SCHEME, schemes_path=schemes, programs=programs,
        requestor=PORTAL, hmac_key=keys[PORTAL], issuing_key=keys[ISSUING],
        server_issuer=ISSUER, server_public_key=public_key, state=state, made=made,
    )  # fmt: skip
    _write_secretly(folder / "server.json", json.dumps(_configuration(demo, folder / "jwt.pem"), indent=1))
    return demo


def _configuration(demo: IrmaDemo, signing_key: Path) -> dict[str, object]:
    everything = [f"{SCHEME}.{credential.identifier}" for credential in CREDENTIALS]
    return {
        "production": False,
        "schemes_path": str(demo.schemes_path.resolve()),
        "schemes_update": 0,
        "disable_schemes_update": True,
        "listen_addr": "127.0.0.1",
        "port": demo.port,
        "url": demo.url,
        "no_tls": True,
        "sse": False,
        "jwt_issuer": demo.server_issuer,
        "jwt_privkey_file": str(signing_key.resolve()),
        "max_request_age": 60,
        "max_session_lifetime": 15,
        "session_result_lifetime": 5,
        # In development mode these four default to "everyone may do everything".
        "no_auth": False,
        "disclose_perms": [],
        "sign_perms": [],
        "issue_perms": [],
        "requestors": {
            PORTAL: {
                "auth_method": "hmac",
                "key": demo.hmac_key,
                "disclose_perms": [f"{SCHEME}.{name}" for name in PORTAL_MAY_ASK],
                # Each municipality asks under its own host, which is the name that the wallet shows.
                "host_perms": [f"127.0.0.1:{demo.port}", f"*.localhost:{demo.port}"],
            },
            ISSUING: {"auth_method": "hmac", "key": demo.issuing_key, "issue_perms": everything},
        },
    }


def _signing_key(path: Path) -> str:
    if not path.exists():
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        _write_secretly(path, pem.decode())
    private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return public.decode()


def _secret(path: Path) -> str:
    if not path.exists():
        _write_secretly(path, base64.b64encode(secrets.token_bytes(32)).decode())
    return path.read_text()


def _write_secretly(path: Path, text: str) -> None:
    """Whole or not at all, and readable for this user only."""
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    fresh.rename(path)
