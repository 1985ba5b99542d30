"""The heads that the second party keeps, one file a log; only what it checked itself goes in."""

import json
import runpy
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
CHECK = runpy.run_path(str(ROOT / "docs" / "controleer.py"))
"""What the residents' script can do, without importing anything of the portal."""

Head = dict[str, Any]


class Refused(Exception):
    """This head is not signed, or does not go with what is kept."""


class Shelf:
    """What is kept, and what may be added to it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    def heads(self, log: str) -> list[Head]:
        """The heads of a log, oldest first."""
        file = self._file(log)
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def take(self, given: dict[str, Any], keys: list[dict[str, Any]]) -> None:
        """Keep a head; one that is kept already is taken again and changes nothing. Raises Refused."""
        head, kept = given["kop"], self.heads(given["kop"]["logboek"])
        if head in kept:
            return
        if not CHECK["getekend"](head, keys):
            raise Refused("not signed")
        if kept and not _grew(kept[-1], head, given["pad"]):
            raise Refused("the log did not grow from the head that is kept")
        with self._file(head["logboek"]).open("a") as file:
            file.write(json.dumps(head) + "\n")

    def _file(self, log: str) -> Path:
        return self._folder / (log.replace(":", "-") + ".jsonl")


def _grew(before: Head, head: Head, path: list[str]) -> bool:
    if head["grootte"] < before["grootte"]:
        return False
    roots = tuple(bytes.fromhex(one["wortel"]) for one in (before, head))
    hashes = [bytes.fromhex(one) for one in path]
    found = CHECK["wortels_via"](before["grootte"], roots[0], head["grootte"], hashes)
    return bool(found == roots)
