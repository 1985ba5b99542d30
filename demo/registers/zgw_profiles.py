"""Case systems that differ, as the demo's can play them. The quirks of `esuite` are what a peer works around
(facts/zgw.md §7); `old-1.0` is what the standard was before 1.5."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]
SEARCH = {
    "bronorganisatie",
    "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn",
    "rol__omschrijvingGeneriek",
    "maximaleVertrouwelijkheidaanduiding",
    "identificatie",
    "ordering",
    "expand",
    "uuid__in",
    "einddatum__isnull",
}
"""What `_zoek` takes here; anything else is unknown, as a newer version's parameters are to an older one."""
SINCE_1_0: Mapping[str, Sequence[str]] = {
    "zaken": (
        "_expand", "laatstGemuteerd", "laatstGeopend", "communicatiekanaalNaam", "rollen",
        "zaakinformatieobjecten", "zaakobjecten", "gerelateerdeZaken", "opdrachtgevendeOrganisatie",
        "processobject", "processobjectaard", "startdatumBewaartermijn",
    ),
    "rollen": (
        "afwijkendeNaamBetrokkene", "contactpersoonRol", "statussen", "beginGeldigheid", "eindeGeldigheid",
        "authenticatieContext",
    ),
    "statussen": ("indicatieLaatstGezetteStatus", "gezetdoor", "zaakinformatieobjecten"),
}  # fmt: skip
"""What older systems do not send."""


@dataclass(frozen=True)
class Profile:
    """How a case system behaves."""

    version: str = "1.5.1"
    search: bool = True
    """`_zoek` by person."""
    beside: bool = True
    """`expand`."""
    longest: int | None = 500
    """The largest pageSize; None where it is unknown."""
    ordered: bool = True
    filters_both: bool = True
    """`rollen` by case and person together, and by general description."""
    left_out: Mapping[str, Sequence[str]] = field(default_factory=dict)
    own_numbers: bool = False
    shares_steps: bool = False
    """A first step with the same words is one statustype of several types."""
    names_employees: bool = False

    @property
    def list_parameters(self) -> set[str]:
        """What a list of cases takes in its address."""
        searched = SEARCH - {"uuid__in", "expand", "ordering", "einddatum__isnull"} | {"page"}
        return searched | ({"ordering"} if self.ordered else set()) | self.sizes | self.expands

    @property
    def sizes(self) -> set[str]:
        return {"pageSize"} if self.longest else set()

    @property
    def expands(self) -> set[str]:
        return {"expand"} if self.beside else set()

    def told(self, what: str, record: Record) -> Record:
        """A record as this system sends it."""
        missing = self.left_out.get(what, ())
        return {name: value for name, value in record.items() if name not in missing}


OPENZAAK = Profile()
PROFILES: Mapping[str, Profile] = {
    "openzaak": OPENZAAK,
    "esuite": Profile(
        version="1.0.2",
        search=False,
        beside=False,
        longest=None,
        ordered=False,
        filters_both=False,
        left_out={**SINCE_1_0, "statustypen": ("informeren",)},
        own_numbers=True,
        shares_steps=True,
        names_employees=True,
    ),
    "old-1.0": Profile(
        version="1.0.2", search=False, beside=False, longest=None, ordered=False, left_out=SINCE_1_0
    ),
}
