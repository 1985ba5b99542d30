"""What the APIs of Open VTB in the demo have in common: a token a municipality, filtered lists, records."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from threading import RLock
from urllib.parse import urlencode

from .klantinteracties_records import Record, is_uuid
from .problems import Unknown, number, problem
from .serving import Asked, Reply

Filter = Callable[[Record, str], bool]
COMPARES: Mapping[str, Callable[[str, str], bool]] = {
    "": lambda held, value: held == value,
    "__gt": lambda held, value: held > value,
    "__gte": lambda held, value: held >= value,
    "__lt": lambda held, value: held < value,
    "__lte": lambda held, value: held <= value,
}
URN = re.compile(r"urn:[A-Za-z0-9][A-Za-z0-9-]{0,30}[A-Za-z0-9]:[A-Za-z0-9._~!$&'()*+,;=:@/%-]+")


class Store:
    """Records of one municipality by uuid, in the order in which they came; used under its lock."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.lock = RLock()
        self.records = {one["uuid"]: one for one in records}


def store_of(asked: Asked, stores: Mapping[str, Store]) -> Store | None:
    """Of the municipality whose token it is."""
    scheme, _space, token = asked.headers.get("authorization", "").partition(" ")
    return stores.get(token) if scheme == "Token" else None


def not_let_in() -> Reply:
    """Without a token, or with a wrong one."""
    return problem(401, "not_authenticated", "Authenticatiegegevens zijn niet opgegeven.")


def not_there() -> Reply:
    """No such record."""
    return problem(404, "not_found", "Niet gevonden.")


def listed(
    asked: Asked, rows: Sequence[Record], filters: Mapping[str, Filter], server: str, whose: str
) -> Reply:
    """A page of the rows that pass; `whose` is the filter that the fault "foreign" forgets."""
    for name, values in asked.query.items():
        if name in {"page", "pageSize"}:
            continue
        if name not in filters:
            raise Unknown(name)
        if asked.fault != "foreign" or name != whose:
            rows = [one for one in rows if filters[name](one, values[0])]
    size, page = number(asked, "pageSize", 100, 500), number(asked, "page", 1, 10**6)
    if not size or not page or (page > 1 and (page - 1) * size >= len(rows)):
        return problem(404, "not_found", "Ongeldige pagina.")

    def link(other: int) -> str:
        others = {name: values[0] for name, values in asked.query.items()}
        return f"{server}{asked.path}?{urlencode({**others, 'page': other})}"

    body = {
        "count": len(rows),
        "next": link(page + 1) if page * size < len(rows) else None,
        "previous": link(page - 1) if page > 1 else None,
        "results": list(rows[(page - 1) * size : page * size]),
    }
    return Reply(200, body)


def equal(name: str) -> Filter:
    """Whether a field is just so."""
    return lambda one, value: one[name] == value


def related(one: Record, value: str) -> bool:
    """Whether a record names something."""
    return any(each["urn"] == value for each in one["isGerelateerdAan"])


def by_day(name: str) -> dict[str, Filter]:
    """The filters on a day or moment: on it, before, after."""

    def test(compare: Callable[[str, str], bool], parameter: str) -> Filter:
        def passes(one: Record, value: str) -> bool:
            if not is_moment(value):
                raise Unknown(parameter, "invalid")
            return one[name] is not None and compare(one[name], value)

        return passes

    return {f"{name}{how}": test(compare, f"{name}{how}") for how, compare in COMPARES.items()}


def is_moment(text: object) -> bool:
    """Whether it is a day or a moment."""
    try:
        return isinstance(text, str) and bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def is_day(text: object) -> bool:
    """Whether it is a day."""
    try:
        return isinstance(text, str) and len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def known(uuid: str, store: Store) -> Record | None:
    """A record by its uuid, however that is written."""
    return store.records.get(uuid.lower()) if is_uuid(uuid) else None
