"""Whether somebody who signed in may go on to Mijn; asked of whoever knows (the BRP), told on a kind page."""

from collections.abc import Callable
from enum import StrEnum

from portal.municipalities.bsn import BSN


class Standing(StrEnum):
    """How a person stands to this municipality."""

    OK = "ok"
    MINOR = "minor"
    CURATELE = "curatele"
    DECEASED = "deceased"
    MOVED_AWAY = "moved_away"
    NOT_RESIDENT = "not_resident"
    DEPENDENT_ELSEWHERE = "dependent_elsewhere"
    """Not a resident here either, and a minor or under curatele: no one to act for another."""
    SILENT = "silent"
    """The register gives no answer now."""
    UNKNOWN = "unknown"
    """The register was not asked, or what it answered is not clear: nobody goes in on a guess."""


REFUSALS = frozenset(Standing) - {Standing.OK, Standing.SILENT, Standing.UNKNOWN}
"""A register said no."""


Check = Callable[[BSN], Standing]
_checks: list[Check] = []


def ask_at_sign_in(check: Check) -> None:
    """Register the one who knows; the accounts themselves know no register."""
    if check not in _checks:
        _checks.append(check)


MAY_BE_REPRESENTED = {Standing.OK, Standing.MINOR, Standing.CURATELE}
"""For these somebody else arranges things: that is what a mandate, a parent or a curator is for."""
MAY_REPRESENT = {Standing.OK, Standing.NOT_RESIDENT, Standing.MOVED_AWAY}
"""Somebody who lives elsewhere may help here; a minor or somebody under curatele may not bind another."""


def standing_of(bsn: BSN) -> Standing:
    """The first refusal; else the first doubt; UNKNOWN when there is nobody who can tell."""
    said = [check(bsn) for check in _checks] or [Standing.UNKNOWN]
    return min(said, key=_how_open)


def _how_open(standing: Standing) -> int:
    """A refusal comes before a doubt, and a doubt before silence, which an earlier word may fill."""
    doubts = [Standing.UNKNOWN, Standing.SILENT, Standing.OK]
    return doubts.index(standing) if standing in doubts else -1
