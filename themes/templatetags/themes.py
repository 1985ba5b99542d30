"""`{% theme_of frame.theme as theme %}`: the theme of a page, or the neutral one where nobody chose.

`{% spoken_language as LANGUAGE_CODE %}`: the language of the words around a page; `|direction` is its `dir`.
"""

from django import template

from themes import spoken
from themes.compiled import Theme, theme

register = template.Library()


@register.simple_tag
def theme_of(given: Theme | None) -> Theme:
    """The theme that was given, or the neutral one."""
    return given or theme("_base")


@register.simple_tag
def spoken_language() -> str:
    """The active language, or Dutch where we have no words in it."""
    return spoken.spoken()


register.filter("direction", spoken.direction)
