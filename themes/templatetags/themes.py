"""`{% theme_of frame.theme as theme %}`: the theme of a page, or the neutral one where nobody chose."""

from django import template

from themes.compiled import Theme, theme

register = template.Library()


@register.simple_tag
def theme_of(given: Theme | None) -> Theme:
    """The theme that was given, or the neutral one."""
    return given or theme("_base")
