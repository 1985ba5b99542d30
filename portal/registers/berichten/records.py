"""What we keep of a message. Source: Berichten API 0.1.0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from portal.municipalities.bsn import BSN

from ..about_case import NamedCase
from ..dates import day_here, moment
from ..urns import case_among, document_of, is_person

LONGEST = 10_000
"""Signs of a text; the API allows 4000. Each of its lines is drawn by itself: millions would take hours."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that goes with a message."""

    document: UUID
    title: str
    """As its sender calls it for the resident; often empty."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message to somebody; of whom only whether it is a given BSN can be asked."""

    id: UUID
    subject: str = field(repr=False)
    text: str = field(repr=False)
    """Plain text, with the plainest of Markdown in it; never HTML."""
    at: datetime | None
    """From when it may be seen (publicatiedatum); None where the register leaves that open."""
    opened: datetime | None
    """When its resident first opened it."""
    until: date | None
    """Until when something can be done about it."""
    case: NamedCase | None
    attachments: Sequence[Attachment]
    _to: str = field(repr=False)

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        """Raises LookupError, TypeError or ValueError for what is no message."""
        until, text = answer.get("einddatumHandelingsTermijn"), str(answer["berichtTekst"])
        if len(text) > LONGEST:
            raise ValueError("longer than a message can be")
        return cls(
            id=UUID(str(answer["uuid"])),
            subject=str(answer["onderwerp"]),
            text=text,
            at=_moment(answer.get("publicatiedatum")),
            opened=_moment(answer.get("geopendOp")),
            until=day_here(moment(until)) if until else None,
            case=case_among(str(one["urn"]) for one in answer.get("isGerelateerdAan") or []),
            attachments=[
                Attachment(document, str(one.get("omschrijving") or ""))
                for one in answer.get("bijlagen") or []
                if (document := document_of(str(one["informatieObject"])))
            ],
            _to=str(answer["ontvanger"]),
        )

    def is_to(self, bsn: BSN) -> bool:
        """Whether it is to the person of that BSN."""
        return is_person(self._to, bsn)


def _moment(text: str | None) -> datetime | None:
    return moment(text) if text else None
