"""The API itself: who comes in, what becomes of a fault, and how the contract is told."""

import logging
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.security import HttpBearer

from portal.accounts.limits import too_many
from portal.sharing import asking, consumers, use, use_by_law
from portal.sharing.grants import NotYours
from portal.sharing.requests import AnsweredAlready, UnknownRequest

from .contract import told
from .problems import VERSION, problem

log = logging.getLogger(__name__)
A_MINUTE = 60
"""Calls of one consumer for the same, whether or not that is there: nobody looks at it more often."""


class CallRequest(HttpRequest):
    """A call of a consumer that showed a token."""

    auth: consumers.Access


class TooOften(Exception):
    """More calls for the same than anyone needs."""


def not_too_often(request: CallRequest, what: str, about: object = "") -> None:
    """Count a call; known or not, it is the same. Raises TooOften past `A_MINUTE`."""
    if too_many(what, f"{request.auth.consumer.id}|{about}", most=A_MINUTE):
        raise TooOften


class WrongKind(Exception):
    """The body is not of the kind that this address reads."""


class OnlyJson(Parser):
    """Reads JSON that says it is JSON."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise WrongKind
        try:
            return super().parse_body(request)
        except (ValueError, RecursionError):
            raise HttpError(400, "") from None


class Bearer(HttpBearer):
    """An access token from /token."""

    def authenticate(self, request: HttpRequest, token: str) -> consumers.Access | None:  # noqa: ARG002
        with transaction.atomic():
            try:
                return consumers.access(token)
            except consumers.NotAuthenticated:
                return None


class Door(NinjaAPI):
    """The consumers' API with its contract."""

    def get_openapi_schema(self, **_how: Any) -> Any:
        """The contract for the municipality in force: ninja's, with headers, problems and scopes added."""
        return told(super().get_openapi_schema(path_prefix=""))


door = Door(
    title="Mijn: toestemmingen en gegevens",
    version=VERSION,
    description=(
        "Systemen van professionals vragen een inwoner om gegevens te delen, lezen wat gedeeld is of wat een "
        "wet toestaat, volgen wat er gebeurt en bevestigen dat zij gewist hebben."
    ),
    auth=Bearer(),
    parser=OnlyJson(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="consumers_api",
)


@door.exception_handler(ValidationError)
def _not_valid(_request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Names the fields that are wrong, never what stood in them."""
    fields = sorted({str(one["loc"][-1]) for one in fault.errors if one.get("loc")})
    known = [field for field in fields if field.isidentifier() or field in ("Idempotency-Key",)][:10]
    return problem(400, detail=f"Dit klopt niet: {', '.join(known)}." if known else "")


@door.exception_handler(HttpError)
def _no(_request: HttpRequest, fault: HttpError) -> HttpResponse:
    # ninja makes a 400 of whatever its parser raises.
    return problem(415 if isinstance(fault.__cause__, WrongKind) else fault.status_code)


ANSWERS: dict[type[Exception], tuple[int, str, str]] = {
    WrongKind: (415, "", ""),
    RequestDataTooBig: (413, "", ""),
    BadRequest: (400, "", ""),  # a form that cannot be read, in three ways
    MultiPartParserError: (400, "", ""),
    TooManyFieldsSent: (400, "", ""),
    TooOften: (429, "te-vaak", "U vraagt dit te vaak. Probeer het over een minuut opnieuw."),
    UnknownRequest: (404, "", ""),
    NotYours: (404, "", ""),
    use.UnknownGrant: (404, "onbekend", "Deze toestemming kennen wij niet."),
    use.NotAfterRestore: (
        503,
        "na-herstel",
        "Er is een reservekopie teruggezet. Wij geven nu nog niets.",
    ),
    use.TooOften: (429, "te-vaak", "U leest dit te vaak. Probeer het over een minuut opnieuw."),
    use.NoLongerShared: (403, "niet-meer-gedeeld", "De inwoner deelt dit niet meer."),
    asking.NotOffered: (403, "doel-niet-toegestaan", "Voor dit doel en deze versie mag u niets vragen."),
    asking.OnlyByResident: (403, "inwoner-begint", "Dit doel begint de inwoner zelf. U mag het niet vragen."),
    asking.OtherBody: (409, "al-gebruikt", "Onder dit id is eerder iets anders gevraagd."),
    AnsweredAlready: (409, "al-beantwoord", "De inwoner heeft al geantwoord."),
    use_by_law.Refused: (403, "geen-grond", "Er is geen grond, of de zaak loopt niet voor deze persoon."),
    use_by_law.Blocked: (403, "geblokkeerd", "U kunt nu niets lezen. De gemeente moet er eerst naar kijken."),
    use_by_law.TooOften: (429, "te-vaak", "U leest dit te vaak. Probeer het over een minuut opnieuw."),
    use_by_law.NoAnswer: (503, "register-zwijgt", "Een register antwoordt nu niet. Probeer het later."),
    use_by_law.OtherCall: (409, "al-gebruikt", "Deze Idempotency-Key is eerder voor iets anders gebruikt."),
}  # fmt: skip


def _answer_with(status: int, kind: str, detail: str) -> Any:
    return lambda _request, _fault: problem(status, kind, detail)


for _fault, _said in ANSWERS.items():
    door.add_exception_handler(_fault, _answer_with(*_said))


@door.exception_handler(asking.TooOften)
def _asks_too_often(_request: HttpRequest, _fault: asking.TooOften) -> HttpResponse:
    """What counts by the hour or the day is not over in a minute; which of the two it is is not told."""
    wait = int(asking.AN_HOUR.total_seconds())
    return problem(429, "te-vaak", "U vraagt dit te vaak. Probeer het later opnieuw.", wait=wait)


@door.exception_handler(asking.NotAllowed)
def _does_not_fit(_request: HttpRequest, fault: asking.NotAllowed) -> HttpResponse:
    return problem(400, "past-niet", str(fault))


@door.exception_handler(Exception)
def _our_own_fault(_request: HttpRequest, fault: Exception) -> HttpResponse:
    """Only the kind is logged: a fault's text may hold what was sent."""
    log.error("the consumers' API failed: %s", type(fault).__name__)
    return problem(500)
