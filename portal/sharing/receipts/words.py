"""What a receipt says in words, once for screen and paper, in the language in force."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from portal.accounts.level import Level

from .record import Document, Kind, Who

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a receipt."""

    term: str
    value: str
    language: str = ""
    """The language of the value, where it is the text that was read and not the page's."""


TITLES: dict[Kind, Text] = {
    Kind.GIVEN: later("Bewijs van delen"),
    Kind.CHANGED: later("Bewijs van veranderen"),
    Kind.STOPPED: later("Bewijs van stoppen"),
    Kind.REPLACED: later("Bewijs van stoppen"),
    Kind.RECALLED: later("Bewijs van stoppen"),
    Kind.GIVEN_UP: later("Bewijs van stoppen"),
    Kind.RESTORED: later("Bewijs van stoppen"),
    Kind.EXPIRED: later("Bewijs dat het delen voorbij is"),
    Kind.USED: later("Bewijs dat het delen voorbij is"),
}
HAPPENED: dict[Kind, Text] = {
    Kind.GIVEN: later("U zei ja."),
    Kind.CHANGED: later("U zei opnieuw ja. Dat kwam in de plaats van uw eerdere ja."),
    Kind.STOPPED: later("U stopte met delen."),
    Kind.REPLACED: later("U gaf het opnieuw. Daarom stopte dit."),
    Kind.RECALLED: later("De gemeente stopte hiermee."),
    Kind.GIVEN_UP: later("Het team heeft het niet meer nodig. Daarom stopte dit."),
    Kind.RESTORED: later("Dit was al gestopt. Na een storing hebben wij het nog een keer gewist."),
    Kind.EXPIRED: later("De tijd was om. Toen stopte het delen vanzelf."),
    Kind.USED: later("Het mocht één keer gebruikt worden, en dat is gebeurd. Toen stopte het delen vanzelf."),
}
WHO: dict[Who, Text] = {
    Who.SUBJECT: later("Uzelf"),
    Who.ANOTHER: later("Iemand die dit namens u mocht doen"),
    Who.CONSUMER: later("Het team dat het kreeg"),
    Who.MUNICIPALITY: later("De gemeente"),
    Who.NOBODY: later("Niemand, het ging vanzelf"),
}
CHANNELS: dict[str, Text] = {
    "counter": later("Aan de balie"),
    "phone": later("Aan de telefoon"),
    "paper": later("Op papier"),
}
WAYS: dict[str, Text] = {
    "other_device": later("Met de Yivi-app, na het scannen van een code"),
    "this_device": later("Met de Yivi-app op dit apparaat"),
    "typed": later("Zelf getypt, en bevestigd met een code"),
    "register": later("Uit de basisregistratie, met uw ja"),
    "told": later("Verteld aan een medewerker"),
    "again": later("Zoals u het eerder gaf"),
}


def title(document: Document) -> str:
    """What kind of receipt it is."""
    return str(TITLES[document.kind])


def facts(document: Document, person: str = "") -> list[Fact]:
    """All that a receipt says. `person` is how whoever is signed in is called, for paper."""
    version = document.version
    return [
        Fact(_("Nummer van dit bewijs"), document.spoken),
        Fact(_("Wat er gebeurde"), str(HAPPENED[document.kind])),
        Fact(_("Wanneer"), in_words(document.at)),
        *([Fact(_("Waarom"), document.why, "nl")] if document.why else []),
        Fact(_("Wie dit deed"), _who(document)),
        *([Fact(_("Over wie het gaat"), person)] if person else []),
        Fact(_("Waarover"), version.title, version.language),
        Fact(_("Met wie"), version.who, version.language),
        Fact(_("Wat"), ", ".join(one.label for one in document.what), version.language),
        Fact(_("Waarvoor"), version.what_for, version.language),
        Fact(_("Op welke grond"), version.law, version.language),
        Fact(_("Gedeeld sinds"), in_words(document.given)),
        Fact(_("Afgesproken tot"), _until(document)),
        *(_after(document) if document.ends else _giving(document)),
        _text_read(document),
        Fact(_("Plaats in het logboek"), str(document.position)),
        *([Fact(_("Stand van het logboek"), document.head)] if document.head else []),
    ]


def in_words(at: datetime) -> str:
    """A moment as residents read it, on the clock of the Netherlands."""
    return date_format(localtime(at), "j F Y, H:i")


def way_in_words(way: str) -> str:
    """How it was given."""
    return str(WAYS.get(way, way))


def _giving(document: Document) -> list[Fact]:
    version = document.version
    how = [Fact(_("Hoe u het gaf"), way_in_words(document.way))] if document.channel == "mijn" else []
    seen = (
        Level[document.level.upper()].in_words if how else _("Niet ingelogd: een medewerker keek wie u bent")
    )
    level = [Fact(_("Hoe u was ingelogd"), seen)]
    kept = Fact(_("Bewaren"), version.kept, version.language)
    return [*how, *level, kept, Fact(_("Stoppen kan altijd"), version.stopping, version.language)]


def _after(document: Document) -> list[Fact]:
    version = document.version
    destroyed = ", ".join(one.label for one in document.what)
    stays = Fact(_("Dit blijft"), version.stays, version.language)
    return [
        Fact(_("Dit is vernietigd bij de gemeente"), destroyed, version.language),
        *([stays] if version.stays else []),
        Fact(_("Bewaren"), version.kept, version.language),
    ]


def _who(document: Document) -> str:
    if document.who is Who.EMPLOYEE:
        how = CHANNELS.get(document.channel, document.channel)
        return _("Uzelf. %(how)s, opgeschreven door: %(team)s.") % {"how": how, "team": document.employee}
    return str(WHO[document.who])


def _until(document: Document) -> str:
    if document.one_time:
        return _("Eén keer gebruiken")
    return in_words(document.until) if document.until else _("Tot u stopt")


def _text_read(document: Document) -> Fact:
    """Which text was on screen."""
    words = {"number": document.version.number, "language": document.version.language.upper()}
    return Fact(_("De tekst die u las"), _("Versie %(number)s (%(language)s)") % words)
