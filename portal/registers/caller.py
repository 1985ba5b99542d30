"""One call to a register: its own address and no other, the whole body within its time and size."""

import asyncio
import json
import ssl
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from portal.municipalities.connections import Connection

from .bsn_in_addresses import refuse_others
from .errors import (
    NotAccepted,
    NotThere,
    RegisterError,
    RegisterRefused,
    RegisterTooSlow,
    RegisterUnavailable,
)

LIMIT = 3.5  # seconds for one call, the whole body included; httpx's own limits are per read
LARGEST = 5_000_000  # bytes of an answer
SIDE_BY_SIDE = 20  # calls under way to one connection


class Caller:
    """Asks one connection. Lives on the loop thread; never touches the database."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._root = connection.base_url
        self._bulkhead = asyncio.Semaphore(SIDE_BY_SIDE)
        self._http = httpx.AsyncClient(
            verify=_trusted(),
            timeout=httpx.Timeout(LIMIT, connect=2),
            follow_redirects=False,
            trust_env=False,  # the connection alone decides where a BSN goes, no proxy of the environment
            limits=httpx.Limits(max_connections=SIDE_BY_SIDE, max_keepalive_connections=SIDE_BY_SIDE),
        )

    async def get(
        self, path: str, headers: Mapping[str, str], params: Mapping[str, str] | None = None, root: str = ""
    ) -> Any:
        """The JSON at a path or link below the connection's address (or `root`, an address beside it).

        Raises RegisterTooSlow, RegisterUnavailable, RegisterRefused, NotThere.
        """
        return await self._call("GET", self._below(path, root), headers, params=params)

    async def post(
        self,
        path: str,
        headers: Mapping[str, str],
        body: Any,
        params: Mapping[str, str] | None = None,
        root: str = "",
    ) -> Any:
        """The JSON answer to a question or a new record in a body; raises as `get`."""
        return await self._call("POST", self._below(path, root), headers, params=params, json=body)

    async def write(self, method: str, path: str, headers: Mapping[str, str], body: Any = None) -> Any:
        """The JSON answer to what is made (POST), changed (PATCH) or taken away (DELETE, None).

        Raises as `get`, and NotAccepted.

        RegisterTooSlow leaves open whether it was written.
        """
        return await self._call(method, self._below(path), headers, json=body, faults=_faults)

    async def open(self, path: str, headers: Mapping[str, str], root: str = "") -> httpx.Response:
        """The answer to a GET whose content is still to be read, and closed, by who asks.

        Raises as `get`, and what httpx raises.
        """
        sent = {**headers, "Accept": "*/*", "Accept-Encoding": "identity"}
        request = self._http.build_request("GET", self._below(path, root), headers=sent)
        answer = await self._http.send(request, stream=True)
        try:
            _check(answer.status_code)
            _check_uncompressed(answer)
        except RegisterError:
            await answer.aclose()
            raise
        return answer

    async def close(self) -> None:
        """Close the sockets; calls under way fail."""
        await self._http.aclose()

    def _below(self, path: str, root: str = "") -> str:
        """The address of a path or link; a link to anywhere else raises RegisterUnavailable."""
        base = (root or self._root).rstrip("/") + "/"
        wanted, own = httpx.URL(urljoin(base, path)), httpx.URL(base)
        there = (wanted.scheme, wanted.host, wanted.port, wanted.userinfo)
        if there != (own.scheme, own.host, own.port, own.userinfo) or not _inside(wanted.path, own.path):
            raise RegisterUnavailable("a link leads elsewhere")
        return str(wanted)

    async def _call(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        faults: Callable[[int, bytes], None] = lambda _status, _body: None,
        **more: Any,
    ) -> Any:
        kind = " ".join([self.connection.kind, *_back_end(self.connection)])
        refuse_others(kind, url.removeprefix(self._root), more.get("params"))
        # Compressed answers are not asked for: a small one can unpack to more than memory holds.
        sent = {**headers, "Accept-Encoding": "identity"}
        try:
            async with asyncio.timeout(LIMIT), self._bulkhead:
                request = self._http.build_request(method, url, headers=sent, **more)
                answer = await self._http.send(request, stream=True)
                try:
                    body = await _body(answer)
                    faults(answer.status_code, body)
                    return _read(answer.status_code, body)
                finally:
                    await answer.aclose()
        except (TimeoutError, httpx.TimeoutException):
            raise RegisterTooSlow from None
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            raise RegisterUnavailable(type(fault).__name__) from None


def _back_end(connection: Connection) -> list[str]:
    named = connection.parameters.get("back_end")
    return [str(named)] if named else []


def _check_uncompressed(answer: httpx.Response) -> None:
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise RegisterUnavailable("compressed, unasked")


async def _body(answer: httpx.Response) -> bytes:
    _check_uncompressed(answer)
    body = bytearray()
    async for piece in answer.aiter_raw():
        body += piece
        if len(body) > LARGEST:
            raise RegisterUnavailable("too large")
    return bytes(body)


def _check(status: int) -> None:
    if status in (401, 403):
        raise RegisterRefused(str(status))
    if status == 404:
        raise NotThere
    if not 200 <= status < 300:
        raise RegisterUnavailable(str(status))


def _read(status: int, body: bytes) -> Any:
    _check(status)
    if status == 204:
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise RegisterUnavailable("not JSON") from None


def _faults(status: int, body: bytes) -> None:
    """Raises NotAccepted with the names in `invalidParams`; what the register says of them may hold data."""
    if status != 400:
        return
    try:
        wrong = json.loads(body)["invalidParams"]
        raise NotAccepted(frozenset(str(one["name"]) for one in wrong))
    except (ValueError, RecursionError, LookupError, TypeError):
        raise RegisterUnavailable("400") from None


def _inside(path: str, root: str) -> bool:
    """Whether a path lies below a root, with no way up hidden in it."""
    return path.startswith(root) and not {".", ".."}.intersection(urlsplit(path).path.split("/"))


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    # The usual authorities, or those that SSL_CERT_FILE names: registers often have PKIoverheid's.
    return httpx.create_ssl_context()
