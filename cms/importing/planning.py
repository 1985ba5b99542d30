"""What would happen with each row of a file. Nothing is written here, and no row asks the database."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.models import is_taken
from cms.reach import User, own_names_at_work
from cms.slots import NAME_OF_MUNICIPALITY, SLOT
from cms.trees import library_roots
from cms.trees_in_reach import documents_of
from portal.municipalities.facts import NAMES, OWN

from .columns import (
    ADDRESS,
    COLUMNS,
    KIND,
    KINDS,
    PRODUCT,
    SLUG,
    UPL,
    Cell,
    Column,
    Stored,
    Wrong,
    page_field,
)
from .files import EXTRA, Row, Sheet, too_long
from .held import Held, held_below
from .places import Tree
from .texts import Link

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""What no text holds: control signs, and halves of letters that JSON can spell."""
NAMED_ID = re.compile(r"\bid=[\"']?([0-9]{1,9})")
A_DOCUMENT = re.compile(r"\blinktype=[\"']?document", re.I)
DEEPEST = 6
"""Parts of an address."""


class Outcome(models.TextChoices):
    """What becomes of a row."""

    MADE = "made", gettext_lazy("wordt gemaakt")
    CHANGED = "changed", gettext_lazy("wordt bijgewerkt")
    SAME = "same", gettext_lazy("blijft gelijk")
    WRONG = "wrong", gettext_lazy("kan niet")


