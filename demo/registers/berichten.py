"""Open VTB's Berichten API 0.1.0 of the demo: messages to residents, with attachments out of the case system.

`python -m demo.registers.berichten --port N --state DIR`. What is written lasts as long as the process.
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from demo.content.messages import MESSAGES, MessageStory
from demo.content.residents import CODES
from demo.state import day_of_reset, secrets_of

from .klantinteracties_records import Record, id_of
from .problems import Unknown, invalid, problem
from .serving import Asked, Register, Reply, serve_alone
from .vtb import Store, by_day, equal, is_moment, known, listed, not_let_in, not_there, related, store_of
from .zgw_records import Words

ROOT = "/berichten/api/v1"


def _not_opened(one: Record, value: str) -> bool:
    """`geopendOp__isnull`."""
    if value.lower() not in {"true", "false"}:
        raise Unknown("geopendOp__isnull", "invalid")
    return (one["geopendOp"] is None) is (value.lower() == "true")


FILTERS = {
    **by_day("publicatiedatum"),
    "ontvanger": equal("ontvanger"),
    "isGerelateerdAan": related,
    "geopendOp__isnull": _not_opened,
}


def records(server: str, day: date, code: str) -> Iterator[Record]:
    """The messages of the municipality with this code, in no order of use to a reader."""
    for place, story in enumerate(MESSAGES):
        if CODES[story.resident.municipality][0] == code:
            yield message(server, day, code, id_of("bericht", place, story.subject), story)


def message(server: str, day: date, code: str, uuid: str, story: MessageStory) -> Record:
    """One message, with every key that Open VTB sends."""
    organisation = f"urn:nld:gemeente{CODES[story.resident.municipality][1].lower()}"
    words = Words(server, day, code)
    papers = [
        {
            "informatieObject": f"{organisation}:informatieobject:uuid:"
            + words.id("enkelvoudiginformatieobjecten", story.case, title),
            "omschrijving": title[:40],
            "isBerichtTypeBijlage": False,
        }
        for title in story.papers
    ]
    return {
        "url": f"{server}{ROOT}/berichten/{uuid}",
        "urn": f"{organisation}:bericht:uuid:{uuid}",
        "uuid": uuid,
        "onderwerp": story.subject,
        "berichtTekst": story.text.replace("\n", "\r\n"),
        "publicatiedatum": _moment(day, story.day, 9),
        "referentie": "",
        "ontvanger": f"urn:nld:brp:bsn:{story.resident.bsn}",
        "geopendOp": _moment(day, story.opened, 19) if story.opened is not None else None,
        "berichtType": "",
        "isGerelateerdAan": [{"urn": f"{organisation}:zaak:zaaknummer:{story.case}"}] if story.case else [],
        "handelingsPerspectief": story.purpose,
        "einddatumHandelingsTermijn": _moment(day, story.until, 22) if story.until is not None else None,
        "mijnOverheidBerichtenbox": False,
        "bijlagen": papers,
    }


def _moment(day: date, after: int, hour: int) -> str:
    at = datetime.combine(day + timedelta(days=after), time(hour), UTC)
    return at.isoformat().replace("+00:00", "Z")


class Berichten:
    """Answers for the municipality of the token."""

    def __init__(self, server: str, tokens: Mapping[str, str], day: date) -> None:
        self._server = server
        self.stores = {token: Store(list(records(server, day, code))) for token, code in tokens.items()}

    def __call__(self, asked: Asked) -> Reply:
        store = store_of(asked, self.stores)
        if store is None:
            return not_let_in()
        if not asked.path.startswith(f"{ROOT}/berichten"):
            return not_there()
        parts = asked.path.removeprefix(f"{ROOT}/").split("/")
        with store.lock:
            try:
                return self._answer(asked, parts, store)
            except Unknown as unknown:
                return problem(400, unknown.code, "Ongeldige parameter.", [(unknown.name, unknown.code)])

    def _answer(self, asked: Asked, parts: list[str], store: Store) -> Reply:
        match asked.method, parts:
            case "GET", ["berichten"]:
                return listed(asked, list(store.records.values()), FILTERS, self._server, "ontvanger")
            case "GET" | "PATCH", ["berichten", uuid]:
                found = known(uuid, store)
                if found is None:
                    return not_there()
                return Reply(200, found) if asked.method == "GET" else self._opened(asked.body, found, store)
        return problem(405, "method_not_allowed", "Methode niet toegestaan.")

    def _opened(self, told: Any, found: Record, store: Store) -> Reply:
        """Only `geopendOp` can be changed."""
        if not isinstance(told, dict):
            return problem(400, "parse_error", "JSON parse error")
        at = told.get("geopendOp", found["geopendOp"])
        if at is not None and not (is_moment(at) and len(at) > 10):
            return invalid([("geopendOp", "invalid")])
        store.records[found["uuid"]] = {**found, "geopendOp": at}
        return Reply(200, store.records[found["uuid"]])


def demo_register(tokens: Mapping[str, str], day: date, port: int = 0) -> Register:
    """The demo's register; by token the gemeentecode it is for."""
    register = Register("Open VTB: berichten (demo)", lambda _asked: Reply(503, None), port)
    register.respond = Berichten(register.url, tokens, day)
    return register


def _made(state: Path, port: int) -> Register:
    return demo_register(secrets_of(state).tokens("berichten"), day_of_reset(state), port)


if __name__ == "__main__":
    sys.exit(serve_alone("berichten", _made))
