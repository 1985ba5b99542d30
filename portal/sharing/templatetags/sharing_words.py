"""How values and times of sharing are worded."""

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.accounts.level import Level
from portal.sharing.given import Given, Receipt
from portal.sharing.on_behalf import LEVEL
from portal.sharing.purposes import Attribute

register = template.Library()


@register.filter
def shown(attribute: Attribute, value: str) -> str:
    """A value as the resident reads it; a predicate in its own words."""
    return attribute.shown_as or value


@register.filter
def until_in_words(given: Given) -> str:
    """Until when, or since when not any more."""
    if given.withdrawn:
        return _("Gestopt op %(date)s") % {"date": date_format(localtime(given.withdrawn), "j F Y, H:i")}
    if given.until is None:
        return _("Tot u stopt")
    return date_format(localtime(given.until), "j F Y, H:i")


@register.filter
def way_in_words(way: str) -> str:
    """How it was given."""
    words = {
        "other_device": _("Met de Yivi-app, na het scannen van een code"),
        "this_device": _("Met de Yivi-app op dit apparaat"),
        "typed": _("Zelf getypt, en bevestigd met een code"),
        "register": _("Uit een registratie die de gemeente al heeft"),
        "told": _("Verteld aan een medewerker"),
    }
    return words.get(way, way)


@register.filter
def level_in_words(level: str) -> str:
    """The level of assurance, e.g. "Substantieel"; or that an employee looked who it was."""
    if level == LEVEL:
        return _("Niet ingelogd: een medewerker keek wie u bent")
    return Level[level.upper()].in_words


@register.filter
def channel_in_words(given: Given) -> str:
    """How the yes came, and which team wrote it down."""
    words = {
        "counter": _("Aan de balie of bij u thuis, opgeschreven door: %(team)s"),
        "phone": _("Aan de telefoon, opgeschreven door: %(team)s"),
        "paper": _("Op papier, opgeschreven door: %(team)s"),
    }
    found = words.get(given.channel)
    return found % {"team": given.team} if found else _("In Mijn, door u zelf")


@register.filter
def act_in_words(act: str) -> str:
    """What the resident did."""
    return {"given": _("U zei ja."), "withdrawn": _("U stopte met delen.")}.get(act, act)


@register.filter
def because_in_words(because: str) -> str:
    """Why a sharing ended."""
    return {"replaced": _("U gaf het opnieuw.")}.get(because, _("U stopte met delen."))


@register.filter
def who_said_yes(receipt: Receipt) -> str:
    """The actor, as the subject reads it."""
    return _("Uzelf") if receipt.by_subject else _("Iemand die dit namens u mocht doen")


@register.filter
def text_in_words(receipt: Receipt) -> str:
    """Which text version was on screen, in which language."""
    words = {"number": receipt.given.version.number, "language": receipt.language.upper()}
    return _("Versie %(number)s (%(language)s)") % words
