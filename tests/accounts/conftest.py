"""A site of Zandmeer and Veldrecht on a real port, with the demo's identity provider beside it."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import transaction
from django.test.testcases import LiveServerThread
from jwt.algorithms import RSAAlgorithm
from pytest_django.fixtures import Settings

from demo.processes import Process, python, start, stop, wait_until_healthy
from demo.state import ROOT
from portal.accounts import published, standing
from portal.accounts.models import ResidentSession
from portal.accounts.standing import Standing
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import connect
from portal.municipalities.models import Municipality

from .browser import Browser
from .rogue import Rogue, rogue_provider


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key: rsa.RSAPrivateKey) -> str:
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def public_jwk(key: rsa.RSAPrivateKey, kid: str = "1") -> dict[str, str]:
    return {**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "use": "sig", "alg": "RS256", "kid": kid}


CLIENT_KEY = new_key()


@dataclass(frozen=True)
class Identity:
    """The demo's identity provider, running."""

    url: str
    state: Path
    portal_port: int
    process: Process

    def knows(self, **clients: dict[str, object]) -> None:
        (self.state / "identity" / "clients.json").write_text(json.dumps(clients))

    @property
    def log(self) -> str:
        return self.process.log.read_text()


@pytest.fixture(scope="session")
def ports() -> tuple[int, int]:
    """Of the portal and of the identity provider."""
    return free_port(), free_port()


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory, ports: tuple[int, int]) -> Iterator[Identity]:
    portal, port = ports
    state, url = tmp_path_factory.mktemp("identity"), f"http://127.0.0.1:{port}"
    listens = ["--port", str(port), "--public-url", url, "--portal-port", str(portal)]
    process = start("identity", python("demo.identity", "--state", str(state), *listens), {}, state, ROOT)
    try:
        wait_until_healthy(process, f"{url}/healthz")
        yield Identity(url, state, portal, process)
    finally:
        stop([process])


class Site:
    """The portal, listening."""

    def __init__(self, port: int) -> None:
        self.port = port

    def url(self, path: str = "/mijn/", host: str = "zandmeer.localhost") -> str:
        return f"http://{host}:{self.port}{path}"

    def client(self, host: str, name: str) -> dict[str, object]:
        """What a provider must know of us."""
        return {
            "name": name,
            "jwks": {"keys": [public_jwk(CLIENT_KEY)]},
            "redirect_uris": [self.url("/mijn/inloggen/terug/", host)],
            "post_logout_redirect_uris": [self.url("/mijn/uitgelogd/", host)],
            "backchannel_logout_uri": self.url("/mijn/uitloggen/vanuit-aanbieder/", host),
        }


@pytest.fixture(scope="session")
def listening(django_db_setup: None, ports: tuple[int, int]) -> Iterator[int]:
    """One server for all tests of the run: Django's cannot take the same port twice in a row."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler, port=ports[0])
    server.daemon = True
    server.start()
    assert server.is_ready.wait(30)
    assert server.error is None, server.error
    yield ports[0]
    server.terminate()


@pytest.fixture
def site(transactional_db: None, settings: Settings, listening: int) -> Site:
    """Real requests, real transactions: nothing of the test's own."""
    published.forget()
    settings.PUBLIC_PORT = str(listening)
    return Site(listening)


def connect_provider(municipality: Municipality, issuer: str, client_id: str, **parameters: object) -> None:
    with acting_for(municipality), transaction.atomic():
        known = {"scope": "openid profile", "minimum_level": "midden", **parameters}
        connect("oidc", "Inloggen", issuer, {"client_id": client_id, "private_key": pem(CLIENT_KEY)}, known)


@pytest.fixture
def at_the_door(monkeypatch: pytest.MonkeyPatch) -> list[Standing]:
    """The door without a BRP; a test may put another standing first."""
    says = [Standing.OK]

    def check(_bsn: BSN) -> Standing:
        return says[0]

    monkeypatch.setattr(standing, "_checks", [check])
    return says


@pytest.fixture
def town(
    site: Site,
    identity: Identity,
    zandmeer: Municipality,
    veldrecht: Municipality,
    at_the_door: list[Standing],
) -> Site:
    """Both municipalities, clients of the demo's provider."""
    connect_provider(zandmeer, identity.url, "mijn-zandmeer")
    connect_provider(veldrecht, identity.url, "mijn-veldrecht")
    identity.knows(
        **{
            "mijn-zandmeer": site.client("zandmeer.localhost", "Gemeente Zandmeer"),
            "mijn-veldrecht": site.client("veldrecht.localhost", "Gemeente Veldrecht"),
        }
    )
    return site


@pytest.fixture
def visitor() -> Iterator[Browser]:
    with Browser() as one:
        yield one


@pytest.fixture
def other_visitor() -> Iterator[Browser]:
    with Browser() as one:
        yield one


def sessions_of(municipality: Municipality) -> int:
    with acting_for(municipality), transaction.atomic():
        return ResidentSession.objects.count()


def goes_to_provider(
    visitor: Browser, site: Site, path: str = "/mijn/", host: str = "zandmeer.localhost"
) -> httpx.Response:
    """The provider's page with the people; found on the way as a visitor would."""
    page = visitor.get(site.url(path, host))
    assert "/inloggen/" in str(page.url), page.url
    return visitor.submit(page)


def signs_in(
    visitor: Browser,
    site: Site,
    person: str = "helga-huisman",
    level: str = "substantieel",
    path: str = "/mijn/",
    host: str = "zandmeer.localhost",
) -> httpx.Response:
    """The whole way in; gives where it ends."""
    people = goes_to_provider(visitor, site, path, host)
    return visitor.submit(people, person=person, level=level)


@pytest.fixture
def rogue(site: Site, zandmeer: Municipality, at_the_door: object) -> Iterator[Rogue]:
    """A provider of Zandmeer that answers what a test tells it to."""
    from .asking import KEYS
    from .forgeries import CLIENT

    with rogue_provider() as provider:
        provider.jwks = KEYS
        connect_provider(zandmeer, provider.url, CLIENT)
        yield provider
