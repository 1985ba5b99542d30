"""What plays the virus scanner: it speaks clamd's protocol, and calls only the EICAR test file a virus.

`python -m demo.registers.scanner --port N --clamd-port M --state DIR`. On the first port is the page where
the presenter lets it misbehave, as with the registers. Source of the protocol: clamd(8), ClamAV 1.4.
"""

import argparse
import socketserver
import struct
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Thread
from types import TracebackType

from .serving import Asked, Register, Reply

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LARGEST = 60_000_000  # bytes of a file; clamd's StreamMaxLength
LONGEST = 100  # bytes of a command


class Scanner(AbstractContextManager["Scanner"]):
    """A clamd on loopback, with `page` beside it to switch its faults; use as a context manager in tests."""

    def __init__(self, port: int = 0, page_port: int = 0, largest: int = LARGEST) -> None:
        self.page = Register("Virusscanner (demo)", _nothing_here, page_port)
        self.largest = largest
        handler = type("Handler", (_Line,), {"scanner": self})
        self._server = _Server(("127.0.0.1", port), handler)
        self.address = f"tcp://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "Scanner":
        self.page.__enter__()
        self._listen()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.page.__exit__()
        self._server.shutdown()
        self._server.server_close()

    def serve(self) -> int:
        """Serve until SIGTERM."""
        self._listen()
        return self.page.serve()

    def _listen(self) -> None:
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class _Line(socketserver.StreamRequestHandler):
    scanner: Scanner

    def handle(self) -> None:
        command = self._command()
        fault = self.scanner.page.fault
        self.scanner.page.calls.append(command)
        if command == "PING":
            return self._say("PONG")
        if command == "VERSION":
            return self._say("ClamAV 1.4.6/demo")
        if command != "INSTREAM":
            return self._say("UNKNOWN COMMAND")
        if fault == "hang":
            self.scanner.page.stopping.wait(600)
            return None
        if fault == "delay":
            self.scanner.page.delay(self.scanner.page.seconds)
        if fault in {"truncated", "404"}:
            return None
        content = self._content()
        if content is None:
            return self._say("INSTREAM size limit exceeded. ERROR")
        if fault not in {"none", "delay", "drip"}:
            return self._say("stream: Can't allocate memory ERROR" if fault == "500" else "?")
        self._say("stream: Eicar-Test-Signature FOUND" if EICAR in content else "stream: OK")

    def _command(self) -> str:
        """What is asked: `z…` ends on a zero, `n…` on a new line."""
        sign = self.rfile.read(1)
        ends = {b"z": b"\0", b"n": b"\n"}.get(sign, b"")
        word = bytearray()
        while ends and len(word) < LONGEST and (one := self.rfile.read(1)) not in {b"", ends}:
            word += one
        return word.decode("ascii", "replace")

    def _content(self) -> bytes | None:
        """The whole file; None when it is too large."""
        content = bytearray()
        while (head := self.rfile.read(4)) and len(head) == 4 and (size := struct.unpack("!I", head)[0]):
            content += self.rfile.read(min(size, LARGEST))
            if len(content) > self.scanner.largest:
                return None
        return bytes(content)

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\0")


def _nothing_here(_asked: Asked) -> Reply:
    return Reply(404, {"title": "Niet gevonden."})


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m demo.registers.scanner")
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--clamd-port", type=int, required=True)
    arguments.add_argument("--state", type=Path, required=True)
    given = arguments.parse_args()
    return Scanner(given.clamd_port, given.port).serve()


if __name__ == "__main__":
    sys.exit(main())
