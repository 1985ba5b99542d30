"""What a resident reads of the own travel documents. Pure functions."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from ..own_data import Fact, Group
from .records import TravelDocument


def groups(documents: Sequence[TravelDocument], today: date) -> list[Group]:
    """One fact for each document, in the register's order."""
    facts = [_fact(one, today) for one in documents]
    return [Group("reisdocumenten", "", facts)] if facts else []


def _fact(one: TravelDocument, today: date) -> Fact:
    said = [_("nummer %(number)s") % {"number": one.number}] if one.number else []
    said += [_how_it_stands(one, today)]
    value = ", ".join(part for part in said if part)
    source = _("Basisregistratie Personen (BRP), reisdocumenten")
    return Fact(one.kind, value[:1].upper() + value[1:], source, one.in_doubt, "")


def _how_it_stands(one: TravelDocument, today: date) -> str:
    if one.gone or one.gone_since:
        what = one.gone.lower() or _("niet meer in gebruik")
        if one.gone_since is None:
            return what
        return _("%(what)s sinds %(day)s") % {"what": what, "day": one.gone_since.in_words}
    if one.until is None:
        return ""
    if one.until.exact and one.until.exact < today:
        return _("verlopen sinds %(day)s") % {"day": one.until.in_words}
    return _("geldig tot en met %(day)s") % {"day": one.until.in_words}
