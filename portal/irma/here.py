"""The IRMA server of the municipality in force."""

from django.db import transaction

from portal.municipalities.connections import NotConnected, connection

from .errors import WalletUnreachable
from .requestor import Requestor
from .server import IrmaServer, WronglyConnected


def requestor() -> Requestor:
    """Asked of it outside a transaction. One query.

    Raises WalletUnreachable too where an administrator took the connection away, or left it half filled in.
    """
    try:
        with transaction.atomic():
            return Requestor(IrmaServer.of(connection("irma")))
    except (NotConnected, WronglyConnected) as fault:
        raise WalletUnreachable(type(fault).__name__) from None
