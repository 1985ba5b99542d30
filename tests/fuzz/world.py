"""What the calls could change: a municipality with residents who share, are asked, and are under way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.db import transaction

from portal.accounts.sessions import Level, Session, begin
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing import acts, grants, purposes, use
from portal.sharing.models import Consumer, Disclosure, Grant
from tests.api.conftest import HELGA, System, question
from tests.sharing.conftest import Desk, gives

EMAIL = "helga@voorbeeld.example"


@dataclass
class World:
    """Two municipalities, and in the first of them everything that can be aimed at."""

    here: Municipality
    elsewhere: Municipality
    desk: Desk
    other_desk: Desk
    """A consumer of the same municipality that has no grant."""
    far_desk: Desk
    cookie: str
    """Of Helga, here."""
    far_cookie: str
    session: Session
    grant: Grant
    stopped: Grant
    far_grant: Grant
    asked: dict[str, object]
    """A question that waits for an answer, as it was sent."""
    sharing: UUID
    """Under way, at the wallet."""

    @property
    def places(self) -> Sequence[Municipality]:
        return (self.here, self.elsewhere)

    @property
    def ids(self) -> Sequence[UUID]:
        """Of things that are there, and of one that is not."""
        return (self.grant.id, self.stopped.id, self.far_grant.id, self.sharing, uuid4())

    @property
    def secrets(self) -> Sequence[str]:
        """What may be in no log, besides the canary."""
        return (HELGA.reveal(), EMAIL, self.cookie, self.far_cookie)


def signed_in(place: Municipality, provider: UUID | None = None) -> tuple[Session, str]:
    """A resident's session, and the cookie that is its key."""
    with acting_for(place), transaction.atomic():
        return begin(HELGA, "Helga Huisman", Level.SUBSTANTIEEL, provider or uuid4(), "helga", "session-1")


def built(here: Municipality, elsewhere: Municipality, desk: Desk, provider: UUID | None = None) -> World:
    """All of it, made the way that it always is."""
    other, far = Desk("andere-balie", here), Desk("demo-balie", elsewhere)
    with acting_for(here), transaction.atomic():
        Consumer.objects.filter(id=other.row.id).update(purposes=["maatje-18"])
    session, cookie = signed_in(here, provider)
    far_session, far_cookie = signed_in(elsewhere)
    with acting_for(elsewhere), transaction.atomic():
        from tests.texts import message_by_email

        purposes.publish("digitaal-bericht", message_by_email(elsewhere.name, "(0998) 12 34 56"))
        far_grant = gives(far_session)
    with acting_for(here), transaction.atomic():
        stopped = gives(session, "maatje-18", {"over18": "yes"})
        use.read(desk.row, stopped.id)
        grants.withdraw(session, stopped.id)
        grant = gives(session)
        sharing = acts.begin(session, _version())
        acts.choose(session, sharing.id, [])
        acts.ask(session, sharing.id, "other_device")
    asked = question()
    assert System(desk).call("POST", "toestemmingsverzoeken", asked).status_code == 201
    assert System(desk).call("GET", "gebeurtenissen").status_code == 200  # numbers what happened until now
    return World(
        here, elsewhere, desk, other, far, cookie, far_cookie, session, grant, stopped, far_grant, asked,
        sharing.id,
    )  # fmt: skip


def _version() -> purposes.Version:
    version = purposes.newest("digitaal-bericht", "nl")
    assert version is not None
    return version


def disclosure_of(world: World) -> Disclosure:
    """The attempt at the wallet."""
    with acting_for(world.here), transaction.atomic():
        return Disclosure.objects.get(sharing=world.sharing)


__all__ = ["World", "built", "disclosure_of", "replace", "signed_in"]
