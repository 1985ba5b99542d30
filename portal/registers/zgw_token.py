"""The headers of a call to one of the ZGW APIs, with a token made for that call."""

import time

import jwt

from .caller import Caller

CRS = "EPSG:4326"


def headers(register: Caller) -> dict[str, str]:
    """A token per call: Open Zaak refuses one older than an hour. The user is a pseudonym, since it lands in
    the register's audit trail: always the portal, never a resident.
    """
    client = register.connection.credentials["client_id"]
    claims = {
        "iss": client,
        "iat": int(time.time()) - 5,  # clocks may differ a little
        "client_id": client,
        "user_id": "mijn",
        "user_representation": "Mijn, voor een inwoner",
    }
    token = jwt.encode(claims, register.connection.credentials["secret"], "HS256")
    return {
        "Authorization": f"Bearer {token}",
        "Accept": "application/json",
        "Accept-Crs": CRS,
        "Content-Crs": CRS,
    }
