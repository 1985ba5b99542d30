"""The cases of the demo. Days count from T, the day of reset: `-21` is three weeks before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import residents as people
from .residents import Resident


@dataclass(frozen=True)
class CaseStory:
    """One case of one resident; it lies in a case system of the resident's municipality."""

    resident: Resident
    kind: str
    """Key of its CaseType."""
    number: str
    started: int
    reached: Sequence[int]
    """The day on which each step was reached, in the type's order."""
    about: str
    result: int | None = None
    """Which of the type's results, once there is one."""
    ended: int | None = None
    waiting: str = ""
    """Why the term stands still; empty when it runs."""
    extended: str = ""
    """Why four weeks more were taken; empty when they were not."""
    confidentiality: str = "zaakvertrouwelijk"
    """Its vertrouwelijkheidaanduiding."""
    business: str = ""
    """KVK number of the business that asked together with the resident."""
    system: int = 1
    """Which of the municipality's case systems has it."""


CASES: Sequence[CaseStory] = (
    CaseStory(
        people.HELGA,
        "verhuizing",
        "ZM-0411",
        -42,
        (-42, -41, -40),
        "Verhuizing naar Duinroosstraat 12",
        result=0,
        ended=-40,
    ),
    CaseStory(
        people.HELGA,
        "dakkapel",
        "ZM-0507",
        -23,
        (-23, -20, -16),
        "Dakkapel aan de voorkant, Duinroosstraat 12",
    ),
    CaseStory(
        people.HELGA,
        "parkeren",
        "ZM-0530",
        -6,
        (-6, -5, -2),
        "Parkeervergunning voor één auto",
        waiting="Wij wachten op uw betaling",
        system=2,
    ),
    CaseStory(people.HELGA, "adresonderzoek", "ZM-0999", -9, (-9,), "Nooit aan een inwoner getoond: intern"),
    CaseStory(
        people.HELGA,
        "bezwaar",
        "ZM-0998",
        -9,
        (-9,),
        "Nooit aan een inwoner getoond: geheim",
        confidentiality="geheim",
    ),
    CaseStory(people.HELGA, "melding", "ZM-0997", -1, (), "Nooit aan een inwoner getoond: zonder status"),
    CaseStory(
        people.AYSE, "verhuizing", "ZM-0032", -302, (-302, -301, -300), "Verhuizing", result=0, ended=-300
    ),
    CaseStory(
        people.KEES,
        "bijstand",
        "VR-0118",
        -31,
        (-31, -28, -12, -3),
        "Aanvraag bijstandsuitkering",
        waiting="Wij missen uw jaarcijfers",
        business="90001745",
    ),
    CaseStory(people.KEES, "kwijtschelding", "VR-0121", -8, (-8,), "Kwijtschelding aanslag van dit jaar"),
    CaseStory(
        people.KEES,
        "bezwaar",
        "VR-0007",
        -290,
        (-290, -280, -240, -215, -200),
        "Bezwaar tegen de WOZ-waarde",
        result=2,
        ended=-200,
    ),
    CaseStory(people.MEETINA, "hulp-thuis", "VR-0103", -26, (-26, -19, -4), "Hulp bij het huishouden"),
    CaseStory(people.PETRI, "verhuizing", "VR-0125", -60, (-60,), "Verhuizing naar Dorpsstraat 14"),
    CaseStory(
        people.ABDELLAH,
        "kwijtschelding",
        "OS-0750",
        -65,
        (-65, -58, -30),
        "Kwijtschelding aanslag van dit jaar",
        result=0,
        ended=-30,
    ),
    CaseStory(
        people.ABDELLAH,
        "bijzondere-bijstand",
        "OS-0802",
        -50,
        (-50, -44, -33, -30),
        "Nieuwe wasmachine",
        result=1,
        ended=-30,
    ),
    CaseStory(people.ABDELLAH, "melding", "OS-0901", -5, (-5, -3, -1), "Kapotte lantaarn in de Stroomweg"),
    CaseStory(
        people.TINA,
        "bezwaar",
        "OS-0655",
        -49,
        (-49, -40, -7),
        "Bezwaar tegen de parkeerbon",
        extended="De commissie komt pas volgende maand bij elkaar",
    ),
    CaseStory(people.FARID, "parkeren", "OS-0870", -12, (-12, -11), "Parkeervergunning voor één auto"),
)
