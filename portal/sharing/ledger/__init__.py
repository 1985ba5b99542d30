"""The act log of a municipality: append-only, and provably so.

Each act is a leaf of a Merkle tree (RFC 9162): a salted commitment, so that an entry holds no word of what
happened. The record beside it says what. The municipality signs the head of its tree every minute that
something changed; whoever kept a head can see that the log only grew since.

    tree.py       the tree, pure              heads.py     signed heads
    nodes.py      its hashes in the database  deposits.py  heads outside the database
    entries.py    adding an act               days.py      a day's uses, sealed
    forgetting.py the end of accountability   restores.py  after a backup came back
    verify.py     whether all of it fits      public.py    what anybody may ask of it
"""

from .entries import append
from .verify import faults

__all__ = ["append", "faults"]
