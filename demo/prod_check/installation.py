"""The whole installation as docker/compose.yaml lays it out: database, cache, irma, web, worker and nginx."""

import base64
import json
import os
import secrets
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from string import Template
from typing import Self

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from demo import postgres
from demo.content.keys import new_key
from demo.irma.build import Programs, build
from demo.irma.scheme import CREDENTIALS, make_scheme
from demo.parts import MADE, manage, serve
from demo.processes import Process, finish, python, start, stop, wait_until, wait_until_healthy
from demo.progress import step
from demo.state import ROOT, Secrets

from . import BRP, CMS, COUNTER, INSIDE, IRMA, PROVIDER, ZAKEN, certificates

SCHEME = "pbdf"
"""Production refuses every other; ours has keys of its own that live as long as the check."""
WEB, IRMA_PORT, DATABASE, REDIS, PROVIDER_PORT, BRP_PORT, ZAKEN_PORT = range(18000, 18007)


class Installation:
    """A production that runs while we look at it. Raises DemoFailed, PostgresFailed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[Process] = []
        self.database: postgres.Postgres | None = None
        self.authority = certificates.make(folder)
        os.environ["SSL_CERT_FILE"] = str(self.authority)  # for us, the wallet, and all we start
        self.programs: Programs = build(MADE)
        self.schemes = make_scheme(self.programs.server, folder / "scheme", SCHEME)
        self.irma_keys = {name: _key() for name in ("portaal", "uitgever")}
        self.settings: dict[str, str] = {}

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        stop(self.processes)
        if self.database:
            self.database.stop()

    @property
    def last_words(self) -> str:
        """How the logs of web and proxy end, for who must find out why something failed."""
        told = [process.last_words for process in self.processes if process.name in ("web", "nginx")]
        return "\n".join(told)

    def run(self, name: str, command: Sequence[str], **environment: str) -> Process:
        """Start a process with production's settings."""
        process = start(name, command, {**self.settings, **environment}, self.folder / "logs", ROOT)
        self.processes.append(process)
        return process

    def once(self, name: str, command: Sequence[str], **environment: str) -> None:
        """Run something that ends by itself."""
        finish(self.run(name, command, **environment))

    def _start(self) -> None:
        # Not the demo's way of making them: production refuses a secret in which the demo can be recognised.
        made = Secrets(*(secrets.token_hex(32) for _ in fields(Secrets)))
        (self.folder / "secrets.json").write_text(json.dumps(made.__dict__))
        with step("Database, Redis, irma server, registers, identity provider"):
            self.database = postgres.start(self.folder / "postgres", DATABASE)
            self.settings = self._settings(self.database)
            self._providers()
        with step("Release: themes, static files, tables, the deployment check"):
            self.once("themes", python("themes"))
            self.once("collectstatic", manage("collectstatic", "--noinput", "--verbosity", "0"))
            owner = self.database.owner_url()
            self.once("tables", python("demo.kept_tables"), DATABASE_OWNER_URL=owner)  # sooner than migrating
            self.once("migrate", manage("migrate", "--verbosity", "0"), DATABASE_OWNER_URL=owner)
            self.once("check", manage("check", "--deploy", "--fail-level", "WARNING"))
        with step("One municipality, not fictional, with its connections"):
            self.once("content", [*python("demo.prod_check.content"), str(self.folder)])
        with step("Web, worker and nginx"):
            web = self.run("web", serve(WEB))
            self.run("worker", manage("worker"))
            wait_until_healthy(web, f"http://127.0.0.1:{WEB}/readyz")
            self._nginx()

    def _settings(self, database: postgres.Postgres) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(64).replace("demo", "omed"),
            "MASTER_KEYS": json.dumps({"check": _key()}),
            "DATABASE_URL": database.app_url(),
            "REDIS_URL": f"redis://127.0.0.1:{REDIS}/0",
            "CMS_HOST": CMS,
            "COUNTER_HOST": COUNTER,
            "ERASURE_LIST": str(self.folder / "erasures.jsonl"),
            "GRANT_KEYS": str(self.folder / "grant-keys"),
            "HEADS_FILE": str(self.folder / "heads.jsonl"),
            "LEDGER_WITNESS_URL": "https://getuige.portaal.test/koppen",
            "EMAIL_HOST": "mail.portaal.test",
            "DEFAULT_FROM_EMAIL": "niet-beantwoorden@portaal.test",
            "NOTICES_ADDRESS": "berichten@portaal.test",
            "TRUSTED_IP_HEADER": "X-Real-IP",
            "OUTGOING_HOSTS": "*.diensten.test",
            "OUTGOING_NETWORKS": f"{INSIDE}/32",
            "STAFF_OIDC": json.dumps(
                {
                    "issuer": f"https://{PROVIDER}",
                    "client_id": "cms",
                    "private_key": new_key(),
                    "groups": {"zandmeer-redacteuren": "Redactie Zandmeer"},
                }
            ),
            "MEDIA_ROOT": str(self.folder / "media"),
            "STATIC_ROOT": str(self.folder / "static"),
            "THEMES_BUILD": str(self.folder / "themes"),
            "SSL_CERT_FILE": str(self.authority),
        }

    def _providers(self) -> None:
        state, redis = str(self.folder), ["redis-server", "--port", str(REDIS), "--bind", "127.0.0.1"]
        cache = self.run("redis", [*redis, "--save", "86400", "1", "--rdbcompression", "no", "--dir", state])
        irma = self.run("irma", [str(self.programs.server), "irma", "server", "-c", str(self._irma())])
        at = ["--state", state, "--port"]
        brp = self.run("brp", python("demo.registers.brp", *at, str(BRP_PORT)))
        zaken = self.run(
            "zaken", python("demo.registers.zaken", *at, str(ZAKEN_PORT), "--public-url", f"https://{ZAKEN}")
        )
        identity = ["--public-url", f"https://{PROVIDER}", "--portal-port", str(WEB)]
        provider = self.run("identity", python("demo.identity", *at, str(PROVIDER_PORT), *identity))
        wait_until(lambda: _listens(REDIS), cache)
        wait_until_healthy(irma, f"http://127.0.0.1:{IRMA_PORT}/health")
        for process, port in ((brp, BRP_PORT), (zaken, ZAKEN_PORT), (provider, PROVIDER_PORT)):
            wait_until_healthy(process, f"http://127.0.0.1:{port}/healthz")

    def _irma(self) -> Path:
        """The server's configuration of docker/, with this check's places, keys and one who may issue."""
        configuration = json.loads((ROOT / "docker" / "irma" / "server.json").read_text())
        signing = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = serialization.Encoding.PEM
        private = signing.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        public = signing.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
        (self.folder / "irma-jwt.pem").write_bytes(private)
        (self.folder / "irma-public.pem").write_bytes(public)
        for name, key in self.irma_keys.items():
            (self.folder / f"irma-{name}.key").write_text(key)
        portal = configuration["requestors"]["portaal"]
        portal["key_file"] = str(self.folder / "irma-portaal.key")
        configuration["requestors"]["uitgever"] = {
            "auth_method": "hmac",
            "key_file": str(self.folder / "irma-uitgever.key"),
            "issue_perms": [f"{SCHEME}.{credential.identifier}" for credential in CREDENTIALS],
        }
        configuration |= {
            "schemes_path": str(self.schemes),
            "schemes_update": 0,
            "disable_schemes_update": True,
            "listen_addr": "127.0.0.1",
            "port": IRMA_PORT,
            "url": f"https://{IRMA}",
            "jwt_privkey_file": str(self.folder / "irma-jwt.pem"),
        }
        file = self.folder / "irma-server.json"
        file.write_text(json.dumps(configuration))
        return file

    def _nginx(self) -> None:
        """The proxy of docker/, filled in as its image does; and what the registers would have in front."""
        filled = Template((ROOT / "docker" / "nginx" / "portal.conf.template").read_text()).safe_substitute(
            WEB=f"127.0.0.1:{WEB}", IRMA=f"127.0.0.1:{IRMA_PORT}", HTTP_PORT="80", HTTPS_PORT="443",
            CMS_HOST=CMS, COUNTER_HOST=COUNTER, CMS_NETWORK="127.0.0.0/8",
            TLS_CERTIFICATE=self.folder / "certificate.pem", TLS_KEY=self.folder / "key.pem",
        )  # fmt: skip
        others = "".join(
            f"server {{ listen 443 ssl http2; server_name {host};"
            f" location / {{ proxy_pass http://127.0.0.1:{port}; }} }}\n"
            for host, port in ((PROVIDER, PROVIDER_PORT), (BRP, BRP_PORT), (ZAKEN, ZAKEN_PORT))
        )
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = "".join(f"{kind}_temp_path {self.folder}/nginx-{kind};\n" for kind in kinds)
        configuration = self.folder / "nginx.conf"
        configuration.write_text(
            f"{'user root;' if os.geteuid() == 0 else ''}\ndaemon off;\npid {self.folder}/nginx.pid;\n"
            f"error_log stderr;\nevents {{}}\nhttp {{\n{places}{filled}\n{others}}}\n"
        )
        nginx = self.run("nginx", ["nginx", "-c", str(configuration), "-p", str(self.folder)])
        wait_until(lambda: _listens(443), nginx)


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
