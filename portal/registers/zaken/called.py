"""Where Notificaties calls us when a case changes: /api/notificaties/<connection>/ on a municipality's host.

The body is signed by nobody, so only ids are taken out of it, and no address in it is ever called: the
worker asks the municipality's own connection what really happened. Source: Notificaties 1.0, consumer.
"""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
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
COLLECTED = timedelta(seconds=settings.NEWS_COLLECTED)
"""So long after the first change of a case its resident hears, once for all of that time."""
What = HeardOf.What
NEWS: Mapping[tuple[str, str, str], tuple[What, str]] = {
    ("zaken", "status", "create"): (What.STATUS, "statussen"),
    ("zaken", "zaakinformatieobject", "create"): (What.DOCUMENT, "zaakinformatieobjecten"),
    # A decision is often made first, and gets the day on which it is sent later.
    ("besluiten", "besluit", "create"): (What.DECISION, "besluiten"),
    ("besluiten", "besluit", "update"): (What.DECISION, "besluiten"),
    ("besluiten", "besluit", "partial_update"): (What.DECISION, "besluiten"),
}
"""Channel, resource and act, with what is new and the list that its address is in."""
ADDRESS = re.compile(r"/(?P<list>[a-z]+)/(?P<id>[0-9a-f-]{36})/?$")


@dataclass(frozen=True, slots=True)
class News:
    """What a message says is new."""

    what: What
    id: UUID
    zaak: UUID | None
    """The case it is in; None where the message does not say."""


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
    if news := news_in(message):
        now = timezone.now()
        row = HeardOf(
            municipality=current_municipality(), connection=connection, zaak=news.zaak, what=news.what,
            news=news.id, heard=now, due=now + COLLECTED if news.zaak else now,
        )  # fmt: skip
        HeardOf.objects.bulk_create([row], ignore_conflicts=True)
    return HttpResponse(status=204)


def news_in(message: Mapping[str, Any]) -> News | None:
    """What a message says is new in which case; None for any message that does not concern us."""
    told = NEWS.get((str(message.get("kanaal")), str(message.get("resource")), str(message.get("actie"))))
    if told is None:
        return None
    what, place = told
    news = _id(message.get("resourceUrl"), place)
    if news is None:
        return None
    zaak = None if what is What.DECISION else _id(message.get("hoofdObject"), "zaken")
    return News(what, news, zaak) if zaak or what is What.DECISION else None


def _id(address: Any, place: str) -> UUID | None:
    found = ADDRESS.search(str(address))
    if not found or found["list"] != place:
        return None
    try:
        return UUID(found["id"])
    except ValueError:
        return None


def _read(request: HttpRequest) -> Mapping[str, Any] | None:
    length = request.headers.get("Content-Length", "")
    if not (length.isascii() and length.isdigit()) or int(length) > LARGEST:
        return None
    try:
        message = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) else None
