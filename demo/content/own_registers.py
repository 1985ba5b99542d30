"""What other registers hold of the demo's residents: travel documents, houses and businesses.

Days count from the day of reset. Where nothing stands here, the register knows nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .residents import (
    ABDELLAH,
    AYSE,
    FARID,
    HELGA,
    KEES,
    PETRI,
    ROBBERT,
    TINA,
    Resident,
)


@dataclass(frozen=True)
class Paper:
    """A travel document."""

    kind: str
    number: str
    until: int | str
    """The last day, counted from the day of reset; or raw (YYYYMMDD with zeros) where it is not whole."""
    gone: str = ""
    """"I" withheld, "V" missing, "R" gone by law; empty while it is in use."""
    gone_on: int = 0


PASSPORT, CARD, ALIENS = "PN", "NI", "PV"
KINDS = {
    PASSPORT: "Nationaal paspoort",
    CARD: "Nederlandse identiteitskaart",
    ALIENS: "Reisdocument voor vreemdelingen",
}
GONE = {"I": "Ingehouden", "V": "Vermist", "R": "Van rechtswege vervallen"}

PAPERS: Mapping[str, Sequence[Paper]] = {
    HELGA.bsn: (Paper(PASSPORT, "NX45F0127", 1460), Paper(CARD, "IR18C6604", -34)),
    KEES.bsn: (Paper(CARD, "IP73K2219", 212),),
    AYSE.bsn: (Paper(PASSPORT, "NV52D8830", 2893),),
    ABDELLAH.bsn: (Paper(PASSPORT, "NS90B4471", 803),),
    ROBBERT.bsn: (
        Paper(PASSPORT, "NT66H1093", 2510),
        Paper(CARD, "IV29J5518", 1022, gone="V", gone_on=-97),
    ),
    TINA.bsn: (Paper(PASSPORT, "NU31G7702", 640),),
    FARID.bsn: (Paper(ALIENS, "XT04A9956", "20280000"),),
}


@dataclass(frozen=True)
class House:
    """A WOZ object, with what it was worth a year before each tax year, the newest first."""

    number: str
    at: Resident
    owner: str
    """A BSN, or a name of somebody else."""
    user: Resident
    values: Sequence[int]
    ground: int
    states: Sequence[str] = ("beschikking_genomen",)
    """Of the newest value."""


LANDLORD = "Woonstichting De Duinrand"

HOUSES: Sequence[House] = (
    House("990100000112", HELGA, HELGA.bsn, HELGA, (418000, 402000, 377000), 164),
    House("990100000131", AYSE, LANDLORD, AYSE, (287000, 271000), 0),
    House("990200000108", KEES, KEES.bsn, KEES, (346000, 331000, 339000), 231, ("bezwaar_gehandhaafd",)),
    House("990200000114", PETRI, "M. Verbrugge", PETRI, (259000,), 0),
    House("990300000207", ABDELLAH, LANDLORD, ABDELLAH, (233000, 219000), 0),
    House("990300000105", TINA, TINA.bsn, TINA, (367000, 352000), 142, ("bezwaar_ingediend",)),
    House("990300000241", ROBBERT, "F. de Wit", ROBBERT, (298000,), 0),
)

SLOW: Mapping[str, float] = {"9902": 2.5}
"""Seconds that the register takes for a municipality: in Veldrecht it always does."""


@dataclass(frozen=True)
class Trade:
    """A business in the trade register."""

    number: str
    owner: Resident
    names: Sequence[str]
    legal_form: str
    activities: Sequence[tuple[str, str]]
    """Code and words (SBI), the main one first."""
    begun: str


TRADES: Mapping[str, Trade] = {
    one.number: one
    for one in (
        Trade(
            "90001745",
            KEES,
            ("Timmerbedrijf De Hoop", "De Hoop Kozijnen"),
            "Eenmanszaak",
            (("4332", "Bouwtimmeren"), ("4391", "Dakdekken en bouwen van dakconstructies")),
            "19980401",
        ),
        Trade(
            "90002318",
            TINA,
            ("Atelier Tubbergen",),
            "Eenmanszaak",
            (("9003", "Beeldende kunst"),),
            "20190000",
        ),
    )
}
