"""The tree's hashes as the database keeps them: a proof of any size is two queries over two indexes."""

from collections.abc import Sequence

from portal.sharing.models import LedgerEntry, LedgerNode

from . import tree
from .tree import Hash, Hashes, Subtree


class Incomplete(LookupError):
    """A hash that must be there is not: the log was tampered with, or entries are missing."""


def read(wanted: Sequence[Subtree]) -> Hashes:
    """The hashes of perfect subtrees. Raises Incomplete."""
    leaves = [one.last for one in wanted if one.level == 0]
    lasts = {one.last for one in wanted if one.level > 0}
    entries = LedgerEntry.objects.filter(position__in=leaves).values_list("position", "leaf")
    # A subtree's last leaf ends few others, so those of other levels cost less than asking for pairs.
    nodes = LedgerNode.objects.filter(last__in=lasts).values_list("last", "level", "hash")
    found: dict[Subtree, Hash] = {}
    if leaves:
        found |= {Subtree(position, 0): bytes(leaf) for position, leaf in entries}
    if lasts:
        found |= {Subtree(last, level): bytes(kept) for last, level, kept in nodes}
    if missing := [one for one in wanted if one not in found]:
        raise Incomplete(f"the hash of {missing[0]} is not there")
    return found


def root_of(size: int) -> Hash:
    """The root when the log had this size. Raises Incomplete."""
    return tree.root_of(size, read)


def inclusion(position: int, size: int) -> list[Hash]:
    """The proof that an entry is in the log of this size. Raises ValueError, Incomplete."""
    return tree.inclusion(position, size, read)


def consistency(earlier: int, later: int) -> list[Hash]:
    """The proof that the log only grew. Raises ValueError, Incomplete."""
    return tree.consistency(earlier, later, read)
