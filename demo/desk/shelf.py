"""What the desk has: one item for each grant it heard of, in a file of its own."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Lock

from .portal import SLUG

ENDS = ("ingetrokken", "verlopen", "verbruikt")
"""What the portal tells of an end; what came under the grant is erased then."""


@dataclass
class Item:
    """One grant as the desk knows it."""

    grant: str
    municipality: str
    purpose: str = ""
    values: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    state: str = "gedeeld"
    """"wacht" (may be read once, and was not), "gedeeld", one of `ENDS`, or "niet gelezen"."""
    team: str = SLUG


class Shelf:
    """The items, newest first; safe for several threads."""

    def __init__(self, file: Path) -> None:
        self._file, self._lock = file, Lock()
        stored = json.loads(file.read_text()) if file.exists() else []
        self._items = {one["grant"]: Item(**one) for one in stored}

    def put(self, item: Item) -> None:
        with self._lock:
            self._items.pop(item.grant, None)
            self._items[item.grant] = item
            self._write()

    def find(self, grant: str) -> Item | None:
        with self._lock:
            return self._items.get(grant)

    def erase(self, grant: str, municipality: str, state: str, team: str = SLUG) -> None:
        """Forget the values; what stays is that there was something, and that it is gone."""
        with self._lock:
            item = self._items.get(grant) or Item(grant, municipality, team=team)
            gone_already = item.state in ENDS
            item.values, item.labels = {}, {}
            item.state = item.state if gone_already else state
            self._items[grant] = item
            self._write()

    def items(self) -> list[Item]:
        with self._lock:
            return list(reversed(self._items.values()))

    def _write(self) -> None:
        part = self._file.with_suffix(".part")
        part.write_text(json.dumps([asdict(item) for item in self._items.values()]))
        part.replace(self._file)
