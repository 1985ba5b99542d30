"""The case system of the demo: ZGW Zaken 1.5 and Catalogi 1.3, as a real Open Zaak behaves.

`python -m demo.registers.zaken --port N --state DIR`. Each municipality has a client (`mijn-9901` …) that
sees its own cases and types only; the secret and the day of reset are the state's.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from demo.content.cases import CASES, CaseStory
from demo.content.residents import CODES
from demo.state import day_of_reset, secrets_of

from .serving import Asked, Register, Reply
from .zgw_answers import IMPLEMENTED_CATALOGI, SEARCH, one, paged, problem, unknown_parameter
from .zgw_intake import Intake
from .zgw_records import CATALOGI, ZAKEN, Record
from .zgw_store import ORDER, Store
from .zgw_tokens import client_of

KEPT = "registers"
"""The folder in the demo's state for what registers keep; it stands for the outside world."""
BSN_FILTER = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"


class Zaken:
    """Answers both APIs for the municipality of the token."""

    def __init__(
        self,
        root: str,
        clients: Mapping[str, str],
        day: date,
        stories: Sequence[CaseStory] = CASES,
        folder: Path | None = None,
    ) -> None:
        self._root, self._clients = root, clients
        self.stores = {
            client: Store.of(root, day, client.removeprefix("mijn-"), stories) for client in clients
        }
        self._intake = Intake(root, self.stores, folder)

    def __call__(self, asked: Asked) -> Reply:
        client = client_of(asked.headers.get("authorization", ""), self._clients)
        if isinstance(client, Reply):
            return client
        if reply := self._intake.answer(asked, client):
            return reply
        if asked.path.startswith(CATALOGI + "/"):
            return self._catalogi(asked, asked.path.removeprefix(CATALOGI + "/"), self.stores[client])
        if not asked.path.startswith(ZAKEN + "/"):
            return problem(404, "not_found", "Niet gevonden.")
        return self._zaken(asked, asked.path.removeprefix(ZAKEN + "/"), self.stores[client])

    def _zaken(self, asked: Asked, path: str, store: Store) -> Reply:
        if path == "zaken/_zoek":
            return self._only("POST", asked, lambda: self._search(asked, store))
        parts = path.split("/")
        if parts[0] not in {"zaken", "rollen", "statussen", "resultaten", "zaakinformatieobjecten"}:
            return problem(501, "not_implemented", "Dit doet de demo niet.")
        return self._only("GET", asked, lambda: self._read(asked, parts, store))

    def _read(self, asked: Asked, parts: Sequence[str], store: Store) -> Reply:
        match parts:
            case ["zaken", _]:
                if asked.headers.get("accept-crs") != "EPSG:4326":
                    return _NO_CRS
                zaak = store.zaken.get(self._url(asked))
                wanted = asked.query.get("expand", [""])[0].split(",")
                return one(asked, zaak and store.expanded(zaak, wanted), {"expand"})
            case [("rollen" | "statussen" | "resultaten") as what]:
                zaak_url = asked.query.get("zaak", [""])[0]
                if fault := unknown_parameter(asked, {"zaak", "page"}):
                    return fault
                return paged(asked, self._root, store.parts(what, zaak_url))
            case [("rollen" | "statussen" | "resultaten") as what, _]:
                return one(asked, store.part(what, self._url(asked)), set())
        return problem(501, "not_implemented", "Dit doet de demo niet.")

    def _search(self, asked: Asked, store: Store) -> Reply:
        body: Any = asked.body
        if not {"accept-crs", "content-crs"} <= asked.headers.keys():
            return _NO_CRS
        if not isinstance(body, dict):
            return problem(400, "parse_error", "Ongeldige JSON.")
        if unknown := set(body) - SEARCH:
            return problem(
                400, "unknown-parameters", f"Onbekende parameter: {sorted(map(str, unknown))[0][:60]}"
            )
        limit, bsn = body.get("maximaleVertrouwelijkheidaanduiding", ORDER[-1]), body.get(BSN_FILTER, "")
        lists = [body.get(name, []) for name in ("ordering", "expand")]
        if (
            limit not in ORDER
            or not isinstance(bsn, str)
            or not all(isinstance(held, list) for held in lists)
        ):
            return problem(400, "invalid", "Geen geldige waarde.")
        found = [zaak for zaak in store.zaken.values() if store.matches(zaak, bsn, limit, body)]
        return paged(asked, self._root, [store.expanded(zaak, body.get("expand", [])) for zaak in found])

    def _catalogi(self, asked: Asked, path: str, store: Store) -> Reply:
        what, _slash, key = path.partition("/")
        if what not in IMPLEMENTED_CATALOGI or "/" in key:
            return problem(501, "not_implemented", "Dit doet de demo niet.")
        return self._only("GET", asked, lambda: self._type(asked, what, key, store.types[what]))

    def _type(self, asked: Asked, what: str, key: str, known: Mapping[str, Record]) -> Reply:
        if key:
            return one(
                asked, known.get(self._url(asked)), {"datumGeldigheid"} if what == "zaaktypen" else set()
            )
        if fault := unknown_parameter(asked, IMPLEMENTED_CATALOGI[what] | {"page"}):
            return fault
        kind, name = asked.query.get("zaaktype", [""])[0], asked.query.get("identificatie", [""])[0]
        rows = [
            row
            for row in known.values()
            if (not kind or row["zaaktype"] == kind) and (not name or row["identificatie"] == name)
        ]
        return paged(asked, self._root, rows)

    def _url(self, asked: Asked) -> str:
        return self._root + asked.path

    @staticmethod
    def _only(method: str, asked: Asked, answer: Callable[[], Reply]) -> Reply:
        if asked.method != method:
            return problem(405, "method_not_allowed", "Methode niet toegestaan.")
        return answer()


_NO_CRS = problem(412, "precondition_failed", "Precondition mislukt.")


def demo_register(
    clients: Mapping[str, str],
    day: date,
    port: int = 0,
    stories: Sequence[CaseStory] = CASES,
    public_url: str = "",
    folder: Path | None = None,
) -> Register:
    """The demo's case system; clients are `mijn-<gemeentecode>` with their secret.

    `public_url` is what its links start with, where it stands behind a proxy; in `folder` it keeps what is
    written to it.
    """
    register = Register("Zaaksysteem (demo)", lambda _asked: Reply(503, None), port)
    register.respond = Zaken(public_url or register.url, clients, day, stories, folder)
    return register


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m demo.registers.zaken")
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--state", type=Path, required=True)
    arguments.add_argument("--system", type=int, default=1, help="1, or 2: Zandmeer has a second case system")
    arguments.add_argument("--public-url", default="", help="what links start with, behind a proxy")
    given = arguments.parse_args()
    secret = secrets_of(given.state).zaken_secret
    clients = {f"mijn-{code}": secret for code, _name in CODES.values()}
    stories = [story for story in CASES if story.system == given.system]
    day = day_of_reset(given.state)
    folder = given.state / KEPT / f"zaken-{given.system}"
    return demo_register(clients, day, given.port, stories, given.public_url, folder).serve()


if __name__ == "__main__":
    sys.exit(main())
