"""Klantinteracties 0.9 of the demo: who is reached how, and which contacts there were, as a real Open Klant.

`python -m demo.registers.klantinteracties --port N --state DIR`. Each municipality has a token of its own and
sees its own records only. What is written lasts as long as the process.
"""

import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from demo.state import day_of_reset, secrets_of

from . import klantinteracties_checks as checks
from . import klantinteracties_records as records
from .klantinteracties_looking import expanded, found
from .klantinteracties_records import ROOT, Record
from .klantinteracties_store import KINDS, Store
from .problems import Unknown, invalid, number, problem
from .serving import Asked, Register, Reply, serve_alone


class Klantinteracties:
    """Answers for the municipality of the token."""

    def __init__(self, server: str, tokens: Mapping[str, str], day: date) -> None:
        self._server = server
        self.stores = {token: Store.of(server, day, code) for token, code in tokens.items()}

    def __call__(self, asked: Asked) -> Reply:
        scheme, _space, token = asked.headers.get("authorization", "").partition(" ")
        store = self.stores.get(token) if scheme == "Token" else None
        if store is None:
            return problem(401, "not_authenticated", "Authenticatiegegevens zijn niet opgegeven.")
        if not asked.path.startswith(ROOT + "/"):
            return problem(404, "not_found", "Niet gevonden.")
        parts = asked.path.removeprefix(ROOT + "/").split("/")
        with store.lock:
            return self._answer(asked, parts, store)

    def _answer(self, asked: Asked, parts: list[str], store: Store) -> Reply:
        try:
            match asked.method, parts:
                case "GET", [kind] if kind in KINDS:
                    return self._list(asked, kind, store)
                case "GET", [kind, uuid] if kind in KINDS:
                    return self._one(asked, kind, uuid, store)
                case "POST" | "PATCH", _ if not isinstance(asked.body, dict):
                    return problem(400, "parse_error", "JSON parse error")
                case "POST", ["partijen"]:
                    return self._new_person(asked.body, store)
                case "POST", ["digitaleadressen"]:
                    return self._new_address(asked.body, store)
                case "POST", ["maak-klantcontact"]:
                    return self._new_contact(asked.body, store)
                case "PATCH", ["partijen" | "digitaleadressen" | "klantcontacten" as kind, uuid]:
                    return self._change(kind, uuid, asked.body, store)
                case "DELETE", ["digitaleadressen", uuid] if uuid in store.held["digitaleadressen"]:
                    store.forget_address(uuid)
                    return Reply(204, None)
        except Unknown as unknown:
            return problem(400, unknown.code, "Ongeldige parameter.", [(unknown.name, unknown.code)])
        return problem(405, "method_not_allowed", "Methode niet toegestaan.")

    def _list(self, asked: Asked, kind: str, store: Store) -> Reply:
        rows = found(kind, asked.query, store)
        size, page = number(asked, "pageSize", 100, 500), number(asked, "page", 1, 10**6)
        if not size or not page or (page > 1 and (page - 1) * size >= len(rows)):
            return problem(404, "not_found", "Ongeldige pagina.")

        def link(other: int) -> str:
            others = {name: values[0] for name, values in asked.query.items()}
            return f"{self._server}{asked.path}?{urlencode({**others, 'page': other})}"

        shown = rows[(page - 1) * size : page * size]
        body = {
            "count": len(rows),
            "next": link(page + 1) if page * size < len(rows) else None,
            "previous": link(page - 1) if page > 1 else None,
            "results": [expanded(kind, row, asked.query, store) for row in shown],
        }
        return Reply(200, body)

    def _one(self, asked: Asked, kind: str, uuid: str, store: Store) -> Reply:
        if unknown := set(asked.query) - {"expand"}:
            raise Unknown(min(unknown))
        row = store.held[kind].get(uuid)
        if row is None:
            return problem(404, "not_found", "Niet gevonden.")
        return Reply(200, expanded(kind, row, asked.query, store))

    def _new_person(self, told: Record, store: Store) -> Reply:
        if wrong := list(checks.person(told, store)):
            return invalid(wrong)
        bsn = told["partijIdentificatoren"][0]["partijIdentificator"]["objectId"]
        made = store.keep("partijen", records.partij(self._server, str(uuid4()), bsn))
        return Reply(201, made)

    def _new_address(self, told: Record, store: Store) -> Reply:
        if wrong := list(checks.address(told, store)):
            return invalid(wrong)
        owner = checks.named(told.get("verstrektDoorPartij"))
        made = records.digitaaladres(self._server, str(uuid4()), owner, told)
        self._only_default(made, store)
        return Reply(201, store.keep("digitaleadressen", made))

    def _new_contact(self, told: Record, store: Store) -> Reply:
        contact = told.get("klantcontact")
        if not isinstance(contact, dict):
            return invalid([("klantcontact", "required")])
        wrong = [(f"klantcontact.{name}", code) for name, code in checks.contact(contact, store)]
        part, about = told.get("betrokkene"), told.get("onderwerpobject")
        if part is not None:
            wrong += [(f"betrokkene.{name}", code) for name, code in checks.part(part, store)]
        if about is not None:
            wrong += [(f"onderwerpobject.{name}", code) for name, code in checks.about(about, store)]
        if wrong:
            return invalid(wrong)
        now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        written = {name: value for name, value in contact.items() if name in WRITTEN}
        full = {"plaatsgevondenOp": now, **written, "betrokkene": part}
        owner = checks.named((part or {}).get("wasPartij"))
        made = iter(store.new_contact(full, owner, about))
        body = {"klantcontact": next(made)}
        if part:
            body["betrokkene"] = next(made)
        if about:
            body["onderwerpobject"] = next(made)
        return Reply(201, body)

    def _change(self, kind: str, uuid: str, told: Record, store: Store) -> Reply:
        row = store.held[kind].get(uuid)
        if row is None:
            return problem(404, "not_found", "Niet gevonden.")
        change = {name: value for name, value in told.items() if name in CHANGEABLE[kind]}
        if kind == "partijen":
            return self._prefer(row, change)
        check = checks.address if kind == "digitaleadressen" else checks.contact
        if wrong := list(check({**row, **change}, store, own=uuid)):
            return invalid(wrong)
        if kind == "digitaleadressen" and change.get("isStandaardAdres"):
            self._only_default({**row, **change}, store)
        row.update(change)
        return Reply(200, row)

    def _prefer(self, partij: Record, change: Record) -> Reply:
        if (wanted := change.get("voorkeursDigitaalAdres")) is not None:
            own = {one["uuid"]: one for one in partij["digitaleAdressen"]}
            if checks.named(wanted) not in own:
                return invalid([("voorkeursDigitaalAdres", "invalid")])
            change["voorkeursDigitaalAdres"] = own[wanted["uuid"]]
        partij.update(change)
        return Reply(200, partij)

    @staticmethod
    def _only_default(made: Record, store: Store) -> None:
        """One default for each person and kind, as Open Klant keeps it."""
        for one in store.all("digitaleadressen") if made["isStandaardAdres"] else []:
            same = one["verstrektDoorPartij"] == made["verstrektDoorPartij"]
            if same and one["soortDigitaalAdres"] == made["soortDigitaalAdres"]:
                one["isStandaardAdres"] = False


