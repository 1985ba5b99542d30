"""Why a file cannot be taken, and how its resident hears that: what is wrong, and what to do now."""

from enum import StrEnum

from django.utils.translation import gettext as _


class Why(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OTHER_KIND = "other_kind"
    OTHER_NAME = "other_name"
    PASSWORD = "password"  # noqa: S105  # a reason
    OLD_OFFICE = "old_office"
    MACROS = "macros"
    HEIC = "heic"
    BROKEN = "broken"
    CHANGED = "changed"


class Unsuitable(Exception):
    """This file cannot be added."""

    def __init__(self, why: Why, **facts: str) -> None:
        super().__init__(why)
        self.why, self.facts = why, facts

    def in_words(self) -> str:
        """For the resident, in the language in force."""
        return _words(self.why) % self.facts


def _words(why: Why) -> str:
    match why:
        case Why.EMPTY:
            return _("Dit bestand is leeg. Kies een ander bestand.")
        case Why.TOO_LARGE:
            return _("Dit bestand is te groot. Een bestand mag hoogstens 50 MB zijn. Maak het kleiner.")
        case Why.OTHER_KIND:
            return _(
                "Dit soort bestand kunnen wij niet openen. Stuur een PDF, een foto (JPEG of PNG), "
                "een Word- of Excel-bestand, of tekst."
            )
        case Why.OTHER_NAME:
            return _(
                "De naam van het bestand eindigt op .%(ending)s, maar er zit een ander soort bestand in: "
                "%(kind)s. Sla het opnieuw op onder de juiste naam."
            )
        case Why.PASSWORD:
            return _(
                "Dit bestand is beveiligd met een wachtwoord. Wij kunnen het niet openen. "
                "Sla het op zonder wachtwoord."
            )
        case Why.OLD_OFFICE:
            return _(
                "Dit is een oud Word- of Excel-bestand. Sla het op als PDF, of als .docx of .xlsx, "
                "en kies dat bestand."
            )
        case Why.MACROS:
            return _(
                "In dit bestand zitten macro's: kleine programma's. Die nemen wij niet aan. "
                "Sla het op als PDF."
            )
        case Why.HEIC:
            return _("Deze foto is van een soort (HEIC) die wij niet kunnen openen. Sla de foto op als JPEG.")
        case Why.BROKEN:
            return _("Dit bestand is niet heel. Open het zelf eens, sla het opnieuw op en kies het opnieuw.")
        case Why.CHANGED:
            return _("Dit bestand veranderde terwijl u het stuurde. Kies het opnieuw.")


def too_much() -> str:
    """The resident sent as much as one may in a day."""
    return _(
        "U stuurde vandaag al veel bestanden. Meer dan 20 bestanden of 200 MB op een dag kan niet. "
        "Probeer het morgen weer, of bel ons."
    )


def no_file() -> str:
    """No file was chosen."""
    return _("Kies het bestand dat u wilt toevoegen.")
