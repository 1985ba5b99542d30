"""What the templates of pages need: slots filled in, and the id that a heading is linked by."""

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.templatetags.wagtailcore_tags import richtext

from cms.phone_numbers import with_phone_links
from cms.slots import fill, fill_in_text

register = template.Library()
HARMLESS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.filter
def with_facts(text: str, known: Mapping[str, str]) -> SafeString:
    """A plain text, such as a heading, with its slots filled in."""
    return fill(conditional_escape(text), known)


@register.filter
def with_marked_facts(text: str, known: Mapping[str, str]) -> SafeString:
    """The same between tags, where a fact among words of another language says that it is Dutch."""
    return fill_in_text(conditional_escape(text), known)


register.filter("with_phone_links", with_phone_links)


@register.simple_tag(takes_context=True)
def part(context: template.Context, block: Any) -> SafeString:
    """One part of a page as this site shows it: nothing where it is left out, its own text where it wrote
    one.
    """
    if block.id in context["left_out"]:
        return SafeString("")
    own = context["own_texts"].get(block.id, "")
    return SafeString(block.render_as_block({**context.flatten(), "own_text": own}))


@register.filter
def weekday(number: int) -> str:
    """The name of a day; 0 is Monday."""
    return str(WEEKDAYS[number])


@register.simple_tag
def for_machines(held: Any) -> SafeString:
    """A block of data that no browser runs (JSON-LD); nothing in it can end its element."""
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":")).translate(HARMLESS)
    # No sign of HTML is left in the text.
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


@register.filter
def written_out(text: Any, known: Mapping[str, str]) -> SafeString:
    """Running text with its links and slots filled in, and its phone numbers to call."""
    return with_phone_links(fill_in_text(str(richtext(text)), known))
