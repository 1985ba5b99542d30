"""A real irma server and real wallets, built once and kept in .cache/irma."""

import os
import socket
from collections.abc import Iterator
from threading import Event
from time import monotonic
from uuid import uuid4

import pytest

from demo.irma.build import ROOT, NoGo
from demo.irma.rig import Rig, rig
from demo.wallet.program import State, Wallet, WalletSession
from portal.irma.requestor import Requestor
from portal.irma.server import IrmaServer
from portal.irma.session import Session, Status
from portal.municipalities.connections import Connection

PATIENCE = 20.0  # seconds

PERSON = {
    "initials": "H.", "firstnames": "Helga", "prefix": "", "familyname": "Huisman", "gender": "F",
    "surname": "Huisman", "dateofbirth": "01-01-1988", "cityofbirth": "Zandmeer",
    "countryofbirth": "Nederland", "over12": "yes", "over16": "yes", "over18": "yes",
    "over21": "yes", "over65": "no", "bsn": "999970458", "digidlevel": "Substantieel",
}  # fmt: skip
MAIL = {"email": "helga@post.example", "domain": "post.example"}
CHILD = PERSON | {"over18": "no", "over21": "no", "bsn": "999995881", "firstnames": "Rabah"}
CARDS = {"gemeente.personalData": [PERSON], "sidn-pbdf.email": [MAIL]}


@pytest.fixture(scope="session")
def irma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """The server; skipped without Go, but not where CI says that Go must be there."""
    try:
        with rig(tmp_path_factory.mktemp("irma"), free_port(), made=ROOT / ".cache" / "irma") as running:
            yield running
    except NoGo as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def connection(irma: Rig) -> Connection:
    """A municipality's connection to that server, as the demo sets it up."""
    return Connection(
        id=uuid4(),
        municipality_id=uuid4(),
        kind="irma",
        name="irma",
        base_url=irma.demo.url,
        credentials=irma.demo.credentials,
        parameters=irma.demo.parameters("http://127.0.0.1:1/scan?qr={pointer}", "zandmeer"),
    )


@pytest.fixture
def requestor(connection: Connection) -> Requestor:
    """The portal's side."""
    return Requestor(IrmaServer.of(connection))


@pytest.fixture(scope="session")
def helga(irma: Rig) -> Wallet:
    """A resident with personal data and one e-mail address."""
    return irma.wallet(CARDS)


@pytest.fixture(scope="session")
def child(irma: Rig) -> Wallet:
    """Somebody else, who is 16."""
    return irma.wallet({"gemeente.personalData": [CHILD]})


@pytest.fixture(scope="session")
def empty(irma: Rig) -> Wallet:
    """A wallet without cards."""
    return irma.wallet()


@pytest.fixture(scope="session")
def expired(irma: Rig) -> Wallet:
    """A wallet whose only card is no longer valid."""
    return irma.wallet({"sidn-pbdf.email": [MAIL]}, valid=3600)


def asked(wallet: Wallet, session: Session) -> WalletSession:
    """The session on the wallet, at the point where its holder must say yes or no, or where it stopped."""
    scanned = wallet.scan(session.pointer)
    wallet.wait(scanned, lambda state: state.restful, PATIENCE)
    return scanned


def agrees(wallet: Wallet, session: Session, choice: tuple[int, ...] = ()) -> State:
    """The holder scans and says yes; gives how it ended in the wallet."""
    scanned = asked(wallet, session)
    assert scanned.state is State.ASKING, scanned
    wallet.answer(scanned, agree=True, choice=choice)
    return wallet.wait(scanned, lambda state: state.final, PATIENCE)


def ended(requestor: Requestor, session: Session) -> Status:
    """The final status; the server hears of a refusal some milliseconds after the wallet."""
    end = monotonic() + PATIENCE
    while not (status := requestor.status(session)).final:
        assert monotonic() < end, f"still {status}"
        Event().wait(0.02)  # as a browser would ask again
    return status
