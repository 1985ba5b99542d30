"""The headers of a call to Zaken and Catalogi, with a token made for that call."""

import time

import jwt

from ..caller import Caller

CRS = "EPSG:4326"


def headers(zaken: Caller) -> dict[str, str]:
    """A token per call: Open Zaak refuses one older than an hour. The user is a pseudonym, since it lands in
    the register's audit trail: always the portal, never a resident.
    """
    client = zaken.connection.credentials["client_id"]
    claims = {
        "iss": client,
        "iat": int(time.time()) - 5,  # clocks may differ a little
        "client_id": client,
        "user_id": "mijn",
        "user_representation": "Mijn, voor een inwoner",
    }
    token = jwt.encode(claims, zaken.connection.credentials["secret"], "HS256")
    return {
        "Authorization": f"Bearer {token}",
        "Accept": "application/json",
        "Accept-Crs": CRS,
        "Content-Crs": CRS,
    }
