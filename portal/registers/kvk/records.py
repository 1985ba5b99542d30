"""What we keep of the answers. Source: KVK Basisprofiel 1.3."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Business:
    """A business, without its addresses and the people in it."""

    number: str
    name: str
    trade_names: Sequence[str]
    """In the order in which they were registered."""
    legal_form: str
    activity: str
    """The main one, in words (SBI)."""
    begun: str
    """As the register writes it: YYYYMMDD, zeros for what is not known; empty where it does not say."""
    ended: str
    is_known: bool = True
    """The register has it; else there is only the number, which a case names."""

    @classmethod
    def unknown(cls, number: str) -> Self:
        """One that the register says it does not have."""
        return cls(number, "", (), "", "", "", "", is_known=False)

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        """Read one; raises KeyError, TypeError or ValueError on what the API does not promise."""
        names = sorted(answer.get("handelsnamen") or [], key=lambda one: int(one.get("volgorde") or 0))
        runs = answer.get("materieleRegistratie") or {}
        owner = (answer.get("_embedded") or {}).get("eigenaar") or {}
        activities = [
            one for one in answer.get("sbiActiviteiten") or [] if _yes(one.get("indHoofdactiviteit"))
        ]
        return cls(
            number=str(answer["kvkNummer"]),
            name=str(answer["naam"]),
            trade_names=[str(one["naam"]) for one in names],
            legal_form=str(owner.get("uitgebreideRechtsvorm") or owner.get("rechtsvorm") or ""),
            activity=str(activities[0].get("sbiOmschrijving") or "") if activities else "",
            begun=str(runs.get("datumAanvang") or ""),
            ended=str(runs.get("datumEinde") or ""),
        )


def whole_day(written: str) -> date | None:
    """The calendar date; None where the register does not know month or day."""
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:8]))
    except ValueError:
        return None


def _yes(word: Any) -> bool:
    return str(word).lower() == "ja"