@dataclass(frozen=True, slots=True)
class Planned:
    """One row, and what becomes of it."""

    number: int
    outcome: Outcome
    kind: str = ""
    address: str = ""
    title: str = ""
    held: Held | None = None
    values: Mapping[str, Stored] = field(default_factory=dict)
    """What is written, by the field of the page; of a page that is there already only what differs."""
    changed: tuple[str, ...] = ()
    """The columns that differ."""
    reason: str = ""
    column: str = ""

    @property
    def parent(self) -> str:
        return self.address.rpartition("/")[0]

    @property
    def slug(self) -> str:
        return self.address.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows, in the order of the file."""

    rows: tuple[Planned, ...]

    def number_of(self, outcome: Outcome) -> int:
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """In words, without what is not there."""
        told = [(str(outcome.label), self.number_of(outcome)) for outcome in Outcome]
        return [(label, number) for label, number in told if number]

    @property
    def writes(self) -> int:
        """How many pages get a draft."""
        return self.number_of(Outcome.MADE) + self.number_of(Outcome.CHANGED)

    @property
    def fingerprint(self) -> str:
        """Another one when something else would happen, or with a page that somebody changed since."""
        told = [
            (row.number, row.outcome, row.address, row.reason, row.changed, row.held and row.held.revision)
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def plan(sheet: Sheet, tree: Tree, user: User) -> Plan:
    """Look at all rows. At most nine questions to the database, however many rows there are."""
    return _Planner(sheet, tree, user).plan()


class _Planner:
    """Holds what is there, and what earlier rows said."""

    def __init__(self, sheet: Sheet, tree: Tree, user: User) -> None:
        self._sheet = sheet
        self._held = {one.address: one for one in held_below(tree.root)}
        self._by_upl: dict[str, list[Held]] = {}
        for one in self._held.values():
            if one.kind == PRODUCT and one.stored[UPL]:
                self._by_upl.setdefault(one.stored[UPL].casefold(), []).append(one)
        text = [cell for row in sheet.rows for cell in row.cells.values() if isinstance(cell, str)]
        named = [cell for cell in text if NAMED_ID.search(cell)]
        self._pages = _pages(_ids(named), tree)
        self._documents = _documents(_ids(cell for cell in named if A_DOCUMENT.search(cell)), user)
        names = {name for cell in text for name in SLOT.findall(cell) if name.startswith(OWN)}
        self._own_facts = own_names_at_work(names) if names and tree.municipality else set()
        self._said: dict[str, int] = {}
        self._made: dict[str, Planned] = {}

    def plan(self) -> Plan:
        # Parents before what stands below them, whatever the order of the file.
        order = sorted(self._sheet.rows, key=_depth)
        planned = {row.number: self._planned(row) for row in order}
        return Plan(tuple(planned[row.number] for row in self._sheet.rows))

    def _planned(self, row: Row) -> Planned:
        told: dict[str, Any] = {"address": "", "title": "", "kind": ""}
        try:
            return self._looked_at(row, told)
        except Wrong as wrong:
            return Planned(row.number, Outcome.WRONG, reason=wrong.reason, column=wrong.column, **told)

    def _looked_at(self, row: Row, told: dict[str, Any]) -> Planned:
        cells = _text_cells(row)
        told["title"] = cells.get("titel", "").strip()[:120]
        told["kind"] = kind = cells.get(KIND, "").strip().lower()
        if kind not in KINDS:
            raise Wrong(KIND, _("kies product, vraag of pagina"))
        address = _address(cells)
        told["address"] = address
        held = self._held_at(address, kind, cells)
        if held:
            told["address"] = address = held.address
        if address in self._said:
            told_twice = _("deze pagina staat ook in rij %(number)s")
            raise Wrong(ADDRESS, told_twice % {"number": self._said[address]})
        self._said[address] = row.number
        if held is None:
            self._look_at_place(address)
        values, changed = self._values(cells, kind, held, row.unfinished)
        if held and changed:
            _refuse_closed(held)
        outcome = Outcome.MADE if held is None else Outcome.CHANGED if changed else Outcome.SAME
        title = told["title"] or (held.cells["titel"] if held else "")
        made = Planned(row.number, outcome, kind, address, title, held, values, changed)
        if outcome is Outcome.MADE:
            self._made[address] = made
        return made

    def _held_at(self, address: str, kind: str, cells: Mapping[str, str]) -> Held | None:
        """The page at the address, or else the one product with this name in the national list."""
        held = self._held.get(address)
        if held is None and kind == PRODUCT:
            named = self._by_upl.get(cells.get(UPL, "").strip().casefold(), [])
            held = named[0] if len(named) == 1 else None
        if held and held.kind != kind:
            told = _("hier staat al een pagina van een andere soort: %(type)s")
            raise Wrong(KIND, told % {"type": held.type_name})
        return held

    def _look_at_place(self, address: str) -> None:
        above, _stroke, slug = address.rpartition("/")
        if is_taken(slug):
            raise Wrong(ADDRESS, _("dit adres is van de site zelf"))
        parent = self._held.get(above)
        if parent is None and above not in self._made:
            raise Wrong(
                ADDRESS, _("de pagina erboven bestaat niet: /%(address)s/") % {"address": above[:120]}
            )
        if parent and not parent.holds_pages:
            told = _("onder deze soort pagina kan geen pagina staan: %(type)s")
            raise Wrong(ADDRESS, told % {"type": parent.type_name})

    def _values(
        self, cells: Mapping[str, str], kind: str, held: Held | None, unfinished: bool
    ) -> tuple[dict[str, Stored], tuple[str, ...]]:
        values: dict[str, Stored] = {}
        changed = []
        for column in COLUMNS:
            text = cells.get(column.name)
            if kind not in column.kinds:
                if (text or "").strip():
                    raise Wrong(column.name, _("deze kolom hoort alleen bij een product: laat hem leeg"))
                continue
            if text is None and (held or unfinished or column.name not in REQUIRED):
                continue
            if held and text == held.cells[column.name]:
                continue
            before = held.stored[column.name] if held else None
            value = self._read(column, Cell(text or "", before, page_field(column, kind), self._may_link))
            if held is None or not column.same(value, before):
                values[column.field] = value
                changed.append(column.name)
        after = {**(held.content if held else {}), **values}
        if changed and bool(after.get("button_label")) != bool(after.get("button_url")):
            raise Wrong("knopadres", _("vul bij een knop de tekst én het adres in"))
        return values, tuple(changed)

    def _read(self, column: Column, cell: Cell) -> Stored:
        known = {*NAMES, NAME_OF_MUNICIPALITY, *self._own_facts}
        if wrong := set(SLOT.findall(cell.text)) - known:
            names = ", ".join(sorted(f"[[{name}]]" for name in wrong))
            raise Wrong(column.name, _("dit gegeven bestaat niet: %(names)s") % {"names": names[:120]})
        try:
            return column.read(cell)
        except ValidationError as error:
            raise Wrong(column.name, str(error.messages[0])) from None

    def _may_link(self, link: Link) -> bool:
        return link.id in (self._pages if link.kind == "page" else self._documents)


REQUIRED = ("titel", "antwoord")
"""What a page that is made must have."""


def _depth(row: Row) -> int:
    return str(row.cells.get(ADDRESS) or "").strip("/ ").count("/")


def _text_cells(row: Row) -> dict[str, str]:
    """All cells that are ours, as text. Raises Wrong for what no cell can be."""
    if EXTRA in row.cells:
        raise Wrong("", _("deze rij heeft meer cellen dan er kolommen zijn"))
    cells = {}
    for name in (KIND, ADDRESS, *(column.name for column in COLUMNS)):
        if name not in row.cells:
            continue
        cell = row.cells[name]
        if cell is None:
            cell = ""
        if not isinstance(cell, str):
            raise Wrong(name, _("hier moet tekst staan, tussen aanhalingstekens"))
        if too_long(cell):
            raise Wrong(name, _("deze cel is te lang: een spreadsheet houdt 32.767 tekens"))
        if CONTROL.search(cell):
            raise Wrong(name, _("hier staat een teken dat geen letter is"))
        cells[name] = cell
    return cells


def _address(cells: Mapping[str, str]) -> str:
    """The path on the site, without strokes at its ends; made of the title where it is left open."""
    address = cells.get(ADDRESS, "").strip().strip("/")
    if not address:
        address = slugify(cells.get("titel", ""))[:100]
        if not address:
            raise Wrong("titel", _("vul een titel of een adres in"))
    if address.count("/") >= DEEPEST or len(address) > 250:
        raise Wrong(ADDRESS, _("dit adres is te lang"))
    for slug in address.split("/"):
        try:
            SLUG(slug)
        except ValidationError as error:
            raise Wrong(ADDRESS, str(error.messages[0])) from None
    return address


def _refuse_closed(held: Held) -> None:
    if held.waits:
        raise Wrong("", _("deze pagina wacht op een tweede persoon"))
    if held.locked:
        raise Wrong("", _("deze pagina is op slot gezet"))


def _ids(cells: Iterable[str]) -> set[int]:
    return {int(found) for cell in cells for found in NAMED_ID.findall(cell)}


def _pages(ids: set[int], tree: Tree) -> set[int]:
    """Which of these are pages that this tree may link to: its own, and those of the library."""
    if not ids:
        return set()
    below = models.Q(path__startswith=tree.root.path)
    for url_path in library_roots():
        below |= models.Q(url_path__startswith=url_path)
    return set(Page.objects.filter(below, id__in=ids).values_list("id", flat=True))


def _documents(ids: set[int], user: User) -> set[int]:
    """Which of these are documents that this person may choose."""
    return set(documents_of(user).filter(id__in=ids).values_list("id", flat=True)) if ids else set()
