"""What residents of the demo told the municipality of how to reach them, and when they had contact."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import residents as people
from .residents import Resident


@dataclass(frozen=True)
class ContactStory:
    """One contact of one resident; days count from T, the day of reset."""

    resident: Resident
    day: int
    channel: str
    subject: str
    text: str = ""
    answer: str = ""
    team: str = ""
    employee: str = ""
    """Who spoke; never shown to a resident."""
    case: str = ""
    """The number of the case it was about."""
    answers_day: int | None = None
    """The day on which a later contact of the municipality answered it."""
    confidential: bool = False


REACHED: Sequence[Resident] = (people.HELGA, people.KEES, people.ABDELLAH, people.TINA, people.AYSE)
"""Whose e-mail address and number the municipality knows; the others it has never met."""

CONTACTS: Sequence[ContactStory] = (
    ContactStory(
        people.HELGA, -30, "telefoon", "Vraag over afvalpas", "Mevrouw vroeg of haar afvalpas mee verhuist.",
        "De pas hoort bij het adres. Op het nieuwe adres ligt een nieuwe pas klaar.",
        "Team Klantcontact", "J. Visser",
    ),
    ContactStory(
        people.HELGA, -18, "contactformulier", "Vraag over zaak ZM-0507",
        "Moet ik ook een foto van de achterkant sturen?",
        "Nee, dat hoeft niet. Wij hebben genoeg aan de tekening.",
        "Team Vergunningen", "P. de Boer", case="ZM-0507",
    ),
    ContactStory(
        people.HELGA, -2, "contactformulier", "Vraag over zaak ZM-0507",
        "Mag de aannemer al beginnen met opruimen?", team="Team Vergunningen", case="ZM-0507",
    ),
    ContactStory(
        people.HELGA, -12, "e-mail", "Nooit aan een inwoner getoond: vertrouwelijk", "Interne afstemming.",
        team="Team Veiligheid", confidential=True,
    ),
    ContactStory(
        people.KEES, -13, "balie", "Aanvraag bijstandsuitkering", "Uitleg gekregen over de jaarcijfers.",
        team="Team Werk en Inkomen", employee="S. Yilmaz", case="VR-0118",
    ),
    ContactStory(
        people.KEES, -4, "contactformulier", "Vraag over zaak VR-0118",
        "Mijn boekhouder is op vakantie. Mag het een week later?", team="Team Werk en Inkomen",
        case="VR-0118", answers_day=-3,
        answer="Ja, dat mag. Stuur ons de jaarcijfers zodra u ze heeft.",
    ),
    ContactStory(
        people.ABDELLAH, -5, "whatsapp", "Kapotte lantaarn", "De lantaarn in de Stroomweg doet het niet.",
        "Dank u wel. Wij komen kijken.", "Team Openbare ruimte", case="OS-0901",
    ),
    ContactStory(people.TINA, -40, "post", "Bezwaar tegen de parkeerbon", team="Team Juridische zaken"),
)  # fmt: skip
