"""How values and times of sharing are worded."""

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.sharing.given import Given
from portal.sharing.purposes import Attribute
from portal.sharing.receipts import words
from portal.sharing.receipts.record import Document

register = template.Library()


@register.filter
def shown(attribute: Attribute, value: str) -> str:
    """A value as the resident reads it; a predicate in its own words, and of a tick that it was set."""
    return attribute.shown_as or (_("Ja") if attribute.choice else value)


@register.filter
def until_in_words(given: Given) -> str:
    """Until when, or since when not any more."""
    if given.withdrawn:
        when = {"date": date_format(localtime(given.withdrawn), "j F Y, H:i")}
        return _("Vervangen op %(date)s") % when if given.replaced else _("Gestopt op %(date)s") % when
    if given.used:
        used = {"date": date_format(localtime(given.used), "j F Y, H:i")}
        return _("Voorbij. Het is één keer gelezen, op %(date)s.") % used
    if given.until is None:
        return _("Tot u stopt")
    return date_format(localtime(given.until), "j F Y, H:i")


@register.filter
def receipt_title(receipt: Document) -> str:
    """What kind of receipt it is."""
    return words.title(receipt)


@register.filter
def receipt_facts(receipt: Document, person: str = "") -> list[words.Fact]:
    """All that a receipt says; with the name of whose it is, where a page knows it."""
    return words.facts(receipt, person)


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
