"""Files as people have them: CSV as a spreadsheet saves it, or JSON. Read with suspicion, written safely."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .columns import LONGEST, NAMES

BIGGEST = 2 * 1024 * 1024
MOST, MOST_NAMES = 1000, 5000
"""Rows in one file of pages, and in the national list."""
FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""How a cell begins that a spreadsheet could take for a formula, or such a cell that was written safely."""


csv.field_size_limit(BIGGEST)  # a cell that is too long is told with its row


class Unreadable(Exception):
    """Why a whole file cannot be read, in words for an editor."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the editor's own program counts, and its cells by the name of the column."""

    number: int
    cells: Mapping[str, object]
    """Text, or what else JSON held."""
    unfinished: bool = False
    """Made here, for somebody to write on: it may lack what a page must have."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole file."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    guessed: bool = False
    """Whether its letters were taken for those of Windows, as they were not UTF-8."""

    @property
    def is_national(self) -> bool:
        """Whether this is the national list of products, and no file of pages."""
        return {"uri", "uniformeproductnaam"} <= set(self.headings)

    @property
    def unknown(self) -> list[str]:
        """Columns that nothing is read from."""
        return [name for name in self.headings if name not in NAMES]


def read_file(content: bytes) -> Sheet:
    """Raises Unreadable."""
    if len(content) > BIGGEST:
        raise Unreadable(_("Dit bestand is groter dan 2 MB. Maak er twee of meer bestanden van."))
    text, guessed = _text_of(content)
    if not text.strip():
        raise Unreadable(_("Dit bestand is leeg."))
    sheet = _from_json(text) if text.lstrip()[0] in "[{" else _from_csv(text, guessed)
    if not sheet.rows:
        raise Unreadable(_("Er staan geen rijen in dit bestand, alleen namen van kolommen."))
    most = MOST_NAMES if sheet.is_national else MOST
    if len(sheet.rows) > most:
        told = _("In dit bestand staan %(number)s rijen. Er kunnen er hoogstens %(most)s tegelijk.")
        raise Unreadable(told % {"number": len(sheet.rows), "most": most})
    if not sheet.is_national and not {"soort", "titel"} <= set(sheet.headings):
        raise Unreadable(_("In de eerste rij staan de namen van de kolommen, met minstens soort en titel."))
    return sheet


def _text_of(content: bytes) -> tuple[str, bool]:
    if b"\0" in content:
        raise Unreadable(_("Dit is geen CSV of JSON. Kies in Excel bij “Opslaan als” voor “CSV UTF-8”."))
    try:
        return content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), True
    except UnicodeDecodeError:
        raise Unreadable(
            _("De letters in dit bestand zijn niet te lezen. Bewaar het als “CSV UTF-8”.")
        ) from None


def _from_csv(text: str, guessed: bool) -> Sheet:
    first, _end, rest = text.partition("\n")
    separator = ""
    if re.fullmatch(r"sep=.\r?", first):  # Excel says so itself
        separator, text = first[4], rest
        first = rest.partition("\n")[0]
    separator = separator or max(";,\t", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        headings = _headings(next(reader, []))
        rows = []
        for number, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                rows.append(Row(number, _named(headings, cells)))
    except csv.Error:
        raise Unreadable(
            _("Dit bestand is geen goede CSV: ergens staat een aanhalingsteken dat niet klopt.")
        ) from None
    return Sheet(headings, tuple(rows), guessed)


def _headings(cells: Sequence[str]) -> tuple[str, ...]:
    names = tuple(cell.strip().lower() for cell in cells)
    while names and not names[-1]:
        names = names[:-1]
    double = sorted({name for name in names if name and names.count(name) > 1})
    if double:
        raise Unreadable(_("Deze kolom staat er twee keer in: %(name)s.") % {"name": double[0][:60]})
    return names


EXTRA = " "
"""Under this name stands what is in no column."""


def _named(headings: Sequence[str], cells: Sequence[str]) -> dict[str, object]:
    named: dict[str, object] = {
        name: _as_typed(cell) for name, cell in zip(headings, cells, strict=False) if name
    }
    if any(cell.strip() for cell in cells[len(headings) :]):
        named[EXTRA] = "x"
    return named


def _from_json(text: str) -> Sheet:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(_("Dit bestand is geen goede JSON.")) from None
    if isinstance(found, dict):
        found = found.get("paginas")
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Unreadable(_("In een JSON-bestand staat een lijst van pagina’s: [{…}, {…}]."))
    rows = tuple(Row(number, one) for number, one in enumerate(found, start=1))
    return Sheet(tuple(dict.fromkeys(name for one in found for name in one)), rows)


def _as_typed(cell: str) -> str:
    """Without the sign that made it safe."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def _safe(cell: str) -> str:
    """With a sign before it where a spreadsheet would calculate with it."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def too_long(cell: str) -> bool:
    return len(cell) > LONGEST


def as_csv(rows: Iterable[Mapping[str, str]]) -> bytes:
    """As a Dutch spreadsheet opens it: semicolons, and a mark that it is UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(NAMES)
    for row in rows:
        writer.writerow([_safe(row.get(name, "")) for name in NAMES])
    return out.getvalue().encode("utf-8-sig")


def as_json(rows: Iterable[Mapping[str, str]]) -> bytes:
    """The same rows; what does not belong to a kind of page is left out."""
    return json.dumps(list(rows), ensure_ascii=False, indent=1).encode()
