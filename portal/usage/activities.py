"""What the municipality does with residents' data beside the purposes that it publishes: its own tasks.

Each has an address that stays, which Logboek Dataverwerkingen calls the processing activity, and a page in
the public register. A text that changes gets the next number; the old one keeps its address.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.municipalities.addresses import absolute

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Task:
    """One task that a law gives the municipality; nobody says yes or no to it."""

    slug: str
    number: int
    title: Text
    who: Text
    what: Text
    what_for: Text
    law: str
    """In Dutch, as the act is called."""
    kept: Text
    disagree: Text

    @property
    def path(self) -> str:
        return f"/register/taak/{self.slug}/{self.number}/"

    @property
    def address(self) -> str:
        """At the municipality in force."""
        return absolute(self.path)


DISAGREE = _("Bel ons of kom langs. U kunt ook klagen bij de Autoriteit Persoonsgegevens.")
KEPT = _("Dat er gekeken is, blijft staan zolang u gegevens bij ons heeft. U ziet het in Mijn.")

ACCESS = Task(
    "inzage",
    1,
    _("Antwoord op een verzoek om inzage"),
    _("De functionaris gegevensbescherming van de gemeente"),
    _("Alles wat wij hier van u bewaren."),
    _("U vroeg wat wij van u weten. Daarop moeten wij antwoorden."),
    "AVG, artikel 15",
    KEPT,
    DISAGREE,
)
LOOK_UP = Task(
    "opzoeken",
    1,
    _("Nakijken wie u bent"),
    _("Een medewerker die u helpt, aan de balie, thuis of aan de telefoon"),
    _("Uw naam, uw geboortedatum en uw adres."),
    _("U vroeg om hulp zonder apparaat. De medewerker kijkt na of u het bent."),
    "Wet algemene bepalingen burgerservicenummer, artikel 10; Wet BRP, artikel 1.7",
    KEPT,
    DISAGREE,
)
POST = Task(
    "post",
    1,
    _("Een brief aan u"),
    _("Een medewerker die brieven print"),
    _("Uw naam en uw adres."),
    _("Wij sturen u een brief als er een bericht voor u is, of als u om een bewijs op papier vroeg."),
    "Wet BRP, artikel 1.7",
    _("Uw adres staat op de brief tot die op de post is, hoogstens twee weken. Dan is het weg."),
    DISAGREE,
)
REPRESENTED = Task(
    "gemachtigd",
    1,
    _("Iemand keek namens u in Mijn"),
    _("Iemand die u heeft gemachtigd, of die van de wet voor u mag regelen"),
    _("Uw zaken, taken en berichten, wat u deelt, en wie uw gegevens gebruikte. Niet uw eigen gegevens."),
    _("U mag u laten helpen door iemand die voor u regelt wat u niet zelf kunt of wilt regelen."),
    "Algemene wet bestuursrecht, artikel 2:1",
    KEPT,
    _("U kunt een machtiging zelf stoppen bij DigiD Machtigen. Bel ons als u dit niet herkent."),
)
TASKS: Sequence[Task] = (LOOK_UP, ACCESS, POST, REPRESENTED)
