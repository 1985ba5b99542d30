"""What others know and notices do not: where a resident is reached, in which language, what still holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.municipalities.bsn import BSN

from .kinds import Kind


@dataclass(frozen=True, slots=True)
class Sharing:
    """The answers of who keeps the yes to mail. Each is asked in a transaction, at sending time."""

    mail_address: Callable[[UUID, Kind, UUID], str | None]
    """Of a resident, for a kind and the id of a notice; None when the resident did not choose mail for it."""
    language: Callable[[UUID], str]
    still_wanted: Callable[[UUID, Kind, UUID | None], bool]
    """Whether what was to be told (resident, kind, cause) still holds."""


Postal = Callable[[BSN], Sequence[str] | None]
_sharing: list[Sharing] = []
_postal: list[Postal] = []


def by_sharing(answers: Sharing) -> None:
    """Register who knows; only the last counts."""
    _sharing[:] = [answers]


def by_post(lines: Postal) -> None:
    """Register who knows the lines of somebody's postal address, name first; asked outside transactions."""
    _postal[:] = [lines]


def mail_address(subject: UUID, kind: Kind, notice: UUID) -> str | None:
    """None also when nobody knows: then a letter goes."""
    return _sharing[0].mail_address(subject, kind, notice) if _sharing else None


def language(subject: UUID) -> str:
    return _sharing[0].language(subject) if _sharing else "nl"


def still_wanted(subject: UUID, kind: Kind, cause: UUID | None) -> bool:
    return _sharing[0].still_wanted(subject, kind, cause) if _sharing else True


def postal_lines(bsn: BSN) -> Sequence[str] | None:
    """Name and address; None when the register does not know them or gives no answer now."""
    return _postal[0](bsn) if _postal else None
