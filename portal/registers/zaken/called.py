"""Where Notificaties calls us when a case changes: /api/notificaties/<connection>/ on a municipality's host.

The body is signed by nobody, so only two ids are taken out of it, and no address in it is ever called: the
worker asks the municipality's own connection what really happened. Source: Notificaties 1.0, consumer.
"""

import json
import re
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.municipalities.acting import current_municipality
from portal.municipalities.connections import connections

from .models import HeardOf

CALLED_WITH = "called_with"
"""The credential: the value of Authorization that was given with the subscription (abonnement)."""
SHORTEST = 16  # characters of it; anything shorter can be guessed
LARGEST = 20_000  # bytes
COLLECTED = timedelta(minutes=10)
"""So long after the first change of a case its resident hears, once for all of that time."""
CASE = re.compile(r"/zaken/(?P<id>[0-9a-f-]{36})/?$")
STATUS = re.compile(r"/statussen/(?P<id>[0-9a-f-]{36})/?$")


@csrf_exempt  # the value in Authorization counts here, not a cookie
@require_POST
def called(request: HttpRequest, connection: UUID) -> HttpResponse:
    """204 also for what does not concern us, else it is sent again for days."""
    known = next((one for one in connections("zaken") if one.id == connection), None)
    ours = known.credentials.get(CALLED_WITH, "") if known else ""
    if len(ours) < SHORTEST:
        return HttpResponse(status=404)
    given = request.headers.get("Authorization", "")
    allowed = secrets.compare_digest(given.encode(), ours.encode())
    message = _read(request)
    if not allowed:
        # Who subscribes sends a test before it knows the value; it says nothing, and we do nothing.
        return HttpResponse(status=204 if message and message.get("kanaal") == "test" else 403)
    if message is None:
        return HttpResponse(status=400)
    if ids := new_status(message):
        zaak, status = ids
        now = timezone.now()
        row = HeardOf(
            municipality=current_municipality(), connection=connection, zaak=zaak, status=status,
            heard=now, due=now + COLLECTED,
        )  # fmt: skip
        HeardOf.objects.bulk_create([row], ignore_conflicts=True)
    return HttpResponse(status=204)


def new_status(message: Mapping[str, Any]) -> tuple[UUID, UUID] | None:
    """The case and the status that a message says it got; None for any other message."""
    asked = (message.get("kanaal"), message.get("resource"), message.get("actie"))
    if asked != ("zaken", "status", "create"):
        return None
    case, status = (
        CASE.search(str(message.get("hoofdObject"))),
        STATUS.search(str(message.get("resourceUrl"))),
    )
    if not case or not status:
        return None
    try:
        return UUID(case["id"]), UUID(status["id"])
    except ValueError:
        return None


def _read(request: HttpRequest) -> Mapping[str, Any] | None:
    length = request.headers.get("Content-Length", "")
    if not length.isdigit() or int(length) > LARGEST:
        return None
    try:
        message = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) else None
