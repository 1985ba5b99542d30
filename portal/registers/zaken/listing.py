"""One list out of several case systems: merged, searched and cut into pages. Pure functions.

It works on outlines, before it is sure that a case is this resident's: nothing here reaches a page by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from portal.municipalities.bsn import holds_one
from portal.municipalities.connections import Connection

from .records import CaseInList, Sketch, Zaak, by_start

CARDS = 10  # above it a table with search and pages reads better than cards
ON_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A case with the connection that knows it; a Sketch until it is sure whose it is."""

    connection: Connection
    case: Sketch | CaseInList


@dataclass(frozen=True, slots=True)
class Entry:
    """One case, as each of the systems that hold it tells it; the newest first."""

    rows: Sequence[Row]

    @property
    def best(self) -> Sketch | CaseInList:
        return self.rows[0].case

    @property
    def zaak(self) -> Zaak:
        return self.best.zaak


def merged(rows: Sequence[Row]) -> list[Entry]:
    """Newest first; a case that two systems hold, by number and organisation, only once.

    A case that moved is in both for a while: where it was registered last, it went on.
    """
    ordered = sorted(rows, key=lambda row: (*_name(row), _last(row)), reverse=True)
    entries = [Entry(list(same)) for _name_of, same in groupby(ordered, key=_name)]
    return sorted(entries, key=lambda one: by_start(one.zaak), reverse=True)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a resident wants to see of a long list; it comes from the address, so anything may be in it."""

    text: str = ""
    state: str = ""
    """"lopend", "afgerond", or empty for both."""
    kind: str = ""
    """The identification of a zaaktype."""
    year: str = ""
    page: int = 1

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wanted":
        page = asked.get("bladzijde", "")
        text = " ".join(asked.get("zoek", "").split())[:60]
        return cls(
            "" if holds_one(text) else text,
            asked.get("toon", "") if asked.get("toon") in {"lopend", "afgerond"} else "",
            asked.get("soort", "")[:80],
            asked.get("jaar", "")
            if asked.get("jaar", "").isascii() and len(asked.get("jaar", "")) == 4
            else "",
            int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1,
        )

    @property
    def anything(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.text or self.state or self.kind or self.year)

    def address(self, page: int) -> str:
        """The query of another page of the same."""
        given = {
            "zoek": self.text,
            "toon": self.state,
            "soort": self.kind,
            "jaar": self.year,
            "bladzijde": page,
        }
        return "?" + urlencode({name: value for name, value in given.items() if value})


def suits(entry: Entry, wanted: Wanted) -> bool:
    """Whether a case is among what is wanted. The text is looked for in title, description and number."""
    zaak, kind = entry.zaak, entry.best.zaaktype
    told = f"{kind.title} {zaak.description} {zaak.number} {entry.best.shown_number}".casefold()
    return (
        all(word in told for word in wanted.text.casefold().split())
        and (not wanted.state or (wanted.state == "lopend") == (zaak.ended is None))
        and (not wanted.kind or kind.identification == wanted.kind)
        and (not wanted.year or str(zaak.started.year) == wanted.year)
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a long list."""

    entries: Sequence[Entry]
    number: int
    pages: int
    total: int

    @property
    def first(self) -> int:
        return (self.number - 1) * ON_A_PAGE + 1

    @property
    def last(self) -> int:
        return min(self.number * ON_A_PAGE, self.total)


def page_of(entries: Sequence[Entry], number: int) -> Page:
    """That page; the last one for a number beyond it."""
    pages = max(1, -(-len(entries) // ON_A_PAGE))
    number = min(max(number, 1), pages)
    return Page(entries[(number - 1) * ON_A_PAGE : number * ON_A_PAGE], number, pages, len(entries))


def samples(entries: Sequence[Entry]) -> list[Entry]:
    """The newest case of each kind and year: a choice is offered only once a case behind it is sure."""
    kinds = {one.best.zaaktype.identification: one for one in reversed(entries)}
    years = {one.zaak.started.year: one for one in reversed(entries)}
    return list({id(one): one for one in (*kinds.values(), *years.values())}.values())


def _name(row: Row) -> tuple[str, str]:
    return (row.case.zaak.organisation, row.case.zaak.number)


def _last(row: Row) -> tuple[object, ...]:
    return (row.case.zaak.registered, row.case.zaak.started, row.connection.name)
