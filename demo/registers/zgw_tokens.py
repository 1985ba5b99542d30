"""Who asks: the client of a ZGW token, checked for real."""

import time
from collections.abc import Mapping

import jwt

from .serving import Reply
from .zgw_answers import problem

HOUR = 3600


def client_of(authorization: str, clients: Mapping[str, str]) -> str | Reply:
    """The client, or the 403 that a real Open Zaak gives."""
    scheme, _space, token = authorization.partition(" ")
    if scheme != "Bearer" or not token:
        return problem(403, "permission_denied", "Je hebt geen toestemming om deze actie uit te voeren.")
    try:
        client = str(jwt.decode(token, options={"verify_signature": False}).get("client_id"))
        if client not in clients:
            return problem(403, "invalid-client-identifier", "De client is niet bekend.")
        claims = jwt.decode(token, clients[client], ["HS256"], options={"verify_iat": False})
    except jwt.PyJWTError:
        return problem(403, "invalid-jwt-signature", "De handtekening van de JWT klopt niet.")
    made = claims.get("iat")
    if not isinstance(made, int) or claims.get("iss") != client:
        return problem(403, "jwt-missing-claim", "De JWT mist een claim.")
    if not -HOUR <= made - time.time() <= 60:
        return problem(403, "jwt-expired", "De JWT is verlopen.")
    return client
