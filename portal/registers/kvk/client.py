"""The question for businesses."""

import asyncio
from collections.abc import Sequence
from typing import Any

from ..businesses import NUMBER
from ..caller import Caller
from ..errors import NotThere, RegisterUnavailable
from .records import Business

MOST = 5  # businesses of one resident


async def businesses(kvk: Caller, numbers: Sequence[str]) -> Sequence[Business]:
    """One call for each, side by side; of one that it does not have only that.

    Raises RegisterUnavailable, RegisterRefused.
    """
    return await asyncio.gather(*(_business(kvk, one) for one in numbers[:MOST]))


async def _business(kvk: Caller, number: str) -> Business:
    if not NUMBER.fullmatch(number):
        raise ValueError("no KVK number")
    try:
        answer: Any = await kvk.get(f"v1/basisprofielen/{number}", headers(kvk))
    except NotThere:
        return Business.unknown(number)
    if answer["kvkNummer"] != number:
        raise RegisterUnavailable("another business than asked")
    return Business.of(answer)


def headers(kvk: Caller) -> dict[str, str]:
    """Of every call."""
    return {"apikey": kvk.connection.credentials["api_key"], "Accept": "application/hal+json"}
