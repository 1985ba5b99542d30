"""What a resident may see of WOZ objects, and reads of them. Pure functions; any doubt means no."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from portal.municipalities.bsn import BSN

from ..own_data import Fact, Group, Home
from .records import Value, WozObject

YEARS = 3  # values that are shown of one object; the first is the one that counts


def is_about(answer: Mapping[str, Any], bsn: BSN, home: Home) -> bool:
    """Whether it stands at this house, and names this resident as owner or user."""
    named = [answer.get(part) or {} for part in ("belanghebbendeEigenaar", "belanghebbendeGebruiker")]
    theirs = any(one.get("burgerservicenummer") == bsn.reveal() for one in named)
    return theirs and _stands_at(answer, home)


def _stands_at(answer: Mapping[str, Any], home: Home) -> bool:
    if home.object_id:
        return home.object_id in (answer.get("adresseerbaarObjectIdentificaties") or [])
    where = answer.get("aanduiding") or {}
    found = (
        str(where.get("postcode") or ""),
        where.get("huisnummer"),
        str(where.get("huisletter") or "").upper(),
        str(where.get("huisnummertoevoeging") or "").upper(),
    )
    return found == (home.postcode, home.number, home.letter.upper(), home.addition.upper())


def owns_home(objects: Sequence[WozObject]) -> bool | None:
    """Whether this resident owns a house here; None where another person does, who may be their partner."""
    if any(one.is_owner for one in objects):
        return True
    return False if objects and all(one.of_organisation for one in objects) else None


def groups(objects: Sequence[WozObject]) -> list[Group]:
    """A group for each object; never its number or place, which tell an address."""
    shown = [one for one in objects if one.values]
    titles = [""] if len(shown) == 1 else [_("Object %(n)s") % {"n": n + 1} for n in range(len(shown))]
    return [
        Group(f"woz-{n}", titles[n], [*map(_value, one.values[:YEARS]), *_beside(one)])
        for n, one in enumerate(shown)
    ]


def _value(one: Value) -> Fact:
    label = _("Waarde op %(day)s") % {"day": date_format(one.on, "j F Y")}
    value = f"€\N{NO-BREAK SPACE}{number_format(one.amount, use_l10n=True, force_grouping=True)}"
    if one.contested:
        value = _("%(value)s. Er loopt nog een bezwaar of beroep.") % {"value": value}
    return _fact(label, value, one.contested)


def _beside(one: WozObject) -> list[Fact]:
    facts = [_fact(_("U bent"), _("eigenaar") if one.is_owner else _("gebruiker, bijvoorbeeld huurder"))]
    if one.ground is not None:
        facts.append(_fact(_("Grond"), _("%(number)s m²") % {"number": one.ground}))
    return facts


def _fact(label: str, value: str, in_doubt: bool = False) -> Fact:
    return Fact(label, value, _("Waardering onroerende zaken (WOZ)"), in_doubt, "")
