"""POST /token: a signature of the consumer's own for a token of some minutes (RFC 6749 §4.4, RFC 7523 §2.2).

Authlib leads the exchange and words its faults; what a signature must be is in `consumers.proved`, stricter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from authlib.integrations.django_oauth2 import AuthorizationServer
from authlib.integrations.django_oauth2.requests import DjangoOAuth2Payload, DjangoOAuth2Request
from authlib.oauth2.rfc6749 import ClientMixin
from authlib.oauth2.rfc6749.errors import InvalidClientError, InvalidRequestError
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc6749.requests import OAuth2Request
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Form

from portal.accounts.limits import too_many, visitor
from portal.municipalities.addresses import absolute
from portal.sharing import consumers
from portal.sharing.models import Consumer

from .door import WrongKind, door
from .problems import problem
from .shapes import Fault, Token

METHOD = "private_key_jwt"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
A_MINUTE = 300


def audience() -> str:
    """What a consumer's signature must be made for: this municipality's API and no other."""
    return absolute("/api/v1")


@dataclass(frozen=True)
class Client(ClientMixin):
    """A consumer as Authlib knows it."""

    consumer: Consumer

    def get_client_id(self) -> str:
        return str(self.consumer.slug)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return bool(method == METHOD and endpoint == "token")

    def check_grant_type(self, grant_type: str) -> bool:
        return bool(grant_type == ClientCredentialsGrant.GRANT_TYPE)

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """What was asked if all of it is the consumer's; everything when nothing was asked."""
        allowed = consumers.scopes_of(self.consumer)
        asked: Sequence[str] = scope.split() if scope else allowed
        return " ".join(asked) if set(asked) <= set(allowed) else None


class Credentials(ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = [METHOD]


class Asked(DjangoOAuth2Request):
    """The request as Authlib reads it. That it came over TLS is the settings' work, as everywhere."""

    def __init__(self, request: HttpRequest) -> None:
        OAuth2Request.__init__(self, request.method, f"https://{request.get_host()}{request.path}")
        self.payload = DjangoOAuth2Payload(request)
        self._request = request


class Server(AuthorizationServer):
    """Gives tokens for signatures, and nothing else."""

    def __init__(self) -> None:
        super().__init__(None, None)
        self.register_grant(Credentials)
        self.register_client_auth_method(METHOD, _proved)
        lives = int(consumers.TOKEN_LIVES.total_seconds())
        issuing = BearerTokenGenerator(_issued, expires_generator=lives)
        self.register_token_generator("default", issuing)

    def create_oauth2_request(self, request: HttpRequest) -> Asked:
        return Asked(request)

    def query_client(self, client_id: str) -> None:
        """Nobody is known by a name alone."""

    def save_token(self, token: Any, request: Any) -> None:
        """Kept already, as a hash, when it was made."""


def _proved(_query: Any, request: OAuth2Request) -> Client:
    sent = request.payload.data
    if sent.get("client_assertion_type") != ASSERTION:
        raise InvalidRequestError("client_assertion_type is missing or not jwt-bearer.")
    try:
        consumer = consumers.proved(sent.get("client_assertion", ""), audience())
    except consumers.NotAuthenticated:
        raise InvalidClientError(status_code=401) from None
    if sent.get("client_id", consumer.slug) != consumer.slug:
        raise InvalidClientError(status_code=401)
    return Client(consumer)


def _issued(client: Client, grant_type: str, user: Any, scope: str) -> str:  # noqa: ARG001  # Authlib's
    return consumers.issue(client.consumer, scope.split())


SERVER = Server()


@door.post(
    "/token", auth=None, response={200: Token, 400: Fault, 401: Fault}, operation_id="token", tags=["Toegang"]
)
def token(
    request: HttpRequest,
    grant_type: Form[str | None] = None,  # noqa: ARG001  # named for the contract; Authlib reads them itself
    client_assertion_type: Form[str | None] = None,  # noqa: ARG001
    client_assertion: Form[str | None] = None,  # noqa: ARG001
    client_id: Form[str | None] = None,  # noqa: ARG001
    scope: Form[str | None] = None,  # noqa: ARG001
) -> HttpResponse:
    """Een token voor tien minuten, voor wie met een eigen sleutel tekent (`private_key_jwt`).

    `aud` is het adres van deze API, `iss` en `sub` zijn uw naam, `exp` hoogstens 120 seconden later, `jti`
    telt één keer. Fouten volgen RFC 6749 §5.2.
    """
    if request.content_type != "application/x-www-form-urlencoded":
        raise WrongKind
    if too_many("token", visitor(request), most=A_MINUTE):
        return problem(429)
    if request.GET or any(len(values) > 1 for _name, values in request.POST.lists()):
        return problem(400)
    # A signature that was shown once is used up, also when the rest of the request is wrong.
    with transaction.atomic():
        answer: HttpResponse = SERVER.create_token_response(request)
    answer["Cache-Control"] = "no-store"
    return answer
