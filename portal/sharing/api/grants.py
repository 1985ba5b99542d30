"""Grants: whether they hold, read under them, give them up, confirm what was erased. /toestemmingen."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from ninja import Header, Status

from portal.accounts.limits import too_many
from portal.sharing import consumers, grants, use
from portal.sharing.grants import Standing
from portal.sharing.models import Grant

from . import shapes
from .door import A_MINUTE, CallRequest, door, not_too_often
from .trace import caller

WORDS: Mapping[Standing, shapes.GrantState] = {
    Standing.HOLDS: "geldig",
    Standing.BLOCKED: "geldig",  # the yes stands; that the consumer gets nothing now, it hears when it reads
    Standing.WITHDRAWN: "ingetrokken",
    Standing.CONSUMED: "verbruikt",
    Standing.EXPIRED: "verlopen",
    Standing.RECALLED: "doel-ingetrokken",
    Standing.OUTDATED: "opnieuw-vragen",
}
TAGS = ["Toestemmingen"]
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Dezelfde sleutel nog eens is dezelfde lezing.",
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
    ),
]
Trace = Annotated[str | None, Header(alias="traceparent", description="W3C Trace Context van uw aanroep.")]


@door.get("/toestemmingen/{uuid:id}", response=shapes.Grant, operation_id="leesToestemming", tags=TAGS)
def state(request: CallRequest, id: UUID) -> shapes.Grant:
    """Of de toestemming geldt; zonder gegevens. Hoogstens 60 keer per minuut per toestemming."""
    not_too_often(request, "state", id)
    with transaction.atomic():
        row = _own(request, id, consumers.READ_STATE)
        return shapes.Grant(
            id=row.id,
            doel=row.version.purpose.slug,
            versie=row.version.number,
            toestand=WORDS[grants.standing(row, timezone.now())],
            gegevenOp=row.given,
            geldigTot=row.until,
            verzoek=row.request.reference if row.request else None,
        )


@door.delete("/toestemmingen/{uuid:id}", response={204: None}, operation_id="geefToestemmingOp", tags=TAGS)
def give_up(request: CallRequest, id: UUID) -> Status[None]:
    """U heeft het niet meer nodig: het delen stopt, net als wanneer de inwoner stopt."""
    with transaction.atomic():
        _own(request, id, consumers.USE)
        grants.give_up(request.auth.consumer, id)
    return Status(204, None)


@door.post("/toestemmingen/{uuid:id}/gebruik", response=shapes.Read, operation_id="gebruik", tags=TAGS)
def read(request: CallRequest, id: UUID, key: Key = None, trace: Trace = None) -> shapes.Read:
    """De enige weg naar de gegevens. Elke lezing is een gebruik dat de inwoner ziet.

    Hoogstens 60 keer per minuut onder één toestemming; daarboven krijgt u 429 met `Retry-After`.
    """
    if too_many("reading", f"{request.auth.consumer.id}|{id}", most=A_MINUTE):
        raise use.TooOften
    purposes = request.auth.purposes(consumers.USE)
    reading = use.read(request.auth.consumer, id, caller(key, trace), purposes)
    return shapes.Read(
        toestemming=id,
        gebruik=reading.id,
        doel=reading.version.title,
        gegevens=dict(reading.values),
        namen=reading.labels,
        geldigTot=reading.until,
    )


@door.post("/toestemmingen/{uuid:id}/gewist", response={204: None}, operation_id="bevestigWissen", tags=TAGS)
def erased(request: CallRequest, id: UUID) -> Status[None]:
    """U heeft gewist wat u had."""
    with transaction.atomic():
        _own(request, id, consumers.USE)
        use.confirm_erased(request.auth.consumer, id)
    return Status(204, None)


def _own(request: CallRequest, grant: UUID, verb: str) -> Grant:
    """Raises UnknownGrant, also for a purpose that the token is not for."""
    row = grants.rows().select_related("request").filter(id=grant, consumer=request.auth.consumer).first()
    if row is None or row.version.purpose.slug not in request.auth.purposes(verb):
        raise use.UnknownGrant
    return row
