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
    UNKNOWN = "unknown"
    """The register could not be asked now: nobody goes in on a guess."""


Check = Callable[[BSN], Standing]
_checks: list[Check] = []


def ask_at_sign_in(check: Check) -> None:
    """Register the one who knows; the accounts themselves know no register."""
    if check not in _checks:
        _checks.append(check)


def standing_of(bsn: BSN) -> Standing:
    """The first standing that is not OK; UNKNOWN when nobody can tell."""
    if not _checks:
        return Standing.UNKNOWN
    return next((standing for check in _checks if (standing := check(bsn)) is not Standing.OK), Standing.OK)
