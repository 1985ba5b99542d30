"""How to reach one IRMA server and whom to believe; made from a municipality's connection."""

import base64
import binascii
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import quote

from portal.municipalities.connections import Connection

REAL_SCHEME = "pbdf"


class WronglyConnected(ValueError):
    """A connection of kind `irma` lacks something; the text names it."""


def is_demo_scheme(prefix: str) -> bool:
    """Whether anyone may issue in this scheme, so that production must refuse it; any doubt means yes."""
    return prefix != REAL_SCHEME


@dataclass(frozen=True, slots=True)
class IrmaServer:
    """One requestor at one IRMA server."""

    base_url: str
    requestor: str
    hmac_key: bytes = field(repr=False)
    scheme: str
    """What stands before every attribute's name: `pbdf`, or a demo scheme."""
    public_key: str
    """PEM of the RSA key that signs results."""
    issuer: str
    """`iss` in results."""
    app_link: str
    """Opens the wallet on this device; `{pointer}` is the place of the encoded pointer."""
    host: str | None = None
    """Under which host the wallet meets this server, with a port where it needs one: the name the resident
    sees as who asks. None leaves it to the server's own address."""

    @classmethod
    def of(cls, connection: Connection) -> Self:
        """The server of a connection. Raises WronglyConnected."""
        try:
            server = cls(
                base_url=connection.base_url.rstrip("/"),
                requestor=connection.credentials["requestor"],
                hmac_key=base64.b64decode(connection.credentials["hmac_key"], validate=True),
                scheme=connection.parameters["scheme"],
                public_key=connection.parameters["server_public_key"],
                issuer=connection.parameters["server_issuer"],
                app_link=connection.parameters["app_link"],
                host=connection.parameters.get("host"),
            )
        except KeyError as missing:
            raise WronglyConnected(f"{connection.name}: {missing.args[0]} is missing") from None
        except binascii.Error:
            raise WronglyConnected(f"{connection.name}: hmac_key is not base64") from None
        if len(server.hmac_key) < 32:
            raise WronglyConnected(f"{connection.name}: hmac_key is shorter than 32 bytes")
        return server

    def link(self, pointer: str) -> str:
        """The address that opens a session in the wallet on this device."""
        return self.app_link.replace("{pointer}", quote(pointer, safe=""))
