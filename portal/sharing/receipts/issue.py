"""Giving an act its receipt, in the act's own transaction."""

from datetime import datetime

from portal.municipalities.acting import current_municipality
from portal.sharing.models import Grant, Receipt

from . import numbers


def issue(grant: Grant, act: str, at: datetime) -> str:
    """Write down that this act of a grant has a receipt; gives its number, which the act log binds too."""
    row = Receipt.objects.create(
        municipality=current_municipality(), grant=grant, act=act, number=numbers.new(), at=at
    )
    return row.number
