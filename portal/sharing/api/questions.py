"""Questions to residents: /toestemmingsverzoeken."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Status

from portal.municipalities.addresses import absolute
from portal.municipalities.bsn import BSN
from portal.sharing import asking, consumers, requests
from portal.sharing.models import Grant, Request
from portal.sharing.states import RequestState

from . import shapes
from .door import CallRequest, door, not_too_often
from .problems import problem

WORDS: Mapping[RequestState, shapes.RequestState] = {
    RequestState.CREATED: "aangemaakt",
    RequestState.PRESENTED: "getoond",
    RequestState.APPROVED: "gegeven",
    RequestState.REJECTED: "geweigerd",
    RequestState.WITHDRAWN: "teruggenomen",
}
TAGS = ["Vragen aan inwoners"]
REFUSED = (
    "`doel-niet-toegestaan`: voor dit doel en deze versie mag u niets vragen. "
    "`inwoner-begint`: dit doel begint de inwoner zelf; niemand mag er om vragen. "
    "Wie de inwoner is, maakt voor dit antwoord niet uit."
)


@door.post(
    "/toestemmingsverzoeken",
    response={200: shapes.Request, 201: shapes.Request},
    operation_id="vraagToestemming",
    tags=TAGS,
    openapi_extra={"responses": {403: {"description": REFUSED}}},
)
def ask(request: CallRequest, vraag: shapes.Asked) -> HttpResponse | Status[shapes.Request]:
    """Vraag een inwoner om te delen. Dezelfde vraag nog eens geeft hetzelfde antwoord.

    Of wij de inwoner kennen, maakt voor het antwoord niet uit. Begint alleen de inwoner zelf over een doel,
    dan kunt u er niet om vragen.
    """
    try:
        bsn = BSN(vraag.burgerservicenummer)
    except ValueError:
        return problem(400, detail="Dit klopt niet: burgerservicenummer.")
    if vraag.doel not in request.auth.purposes(consumers.ASK) or request.auth.consumer.blocked:
        raise asking.NotOffered
    question = asking.Question(
        reference=vraag.id,
        slug=vraag.doel,
        number=vraag.versie,
        bsn=bsn,
        zaak=vraag.zaak or "",
        return_url=vraag.terugUrl or "",
        answer_by=vraag.antwoordVoor,
        wanted_until=vraag.gewenstEinde,
    )
    with transaction.atomic():
        row, made = asking.ask(request.auth.consumer, question)
        return Status(201 if made else 200, _shown(row))


@door.get("/toestemmingsverzoeken/{uuid:id}", response=shapes.Request, operation_id="leesVerzoek", tags=TAGS)
def read(request: CallRequest, id: UUID) -> shapes.Request:
    """Hoe het met uw vraag staat. Hoogstens 60 keer per minuut per vraag."""
    not_too_often(request, "state", id)
    with transaction.atomic():
        return _shown(_own(request, id, consumers.READ_STATE))


@door.delete(
    "/toestemmingsverzoeken/{uuid:id}", response={204: None}, operation_id="neemVerzoekTerug", tags=TAGS
)
def take_back(request: CallRequest, id: UUID) -> Status[None]:
    """Neem uw vraag terug. Is er al geantwoord, dan kan dat niet meer."""
    with transaction.atomic():
        _own(request, id, consumers.ASK)
        requests.take_back(request.auth.consumer, id)
    return Status(204, None)


def _own(request: CallRequest, reference: UUID, verb: str) -> Request:
    """Raises UnknownRequest, also for a purpose that the token is not for."""
    row = asking.find(request.auth.consumer, reference)
    if row.version.purpose.slug not in request.auth.purposes(verb):
        raise requests.UnknownRequest
    return row


def _shown(row: Request) -> shapes.Request:
    state = RequestState(row.state)
    over = state in requests.OPEN and timezone.now() >= row.expires
    grant = None
    if state is RequestState.APPROVED:
        grant = Grant.objects.filter(request=row).order_by("-given").values_list("id", flat=True).first()
    return shapes.Request(
        id=row.reference,
        doel=row.version.purpose.slug,
        versie=row.version.number,
        toestand="verlopen" if over else WORDS[state],
        aangemaaktOp=row.created,
        verlooptOp=row.expires,
        toestemming=grant,
        antwoordAdres=absolute(reverse("sharing:asked", args=[row.id])),
    )
