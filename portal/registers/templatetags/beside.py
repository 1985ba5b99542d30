"""`{% beside_cases %}`: what stands beside the cases of who is signed in; nothing where there is nothing."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.db import transaction
from django.template import Context

from ..beside import lines_beside

register = template.Library()


@register.inclusion_tag("registers/beside.html", takes_context=True)
def beside_cases(context: Context) -> Mapping[str, Any]:
    """The lines, as cards. Not for a streamed piece: it reads the database.

    None for who acts for another: what was not sent yet is nobody else's to read.
    """
    session = getattr(context.get("request"), "resident_session", None)
    if session is None or session.for_another:
        return {"lines": []}
    with transaction.atomic(savepoint=False):
        return {"lines": lines_beside(session.subject)}
