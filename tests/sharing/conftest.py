"""The people of these tests: a resident in a live session, a desk that receives, and a clock they share."""

import json
import secrets
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from uuid import UUID, uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from demo.consumer import public_keys
from demo.content.purposes import buddy
from portal.accounts.models import ResidentSession
from portal.accounts.sessions import Level, Session, begin
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import connect
from portal.municipalities.models import Municipality
from portal.sharing import acts, consumers, purposes
from portal.sharing.models import Consumer, Disclosure, Grant
from tests.irma.conftest import irma
from tests.texts import message_by_email

__all__ = ["irma"]  # the real server, for the tests that are marked so

HELGA = BSN("999970458")


class Desk:
    """A consumer with its own key."""

    def __init__(self, slug: str, municipality: Municipality) -> None:
        self.slug, self.municipality, self.key = slug, municipality, Ed25519PrivateKey.generate()
        with acting_for(municipality), transaction.atomic():
            self.row = Consumer.objects.create(
                municipality=municipality,
                slug=slug,
                name="Team Dienstverlening",
                jwks=public_keys(self.key),
                events_url="http://127.0.0.1:9/events",
                purposes=["digitaal-bericht", "maatje-18"],
            )

    def header(self, *scopes: str) -> str:
        """What a call shows: a fresh token, for these scopes or for all that are the desk's."""
        with acting_for(self.municipality), transaction.atomic():
            row = Consumer.objects.get(id=self.row.id)
            return "Bearer " + consumers.issue(row, scopes or consumers.scopes_of(row))

    def assertion(self, **other: object) -> str:
        """What the desk shows for a token."""
        now = int(time.time())
        claims = {
            "iss": self.slug,
            "sub": self.slug,
            "aud": f"http://{self.municipality.host}/api/v1",
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_urlsafe(12),
        }
        payload = json.dumps({**claims, **other}).encode()
        return jwt.api_jws.encode(payload, self.key, "EdDSA", {"kid": "1"})


def new_session(bsn: BSN | None = None, resident: UUID | None = None) -> Session:
    """A live session: of that resident, of who has that BSN, or of somebody new."""
    session, _cookie = begin(bsn or somebody(), "Helga Huisman", Level.SUBSTANTIEEL, uuid4(), "sub", "")
    if resident is None:
        return session
    ResidentSession.objects.filter(id=session.id).update(actor=resident, subject=resident)
    return replace(session, actor=resident, subject=resident)


def somebody() -> BSN:
    """A BSN nobody has in these tests."""
    while True:
        digits = [secrets.randbelow(10) for _ in range(8)]
        last = sum((9 - place) * digit for place, digit in enumerate(digits)) % 11
        if last < 10 and any(digits):
            return BSN("".join(map(str, [*digits, last])))


@pytest.fixture
def in_zandmeer(zandmeer: Municipality) -> Iterator[Municipality]:
    """Zandmeer is in force, with its two purposes published."""
    with acting_for(zandmeer):
        purposes.publish("digitaal-bericht", message_by_email("Zandmeer", "(0999) 12 34 56"))
        purposes.publish("maatje-18", buddy("Zandmeer", "(0999) 12 34 56"))
        yield zandmeer


@pytest.fixture
def desk(in_zandmeer: Municipality) -> Desk:
    return Desk("demo-balie", in_zandmeer)


@pytest.fixture
def helga(in_zandmeer: Municipality) -> Session:
    return new_session(HELGA)


@pytest.fixture
def other_session_of_helga(helga: Session) -> Session:
    return new_session(HELGA)


def says_yes(session: Session, sharing: UUID) -> Grant:
    """The yes to what is on screen now."""
    shown = Disclosure.objects.filter(sharing=sharing).first()
    return acts.agree(session, sharing, shown.id if shown else uuid4())


def gives(session: Session, slug: str = "digitaal-bericht", values: dict[str, str] | None = None) -> Grant:
    """The whole way to a grant, as the pages go it."""
    given = {"email": "helga@voorbeeld.example", "mobile": "+31612345678"} if values is None else values
    version = purposes.newest(slug, "nl")
    assert version is not None
    sharing = acts.begin(session, version)
    acts.choose(session, sharing.id, list(given))
    disclosure = acts.ask(session, sharing.id, "other_device")
    assert acts.prove(sharing.id, disclosure.id, given)
    return says_yes(session, sharing.id)


@pytest.fixture
def offering(zandmeer: Municipality) -> Municipality:
    """Zandmeer with its purposes and desk, committed, for tests that come in by the front door."""
    with acting_for(zandmeer), transaction.atomic():
        purposes.publish("digitaal-bericht", message_by_email("Zandmeer", "(0999) 12 34 56"))
        purposes.publish("maatje-18", buddy("Zandmeer", "(0999) 12 34 56"))
        connect("sms", "Sms", "http://127.0.0.1:9/sms", {"token": "t"}, {})
    DESKS.append(Desk("demo-balie", zandmeer))
    return zandmeer


@pytest.fixture
def desk_at(offering: Municipality) -> Desk:
    """The desk of `offering`."""
    return DESKS[-1]


DESKS: list[Desk] = []


@pytest.fixture
def text_messages(offering: Municipality) -> Iterator[list[tuple[str, str]]]:
    """A text message service over HTTP, and what it was asked to send."""
    sent: list[tuple[str, str]] = []

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            sent.append((body["to"], body["text"]))
            self.send_response(202 if self.headers["Authorization"] == "Token t" else 403)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, daemon=True).start()
    with acting_for(offering), transaction.atomic():
        connect("sms", "Sms", f"http://127.0.0.1:{server.server_port}/sms", {"token": "t"}, {})
    yield sent
    server.shutdown()
    server.server_close()
