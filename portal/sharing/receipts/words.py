"""What a receipt says in words, once for screen and paper, in the language in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.level import Level
from portal.accounts.sessions import Session

from .record import ACTS, Document, Kind, Who, kind_of

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a receipt."""

    term: str
    value: str
    language: str = ""
    """The language of the value, where it is the text that was read and not the page's."""


TITLES: dict[Kind, Text] = {
    Kind.GIVEN: gettext_lazy("Bewijs van delen"),
    Kind.CHANGED: gettext_lazy("Bewijs van veranderen"),
    Kind.STOPPED: gettext_lazy("Bewijs van stoppen"),
    Kind.REPLACED: gettext_lazy("Bewijs van stoppen"),
    Kind.RECALLED: gettext_lazy("Bewijs van stoppen"),
    Kind.GIVEN_UP: gettext_lazy("Bewijs van stoppen"),
    Kind.RESTORED: gettext_lazy("Bewijs van stoppen"),
    Kind.EXPIRED: gettext_lazy("Bewijs dat het delen voorbij is"),
    Kind.USED: gettext_lazy("Bewijs dat het delen voorbij is"),
}
HAPPENED: dict[Kind, Text] = {
    Kind.GIVEN: gettext_lazy("U zei ja."),
    Kind.CHANGED: gettext_lazy("U zei opnieuw ja. Dat kwam in de plaats van uw eerdere ja."),
    Kind.STOPPED: gettext_lazy("U stopte met delen."),
    Kind.REPLACED: gettext_lazy("U gaf het opnieuw. Daarom stopte dit."),
    Kind.RECALLED: gettext_lazy("De gemeente stopte hiermee."),
    Kind.GIVEN_UP: gettext_lazy("Het team heeft het niet meer nodig. Daarom stopte dit."),
    Kind.RESTORED: gettext_lazy("Dit was al gestopt. Na een storing hebben wij het nog een keer gewist."),
    Kind.EXPIRED: gettext_lazy("De tijd was om. Toen stopte het delen vanzelf."),
    Kind.USED: gettext_lazy(
        "Het mocht één keer gebruikt worden, en dat is gebeurd. Toen stopte het delen vanzelf."
    ),
}
HAPPENED_FOR_ANOTHER: dict[Kind, Text] = {
    Kind.GIVEN: gettext_lazy("Iemand zei namens u ja."),
    Kind.CHANGED: gettext_lazy("Iemand zei namens u opnieuw ja. Dat kwam in de plaats van het eerdere ja."),
    Kind.STOPPED: gettext_lazy("Iemand stopte namens u met delen."),
    Kind.REPLACED: gettext_lazy("Iemand gaf het namens u opnieuw. Daarom stopte dit."),
}
WHO: dict[Who, Text] = {
    Who.SUBJECT: gettext_lazy("Uzelf"),
    Who.ANOTHER: gettext_lazy("Iemand die dit namens u mocht doen"),
    Who.CONSUMER: gettext_lazy("Het team dat het kreeg"),
    Who.MUNICIPALITY: gettext_lazy("De gemeente"),
    Who.NOBODY: gettext_lazy("Niemand, het ging vanzelf"),
}
CHANNELS: dict[str, Text] = {
    "counter": gettext_lazy("Aan de balie of thuis"),
    "phone": gettext_lazy("Aan de telefoon"),
    "paper": gettext_lazy("Op papier"),
}
WAYS: dict[str, Text] = {
    "other_device": gettext_lazy("Met de Yivi-app, na het scannen van een code"),
    "this_device": gettext_lazy("Met de Yivi-app op dit apparaat"),
    "typed": gettext_lazy("Getypt, met een code"),
    "register": gettext_lazy("Uit een register van de gemeente, met uw ja"),
    "told": gettext_lazy("Verteld aan een medewerker"),
    "again": gettext_lazy("Zoals u het eerder gaf"),
}


def happened(act: str, said: Mapping[str, Any]) -> str:
    """What an entry of the act log is about; the one act without a receipt is that something was shown."""
    if act not in ACTS:
        return _("U liet een medewerker iets zien.")
    return str(HAPPENED[kind_of(act, said)])


def title(document: Document) -> str:
    """What kind of receipt it is."""
    return str(TITLES[document.kind])


def facts(document: Document, person: str = "") -> list[Fact]:
    """All that a receipt says. `person` is the name of whose receipt it is."""
    version = document.version
    return [
        Fact(_("Nummer van dit bewijs"), document.spoken),
        Fact(_("Wat er gebeurde"), _happened(document)),
        Fact(_("Wanneer"), in_words(document.at)),
        *([Fact(_("Waarom"), document.why, "nl")] if document.why else []),
        Fact(_("Wie dit deed"), _who(document)),
        *([Fact(_("Over wie het gaat"), person)] if person else []),
        Fact(_("Waarover"), version.title, version.language),
        Fact(_("Met wie"), version.who, version.language),
        Fact(_("Wat"), ", ".join(one.label for one in document.what), version.language),
        Fact(_("Wat wij vroegen"), version.asked, version.language),
        Fact(_("Waarvoor"), version.what_for, version.language),
        Fact(_("Op welke grond"), version.law, version.language),
        Fact(_("Gedeeld sinds"), in_words(document.given)),
        Fact(_("Afgesproken tot"), _until(document)),
        *(_after(document) if document.ends else _giving(document)),
        _text_read(document),
        Fact(_("Plaats in het logboek"), str(document.position)),
        *([Fact(_("Stand van het logboek"), document.head)] if document.head else []),
    ]


def person(session: Session) -> str:
    """The name of whose receipts these are; empty where the provider of a mandate named nobody."""
    return session.subject_name if session.for_another else session.name


def in_words(at: datetime) -> str:
    """A moment as residents read it, on the clock of the Netherlands."""
    return date_format(localtime(at), "j F Y, H:i")


def way_in_words(way: str) -> str:
    """How it was given."""
    return str(WAYS.get(way, way))


def _happened(document: Document) -> str:
    for_another = HAPPENED_FOR_ANOTHER.get(document.kind) if document.who is Who.ANOTHER else None
    return str(for_another or HAPPENED[document.kind])


def _giving(document: Document) -> list[Fact]:
    version = document.version
    gave = _("Hoe diegene het gaf") if document.by_another else _("Hoe u het gaf")
    how = [Fact(gave, way_in_words(document.way))] if document.channel == "mijn" else []
    seen = (
        Level[document.level.upper()].explained if how else _("Niet ingelogd: een medewerker keek wie u bent")
    )
    signed_in = _("Hoe diegene was ingelogd") if document.by_another else _("Hoe u was ingelogd")
    level = [Fact(signed_in, seen)]
    kept = Fact(_("Bewaren"), version.kept, version.language)
    return [*how, *level, kept, Fact(_("Stoppen kan altijd"), version.stopping, version.language)]


def _after(document: Document) -> list[Fact]:
    version = document.version
    destroyed = ", ".join(one.label for one in document.what if not one.choice)
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
    """Which text was on screen, or read aloud."""
    words = {"number": document.version.number, "language": document.version.language.upper()}
    term = _("De tekst die u hoorde") if document.heard else _("De tekst die u las")
    if document.by_another:
        term = _("De tekst die diegene las")
    return Fact(term, _("Versie %(number)s (%(language)s)") % words)
