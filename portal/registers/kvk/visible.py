"""What a resident reads of businesses. Pure functions."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..own_data import REGISTERS_OWN, Fact, Group
from .records import Business, whole_day


def groups(found: Sequence[Business]) -> list[Group]:
    """A group for each business."""
    return [Group(f"kvk-{one.number}", one.name or one.number, _facts(one)) for one in found]


def _facts(one: Business) -> list[Fact]:
    if not one.is_known:
        return [_fact(_("Naam"), _("Het Handelsregister kent dit nummer nu niet."), "")]
    others = [name for name in one.trade_names if name != one.name]
    told = [
        _fact(_("KVK-nummer"), one.number),
        _fact(_("Andere namen"), ", ".join(others)),
        _fact(_("Rechtsvorm"), one.legal_form),
        _fact(_("Wat de onderneming doet"), one.activity),
        _day(_("Begonnen op"), one.begun),
        _day(_("Gestopt op"), one.ended),
    ]
    return [fact for fact in told if fact.value]


def _day(label: str, written: str) -> Fact:
    """A whole date in the language of the page; of an incomplete one the year, as the register knows it."""
    if day := whole_day(written):
        return _fact(label, date_format(day, "j F Y"), "")
    year = written[:4]
    return _fact(label, year if year.isdigit() and int(year) else "", "")


def _fact(label: str, value: str, language: str = REGISTERS_OWN) -> Fact:
    return Fact(label, value, _("Handelsregister (KVK)"), language=language)
