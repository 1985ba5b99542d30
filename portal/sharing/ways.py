"""The ways to give what a purpose asks, and how many steps each of them takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from .purposes import Version

AT_ONCE = ("again", "register")
"""Known already: the values are shown at once, without anything to do in between."""


def again(version: Version, earlier: Sequence[str] | None) -> bool:
    """Whether what was chosen earlier can be given once more: it holds all that is needed now."""
    needed = {one.name for one in version.to_prove if one.required}
    return earlier is not None and needed <= set(earlier)


def holds_all(version: Version, earlier: Sequence[str] | None) -> bool:
    """Whether it holds all that can be chosen too; if not, who adds something must give it another way."""
    return {one.name for one in version.to_prove} <= set(earlier or ())


def ways(version: Version, *, again: bool) -> Sequence[str]:
    """The easiest first. `again`: there is a yes for this purpose now, whose values can be given anew."""
    there = {
        "again": again,
        "register": version.a_register_knows,
        "other_device": version.wallet,
        "this_device": version.wallet,
        "typed": version.may_be_typed,
    }
    return [way for way, true in there.items() if true]


def has_a_choice(version: Version, *, again: bool) -> bool:
    """Whether there is anything to choose before it is given: which parts, or how."""
    return len(ways(version, again=again)) > 1 or any(not one.required for one in version.attributes)


@dataclass(frozen=True, slots=True)
class Steps:
    """Where the pages stand in the row of steps that a resident sees."""

    giving: int
    """The wallet, or the form to type in; the choice, when there is one, is the first."""
    of: int | None
    """How many there are; None while that depends on the way that is still to be chosen."""


def steps(version: Version, way: str | None, *, again: bool) -> Steps:
    """On a way, or before it is chosen."""
    before = 1 if has_a_choice(version, again=again) else 0
    possible = [way] if way else ways(version, again=again)
    lengths = {before + (1 if one in AT_ONCE else 2) for one in possible}
    return Steps(before + 1, lengths.pop() if len(lengths) == 1 else None)
