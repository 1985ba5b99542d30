"""Contacts in words, for templates."""

from django import template
from django.utils.translation import gettext as _

from ..visible import Moment
from ..words import channel_in_words

register = template.Library()


@register.filter
def channel(name: str) -> str:
    """How there was contact."""
    return channel_in_words(name)


@register.filter
def stands(moment: Moment) -> str:
    """How a question stands."""
    return _("Wij zoeken het antwoord") if moment.is_open else _("Beantwoord")


@register.filter
def kind_of_state(moment: Moment) -> str:
    """How that looks; never the only thing that tells."""
    return "info" if moment.is_open else "success"
