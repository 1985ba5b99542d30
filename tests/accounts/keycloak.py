"""A real Keycloak on loopback, from its Maven artifact; unpacked once into .cache/keycloak."""

import json
import os
import shutil
import socket
import subprocess
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from demo.processes import DemoFailed, start, stop, wait_until_healthy
from demo.state import ROOT

VERSION = "26.4.0"
ARTIFACT = f"org.keycloak:keycloak-quarkus-dist:{VERSION}:zip"
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
CACHE = ROOT / ".cache" / "keycloak"
PATIENCE = 300.0  # seconds; on two busy cores it builds itself for a while before it listens
REALM = "gemeente"


class NoKeycloak(Exception):
    """Keycloak cannot run on this machine; the text says what is missing."""


def unpacked() -> Path:
    """The folder of Keycloak, fetched with Maven the first time. Raises NoKeycloak."""
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            raise NoKeycloak(f"{program} is not on this machine (Debian: openjdk-17-jre-headless, maven)")
    folder = CACHE / f"keycloak-{VERSION}"
    if not (folder / "bin" / "kc.sh").exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        file = CACHE / f"keycloak-quarkus-dist-{VERSION}.zip"
        if not file.exists():
            command = ["mvn", "-q", "-B", PLUGIN, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={CACHE}"]
            fetched = subprocess.run(command, cwd=CACHE, capture_output=True, text=True, timeout=900)
            if fetched.returncode:
                raise NoKeycloak(f"Maven could not fetch {ARTIFACT}: {fetched.stdout[-500:]}")
        with zipfile.ZipFile(file) as packed:
            packed.extractall(CACHE)
        (folder / "bin" / "kc.sh").chmod(0o755)
    return folder


@contextmanager
def keycloak(realm: Mapping[str, Any], port: int, scratch: Path) -> Iterator[str]:
    """Keycloak with this realm, in memory; gives the realm's issuer. Raises NoKeycloak."""
    folder = scratch / "keycloak"
    shutil.copytree(unpacked(), folder, symlinks=True)
    (folder / "data" / "import").mkdir(parents=True)
    (folder / "data" / "import" / "realm.json").write_text(json.dumps(realm))
    hosts = scratch / "hosts"
    names = ["localhost", socket.gethostname(), "zandmeer.localhost", "cms.localhost"]
    hosts.write_text("".join(f"127.0.0.1 {name}\n" for name in names))
    url = f"http://127.0.0.1:{port}"
    command = [
        str(folder / "bin" / "kc.sh"), "start-dev", "--import-realm", "--db=dev-mem", "--cache=local",
        "--http-host=127.0.0.1", f"--http-port={port}", f"--hostname={url}",
    ]  # fmt: skip
    # Java does not know that *.localhost is this machine; and for a minute's work its best compiler costs
    # more than it gives.
    java = f"-Xmx512m -XX:TieredStopAtLevel=1 -Djdk.net.hosts.file={hosts}"
    environment = {"JAVA_OPTS_APPEND": java, "HOME": os.environ["HOME"]}
    process = start("keycloak", command, environment, scratch, folder)
    issuer = f"{url}/realms/{REALM}"
    try:
        wait_until_healthy(process, f"{issuer}/.well-known/openid-configuration", PATIENCE)
        yield issuer
    except DemoFailed as failed:
        raise NoKeycloak(str(failed)) from None
    finally:
        stop([process])


def realm(clients: Sequence[Mapping[str, Any]], users: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A realm as an organisation would set it up."""
    attributes = [
        {"name": name, "permissions": {"view": ["admin", "user"], "edit": ["admin"]}}
        for name in ("username", "email", "firstName", "lastName", "bsn")
    ]
    profile = {"providerId": "declarative-user-profile", "subComponents": {}}
    config = {"kc.user.profile.config": [json.dumps({"attributes": attributes})]}
    return {
        "realm": REALM,
        "enabled": True,
        "sslRequired": "none",
        "groups": [{"name": "zandmeer-redacteuren"}],
        "clients": list(clients),
        "users": list(users),
        "components": {"org.keycloak.userprofile.UserProfileProvider": [{**profile, "config": config}]},
    }


def user(name: str, password: str, **more: Any) -> dict[str, Any]:
    return {
        "username": name,
        "enabled": True,
        "email": f"{name}@voorbeeld.example",
        "emailVerified": True,
        "credentials": [{"type": "password", "value": password, "temporary": False}],
        **more,
    }


def client(name: str, jwks: Mapping[str, Any], back: str, out: str, **attributes: str) -> dict[str, Any]:
    """A client that proves itself with a key and must use PKCE."""
    return {
        "clientId": name,
        "publicClient": False,
        "standardFlowEnabled": True,
        "directAccessGrantsEnabled": False,
        "clientAuthenticatorType": "client-jwt",
        "redirectUris": [back],
        "attributes": {
            "use.jwks.string": "true",
            "jwks.string": json.dumps(jwks),
            "token.endpoint.auth.signing.alg": "RS256",
            "pkce.code.challenge.method": "S256",
            "post.logout.redirect.uris": out,
            **attributes,
        },
    }


def mapper(kind: str, **config: str) -> dict[str, Any]:
    """Puts something of a user into the ID token, and nowhere else."""
    told = {"id.token.claim": "true", "access.token.claim": "false", "userinfo.token.claim": "false"}
    return {
        "name": config["claim.name"],
        "protocol": "openid-connect",
        "protocolMapper": kind,
        "config": {**told, **config},
    }
