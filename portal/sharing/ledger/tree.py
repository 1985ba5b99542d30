"""The Merkle tree of RFC 9162 (section 2.1), pure: it knows hashes and numbers, nothing of acts or tables.

A tree of any size is a row of perfect subtrees, largest first. Their hashes never change once they are
complete, so each is kept when its last leaf comes in, and every root and proof is put together from some of
them: at most two dozen for ten million leaves.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

Hash = bytes
"""SHA-256: 32 bytes."""

EMPTY: Hash = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


class Subtree(NamedTuple):
    """A perfect subtree: 2 ** level leaves, the last of which is at position `last`; a leaf has level 0."""

    last: int
    level: int


Hashes = Mapping[Subtree, Hash]
Reader = Callable[[Sequence[Subtree]], Hashes]
"""Looks up the hashes of perfect subtrees, all of them in one go."""


class Range(NamedTuple):
    """The leaves from `start` up to, not including, `end`."""

    start: int
    end: int


def leaf_hash(content: bytes) -> Hash:
    """What stands in the tree for some content; the zero keeps a leaf from passing for a node."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Growing:
    """A tree that only grows: it remembers its perfect subtrees, largest first, and nothing else."""

    def __init__(self, size: int = 0, hashes: Sequence[Hash] = ()) -> None:
        if len(hashes) != size.bit_count():
            raise ValueError("a tree of this size has another number of perfect subtrees")
        self.size, self.hashes = size, list(hashes)

    def add(self, leaf: Hash) -> list[tuple[Subtree, Hash]]:
        """Add a leaf; gives the perfect subtrees above it that it completed, smallest first."""
        completed, level, grown = [], 0, leaf
        while self.size >> level & 1:
            grown, level = node_hash(self.hashes.pop(), grown), level + 1
            completed.append((Subtree(self.size, level), grown))
        self.hashes.append(grown)
        self.size += 1
        return completed

    def root(self) -> Hash:
        return joined(self.hashes)


def root(leaves: Iterable[Hash]) -> Hash:
    """The root over leaf hashes."""
    tree = Growing()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def root_of(size: int, read: Reader) -> Hash:
    """The root when the tree had this size."""
    return next(_hashes([Range(0, size)], read), EMPTY)


def inclusion(position: int, size: int, read: Reader) -> list[Hash]:
    """The proof that the leaf at this position is in the tree of this size. Raises ValueError."""
    if not 0 <= position < size:
        raise ValueError("there is no such leaf in a tree of this size")
    return list(_hashes(_beside(position, Range(0, size)), read))


def consistency(earlier: int, later: int, read: Reader) -> list[Hash]:
    """The proof that the tree of the later size begins with that of the earlier. Raises ValueError."""
    if not 0 < earlier <= later:
        raise ValueError("the earlier tree is empty, or larger than the later one")
    return list(_hashes(_grown(earlier, Range(0, later), whole=True), read))


def includes(leaf: Hash, position: int, size: int, proof: Sequence[Hash], claimed: Hash) -> bool:
    """Whether the proof shows this leaf at this position of the tree with this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= position < size:
        return False
    place, last, found = position, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(beside, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and found == claimed


def only_grew(earlier: int, then: Hash, later: int, now: Hash, proof: Sequence[Hash]) -> bool:
    """Whether the proof shows that the later tree begins with the earlier one (RFC 9162, 2.1.4.2)."""
    if earlier == later:
        return not proof and then == now
    if not 0 < earlier < later or not proof:
        return False
    path = [then, *proof] if earlier.bit_count() == 1 else list(proof)
    place, last = earlier - 1, later - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(beside, old), node_hash(beside, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and old == then and new == now


def perfect(part: Range) -> Iterator[Subtree]:
    """The perfect subtrees of a part, largest first; a part begins where one of its size does."""
    start = part.start
    while start < part.end:
        level = (part.end - start).bit_length() - 1
        start += 1 << level
        yield Subtree(start - 1, level)


def joined(hashes: Sequence[Hash]) -> Hash:
    """The hash over a row of perfect subtrees, largest first."""
    if not hashes:
        return EMPTY
    *larger, found = hashes
    for left in reversed(larger):
        found = node_hash(left, found)
    return found


def _hashes(parts: Iterable[Range], read: Reader) -> Iterator[Hash]:
    rows = [list(perfect(part)) for part in parts]
    known = read([one for row in rows for one in row])
    return (joined([known[one] for one in row]) for row in rows)


def _middle(part: Range) -> int:
    """Where a part splits: its left side is the largest perfect subtree that is smaller than the whole."""
    return part.start + (1 << (part.end - part.start - 1).bit_length() - 1)


def _beside(position: int, part: Range) -> list[Range]:
    """What lies beside the way from a leaf up to the top, lowest first."""
    if part.end - part.start == 1:
        return []
    middle = _middle(part)
    left, right = Range(part.start, middle), Range(middle, part.end)
    return [*_beside(position, left), right] if position < middle else [*_beside(position, right), left]


def _grown(earlier: int, part: Range, *, whole: bool) -> list[Range]:
    """What ties the earlier tree to this part; `whole` while the part begins at the very first leaf."""
    if earlier == part.end:
        return [] if whole else [part]
    middle = _middle(part)
    left, right = Range(part.start, middle), Range(middle, part.end)
    if earlier <= middle:
        return [*_grown(earlier, left, whole=whole), right]
    return [*_grown(earlier, right, whole=False), left]
