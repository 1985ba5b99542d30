"""The people of these tests: a resident in a live session, a desk that receives, and a clock they share."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from demo.content.purposes import buddy, message_by_email
from portal.accounts.models import Resident
from portal.accounts.sessions import Level, Session
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from portal.sharing import acts, purposes
from portal.sharing.models import Consumer, Grant

HELGA = BSN("999970458")


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = timezone.now()

    def __call__(self) -> datetime:
        return self.time

    def move(self, **parts: float) -> None:
        self.time += timedelta(**parts)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    stands_still = Clock()
    monkeypatch.setattr(timezone, "now", stands_still)
    return stands_still


class Desk:
    """A consumer with its own key."""

    def __init__(self, slug: str, municipality: Municipality) -> None:
        self.slug, self.municipality, self.key = slug, municipality, Ed25519PrivateKey.generate()
        pem = self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        with acting_for(municipality):
            self.row = Consumer.objects.create(
                municipality=municipality,
                slug=slug,
                name="Team Dienstverlening",
                public_key=pem.decode(),
                events_url="http://127.0.0.1:9/events",
            )

    def header(self, **other: object) -> str:
        now = int(time.time())
        claims = {
            "iss": self.slug,
            "aud": f"http://{self.municipality.host}/api/v1",
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_urlsafe(12),
        }
        return "Bearer " + jwt.encode({**claims, **other}, self.key, "EdDSA")


def new_session(bsn: BSN = HELGA, resident: UUID | None = None) -> Session:
    """A live session of a resident of the municipality in force."""
    who = resident or Resident.objects.create().id
    now = timezone.now()
    return Session(
        id=uuid4(),
        actor=who,
        subject=who,
        level=Level.SUBSTANTIEEL,
        name="Helga Huisman",
        bsn=bsn,
        ends_at=now + timedelta(hours=2),
        idle_ends_at=now + timedelta(minutes=15),
    )


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
    return new_session()


@pytest.fixture
def other_session_of_helga(helga: Session) -> Session:
    return replace(helga, id=uuid4())


def gives(session: Session, slug: str = "digitaal-bericht", values: dict[str, str] | None = None) -> Grant:
    """The whole way to a grant, as the pages go it."""
    given = {"email": "helga@voorbeeld.example", "mobile": "+31612345678"} if values is None else values
    version = purposes.newest(slug, "nl")
    assert version is not None
    sharing = acts.begin(session, version)
    acts.choose(session, sharing.id, list(given))
    disclosure = acts.ask(session, sharing.id, "other_device")
    assert acts.prove(sharing.id, disclosure.id, given)
    return acts.agree(session, sharing.id)


@contextmanager
def nothing_is_in_force() -> Iterator[None]:
    from portal.municipalities.acting import acting_for_none

    with acting_for_none():
        yield
