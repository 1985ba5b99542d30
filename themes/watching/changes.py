"""Compiles themes as their folders change, and lets others wait for it."""

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..build import all_folders, build, drop_gone
from ..checking import about_places
from ..make import MadeTheme
from ..refusal import ThemeRefused

EVERY = 0.3  # seconds between two looks at the folders

Print = tuple[tuple[str, int, int], ...]
"""Names, sizes and times of a folder's files."""


class Watch:
    """The themes as they stand, and what came of each."""

    def __init__(self, places: Iterable[Path], built: Path) -> None:
        self.places = list(places)
        self.built = built
        self.refused: Mapping[str, list[str]] = {}
        self.told: Mapping[str, list[str]] = {}
        self.made: Mapping[str, MadeTheme] = {}
        """Those that passed at the last look at them."""
        self.number = 0
        """Raised at each change."""
        self._prints: dict[Path, Print] = {}
        self._changed = threading.Condition()
        self._looking = threading.Lock()
        self._over = threading.Event()

    def look(self) -> bool:
        """Compile what changed since the last look; whether anything did."""
        with self._looking:
            return self._look()

    def _look(self) -> bool:
        found = all_folders(self.places)
        folders = {slug: paths[0] for slug, paths in found.items()}
        prints = {path: print_of(path) for path in folders.values()}
        if prints == self._prints:
            return False
        refused, told, made = dict(self.refused), dict(self.told), dict(self.made)
        for slug, path in folders.items():
            if prints[path] == self._prints.get(path):
                continue
            refused.pop(slug, None)
            made.pop(slug, None)
            try:
                made[slug] = one = build(path, self.built)
                told[slug] = [*one.moved, *one.notes]
            except ThemeRefused as refusal:
                refused[slug] = refusal.reasons
            except OSError as fault:  # in the next look after a change it may fit
                refused[slug] = [f"{self.built} kan niet geschreven worden: {fault.strerror}."]
        drop_gone(self.places, self.built)
        told["mappen"] = about_places(self.places, found)
        gone = (set(refused) | set(told)) - {*folders, "mappen"}
        with self._changed:
            self.refused = {slug: one for slug, one in refused.items() if slug not in gone}
            self.told = {slug: one for slug, one in told.items() if slug not in gone and one}
            self.made = {slug: one for slug, one in made.items() if slug in folders}
            self._prints = prints
            self.number += 1
            self._changed.notify_all()
        return True

    def wait(self, seen: int, seconds: float) -> int:
        """The number once it is another than was seen, or after that time."""
        with self._changed:
            self._changed.wait_for(lambda: self.number != seen, timeout=seconds)
            return self.number

    def run(self) -> None:
        """Look, again and again, until it is over."""
        while not self._over.wait(EVERY):
            self.look()

    def stop(self) -> None:
        """Make `run` come back."""
        self._over.set()


def print_of(folder: Path) -> Print:
    """What tells that a folder changed; no file is opened."""
    marks = []
    for path in sorted(folder.rglob("*")):
        try:
            known = path.lstat()
        except OSError:
            continue  # gone between two looks
        marks.append((str(path), known.st_size, known.st_mtime_ns))
    return tuple(marks)
