"""`{% news when as news %}`: in words that something came since the previous visit; empty where not."""

from datetime import date, datetime

from django import template
from django.template import Context

from .. import since

register = template.Library()


@register.simple_tag(takes_context=True)
def news(context: Context, at: date | datetime | None) -> str:
    """`since` is in the context of every page of Mijn, and of each piece of its overview."""
    return since.news(at, context.get("since"))
