"""`python -m demo.witness --port N --state DIR --portal-port N`."""

import argparse
import json
import signal
import sys
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import httpx

from demo.content.municipalities import PLACES

from .shelf import Refused, Shelf

HOSTS = ("127.0.0.1", "localhost", "witness.localhost")
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
LARGEST = 65536  # bytes of a head with its proof


class Witness(BaseHTTPRequestHandler):
    """One request to the second party."""

    shelf: Shelf
    portal_port: int
    one_at_a_time = Lock()

    def do_GET(self) -> None:
        if (self.headers.get("Host") or "").rpartition(":")[0] not in HOSTS:
            return self._answer(421, "text/plain", "not this host")
        name = self.path.rpartition("/")[2]
        if self.path == "/healthz":
            self._answer(200, "text/plain", "ok")
        elif self.path == "/":
            self._answer(200, "text/html; charset=utf-8", page(self.shelf))
        elif self.path.startswith("/koppen/") and name in {f"{place.slug}.jsonl" for place in PLACES}:
            kept = self.shelf.heads(_log(name.removesuffix(".jsonl")))
            self._answer(200, "application/jsonl", "".join(json.dumps(one) + "\n" for one in kept))
        else:
            self._answer(404, "text/plain", "Deze pagina is er niet.")

    def do_POST(self) -> None:
        try:
            given = json.loads(self.rfile.read(min(int(self.headers.get("Content-Length", "0")), LARGEST)))
            log = given["kop"]["logboek"]
            slug = next(place.slug for place in PLACES if _log(place.slug) == log)
            with self.one_at_a_time:
                self.shelf.take(given, self._keys(slug))
        except StopIteration:
            return self._answer(404, "text/plain", "unknown log")
        except httpx.HTTPError:
            return self._answer(503, "text/plain", "later")
        except Refused as refused:
            return self._answer(409, "text/plain", str(refused))
        except (ValueError, KeyError, TypeError, AttributeError):
            return self._answer(400, "text/plain", "not a head")
        self._answer(204, "text/plain", "")

    def _keys(self, slug: str) -> list[dict[str, Any]]:
        answer = httpx.get(
            f"http://127.0.0.1:{self.portal_port}/.well-known/logboek-sleutels.json",
            headers={"Host": f"{slug}.localhost:{self.portal_port}"},
            timeout=5,
            trust_env=False,
        )
        keys: list[dict[str, Any]] = answer.raise_for_status().json()["keys"]
        return keys

    def _answer(self, status: int, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if status != 204:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the page shows what came in."""


def page(shelf: Shelf) -> str:
    """The newest head of each municipality."""
    rows = ""
    for place in PLACES:
        kept = shelf.heads(_log(place.slug))
        said = (
            f"{len(kept)} koppen; de nieuwste: {kept[-1]['grootte']} bladen, {kept[-1]['tijd']}"
            if kept
            else "–"
        )
        link = f'<a href="/koppen/{place.slug}.jsonl">alle koppen</a>'
        rows += f"<li><strong>{escape(place.slug.title())}</strong>: {escape(said)} ({link})</li>"
    return (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Getuige van de demo</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main>'
        "<h1>Getuige van de demo</h1><p>Hier bewaart een ander de koppen van de logboeken.</p>"
        f"<ul>{rows}</ul></main></body></html>"
    )


def _log(slug: str) -> str:
    code = next((place.code for place in PLACES if place.slug == slug), "")
    return f"urn:gemeente:{code}:logboek"


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m demo.witness")
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--state", type=Path, required=True)
    arguments.add_argument("--portal-port", type=int, required=True)
    given = arguments.parse_args()
    Witness.shelf = Shelf(given.state / "witness")
    Witness.portal_port = given.portal_port
    server = ThreadingHTTPServer(("127.0.0.1", given.port), Witness)
    signal.signal(signal.SIGTERM, lambda *_: Thread(target=server.shutdown).start())
    server.serve_forever(poll_interval=0.1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
