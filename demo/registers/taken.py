"""Open VTB's Taken API 0.1.0 of the demo: external tasks of three kinds.

`python -m demo.registers.taken --port N --state DIR`. What is written lasts as long as the process.
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from demo.content.residents import CODES
from demo.content.tasks import TASKS, TaskStory
from demo.state import day_of_reset, secrets_of

from .klantinteracties_records import Record, id_of
from .problems import Unknown, Wrong, invalid, problem
from .serving import Asked, Register, Reply, serve_alone
from .vtb import URN, Store, by_day, equal, is_day, known, listed, not_let_in, not_there, related, store_of

ROOT = "/taken/api/v1"
STATES = {
    "open": "open", "sent": "uitgevoerd", "done": "verwerkt", "needless": "afgebroken",
    "not_done": "niet_uitgevoerd",
}  # fmt: skip
PURPOSES = (
    "betalen", "incasso", "informatie_geven", "informatie_krijgen", "reactie_ontvangen", "vernieuwing_nodig",
    "uitnodiging_voor_afspraak", "",
)  # fmt: skip
LISTS = {"externetaken": "", "formuliertaken": "formuliertaak", "betaaltaken": "betaaltaak",
         "urltaken": "urltaak"}  # fmt: skip
"""By path, which kind it holds; nothing for all."""
PLAIN = (
    "handelingsPerspectief",
    "isToegewezenAan",
    "status",
    "taakSoort",
    "titel",
    "uuid",
    "verwerkerTaakId",
)
FILTERS = {
    **{one: equal(one) for one in PLAIN},
    **by_day("datumHerinnering"),
    **by_day("einddatumHandelingsTermijn"),
    **by_day("startdatum"),
    "isGerelateerdAan": related,
}
CHANGEABLE = {
    "titel": 100, "toelichting": 80, "verwerkerTaakId": 36, "status": 0, "handelingsPerspectief": 0,
    "startdatum": 0, "einddatumHandelingsTermijn": 0, "datumHerinnering": 0, "isToegewezenAan": 255,
    "isGerelateerdAan": 0, "details": 0,
}  # fmt: skip
"""With the longest text of each, where that is limited."""


def records(server: str, day: date, code: str) -> Iterator[Record]:
    """The tasks of the municipality with this code."""
    for place, story in enumerate(TASKS):
        if CODES[story.resident.municipality][0] == code and story.state in STATES:
            yield task(server, day, code, id_of("externe taak", place, story.title), story)


def task(server: str, day: date, code: str, uuid: str, story: TaskStory) -> Record:
    """One task, with every key that Open VTB sends."""
    last, organisation = day + timedelta(days=story.until), CODES[story.resident.municipality][1].lower()
    kind, details = _details(story)
    case = f"urn:nld:gemeente{organisation}:zaak:zaaknummer:{story.case}"
    return {
        "url": f"{server}{ROOT}/externetaken/{uuid}",
        "urn": f"urn:nld:gemeente{organisation}:externetaak:uuid:{uuid}",
        "uuid": uuid,
        "titel": story.title,
        "verwerkerTaakId": id_of("verwerker", code, uuid),
        "status": STATES[story.state],
        "startdatum": (day + timedelta(days=story.starts)).isoformat(),
        "handelingsPerspectief": story.purpose,
        "einddatumHandelingsTermijn": last.isoformat(),
        "datumHerinnering": (last - timedelta(days=3)).isoformat(),
        "toelichting": story.why,
        "taakSoort": kind,
        "isToegewezenAan": f"urn:nld:brp:bsn:{story.resident.bsn}",
        "isGerelateerdAan": [{"urn": case}] if story.case else [],
        "details": details,
    }


def _details(story: TaskStory) -> tuple[str, Record]:
    if story.amount:
        account = {"naam": "Gemeente", "code": "", "iban": "NL69INGB0123456789"}
        paid = {"bedrag": story.amount, "valuta": "EUR", "transactieomschrijving": story.reference}
        return "betaaltaak", {**paid, "doelrekening": account}
    if story.link:
        return "urltaak", {
            "uitvraagLink": story.link,
            "voorinvullenGegevens": {},
            "ontvangenGegevens": {},
            "ontvangenBijlagen": [],
        }
    return "formuliertaak", {
        "formulierDefinitie": {"components": list(story.form)},
        "voorinvullenGegevens": dict(story.known),
        "ontvangenGegevens": {},
    }


class Taken:
    """Answers for the municipality of the token."""

    def __init__(self, server: str, tokens: Mapping[str, str], day: date) -> None:
        self._server = server
        self.stores = {token: Store(list(records(server, day, code))) for token, code in tokens.items()}

    def __call__(self, asked: Asked) -> Reply:
        store = store_of(asked, self.stores)
        if store is None:
            return not_let_in()
        parts = asked.path.removeprefix(ROOT + "/").split("/")
        with store.lock:
            try:
                return self._answer(asked, parts, store)
            except Unknown as unknown:
                return problem(400, unknown.code, "Ongeldige parameter.", [(unknown.name, unknown.code)])

    def _answer(self, asked: Asked, parts: list[str], store: Store) -> Reply:
        kind = LISTS.get(parts[0])
        if kind is None or not asked.path.startswith(ROOT + "/"):
            return not_there()
        rows = [one for one in store.records.values() if not kind or one["taakSoort"] == kind]
        match asked.method, parts[1:]:
            case "GET", []:
                return listed(asked, rows, FILTERS, self._server, "isToegewezenAan")
            case "GET" | "PATCH", [uuid]:
                found = known(uuid, store)
                if found is None or found not in rows:
                    return not_there()
                return Reply(200, found) if asked.method == "GET" else self._change(asked.body, found, store)
        return problem(405, "method_not_allowed", "Methode niet toegestaan.")

    def _change(self, told: Any, found: Record, store: Store) -> Reply:
        if not isinstance(told, dict):
            return problem(400, "parse_error", "JSON parse error")
        change = {name: value for name, value in told.items() if name in CHANGEABLE}
        if wrong := list(_wrong(change, found["taakSoort"])):
            return invalid(wrong)
        if "details" in change:
            sent, blank = change["details"], {name: type(one)() for name, one in found["details"].items()}
            change["details"] = blank | {name: one for name, one in sent.items() if name in blank}
        store.records[found["uuid"]] = {**found, **change}
        return Reply(200, store.records[found["uuid"]])


def _wrong(change: Record, kind: str) -> Iterator[Wrong]:
    for name, longest in CHANGEABLE.items():
        value = change.get(name, "")
        if longest and not (isinstance(value, str) and len(value) <= longest):
            yield name, "invalid"
    if change.get("titel", "x") == "":
        yield "titel", "blank"
    if change.get("status", "open") not in STATES.values():
        yield "status", "invalid_choice"
    if change.get("handelingsPerspectief", "") not in PURPOSES:
        yield "handelingsPerspectief", "invalid_choice"
    for name in ("startdatum", "einddatumHandelingsTermijn", "datumHerinnering"):
        value = change.get(name, "2026-01-01")
        if not is_day(value) and not (name == "datumHerinnering" and value is None):
            yield name, "invalid"
    if not URN.fullmatch(str(change.get("isToegewezenAan", "urn:nld:x"))):
        yield "isToegewezenAan", "invalid"
    tied = change.get("isGerelateerdAan", [])
    if not isinstance(tied, list) or not all(_is_tie(one) for one in tied):
        yield "isGerelateerdAan", "invalid"
    if "details" in change:
        yield from _wrong_details(change["details"], kind)


def _is_tie(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("urn"), str) and bool(URN.fullmatch(one["urn"]))


def _wrong_details(details: Any, kind: str) -> Iterator[Wrong]:
    if not isinstance(details, dict):
        yield "details", "invalid"
        return
    if kind == "formuliertaak":
        form = details.get("formulierDefinitie")
        if not isinstance(form, dict) or not isinstance(form.get("components"), list):
            yield "details.formulierDefinitie", "invalid"
    for name in ("voorinvullenGegevens", "ontvangenGegevens"):
        if not isinstance(details.get(name, {}), dict):
            yield f"details.{name}", "invalid"
    if kind == "betaaltaak" and not isinstance(details.get("doelrekening"), dict):
        yield "details.doelrekening", "required"
    if kind == "betaaltaak" and not all(
        isinstance(details.get(name), str) for name in ("bedrag", "transactieomschrijving")
    ):
        yield "details.bedrag", "required"
    if kind == "urltaak" and not isinstance(details.get("uitvraagLink"), str):
        yield "details.uitvraagLink", "required"


def demo_register(tokens: Mapping[str, str], day: date, port: int = 0) -> Register:
    """The demo's register; by token the gemeentecode it is for."""
    register = Register("Open VTB: taken (demo)", lambda _asked: Reply(503, None), port)
    register.respond = Taken(register.url, tokens, day)
    return register


def _made(state: Path, port: int) -> Register:
    return demo_register(secrets_of(state).tokens("taken"), day_of_reset(state), port)


if __name__ == "__main__":
    sys.exit(serve_alone("taken", _made))