CHANGEABLE = {
    "partijen": {"voorkeursDigitaalAdres", "voorkeurstaal"},
    "digitaleadressen": {
        "adres", "soortDigitaalAdres", "isStandaardAdres", "omschrijving", "referentie", "verificatieDatum",
    },
    "klantcontacten": {"onderwerp", "inhoud", "reactie", "indicatieContactGelukt", "vertrouwelijk"},
}  # fmt: skip
"""What a PATCH changes here; the rest of it is left alone."""
WRITTEN = {
    "referentienummer", "kanaal", "onderwerp", "inhoud", "reactie", "indicatieContactGelukt", "taal",
    "vertrouwelijk", "plaatsgevondenOp",
}  # fmt: skip
"""What of a new contact is kept; what the API calls read-only is not."""


def demo_register(tokens: Mapping[str, str], day: date, port: int = 0) -> Register:
    """The demo's register; by token the gemeentecode it is for."""
    register = Register("Klantinteracties (demo)", lambda _asked: Reply(503, None), port)
    register.respond = Klantinteracties(register.url, tokens, day)
    return register


def _made(state: Path, port: int) -> Register:
    return demo_register(secrets_of(state).tokens("klant"), day_of_reset(state), port)


if __name__ == "__main__":
    sys.exit(serve_alone("klantinteracties", _made))
