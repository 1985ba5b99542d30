"""The address that a notice itself has, encrypted, until it is out."""

from typing import Any

from portal.municipalities.crypto import DoesNotDecrypt, decrypt, encrypt

from .models import Notice


def seal_address(notice: Notice, address: str) -> None:
    """Keep where it goes."""
    notice.address = encrypt(address.encode(), **_column(notice))


def own_address(notice: Notice) -> str | None:
    """Where it goes, if it was told with that and can be read; one that cannot holds up no other."""
    if notice.address is None:
        return None
    try:
        return decrypt(bytes(notice.address), **_column(notice)).decode()
    except DoesNotDecrypt:
        return None


def _column(notice: Notice) -> dict[str, Any]:
    return {"table": "notices_notice", "column": "address", "row": notice.id}
