"""Who may act for whom in the demo, as DigiD Machtigen would say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .residents import FARID, KEES, MEETINA, RABAH, Resident

LOOKING, SHARING = "d3c1e6a0-6f0b-4f0e-9a57-5f1f6f0c2a11", "8f0d4c5e-2b7a-4f5d-8f63-0f5a3c9be122"
SERVICES: Mapping[str, str] = {LOOKING: "look", SHARING: "share"}
"""What a mandate can be for, and how far that goes in Mijn."""
SCOPE = "machtigen"
"""Asked of the provider by who comes for somebody else."""


@dataclass(frozen=True)
class Mandate:
    """That one person acts for another."""

    actor: Resident
    subject: Resident
    service: str
    story: str
    try_this: str


MANDATES: Sequence[Mandate] = (
    Mandate(
        KEES, MEETINA, SHARING, "Hij helpt zijn buurvrouw van 95, die geen computer heeft.",
        "Bekijk haar zaak. Laat haar berichten naar een e-mailadres gaan. Haar eigen gegevens ziet hij niet.",
    ),
    Mandate(
        FARID, RABAH, LOOKING, "Hij regelt dingen voor zijn zoon van 16.",
        "Kijk wat er voor Rabah open staat. Iets delen kan met deze machtiging niet.",
    ),
)  # fmt: skip
