"""Calls to an IRMA server that end in time, whatever the other side does.

httpx counts its time-outs per chunk, so a slow drip would last for ever. One event loop in a background
thread puts a limit on the whole call; it is started lazily, and anew in a forked process.
"""

import asyncio
import json
import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from .errors import RequestRefused, SessionUnknown, WalletUnreachable

CONNECT = 2.0  # seconds
WHOLE_CALL = 5.0  # seconds
LARGEST = 1_000_000  # bytes; a result with a photo stays well below


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful answer's body. Never logged: it may hold values."""

    body: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """As text. Raises WalletUnreachable when it is not."""
        try:
            return self.body.decode()
        except UnicodeDecodeError:
            raise WalletUnreachable("not text") from None

    @property
    def json(self) -> Any:
        """As JSON. Raises WalletUnreachable when it is not."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise WalletUnreachable("not JSON") from None


def call(
    method: str, url: str, *, content: str | None = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """Call the IRMA server. Raises WalletUnreachable, RequestRefused, SessionUnknown."""
    background = _background()
    work = _call(background.client, method, url, content, headers or {})
    return asyncio.run_coroutine_threadsafe(work, background.loop).result()


async def _call(
    client: httpx.AsyncClient, method: str, url: str, content: str | None, headers: Mapping[str, str]
) -> Answer:
    try:
        async with (
            asyncio.timeout(WHOLE_CALL),
            client.stream(method, url, content=content, headers=headers) as response,
        ):
            body = b""
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > LARGEST:
                    raise WalletUnreachable("too much")
    except TimeoutError:
        raise WalletUnreachable("took too long") from None
    except httpx.HTTPError as trouble:
        raise WalletUnreachable(type(trouble).__name__) from None
    if response.is_success:
        return Answer(body)
    if not response.is_client_error:
        raise WalletUnreachable(str(response.status_code))
    code = _code(body)
    raise (SessionUnknown if code == "SESSION_UNKNOWN" else RequestRefused)(f"{response.status_code} {code}")


def _code(body: bytes) -> str:
    """The server's own code of an error; the rest of its answer can hold values."""
    try:
        code = json.loads(body)["error"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return "?"
    return code if isinstance(code, str) and code.replace("_", "").isupper() and len(code) < 40 else "?"


@dataclass(frozen=True, slots=True)
class _Background:
    loop: asyncio.AbstractEventLoop
    client: httpx.AsyncClient


_starting = threading.Lock()
_started: list[_Background] = []


def _background() -> _Background:
    with _starting:
        if not _started:
            loop = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="irma", daemon=True).start()
            limits = httpx.Timeout(WHOLE_CALL, connect=CONNECT)
            client = httpx.AsyncClient(timeout=limits, follow_redirects=False, trust_env=False)
            _started.append(_Background(loop, client))
        return _started[0]


def _forget() -> None:
    """A forked process has no thread of its own yet, and perhaps a lock that nobody will release."""
    global _starting
    _starting = threading.Lock()
    _started.clear()


os.register_at_fork(after_in_child=_forget)

# Addresses of an IRMA server hold tokens; httpx writes every address at level INFO.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)
