"""What happened, in order: /gebeurtenissen."""

from typing import Annotated, cast

from django.db import transaction
from ninja import Query

from portal.sharing import consumers, feed

from . import shapes
from .door import CallRequest, door, not_too_often

LAST = 2**63 - 1


@door.get(
    "/gebeurtenissen", response=shapes.Events, operation_id="leesGebeurtenissen", tags=["Gebeurtenissen"]
)
def after(
    request: CallRequest,
    na: Annotated[int, Query(description="De `volgende` van de vorige keer.", ge=0, le=LAST)] = 0,
    aantal: Annotated[int, Query(description="Hoeveel hoogstens.", ge=1, le=feed.MOST)] = 100,
) -> shapes.Events:
    """Wat er met uw vragen en toestemmingen gebeurde, het oudste eerst; ook wat een bericht niet bereikte.

    Hoogstens 60 keer per minuut.
    """
    not_too_often(request, "events")
    with transaction.atomic():
        found = feed.after(request.auth.consumer, na, aantal, request.auth.purposes(consumers.READ_STATE))
    return shapes.Events(
        gebeurtenissen=[
            shapes.Event(
                id=one.id,
                volgnummer=one.number,
                soort=cast(shapes.EventKind, one.kind),
                tijdstip=one.at,
                toestemming=one.grant,
                verzoek=one.reference,
            )
            for one in found
        ],
        volgende=found[-1].number if found else na,
    )
