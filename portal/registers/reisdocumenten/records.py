"""What we keep of the answers. Source: Haal Centraal Reisdocumenten 2.0."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from ..dates import WordedDate


@dataclass(frozen=True, slots=True)
class TravelDocument:
    """A passport, identity card or other travel document."""

    kind: str
    """In the register's words, e.g. "Nationaal paspoort"."""
    number: str = field(repr=False)
    until: WordedDate | None
    """The last day that it is valid."""
    gone: str
    """Why it is not in use any more (inhoudingOfVermissing), in the register's words; empty while it is."""
    gone_since: WordedDate | None
    in_doubt: bool

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        """Read one document; raises KeyError, TypeError or ValueError on what the API does not promise."""
        gone = answer.get("inhoudingOfVermissing") or {}
        return cls(
            kind=str(answer["soort"]["omschrijving"]),
            number=str(answer.get("reisdocumentnummer") or ""),
            until=WordedDate.of(answer.get("datumEindeGeldigheid")),
            gone=str((gone.get("aanduiding") or {}).get("omschrijving") or ""),
            gone_since=WordedDate.of(gone.get("datum")),
            in_doubt=bool(answer.get("inOnderzoek") or gone.get("inOnderzoek")),
        )
