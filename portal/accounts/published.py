"""What an identity provider published about itself: fetched within limits, kept for a while.

Each call has one limit for the whole of it (httpx's own count each read) and a largest size.
"""

import asyncio
import json
import time
from collections.abc import Coroutine, Mapping
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx

from portal.municipalities.outgoing import Outgoing

WHOLE = 6.0  # seconds for a call, from its start to the last byte
LARGEST = 500_000  # bytes of an answer
CONNECT = httpx.Timeout(WHOLE, connect=2)
FRESH = {"metadata": 3600.0, "keys": 600.0}  # seconds
STALE = 10  # times as long, when the provider does not answer
AGAIN = 10.0  # seconds; nobody makes us ask for keys more often than this
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")

T = TypeVar("T")


class ProviderUnreachable(Exception):
    """The identity provider cannot be reached or answers nonsense; one may try again.

    The text is a kind of fault.
    """


class Small(httpx.AsyncBaseTransport):
    """Reads no more than it may."""

    def __init__(self) -> None:
        self._wire = Outgoing()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.headers["Accept-Encoding"] = "identity"
        answer = await self._wire.handle_async_request(request)
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            await answer.aclose()
            raise httpx.DecodingError("compressed", request=request)
        content = b""
        assert isinstance(answer.stream, httpx.AsyncByteStream)
        try:
            async for part in answer.stream:
                content += part
                if len(content) > LARGEST:
                    raise httpx.ReadError("too large", request=request)
        finally:
            await answer.aclose()
        return httpx.Response(answer.status_code, headers=answer.headers, content=content, request=request)

    async def aclose(self) -> None:
        await self._wire.aclose()


def in_time(call: Coroutine[Any, Any, T]) -> T:
    """Do a call, whole, within its limit. Raises ProviderUnreachable."""

    async def limited() -> T:
        async with asyncio.timeout(WHOLE):
            return await call

    try:
        return asyncio.run(limited())
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as fault:
        raise ProviderUnreachable(type(fault).__name__) from None


def metadata(issuer: str) -> Mapping[str, Any]:
    """OpenID Connect Discovery, with addresses we may call. Raises ProviderUnreachable."""
    found = _kept("metadata", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != issuer:
        raise ProviderUnreachable("issuer")
    scheme = urlsplit(issuer).scheme
    named = [found.get(name) for name in NEEDED]
    if "end_session_endpoint" in found:
        named.append(found["end_session_endpoint"])
    if not all(isinstance(one, str) and urlsplit(one).scheme in ("https", scheme) for one in named):
        raise ProviderUnreachable("metadata")
    return found


def keys(issuer: str, *, again: bool = False) -> Mapping[str, Any]:
    """The provider's signing keys; `again` when it may have new ones. Raises ProviderUnreachable."""
    return _kept("keys", str(metadata(issuer)["jwks_uri"]), again=again)


_documents: dict[tuple[str, str], tuple[float, Mapping[str, Any]]] = {}
_lock = Lock()


def _kept(kind: str, url: str, *, again: bool = False) -> Mapping[str, Any]:
    with _lock:
        since, found = _documents.get((kind, url), (0.0, {}))
    age = time.monotonic() - since
    if found and age < (AGAIN if again else FRESH[kind]):
        return found
    try:
        fetched = _fetched(url)
    except ProviderUnreachable:
        if found and not again and age < STALE * FRESH[kind]:
            return found
        raise
    with _lock:
        _documents[kind, url] = (time.monotonic(), fetched)
    return fetched


def _fetched(url: str) -> Mapping[str, Any]:
    async def get() -> httpx.Response:
        async with httpx.AsyncClient(transport=Small(), timeout=CONNECT, follow_redirects=False) as client:
            return await client.get(url)

    answer = in_time(get())
    if answer.status_code != 200:
        raise ProviderUnreachable(str(answer.status_code))
    try:
        found = json.loads(answer.content)
    except (ValueError, RecursionError):
        raise ProviderUnreachable("form") from None
    if not isinstance(found, dict):
        raise ProviderUnreachable("form")
    return found


def forget() -> None:
    """Forget what was fetched; between tests."""
    with _lock:
        _documents.clear()
