"""A consumer's question to a resident."""

from datetime import timedelta

from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce

from portal.municipalities.models import TenantModel, tenant_key
from portal.sharing.states import RequestState

from .consumers import Consumer
from .purposes import PurposeVersion

FURTHEST_END = timedelta(days=3653)
"""Ten years: how far off the end can be that a consumer asks for, also where the purpose has none.

PostgreSQL keeps moments that no page, worker or export can read; the database refuses those as well.
"""


class Request(TenantModel):
    """A consumer asks a resident to share; the resident answers in Mijn, or not at all.

    Whether it is over is derived from `expires`, never stored; that its consumer was told is.
    """

    consumer = tenant_key(Consumer)
    version = tenant_key(PurposeVersion)
    subject = tenant_key("accounts.Resident")
    reference = models.UUIDField()
    """The consumer's own id for it: the same again is the same request."""
    body_hash = models.CharField(max_length=64)
    """SHA-256 of what was asked, the resident by our random id; the same id with other content is refused."""
    zaak = models.CharField(max_length=100, blank=True)
    """The identification of the case it is about, as the resident knows it."""
    return_url = models.URLField(blank=True)
    state = models.CharField(max_length=10, default=RequestState.CREATED)
    created = models.DateTimeField()
    expires = models.DateTimeField()
    wanted_until = models.DateTimeField(null=True)
    """Until when the consumer wants to read; None: as long as the purpose allows."""
    answered = models.DateTimeField(null=True)

    told_over = models.BooleanField(default=False)
    """Whether the consumer's feed says that it went by without an answer."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=list(RequestState)), name="request_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=models.Q(expires__gt=models.F("created")), name="request_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(expires__lte=models.F("created") + FURTHEST_END)
                & (
                    models.Q(wanted_until=None)
                    | models.Q(wanted_until__lte=models.F("created") + FURTHEST_END)
                ),
                name="request_ends_within_ten_years",
            ),
            models.UniqueConstraint(
                fields=["municipality", "consumer", "reference"], name="one_request_a_reference"
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "subject", "-created"], name="requests_to_a_resident"),
            models.Index(fields=["municipality", "consumer", "-created"], name="requests_of_a_consumer"),
            models.Index(
                fields=["municipality", "expires"],
                condition=models.Q(state__in=[RequestState.CREATED, RequestState.PRESENTED], told_over=False),
                name="open_requests_by_end",
            ),
            models.Index(
                F("municipality"),
                F("version"),
                Coalesce("answered", "expires"),
                condition=~models.Q(state=RequestState.APPROVED),
                name="requests_without_a_yes",
            ),
        ]
