"""The consumers' API, thin: read under a grant, and confirm an erasure. Problems per RFC 9457."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.municipalities.addresses import absolute

from . import use
from .consumers import NotAuthenticated, authenticated


def audience() -> str:
    """What a consumer's token must be made for: this municipality's API and no other."""
    return absolute("/api/v1")


@csrf_exempt  # no cookie counts here: the caller's own signature does
@require_POST
def read(request: HttpRequest, grant: UUID) -> HttpResponse:
    """POST toestemmingen/{id}/gebruik: the only way to get data; each call is a use the resident sees."""
    try:
        consumer = authenticated(request.headers.get("Authorization", ""), audience())
        key = request.headers.get("Idempotency-Key", "")[:200]
        reading = use.read(consumer, grant, use.Caller(key=key))
    except NotAuthenticated:
        return problem(401, "niet-bekend", "Wij kunnen niet vaststellen wie dit vraagt.")
    except use.UnknownGrant:
        return problem(404, "onbekend", "Deze toestemming kennen wij niet.")
    except use.NoLongerShared:
        return problem(403, "niet-meer-gedeeld", "De inwoner deelt dit niet meer.")
    except use.NotAfterRestore:
        return problem(503, "na-herstel", "Er is een reservekopie teruggezet. Wij geven nu nog niets.")
    return _json(
        {
            "toestemming": str(reading.grant),
            "gebruik": str(reading.id),
            "doel": reading.version.title,
            "gegevens": dict(reading.values),
            "namen": reading.labels,
            "geldigTot": reading.until.isoformat() if reading.until else None,
        }
    )


@csrf_exempt  # as above
@require_POST
def erased(request: HttpRequest, grant: UUID) -> HttpResponse:
    """POST toestemmingen/{id}/gewist: the consumer has erased what it had."""
    try:
        use.confirm_erased(authenticated(request.headers.get("Authorization", ""), audience()), grant)
    except NotAuthenticated:
        return problem(401, "niet-bekend", "Wij kunnen niet vaststellen wie dit vraagt.")
    except use.UnknownGrant:
        return problem(404, "onbekend", "Deze toestemming kennen wij niet.")
    return HttpResponse(status=204)


def problem(status: int, kind: str, detail: str) -> HttpResponse:
    """A problem+json answer with the five members the API rules allow."""
    body = {"type": f"urn:problem:{kind}", "title": kind, "status": status, "detail": detail}
    return _json(body, status=status, content_type="application/problem+json")


def _json(body: dict[str, object], status: int = 200, content_type: str = "application/json") -> HttpResponse:
    answer = JsonResponse(body, status=status, content_type=content_type)
    answer["API-Version"] = "1.0.0"
    answer["Cache-Control"] = "no-store"
    return answer
