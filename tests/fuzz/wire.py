"""A raw call, as it comes out of the web server: bytes that no client library would send are sent."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from portal.reading import Handler


@dataclass(frozen=True)
class Call:
    """One call, and what it is in words."""

    what: str
    method: str
    path: bytes
    host: str
    query: bytes = b""
    body: bytes = b""
    kind: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    length: str | None = None
    """What Content-Length says where it lies."""
    may_be_answered: bool = False
    """Whether a success is right: asking the same again, or reading what is public."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes


class Wire:
    """The product's own WSGI application; each call comes from an address of its own."""

    def __init__(self) -> None:
        self.application, self.sent = Handler(), 0

    def send(self, call: Call) -> Answer:
        self.sent += 1
        said: list[str] = []
        answer = self.application(
            self._environ(call), lambda status, _headers, _exc=None: said.append(status)
        )
        try:
            body = b"".join(answer)
        finally:
            answer.close()  # type: ignore[attr-defined]
        return Answer(int(said[0].split()[0]), body)

    def _environ(self, call: Call) -> dict[str, Any]:
        high, low = divmod(self.sent, 250)
        environ: dict[str, Any] = {
            "REQUEST_METHOD": call.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": call.path.decode("latin-1"),
            "QUERY_STRING": call.query.decode("latin-1"),
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": f"10.1.{high}.{low}",  # limits count by address
            "HTTP_HOST": call.host,
            "CONTENT_LENGTH": str(len(call.body)) if call.length is None else call.length,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(call.body),
            "wsgi.errors": StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        if call.kind is not None:
            environ["CONTENT_TYPE"] = call.kind
        for name, value in call.headers.items():
            environ["HTTP_" + name.upper().replace("-", "_")] = value
        return environ


@contextmanager
def wire() -> Iterator[Wire]:
    """The wire, on one connection to the database for all calls."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield Wire()
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
