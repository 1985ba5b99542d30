"""What goes in and out, with the Dutch names consumers use. Fields that are not named here are refused."""

import re
import unicodedata
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict, Field

from portal.municipalities.bsn import holds_one

UNSEEN = (
    r"\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
)
"""Signs that a reader does not see, or that turn the reading around: what residents read has none."""
_YEAR_AND_NUMBER = re.compile(r"(?<!\d)20\d\d-\d{5}(?!\d)", re.ASCII)
"""How many case systems count; nobody writes a BSN so, and one in eleven would look like one."""


def _all_seen(word: str) -> str:
    """Beyond the plane that patterns of JSON Schema reach, there are signs that nobody sees too."""
    if not word.strip() or any(unicodedata.category(sign) in ("Cc", "Cf", "Cn", "Co", "Cs") for sign in word):
        raise ValueError("signs that are not seen")
    return word


def _no_bsn(word: str) -> str:
    """The number of a case is kept as it is; a BSN may not be in it (design, rule 2)."""
    plain = unicodedata.normalize("NFKC", word)
    if holds_one(_YEAR_AND_NUMBER.sub("a year and a number", plain)):
        raise ValueError("holds a BSN")
    return word


Word = Annotated[
    str, Field(min_length=1, max_length=100, pattern=rf"^[^{UNSEEN}]+$"), AfterValidator(_all_seen)
]


def _whole(number: object) -> object:
    """A number, and nothing that only counts as one."""
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise ValueError("no number")
    return number


def _written(moment: object) -> object:
    """As RFC 3339 writes one, which the contract names; a number could be seconds or thousandths of them."""
    if not (isinstance(moment, str) and re.match(r"\d{4}-\d\d-\d\d[Tt ]", moment, re.ASCII)):
        raise ValueError("no moment")
    return moment


Zaak = Annotated[Word, AfterValidator(_no_bsn)]
Slug = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z0-9-]+$")]
Bsn = Annotated[str, Field(pattern=r"^[0-9]{9}$", description="Burgerservicenummer; wordt niet bewaard.")]
Address = Annotated[str, Field(max_length=200, pattern=rf"^https?://[^ {UNSEEN}]+$")]
Moment = Annotated[AwareDatetime, BeforeValidator(_written), Field(description="Met tijdzone, in seconden.")]
RequestState = Literal["aangemaakt", "getoond", "gegeven", "geweigerd", "teruggenomen", "verlopen"]
Ground = Literal["toestemming", "wet-vraagt-ja", "wet"]
EventKind = Literal["gegeven", "geweigerd", "ingetrokken", "verlopen", "verbruikt", "gewist"]
GrantState = Literal["geldig", "ingetrokken", "verbruikt", "verlopen", "doel-ingetrokken", "opnieuw-vragen"]


class Asked(Schema):
    """Een vraag aan een inwoner."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description="Door u gemaakt. Dezelfde vraag met hetzelfde id is één vraag.")
    doel: Slug
    versie: Annotated[int, BeforeValidator(_whole), Field(ge=1, le=1_000_000)]
    burgerservicenummer: Bsn
    zaak: Zaak | None = Field(None, description="Het zaaknummer zoals de inwoner het kent.")
    terugUrl: Address | None = Field(None, description="Een van de adressen die u van tevoren opgaf.")
    antwoordVoor: Moment | None = Field(None, description="Daarna is de vraag verlopen; anders na 14 dagen.")
    gewenstEinde: Moment | None = Field(
        None, description="Tot wanneer u wilt lezen; nooit langer dan het doel, en hoogstens tien jaar."
    )


class Request(Schema):
    """Hoe het met een vraag staat."""

    id: UUID
    doel: str
    versie: int
    toestand: RequestState
    aangemaaktOp: datetime
    verlooptOp: datetime
    toestemming: UUID | None = Field(description="Zodra de inwoner ja zei.")
    antwoordAdres: str = Field(description="Waar de inwoner na inloggen kan antwoorden.")


class Grant(Schema):
    """Of een toestemming geldt."""

    id: UUID
    doel: str
    versie: int
    toestand: GrantState
    gegevenOp: datetime
    geldigTot: datetime | None
    verzoek: UUID | None = Field(description="Uw eigen id van de vraag, als u die stelde.")


class Read(Schema):
    """Wat de inwoner deelt; deze lezing ziet de inwoner."""

    toestemming: UUID
    gebruik: UUID
    doel: str
    gegevens: dict[str, str]
    namen: dict[str, str]
    geldigTot: datetime | None


class ByLaw(Schema):
    """Lezen op grond van een wet."""

    model_config = ConfigDict(extra="forbid")

    doel: Slug
    burgerservicenummer: Bsn
    zaak: Zaak = Field(description="Het nummer van de lopende zaak waarvoor dit nodig is.")


class ReadByLaw(Schema):
    """Wat de wet u laat lezen; deze lezing ziet de inwoner meteen."""

    gebruik: UUID
    doel: str
    grond: str
    zaak: str
    gegevens: dict[str, str]
    namen: dict[str, str]


class Event(Schema):
    """Iets wat gebeurde; nooit met gegevens."""

    id: UUID
    volgnummer: int
    soort: EventKind
    tijdstip: datetime
    toestemming: UUID | None
    verzoek: UUID | None


class Events(Schema):
    gebeurtenissen: list[Event]
    volgende: int = Field(description="Geef dit de volgende keer als `na`.")


class Attribute(Schema):
    naam: str
    omschrijving: str
    verplicht: bool


class PurposeVersion(Schema):
    """Een doel, zoals inwoners het lezen."""

    doel: str
    versie: int
    grond: Ground
    wet: str
    titel: str
    wie: str
    waarvoor: str
    hoeLang: str
    bewaren: str
    gegevens: list[Attribute]
    ontvangers: list[str]
    eenmalig: bool
    ingetrokken: bool
    kenmerk: str = Field(description="SHA-256 van de inhoud, die nooit verandert.")
    activiteit: str = Field(description="De verwerkingsactiviteit in het register van de gemeente.")


class Key(Schema):
    kty: str
    crv: str
    x: str
    kid: str
    use: str
    alg: str


class Keys(Schema):
    keys: list[Key]


class Fault(Schema):
    """Wat er mis is met een vraag om een token (RFC 6749 §5.2)."""

    error: str
    error_description: str | None = None


class Token(Schema):
    access_token: str
    token_type: str
    expires_in: int
    scope: str | None = None
