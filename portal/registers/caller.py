"""One call to a register: its own address and no other, the whole body within its time and size."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from portal.municipalities.connections import Connection
from portal.municipalities.outgoing import Outgoing, trust

from .bsn_in_addresses import refuse_others
from .connecting import headers_of
from .errors import (
    NoApiThere,
    NotAccepted,
    NotRecognised,
    NotThere,
    NotUnderstood,
    RegisterError,
    RegisterRefused,
    RegisterTooSlow,
    RegisterUnavailable,
    SentElsewhere,
)
from .response_times import measured
from .unreachable import fault_of_call

LIMIT = 3.5  # seconds for one call, the whole body included; httpx's own limits are per read
CONNECT = 2.0  # seconds of them for a connection
LIMIT_OF_FILES = 60.0  # seconds for one that writes a large file
LARGEST = 5_000_000  # bytes of an answer
SIDE_BY_SIDE = 20  # calls under way to one connection
LONGEST_TAG = 200  # characters; a longer mark of a version is not kept
ALWAYS = {"Accept": "*/*", "User-Agent": "Mijn"}


@dataclass(frozen=True, slots=True)
class Tagged:
    """An answer with the mark of its version (ETag)."""

    body: Any
    tag: str
    """Empty where the register gives none."""
    same: bool = False
    """It is still the version that we named, so that there is no body."""


class Caller:
    """Asks one connection. Lives on the loop thread; never touches the database."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._root = connection.base_url
        self._bulkhead = asyncio.Semaphore(SIDE_BY_SIDE)
        shown = connection.credentials
        ours = trust(shown.get("certificate", ""), shown.get("certificate_key", ""))
        self._out = Outgoing(ours, SIDE_BY_SIDE)

    async def get(
        self, path: str, headers: Mapping[str, str], params: Mapping[str, str] | None = None, root: str = ""
    ) -> Any:
        """The JSON at a path or link below the connection's address (or `root`, an address beside it).

        Raises RegisterTooSlow, RegisterUnavailable, RegisterRefused, NotThere.
        """
        return await self._call("GET", self._below(path, root), headers, params=params)

    async def get_tagged(
        self, path: str, headers: Mapping[str, str], tag: str = "", root: str = ""
    ) -> Tagged:
        """As `get`, unless it is still the version of `tag` (If-None-Match). Raises as `get`."""

        def read(answer: httpx.Response, body: bytes) -> Tagged:
            if tag and answer.status_code == 304:
                return Tagged(None, tag, same=True)
            told = answer.headers.get("ETag", "")
            return Tagged(_read(answer.status_code, body), told if len(told) <= LONGEST_TAG else "")

        sent = {**headers, "If-None-Match": tag} if tag else headers
        found: Tagged = await self._call("GET", self._below(path, root), sent, read=read)
        return found

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

    async def write(
        self, method: str, path: str, headers: Mapping[str, str], body: Any = None, root: str = ""
    ) -> Any:
        """The JSON answer to what is made (POST), changed (PATCH) or taken away (DELETE, None).

        Raises as `get`, and NotAccepted.

        RegisterTooSlow leaves open whether it was written.
        """
        return await self._call(method, self._below(path, root), headers, json=body, faults=_faults)

    async def put_file(
        self,
        path: str,
        headers: Mapping[str, str],
        field: str,
        content: bytes,
        fields: Mapping[str, str],
        root: str = "",
    ) -> Any:
        """The JSON answer to a file that is written (PUT) as a form with other fields beside it.

        It may take a minute, since files are large. Raises as `get`.
        """
        return await self._call(
            "PUT",
            self._below(path, root),
            headers,
            limit=LIMIT_OF_FILES,
            data=dict(fields),
            files={field: ("inhoud.bin", content, "application/octet-stream")},
        )

    async def open(self, path: str, headers: Mapping[str, str], root: str = "") -> httpx.Response:
        """The answer to a GET whose content is still to be read, and closed, by who asks.

        Raises as `get`, and what httpx raises.
        """
        sent = self._sent(headers) | {"Accept": "*/*"}
        answer = await self._send("GET", self._below(path, root), sent, LIMIT)
        try:
            _check(answer.status_code, in_json="json" in answer.headers.get("Content-Type", ""))
            _check_uncompressed(answer)
        except RegisterError:
            await answer.aclose()
            raise
        return answer

    async def close(self) -> None:
        """Close the sockets; calls under way fail."""
        await self._out.aclose()

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
        read: Callable[[httpx.Response, bytes], Any] = lambda answer, body: _read(answer.status_code, body),
        limit: float = 0,
        **more: Any,
    ) -> Any:
        kind, started = " ".join([self.connection.kind, *_back_end(self.connection)]), monotonic()
        refuse_others(kind, url.removeprefix(self._root), more.get("params"))
        try:
            async with asyncio.timeout(limit or LIMIT), self._bulkhead:
                answer = await self._send(method, url, self._sent(headers), limit or LIMIT, **more)
                try:
                    body = await _body(answer)
                    measured(self.connection, monotonic() - started)
                    faults(answer.status_code, body)
                    return read(answer, body)
                finally:
                    await answer.aclose()
        except (TimeoutError, httpx.TimeoutException):
            measured(self.connection, monotonic() - started)
            raise RegisterTooSlow from None
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            raise fault_of_call(fault) from None

    async def _send(
        self, method: str, url: str, headers: Mapping[str, str], limit: float, **more: Any
    ) -> httpx.Response:
        """One request, and no client that remembers: no cookie of one call goes with the next."""
        timeout = httpx.Timeout(limit, connect=CONNECT).as_dict()
        request = httpx.Request(method, url, headers=headers, extensions={"timeout": timeout}, **more)
        answer = await self._out.handle_async_request(request)
        answer.request = request
        return answer

    def _sent(self, headers: Mapping[str, str]) -> dict[str, str]:
        # Compressed answers are not asked for: a small one can unpack to more than memory holds.
        return {**ALWAYS, **headers_of(self.connection), **headers, "Accept-Encoding": "identity"}


def _back_end(connection: Connection) -> list[str]:
    found = connection.parameters.get("found") or {}
    named = connection.parameters.get("back_end") or found.get("back_end")
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


UNREAD = {408, 429}
"""Said before the question was looked at; whatever else begins with a 4 may be about whom it names."""


def _check(status: int, *, in_json: bool) -> None:
    if status == 401:
        raise NotRecognised("401")
    if status == 403:
        raise RegisterRefused("403")
    if status == 404:
        raise NotThere if in_json else NoApiThere
    if 300 <= status < 400:
        raise SentElsewhere(str(status))
    if 400 <= status < 500 and status not in UNREAD:
        raise NotUnderstood(str(status))
    if not 200 <= status < 300:
        raise RegisterUnavailable(str(status))


def _read(status: int, body: bytes) -> Any:
    _check(status, in_json=body.lstrip().startswith(b"{"))
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
