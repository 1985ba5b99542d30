"""The case system of the demo: ZGW Zaken 1.5, Catalogi 1.3, Documenten 1.4 and Besluiten 1.1.

`python -m demo.registers.zaken --port N --state DIR`. Each municipality has a client (`mijn-9901` …) that
sees its own cases and types only; the secret and the day of reset are the state's. At `/_werk` a presenter
does what a caseworker does, and whoever subscribed hears of it.
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

from .casework import Casework
from .notificaties import Notifier, subscriptions_file
from .serving import Asked, Register, Reply
from .zgw_answers import IMPLEMENTED_CATALOGI, one, paged, problem, unknown_parameter
from .zgw_intake import Intake
from .zgw_profiles import OPENZAAK, PROFILES, SEARCH, Profile
from .zgw_records import BESLUITEN, CATALOGI, DOCUMENTEN, ZAKEN
from .zgw_store import ORDER, Store
from .zgw_tokens import client_of

KEPT = "registers"
"""The folder in the demo's state for what registers keep; it stands for the outside world."""
PERSON = "betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"
BSN_FILTER = f"rol__{PERSON}"


class Zaken:
    """Answers both APIs for the municipality of the token."""

    def __init__(
        self,
        root: str,
        clients: Mapping[str, str],
        day: date,
        stories: Sequence[CaseStory] = CASES,
        folder: Path | None = None,
        profile: Profile = OPENZAAK,
        subscriptions: Path | None = None,
    ) -> None:
        self._root, self._clients, self._profile = root, clients, profile
        self.stores = {
            client: Store.of(root, day, client.removeprefix("mijn-"), stories, profile) for client in clients
        }
        self._intake = Intake(root, self.stores, folder, Notifier(subscriptions))
        self.casework = Casework(root, self.stores, self._intake.kept, self._intake.lock)

    def __call__(self, asked: Asked) -> Reply:
        client = client_of(asked.headers.get("authorization", ""), self._clients)
        if isinstance(client, Reply):
            return client
        if reply := self._intake.answer(asked, client):
            return reply
        if asked.path.startswith(CATALOGI + "/"):
            return self._catalogi(asked, asked.path.removeprefix(CATALOGI + "/"), self.stores[client])
        store = self.stores[client]
        if asked.path.startswith(DOCUMENTEN + "/"):
            return store.beside.documenten(asked, asked.path.removeprefix(DOCUMENTEN + "/"), store.contents)
        if asked.path.startswith(BESLUITEN + "/"):
            return store.beside.besluiten(asked, asked.path.removeprefix(BESLUITEN + "/"))
        if not asked.path.startswith(ZAKEN + "/"):
            return problem(404, "not_found", "Niet gevonden.")
        return self._zaken(asked, asked.path.removeprefix(ZAKEN + "/"), self.stores[client])

    def _zaken(self, asked: Asked, path: str, store: Store) -> Reply:
        if path == "zaken/_zoek":
            return self._only("POST", asked, lambda: self._search(asked, store))
        if path == "zaken":
            return self._only("GET", asked, lambda: self._list(asked, store))
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
                told = zaak and self._profile.told("zaken", store.expanded(zaak, wanted))
                return one(asked, told, self._profile.expands)
            case ["zaakinformatieobjecten"]:
                fault = unknown_parameter(asked, {"zaak", "informatieobject", "expand"})
                zaak_url, foreign = asked.query.get("zaak", [""])[0], asked.fault == "foreign"
                made = [one for one in store.enclosures.values() if not zaak_url or one["zaak"] == zaak_url]
                rows = [*store.beside.links(zaak_url, everybody_s=foreign), *made]
                document = asked.query.get("informatieobject", [""])[0]
                return fault or Reply(200, [one for one in rows if document in {"", one["informatieobject"]}])
            case [("rollen" | "statussen" | "resultaten") as what]:
                return self._parts(asked, what, store)
            case [("rollen" | "statussen" | "resultaten") as what, _]:
                found = store.part(what, self._url(asked))
                return one(asked, found and self._profile.told(what, found), set())
        return problem(501, "not_implemented", "Dit doet de demo niet.")

    def _parts(self, asked: Asked, what: str, store: Store) -> Reply:
        zaak, bsn = (asked.query.get(name, [""])[0] for name in ("zaak", PERSON))
        by_person = {PERSON, "omschrijvingGeneriek"} if what == "rollen" else set()
        if fault := unknown_parameter(asked, {"zaak", "page"} | self._profile.sizes | by_person):
            return fault
        if zaak and bsn and not self._profile.filters_both:
            return problem(400, "invalid", "Niet allebei.")
        rows = store.parts(what, "" if asked.fault == "foreign" else zaak, bsn)
        general = asked.query.get("omschrijvingGeneriek", [""])[0]
        if general and self._profile.filters_both:
            rows = [row for row in rows if row["omschrijvingGeneriek"] == general]
        told = [self._profile.told(what, row) for row in rows]
        return paged(asked, self._root, told, self._profile.longest)

    def _list(self, asked: Asked, store: Store) -> Reply:
        if asked.headers.get("accept-crs") != "EPSG:4326":
            return _NO_CRS
        if fault := unknown_parameter(asked, self._profile.list_parameters):
            return fault
        given: dict[str, Any] = {name: values[0] for name, values in asked.query.items()}
        for name in ("ordering", "expand"):
            given[name] = given.get(name, "").split(",")
        return self._found(asked, store, given)

    def _search(self, asked: Asked, store: Store) -> Reply:
        body: Any = asked.body
        if not {"accept-crs", "content-crs"} <= asked.headers.keys():
            return _NO_CRS
        if not isinstance(body, dict):
            return problem(400, "parse_error", "Ongeldige JSON.")
        if unknown := set(body) - (SEARCH if self._profile.search else {"zaakgeometrie"}):
            return problem(
                400, "unknown-parameters", f"Onbekende parameter: {sorted(map(str, unknown))[0][:60]}"
            )
        lists = (isinstance(body.get(name, []), list) for name in ("ordering", "expand", "uuid__in"))
        if not all(lists) or not isinstance(body.get("einddatum__isnull", True), bool):
            return problem(400, "invalid", "Geen geldige waarde.")
        return self._found(asked, store, body)

    def _found(self, asked: Asked, store: Store, wanted: Mapping[str, Any]) -> Reply:
        """The cases that a search or a list finds."""
        limit, bsn = wanted.get("maximaleVertrouwelijkheidaanduiding", ORDER[-1]), wanted.get(BSN_FILTER, "")
        if limit not in ORDER or not isinstance(bsn, str):
            return problem(400, "invalid", "Geen geldige waarde.")
        if asked.fault == "foreign":
            bsn = ""  # as a register that forgets to filter
        rows = [zaak for zaak in store.zaken.values() if store.matches(zaak, bsn, limit, wanted)]
        if "-startdatum" in wanted.get("ordering", []):
            rows.sort(key=lambda zaak: str(zaak["startdatum"]), reverse=True)
        told = [self._profile.told("zaken", store.expanded(zaak, wanted.get("expand", []))) for zaak in rows]
        return paged(asked, self._root, told, self._profile.longest)

    def _catalogi(self, asked: Asked, path: str, store: Store) -> Reply:
        what, _slash, key = path.partition("/")
        if what == "catalogussen" and self._profile.shares_steps:
            return problem(500, "error", "Er is een fout opgetreden.")
        if what not in IMPLEMENTED_CATALOGI or "/" in key:
            return problem(501, "not_implemented", "Dit doet de demo niet.")
        return self._only("GET", asked, lambda: self._type(asked, what, key, store))

    def _type(self, asked: Asked, what: str, key: str, store: Store) -> Reply:
        known = store.types[what]
        if key:
            found = known.get(self._url(asked))
            told = found and self._profile.told(what, found)
            return one(asked, told, {"datumGeldigheid"} if what == "zaaktypen" else set())
        if fault := unknown_parameter(asked, IMPLEMENTED_CATALOGI[what] | {"page"} | self._profile.sizes):
            return fault
        kind, name = asked.query.get("zaaktype", [""])[0], asked.query.get("identificatie", [""])[0]
        rows = list(known.values()) if what == "zaaktypen" else store.types_of(what, kind)
        rows = [self._profile.told(what, row) for row in rows if not name or row["identificatie"] == name]
        return paged(asked, self._root, rows, self._profile.longest)

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
    profile: Profile = OPENZAAK,
    subscriptions: Path | None = None,
) -> Register:
    """The demo's case system; clients are `mijn-<gemeentecode>` with their secret.

    `public_url` is what its links start with, where it stands behind a proxy; in `folder` it keeps what is
    written to it; in the file `subscriptions` stands who hears of changes.
    """
    register = Register("Zaaksysteem (demo)", lambda _asked: Reply(503, None), port)
    system = Zaken(public_url or register.url, clients, day, stories, folder, profile, subscriptions)
    register.respond, register.work = system, system.casework.page
    return register


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m demo.registers.zaken")
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--state", type=Path, required=True)
    arguments.add_argument("--system", type=int, default=1, help="1, or 2: Zandmeer has a second case system")
    arguments.add_argument("--public-url", default="", help="what links start with, behind a proxy")
    arguments.add_argument("--profile", default="openzaak", choices=PROFILES, help="which product it plays")
    given = arguments.parse_args()
    secret = secrets_of(given.state).zaken_secret
    clients = {f"mijn-{code}": secret for code, _name in CODES.values()}
    stories = [story for story in CASES if story.system == given.system]
    day = day_of_reset(given.state)
    profile = PROFILES[given.profile]
    kept = given.state / KEPT / f"zaken-{given.system}"
    told = subscriptions_file(given.state, "zaken" if given.system == 1 else f"zaken-{given.system}")
    return demo_register(clients, day, given.port, stories, given.public_url, kept, profile, told).serve()


if __name__ == "__main__":
    sys.exit(main())
