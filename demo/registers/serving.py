"""A small HTTP server for a register, with faults that can be switched on while it runs."""

import argparse
import json
import re
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from . import faults


@dataclass(frozen=True)
class Asked:
    """One request to a register."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: Any
    fault: str = ""
    """What is switched on for this address; "foreign" is for the register itself to play."""


@dataclass(frozen=True)
class Reply:
    """What a register answers."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


LARGEST = 8_000_000  # bytes of a question
Respond = Callable[[Asked], Reply]


class _Listening(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    """Of the five that are usual the sixth who calls at once is heard a second later: TCP tries again."""


class Register:
    """A register that listens on loopback. `url` is its address; use as a context manager in tests."""

    def __init__(self, name: str, respond: Respond, port: int = 0) -> None:
        self.name, self.respond = name, respond
        self.fault, self.seconds, self.where = "none", 2.0, ""
        self.work: Callable[[Mapping[str, str] | None], str] | None = None
        """Draws a page where the presenter works in this register, after doing what its form asks."""
        self.calls: list[str] = []
        self.stopping, self._switched = Event(), Event()
        handler = type("Handler", (_Handler,), {"register": self})
        self._server = _Listening(("127.0.0.1", port), handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Register":
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._switched.set()
        self._server.shutdown()
        self._server.server_close()

    def serve(self) -> int:
        """Serve until SIGTERM."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        self._server.serve_forever(poll_interval=0.1)
        return 0

    def misbehave(self, kind: str, seconds: float = 2.0, where: str = "") -> None:
        """Switch a fault on, or off with "none"; `where` is a pattern of the paths that have it.

        What was being delayed is answered now.
        """
        if kind not in faults.FAULTS:
            raise ValueError(kind)
        self.fault, self.seconds, self.where = kind, seconds, where
        waiting, self._switched = self._switched, Event()
        waiting.set()

    def delay(self, seconds: float) -> None:
        """Wait so long, or until another fault is switched on or the register ends."""
        if not self.stopping.is_set():
            self._switched.wait(seconds)

    def fault_at(self, path: str) -> str:
        """The fault of a path, or "none"."""
        return self.fault if re.search(self.where, path) else "none"


def serve_alone(name: str, make: Callable[[Path, int], Register]) -> int:
    """A register as a process of its own: made of the demo's state and a port. Serves until SIGTERM."""
    arguments = argparse.ArgumentParser(prog=f"python -m demo.registers.{name}")
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--state", type=Path, required=True)
    given = arguments.parse_args()
    return make(given.state, given.port).serve()


def _fields(raw: bytes, kind: str) -> dict[str, bytes]:
    """The fields of a form with files in it, by name. Raises ValueError."""
    form = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + raw, policy=HTTP)
    if not form.is_multipart():
        raise ValueError("no form")
    parts = [part for part in form.walk() if part is not form]
    names = [part.get_param("name", header="content-disposition") for part in parts]
    return {
        str(name): bytes(part.get_payload(decode=True) or b"")
        for name, part in zip(names, parts, strict=True)
    }


class _Handler(BaseHTTPRequestHandler):
    register: Register
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else every answer takes 40 ms longer
    wbufsize = -1

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def do_PATCH(self) -> None:
        self._handle()

    def do_PUT(self) -> None:
        self._handle()

    def do_DELETE(self) -> None:
        self._handle()

    def _handle(self) -> None:
        parts = urlsplit(self.path)
        length = self.headers.get("Content-Length") or "0"
        raw = self.rfile.read(min(int(length), LARGEST)) if length.isdigit() else b""
        if parts.path == "/healthz":
            return self._send(200, b"ok", "text/plain")
        if parts.path == "/_faults":
            return self._faults(raw)
        if parts.path == "/_werk" and self.register.work:
            return self._work(self.register.work, raw)
        if parts.path == "/_calls":
            return self._send(200, json.dumps(self.register.calls).encode(), "application/json")
        self.register.calls.append(f"{self.command} {parts.path}")
        kind = self.headers.get("Content-Type") or ""
        try:
            body = _fields(raw, kind) if kind.startswith("multipart/") else json.loads(raw) if raw else None
        except ValueError:
            body = ...
        headers = {name.lower(): value for name, value in self.headers.items()}
        fault = self.register.fault_at(parts.path)
        asked = Asked(self.command, parts.path, parse_qs(parts.query), headers, body, fault)
        reply = self.register.respond(asked)
        # Looked up again: a test may switch it while it is answered.
        self._misbehave(reply, self.register.fault_at(parts.path))

    def _misbehave(self, reply: Reply, fault: str) -> None:
        seconds, kind = self.register.seconds, reply.headers.get("Content-Type", "application/json")
        content = faults.spoiled(fault, reply.body)
        if fault == "hang":
            self.register.stopping.wait(600)
            self.close_connection = True
            return
        if fault == "delay":
            self.register.delay(seconds)
        if fault in {"500", "404", "401"}:
            return self._send(int(fault), b'{"title":"fault"}', "application/problem+json")
        if fault == "page":
            return self._send(404, b"<!doctype html><title>404</title>", "text/html")
        if fault == "truncated":
            return self._cut_off(content, kind)
        if fault == "drip":
            return self._drip(content, kind)
        # What cannot be read says that all is well, whatever was asked.
        status = 200 if fault == "broken" and reply.status >= 400 else reply.status
        self._send(status, content, kind, reply.headers)

    def _cut_off(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2])
        self.close_connection = True

    def _drip(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        for byte in content:
            if self.register.stopping.wait(0.2):
                break
            self.wfile.write(bytes([byte]))
            self.wfile.flush()

    def _work(self, work: Callable[[Mapping[str, str] | None], str], raw: bytes) -> None:
        """The presenter's own work; what a form does leads back to the page, so reloading repeats nothing."""
        form = None
        if self.command == "POST":
            if self._of_another_site():
                return self._send(403, b"other site", "text/plain")
            form = {name: values[0] for name, values in parse_qs(raw.decode(errors="replace")).items()}
        try:
            page = work(form)
        except KeyError:
            return self._send(400, b"unknown", "text/plain")
        if form is not None:
            return self._send(303, b"", "text/plain", {"Location": "/_werk"})
        self._send(200, page.encode(), "text/html; charset=utf-8", faults.HEADERS)

    def _of_another_site(self) -> bool:
        origin = self.headers.get("Origin")
        return bool(origin) and urlsplit(origin or "").netloc != self.headers.get("Host")

    def _faults(self, raw: bytes) -> None:
        """A page with buttons for the presenter; the same address takes JSON."""
        register = self.register
        if self.command == "POST":
            if self._of_another_site():
                return self._send(403, b"other site", "text/plain")
            wanted = faults.wanted(raw, self.headers.get("Content-Type") or "")
            if wanted is None:
                return self._send(400, b"unknown fault", "text/plain")
            register.misbehave(*wanted)
        if urlsplit(self.path).query == "css":
            return self._send(200, faults.CSS.encode(), "text/css")
        page = faults.page(register.name, register.fault)
        self._send(200, page.encode(), "text/html; charset=utf-8", faults.HEADERS)

    def _send(self, status: int, content: bytes, kind: str, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {
            **(headers or {}),
            "Content-Type": kind,
            "Content-Length": str(len(content)),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        if status != 304:
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: ARG002
        """Method, path without its query, and status; never a body."""
        sys.stderr.write(f"{time.strftime('%H:%M:%S')} {self.command} {urlsplit(self.path).path}\n")
