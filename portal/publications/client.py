"""Asking the source: one question, within its time and size.

CQL as the source's own site sends it, exact by `==`. `dt.creator=` would find “Rechtbank Utrecht” too, and a
province can have the name of a municipality. It refuses sortKeys, so what comes is in no order.
"""

import asyncio
from datetime import date

import httpx
from django.conf import settings

from portal.municipalities.models import Municipality
from portal.municipalities.outgoing import Outgoing

from .errors import Nonsense, Unreachable
from .records import Found, read

LIMIT = 15.0  # seconds for one call, the whole body included
CONNECT = 3.0  # seconds of them for a connection
LARGEST = 5_000_000  # bytes of an answer
AT_ONCE = 100  # records; the source gives 1,000 at most
LAST = 9_999
"""The highest position that the source still answers; from 10,000 on it says 504."""
HEADERS = {"Accept": "application/xml", "User-Agent": "Mijn", "Accept-Encoding": "identity"}
NAMED_OTHERWISE = {"0164": "Hengelo", "0518": "'s-Gravenhage", "0796": "'s-Hertogenbosch"}
"""By gemeentecode, what the source calls a municipality whose everyday or official name is another."""


def creator_of(municipality: Municipality) -> str:
    """As whom the municipality publishes."""
    return NAMED_OTHERWISE.get(municipality.code, municipality.name)


def changed_between(municipality: Municipality, first: date, last: date, position: int) -> Found:
    """What the municipality published and the source changed in these days, from a position on.

    Call it outside a transaction. Raises Unreachable, Nonsense.
    """
    creator = creator_of(municipality)
    if position > LAST:
        raise Nonsense("more than it can give")
    asked = {
        "operation": "searchRetrieve",
        "version": "2.0",
        "query": query(creator, first, last),
        "startRecord": str(position),
        "maximumRecords": str(AT_ONCE),
    }
    return read(asyncio.run(_body(asked)), creator, position)


def query(creator: str, first: date, last: date) -> str:
    """In CQL."""
    name = creator.replace("\\", "\\\\").replace('"', '\\"')
    return (
        'c.product-area=="officielepublicaties" AND w.organisatietype=="gemeente"'
        f' AND dt.creator=="{name}" AND dt.modified>="{first}" AND dt.modified<="{last}"'
    )


async def _body(asked: dict[str, str]) -> bytes:
    out = Outgoing(connections=1)
    timeout = httpx.Timeout(LIMIT, connect=CONNECT).as_dict()
    request = httpx.Request(
        "GET", settings.PUBLICATIONS_URL, params=asked, headers=HEADERS, extensions={"timeout": timeout}
    )
    try:
        async with asyncio.timeout(LIMIT):
            answer = await out.handle_async_request(request)
            try:
                return await _read(answer)
            finally:
                await answer.aclose()
    except TimeoutError:
        raise Unreachable("too slow") from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as fault:
        raise Unreachable(type(fault).__name__) from None
    finally:
        await out.aclose()


async def _read(answer: httpx.Response) -> bytes:
    if answer.status_code != 200:
        raise Unreachable(str(answer.status_code))
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise Nonsense("compressed, unasked")
    body = bytearray()
    async for piece in answer.aiter_raw():
        body += piece
        if len(body) > LARGEST:
            raise Nonsense("too large")
    return bytes(body)
