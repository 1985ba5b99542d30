"""Objecten 2 of the demo: tasks as objects of the community's type "taak", and the forms they ask.

`python -m demo.registers.objecten --port N --state DIR`. Each municipality has a token of its own and sees
its own objects only. What is written lasts as long as the process.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from threading import RLock
from typing import Any

from demo.content.residents import CODES
from demo.content.tasks import TASKS, TaskStory
from demo.state import day_of_reset, secrets_of

from .klantinteracties_records import Record, id_of
from .problems import Unknown, invalid, number, problem
from .serving import Asked, Register, Reply, serve_alone
from .zgw_records import Words

ROOT = "/api/v2"
TASK_TYPE, FORM_TYPE = id_of("objecttype", "taak"), id_of("objecttype", "formulier")
STATES = {"open": "open", "sent": "afgerond", "done": "verwerkt", "filed": "gesloten"}
OPERATORS = frozenset({"exact", "gt", "gte", "lt", "lte", "icontains", "in"})
TOLD = frozenset(
    {"titel", "status", "soort", "verloopdatum", "identificatie", "koppeling", "url", "portaalformulier",
     "ogonebetaling", "verwerker_taak_id", "eigenaar"}
)  # fmt: skip
"""What a task may hold; the object type allows nothing else."""
QUERY = frozenset({"page", "pageSize", "type", "data_attr", "data_attrs", "ordering", "fields", "date",
                   "registrationDate", "typeVersion", "data_icontains"})  # fmt: skip


class Store:
    """The objects of one municipality. Everything that looks or writes holds the lock."""

    def __init__(self, server: str, day: date, code: str, stories: Sequence[TaskStory]) -> None:
        self.server, self.day = server, day
        self.lock = RLock()
        self.objects: dict[str, Record] = {}
        words = Words(server, day, code)
        for place, story in enumerate(stories):
            if CODES[story.resident.municipality][0] == code and story.state in STATES:
                self._tell(story, id_of("taak", place, story.resident.bsn, story.title), words)

    def type_url(self, uuid: str = TASK_TYPE) -> str:
        """The address of a type of object."""
        return f"{self.server}{ROOT}/objecttypes/{uuid}"

    def keep(self, uuid: str, data: Record, kind: str = TASK_TYPE, starts: int = 0) -> Record:
        """An object with its first record, so many days after the day of reset."""
        url = f"{self.server}{ROOT}/objects/{uuid}"
        record = self.record(1, 1, data, (self.day + timedelta(days=starts)).isoformat())
        self.objects[uuid] = {"url": url, "uuid": uuid, "type": self.type_url(kind), "record": record}
        return self.objects[uuid]

    def record(self, index: int, version: int, data: Record, start: str) -> Record:
        """A record of an object, with the keys that a real one sends."""
        return {
            "index": index,
            "typeVersion": version,
            "data": data,
            "geometry": None,
            "startAt": start,
            "endAt": None,
            "registrationAt": start,
            "correctionFor": None,
            "references": [],
        }

    def _tell(self, story: TaskStory, uuid: str, words: Words) -> None:
        last = self.day + timedelta(days=story.until)
        data: Record = {
            "titel": story.title,
            "status": STATES[story.state],
            "verloopdatum": f"{last.isoformat()}T22:59:59Z",
            "identificatie": {"type": "bsn", "value": story.resident.bsn},
            "verwerker_taak_id": id_of("verwerker", uuid),
            "eigenaar": "zaaksysteem",
        }
        if story.case:
            data["koppeling"] = {"registratie": "zaak", "uuid": words.id("zaken", story.case)}
        self.keep(uuid, {**data, **self._how(story, uuid)}, starts=story.starts)

    def _how(self, story: TaskStory, uuid: str) -> Record:
        if story.amount:
            paid = {"bedrag": float(story.amount), "betaalkenmerk": story.reference, "pspid": "gemeente"}
            return {"soort": "ogonebetaling", "ogonebetaling": paid}
        if story.link:
            return {"soort": "url", "url": {"uri": story.link}}
        definition = {"display": "form", "components": list(story.form)}
        kept = self.keep(id_of("formulier", uuid), {"formDefinition": definition}, FORM_TYPE)
        asked: Record = {"formulier": {"soort": "url", "value": kept["url"]}, "data": dict(story.known)}
        return {"soort": "portaalformulier", "portaalformulier": asked}


class Objecten:
    """Answers for the municipality of the token."""

    def __init__(self, server: str, tokens: Mapping[str, str], day: date) -> None:
        self.stores = {token: Store(server, day, code, TASKS) for token, code in tokens.items()}

    def __call__(self, asked: Asked) -> Reply:
        scheme, _space, token = asked.headers.get("authorization", "").partition(" ")
        store = self.stores.get(token) if scheme == "Token" else None
        if store is None:
            return problem(401, "not_authenticated", "Authenticatiegegevens zijn niet opgegeven.")
        if not asked.path.startswith(ROOT + "/objects"):
            return problem(404, "not_found", "Niet gevonden.")
        parts = asked.path.removeprefix(f"{ROOT}/").split("/")
        with store.lock:
            try:
                return self._answer(asked, parts, store)
            except Unknown as unknown:
                return problem(400, unknown.code, "Ongeldige parameter.", [(unknown.name, unknown.code)])

    def _answer(self, asked: Asked, parts: list[str], store: Store) -> Reply:
        match asked.method, parts:
            case "GET", ["objects"]:
                if unknown := set(asked.query) - QUERY:
                    raise Unknown(min(unknown))
                wanted = {name: ",".join(values) for name, values in asked.query.items()}
                return self._list(asked, wanted, store)
            case "POST", ["objects", "search"]:
                if asked.headers.get("content-crs") != "EPSG:4326":
                    return problem(412, "precondition_failed", "Content-Crs ontbreekt.")
                if not isinstance(asked.body, dict):
                    return problem(400, "parse_error", "JSON parse error")
                return self._list(asked, asked.body, store)
            case "GET" | "PATCH", ["objects", uuid] if uuid not in store.objects:
                return problem(404, "not_found", "Niet gevonden.")
            case "GET", ["objects", uuid]:
                return Reply(200, store.objects[uuid], CRS)
            case "PATCH", ["objects", uuid]:
                return self._change(asked, store.objects[uuid], store)
        return problem(405, "method_not_allowed", "Methode niet toegestaan.")

    def _list(self, asked: Asked, wanted: Mapping[str, Any], store: Store) -> Reply:
        tests = list(_tests(wanted))
        kind = wanted.get("type")
        if asked.fault == "foreign":  # whatever was asked, also what is of others
            tests, kind = [], None
        rows = [
            one
            for one in store.objects.values()
            if (kind is None or one["type"] == kind)
            and all(_passes(one["record"]["data"], *t) for t in tests)
        ]
        size, page = number(asked, "pageSize", 100, 500), number(asked, "page", 1, 10**6)
        if not size or not page or (page > 1 and (page - 1) * size >= len(rows)):
            return problem(404, "not_found", "Ongeldige pagina.")

        def link(other: int) -> str:
            return f"{store.server}{asked.path}?page={other}&pageSize={size}"

        body = {
            "count": len(rows),
            "next": link(page + 1) if page * size < len(rows) else None,
            "previous": link(page - 1) if page > 1 else None,
            "results": rows[(page - 1) * size : page * size],
        }
        return Reply(200, body, CRS)

    def _change(self, asked: Asked, found: Record, store: Store) -> Reply:
        """A new record, with what was sent over what there was."""
        if asked.headers.get("content-crs") != "EPSG:4326":
            return problem(412, "precondition_failed", "Content-Crs ontbreekt.")
        told = asked.body.get("record") if isinstance(asked.body, dict) else None
        if not isinstance(told, dict) or not isinstance(told.get("data"), dict):
            return invalid([("record", "required")])
        try:
            start = date.fromisoformat(told["startAt"]).isoformat()
            version = int(told["typeVersion"])
        except (KeyError, TypeError, ValueError):
            return invalid([("record.startAt", "invalid")])
        now = found["record"]
        data = _merged(now["data"], told["data"])
        if found["type"] == store.type_url() and (wrong := list(_wrong(data))):
            return invalid([(f"record.data.{name}", "invalid") for name in wrong])
        changed = {**found, "record": store.record(now["index"] + 1, version, data, start)}
        store.objects[found["uuid"]] = changed
        return Reply(200, changed, CRS)


CRS = {"Content-Crs": "EPSG:4326"}
Test = tuple[Sequence[str], str, str]


def _tests(wanted: Mapping[str, Any]) -> Iterator[Test]:
    """What `data_attrs` and `data_attr` ask, each as path, operator and value."""
    for name in ("data_attrs", "data_attr"):
        text = wanted.get(name)
        if text is None or text == "":
            continue
        if not isinstance(text, str):
            raise Unknown(name, "invalid")
        for one in text.split(","):
            parts = one.split("__")
            if len(parts) < 3 or parts[-2] not in OPERATORS:
                raise Unknown(name, "invalid-data-attrs-query")
            yield parts[:-2], parts[-2], parts[-1]


def _passes(data: Any, path: Sequence[str], operator: str, value: str) -> bool:
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    if data is None:
        return False
    text = str(data)
    return {
        "exact": text == value,
        "gt": text > value,
        "gte": text >= value,
        "lt": text < value,
        "lte": text <= value,
        "icontains": value.lower() in text.lower(),
        "in": text in value.split("|"),
    }[operator]


def _merged(old: Record, new: Record) -> Record:
    """JSON merge patch (RFC 7396), as Objecten does with what is changed."""
    merged = dict(old)
    for name, value in new.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, dict):
            inner = merged.get(name)
            merged[name] = _merged(inner if isinstance(inner, dict) else {}, value)
        else:
            merged[name] = value
    return merged


def _wrong(data: Record) -> Iterator[str]:
    """What the object type does not allow."""
    yield from sorted(data.keys() - TOLD)
    if data.get("status") not in {"open", "afgerond", "verwerkt", "gesloten"}:
        yield "status"
    fields = {"formulier", "data", "verzonden_data"}
    form = data.get("portaalformulier", {"formulier": {}})
    if not isinstance(form, dict) or form.keys() - fields or not isinstance(form.get("formulier"), dict):
        yield "portaalformulier"


def demo_register(tokens: Mapping[str, str], day: date, port: int = 0) -> Register:
    """The demo's register; by token the gemeentecode it is for."""
    register = Register("Objecten: taken (demo)", lambda _asked: Reply(503, None), port)
    register.respond = Objecten(register.url, tokens, day)
    return register


def _made(state: Path, port: int) -> Register:
    return demo_register(secrets_of(state).tokens("objecten"), day_of_reset(state), port)


if __name__ == "__main__":
    sys.exit(serve_alone("objecten", _made))
