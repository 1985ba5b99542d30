"""`{% theme_of frame.theme as theme %}`: the theme of a page, or the neutral one where nobody chose.

`{% spoken_language as LANGUAGE_CODE %}`: the language of the words around a page; `|direction` is its `dir`.
`<p{{ language|said_in }}>`: `lang`, and `dir` where it turns, of words in a language of their own.
`{{ email|breakable }}`: a mail address that may go on on the next line after its @, and nowhere in a word.
"""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

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


@register.filter
def said_in(language: str, around: str = "") -> SafeString:
    """The attributes of an element in this language, among words in that other, or in the page's."""
    if not language:
        return SafeString("")
    direction = spoken.direction(language)
    if direction == spoken.direction(around or spoken.spoken()):
        return format_html(' lang="{}"', language)
    return format_html(' lang="{}" dir="{}"', language, direction)


@register.filter
def breakable(address: str) -> SafeString:
    """The address in HTML, with the place where it may break."""
    return format_html_join(mark_safe("@<wbr>"), "{}", ((part,) for part in str(address).split("@")))


register.filter("direction", spoken.direction)
