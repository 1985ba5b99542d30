"""Who has a wallet in the demo and what is in it."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Holder:
    """One resident with a wallet."""

    name: str
    story: str = ""
    municipality: str = ""
    credentials: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict, repr=False)
    """By credential without scheme, e.g. `sidn-pbdf.email`: one set of attributes for each card."""

    @property
    def key(self) -> str:
        """The name as it stands in addresses and folders; never the BSN."""
        plain = unicodedata.normalize("NFKD", self.name.replace("ß", "ss")).encode("ascii", "ignore").decode()
        return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")

    @property
    def contents(self) -> str:
        """A hash that changes when other credentials must be issued."""
        kept = {name: [dict(card) for card in cards] for name, cards in self.credentials.items()}
        return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Read one of the file; a credential is one set of attributes or a list of sets."""
        cards = {
            name: given if isinstance(given, list) else [given]
            for name, given in stored.get("credentials", {}).items()
        }
        return cls(stored["name"], stored.get("story", ""), stored.get("municipality", ""), cards)


def read_holders(file: Path) -> list[Holder]:
    """The residents of a JSON file: a list of {"name", "story", "municipality", "credentials"}."""
    return [Holder.of(stored) for stored in json.loads(file.read_text())]
