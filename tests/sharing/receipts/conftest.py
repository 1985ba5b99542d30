"""Acts of every kind, and the receipts that come of them."""

from collections.abc import Callable
from typing import Any

from portal.accounts.sessions import Session
from portal.sharing import grants, purposes, use
from portal.sharing.grants import By
from portal.sharing.models import Grant, PurposeVersion
from portal.sharing.receipts import record
from portal.sharing.receipts.record import Document, Kind
from tests.conftest import Clock
from tests.sharing.conftest import Desk, gives

Act = Callable[[Session, Desk, Clock], Grant]


def given(helga: Session, desk: Desk, clock: Clock) -> Grant:
    return gives(helga)


def given_by_consent(helga: Session, desk: Desk, clock: Clock) -> Grant:
    return gives(helga, "maatje-18", {"over18": "yes"})


def changed(helga: Session, desk: Desk, clock: Clock) -> Grant:
    gives(helga)
    clock.move(days=3)
    return gives(helga, values={"email": "nieuw@voorbeeld.example"})


def stopped(helga: Session, desk: Desk, clock: Clock) -> Grant:
    grant = gives(helga)
    clock.move(days=1)
    return grants.withdraw(helga, grant.id)


def stopped_consent(helga: Session, desk: Desk, clock: Clock) -> Grant:
    return grants.withdraw(helga, given_by_consent(helga, desk, clock).id)


def stopped_by_phone(helga: Session, desk: Desk, clock: Clock) -> Grant:
    grant = gives(helga)
    return grants.withdraw_for(helga.subject, grant.id, By(employee="Łucja Bronwaßer", channel="phone"))


def replaced(helga: Session, desk: Desk, clock: Clock) -> Grant:
    grant = gives(helga)
    gives(helga)
    return grant


def recalled(helga: Session, desk: Desk, clock: Clock) -> Grant:
    grant = given_by_consent(helga, desk, clock)
    purposes.recall("maatje-18", "Mila de Wit", "De tekst klopte niet.")
    grants.end_recalled(clock())
    return grant


def expired(helga: Session, desk: Desk, clock: Clock) -> Grant:
    grant = given_by_consent(helga, desk, clock)
    clock.move(days=366)
    grants.erase_over(clock())
    return grant


def used(helga: Session, desk: Desk, clock: Clock) -> Grant:
    content = purposes_content("maatje-18")
    purposes.publish("maatje-18", content | {"one_time": True})
    grant = given_by_consent(helga, desk, clock)
    use.read(desk.row, grant.id)
    clock.move(minutes=11)
    grants.erase_over(clock())
    return grant


def purposes_content(slug: str) -> dict[str, Any]:
    row = PurposeVersion.objects.filter(purpose__slug=slug).latest("number")
    return dict(row.content)


EVERY: dict[Kind, Act] = {
    Kind.GIVEN: given,
    Kind.CHANGED: changed,
    Kind.STOPPED: stopped,
    Kind.REPLACED: replaced,
    Kind.RECALLED: recalled,
    Kind.EXPIRED: expired,
    Kind.USED: used,
}
"""An act of each kind."""
ALL: list[Act] = [*EVERY.values(), given_by_consent, stopped_consent, stopped_by_phone]
"""And by consent, and by phone."""


def last_of(grant: Grant) -> Document:
    """The newest receipt of a grant, as its resident gets it."""
    return record.of_grant(grants.rows().get(id=grant.id))[-1]
