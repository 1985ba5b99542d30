"""Phone numbers in running text become links that call them; on a phone one tap is enough."""

import re

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi

LINKS_AND_TAGS = re.compile(r"(<a\b.*?</a>|<[^>]*>)", re.IGNORECASE | re.DOTALL)
NUMBER = re.compile(
    r"(?<![\w+])(?<![A-Z]{4} )"  # not within a word, nor the end of a bank account
    r"(?:\(0\d{2,3}\) ?\d(?:[ -]?\d){5,6}|0\d{2,3}[ -]\d(?:[ -]?\d){5,6}|06[ -]\d(?:[ -]?\d){7}|0\d{9}"
    r"|0[89]00[ -]?\d{4}(?:\d{3})?"
    r"|14 ?0\d{2,3}|(?<=[Bb]el )112|(?<=Call )112)(?![\w-])"
)
"""How numbers are written in the Netherlands, with 0 in front; and 112 where one is told to call it."""


def with_phone_links(html: str) -> SafeString:
    """Safe HTML with each number outside its links and tags made a link of its own."""
    parts = LINKS_AND_TAGS.split(html)
    return mark_safe("".join(one if one.startswith("<") else NUMBER.sub(_link, one) for one in parts))  # noqa: S308  # was safe, and what goes in is its own digits


def _link(found: re.Match[str]) -> str:
    digits = "".join(filter(str.isdigit, found[0]))
    turned = ' dir="ltr"' if get_language_bidi() else ""  # else the groups of the number change places
    return f'<a href="tel:{digits}"{turned}>{found[0]}</a>'
