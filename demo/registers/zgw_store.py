"""All cases and types of one municipality, as records of the APIs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from demo.content.case_types import CASE_TYPES
from demo.content.cases import CaseStory
from demo.content.residents import CODES

from .zgw_beside import Beside
from .zgw_intake_types import eigenschappen, incoming
from .zgw_profiles import OPENZAAK, Profile
from .zgw_records import Record, Words
from .zgw_types import resultaattypen, roltypen, statustypen, zaaktype

ORDER = (
    "openbaar", "beperkt_openbaar", "intern", "zaakvertrouwelijk",
    "vertrouwelijk", "confidentieel", "geheim", "zeer_geheim",
)  # fmt: skip
Records = dict[str, Record]


@dataclass(frozen=True)
class Store:
    """Records by their address."""

    zaken: Records
    rollen: Records
    statussen: Records
    resultaten: Records
    types: Mapping[str, Records]
    beside: Beside
    facts: Records = field(default_factory=dict)
    """Properties of cases (zaakeigenschappen)."""
    enclosures: Records = field(default_factory=dict)
    """Which document belongs to which case (zaakinformatieobjecten)."""
    documenten: Records = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    """Of documents, by their address."""
    awaited: dict[str, tuple[str, Record]] = field(default_factory=dict)
    """Parts that are still to come (bestandsdelen), by their address: of which document, and the record."""
    pieces: dict[str, bytes] = field(default_factory=dict)
    """What came of parts, by their address."""

    @classmethod
    def of(
        cls, root: str, day: date, code: str, stories: Sequence[CaseStory], profile: Profile = OPENZAAK
    ) -> Self:
        """What the municipality with this code has on this day."""
        words = Words(root, day, code, profile)
        kinds = {kind.key: kind for kind in CASE_TYPES}
        own = [
            (story, kinds[story.kind]) for story in stories if CODES[story.resident.municipality][0] == code
        ]
        beside = Beside.of(words, [story for story, _kind in own])
        return cls(
            beside=beside,
            zaken=_by_url(words.zaak(story, kind) for story, kind in own),
            rollen=_by_url(rol for story, kind in own for rol in words.rollen(story, kind)),
            statussen=_by_url(status for story, kind in own for status in words.statussen(story, kind)),
            resultaten=_by_url(
                words.resultaat(story, kind) for story, kind in own if story.result is not None
            ),
            types={
                "zaaktypen": _by_url(zaaktype(words, kind) for kind in CASE_TYPES),
                "statustypen": _by_url(one for kind in CASE_TYPES for one in statustypen(words, kind)),
                "resultaattypen": _by_url(one for kind in CASE_TYPES for one in resultaattypen(words, kind)),
                "besluittypen": beside.kinds(),
                "roltypen": _by_url(one for kind in CASE_TYPES for one in roltypen(words, kind)),
                "eigenschappen": _by_url(one for kind in CASE_TYPES for one in eigenschappen(words, kind)),
                "zaaktype-informatieobjecttypen": _by_url(
                    one for kind in CASE_TYPES for one in incoming(words, kind)
                ),
            },
        )

    def part(self, what: str, url: str) -> Record | None:
        """A role, status or result."""
        records: Records = getattr(self, what)
        return records.get(url)

    def parts(self, what: str, zaak: str, bsn: str = "") -> list[Record]:
        """The roles, statuses or results of a case, or all of them; roles also of one person."""
        records: Records = getattr(self, what)
        return [
            one
            for one in records.values()
            if (not zaak or one["zaak"] == zaak)
            and (not bsn or one["betrokkeneIdentificatie"].get("inpBsn") == bsn)
        ]

    def types_of(self, what: str, zaaktype: str) -> list[Record]:
        """The types of a kind; a step may belong to several zaaktypen."""
        known = self.types[what]
        kind = self.types["zaaktypen"].get(zaaktype, {})
        if zaaktype and what in kind:
            return [known[url] for url in kind[what]]
        return [one for one in known.values() if not zaaktype or one.get("zaaktype") == zaaktype]

    def matches(self, zaak: Record, bsn: str, limit: str, body: Mapping[str, Any]) -> bool:
        """Whether a search finds a case. An empty BSN filters nothing, as with a real one."""
        general = body.get("rol__omschrijvingGeneriek")
        roles = self.parts("rollen", zaak["url"])
        return (
            ORDER.index(zaak["vertrouwelijkheidaanduiding"]) <= ORDER.index(limit)
            and (not bsn or any(one["betrokkeneIdentificatie"].get("inpBsn") == bsn for one in roles))
            and (not general or any(one["omschrijvingGeneriek"] == general for one in roles))
            and all(body.get(name, zaak[name]) == zaak[name] for name in ("identificatie", "bronorganisatie"))
            and zaak["uuid"] in body.get("uuid__in", [zaak["uuid"]])
            and (zaak["einddatum"] is None) in {body.get("einddatum__isnull", zaak["einddatum"] is None)}
        )

    def expanded(self, zaak: Record, wanted: Sequence[str]) -> Record:
        """A case with what was asked beside it. What lies deeper needs its parent named too, or stays out."""
        beside: Record = {}
        if "zaaktype" in wanted:
            beside["zaaktype"] = self.types["zaaktypen"][zaak["zaaktype"]]
        if "rollen" in wanted:
            beside["rollen"] = self.parts("rollen", zaak["url"])
        if "status" in wanted and zaak["status"]:
            status = self.statussen[zaak["status"]]
            deeper = {"statustype": self.types["statustypen"][status["statustype"]]}
            beside["status"] = status | ({"_expand": deeper} if "status.statustype" in wanted else {})
        if "resultaat" in wanted and zaak["resultaat"]:
            result = self.resultaten[zaak["resultaat"]]
            deeper = {"resultaattype": self.types["resultaattypen"][result["resultaattype"]]}
            beside["resultaat"] = result | (
                {"_expand": deeper} if "resultaat.resultaattype" in wanted else {}
            )
        return zaak | {"_expand": beside}


def _by_url(records: Any) -> Records:
    return {record["url"]: record for record in records}
