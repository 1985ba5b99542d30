"""Whether all of the log fits: the tree, the records, the sealed days, the signed heads.

Reads everything once, in the order of the entries, a few thousand rows at a time.
"""

from collections.abc import Iterator
from itertools import islice

from django.db import DatabaseError
from django.db.models import Exists, OuterRef

from portal.municipalities import signing
from portal.municipalities.crypto import DoesNotDecrypt
from portal.municipalities.keys import KeyMissing
from portal.sharing.models import (
    ActRecord,
    LedgerEntry,
    LedgerHead,
    LedgerNode,
    LogRecord,
    RecordKey,
    SignedHead,
)

from . import days, forgetting, heads, record_keys
from .entries import leaf
from .tree import EMPTY, Growing, Hash, Subtree

CHUNK = 5000


def faults() -> list[str]:
    """What does not fit in the log of the municipality in force; empty when it is whole."""
    signed = list(SignedHead.objects.order_by("at"))
    tree = Walk({head.size for head in signed})
    checks = {
        "the tree": tree.faults(),
        "the records": _records(),
        "what was forgotten": _without_record(),
        "the records of the log itself": _log_records(),
        "the sealed days": days.faults(),
        "what terms ended": forgetting.faults(),
        "the signed heads": _heads(signed, tree),
    }
    return [fault for what, check in checks.items() for fault in _to_the_end(what, check)]


def _to_the_end(what: str, check: Iterator[str]) -> Iterator[str]:
    """What a check found. Rows that nobody can make sense of are a fault too, and end no other check."""
    try:
        yield from check
    except DatabaseError:
        raise
    except Exception as fault:
        yield f"{what} cannot be read to the end: {type(fault).__name__}"


class Walk:
    """The tree built anew from its leaves, and held against the hashes that are kept."""

    def __init__(self, sizes: set[int]) -> None:
        self.roots: dict[int, Hash] = {0: EMPTY}
        """The root at each size that was asked for, as far as the leaves go."""
        self._sizes = sizes
        self._tree = Growing()
        self._wrong: set[Subtree] = set()
        self._kept = _kept_nodes()
        self._next = next(self._kept, None)

    def faults(self) -> Iterator[str]:
        head = LedgerHead.objects.first()
        if (head.size if head else 0) != LedgerEntry.objects.count():
            yield "the head does not count the entries"
        entries = LedgerEntry.objects.order_by("position").values_list("position", "leaf")
        for position, kept in entries.iterator(CHUNK):
            if position != self._tree.size:
                yield f"positions are missing or doubled, from {self._tree.size} on"
                return
            yield from self._add(bytes(kept))
        if head and head.size == self._tree.size and bytes(head.hashes) != b"".join(self._tree.hashes):
            yield "the head does not fit the entries"
        if self._next is not None:
            yield f"a hash is kept of entries that are not there, from {self._next[0].last} on"

    def _add(self, added: Hash) -> Iterator[str]:
        for one, made in self._tree.add(added):
            if self._take(one) != made:
                below = {
                    Subtree(one.last, one.level - 1),
                    Subtree(one.last - (1 << one.level - 1), one.level - 1),
                }
                if not below & self._wrong:  # else it is wrong because what is below it is
                    first = one.last + 1 - (1 << one.level)
                    yield f"the hash over entries {first} to {one.last} is not what was logged"
                self._wrong.add(one)
        if self._tree.size in self._sizes:
            self.roots[self._tree.size] = self._tree.root()

    def _take(self, wanted: Subtree) -> Hash | None:
        """The kept hash of a subtree, or None when it is not there; they come in the order they were made."""
        while self._next is not None and self._next[0] < wanted:
            self._next = next(self._kept, None)
        if self._next is None or self._next[0] != wanted:
            return None
        found, self._next = self._next[1], next(self._kept, None)
        return found


def _kept_nodes() -> Iterator[tuple[Subtree, Hash]]:
    rows = LedgerNode.objects.order_by("last", "level").values_list("last", "level", "hash")
    return ((Subtree(last, level), bytes(kept)) for last, level, kept in rows.iterator(CHUNK))


def _records() -> Iterator[str]:
    rows = ActRecord.objects.order_by("entry__position").select_related("entry").iterator(CHUNK)
    while some := list(islice(rows, CHUNK)):
        keys = {
            row.grant_id: row for row in RecordKey.objects.filter(grant__in={one.grant_id for one in some})
        }
        opened = {grant: _opened(row) for grant, row in keys.items()}
        for record in some:
            try:
                salt = record_keys.salt_of(record, opened.get(record.grant_id))
            except record_keys.Forgotten:
                why = "does not open" if record.grant_id in keys else "is gone"
                yield f"the record key of entry {record.entry.position} {why}"
                continue
            if leaf(salt, record.payload) != bytes(record.entry.leaf):
                yield f"the record of entry {record.entry.position} is not what was logged"


def _opened(row: RecordKey) -> bytes | None:
    try:
        return record_keys.opened(row)
    except (DoesNotDecrypt, KeyMissing):
        return None


def _without_record() -> Iterator[str]:
    """Entries that nothing says the meaning of, and that were not forgotten at the end of their term."""
    acts = ActRecord.objects.filter(entry=OuterRef("id"))
    own = LogRecord.objects.filter(entry=OuterRef("id"))
    bare = set(LedgerEntry.objects.filter(~Exists(acts), ~Exists(own)).values_list("position", flat=True))
    if not bare:
        return
    for position in sorted(bare - forgetting.forgotten_positions()):
        yield f"the record of entry {position} is not there, and was not forgotten in its time"


def _log_records() -> Iterator[str]:
    for row in LogRecord.objects.select_related("entry").order_by("entry__position"):
        if leaf(bytes(row.salt), row.payload) != bytes(row.entry.leaf):
            yield f"the record of entry {row.entry.position} is not what was logged"
        elif row.day != row.payload.get("day", "") or row.kind != row.payload.get("kind"):
            yield f"the record of entry {row.entry.position} passes for another"


def _heads(signed: list[SignedHead], tree: Walk) -> Iterator[str]:
    keys = signing.public_keys() if signed else {}
    for head in signed:
        if not heads.is_signed(head, keys):
            yield f"the head of {head.size} entries is not signed by the municipality"
        elif tree.roots.get(head.size) != bytes(head.root):
            yield f"the log is not what its head of {head.size} entries says"


def in_short(found: list[str], most: int = 20) -> str:
    """The faults in a line; of many the first, and how many more."""
    more = [f"and {len(found) - most} more"] if len(found) > most else []
    return "; ".join([*found[:most], *more])
