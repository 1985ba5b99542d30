"""What a resident may see of the BRP, and how somebody stands to this municipality. Pure functions."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.accounts.standing import Standing

from ..dates import WordedDate
from ..own_data import REGISTERS_OWN, Fact, Group
from .records import Person, Relative

ADULT = 18


def own_data(person: Person, *, show_address: bool) -> list[Group]:
    """Everything a resident may see. With geheimhouding the address is there only when asked for."""
    groups = [
        Group("person", _("Persoon"), _about(person)),
        Group("address", _("Adres"), _home(person) if show_address or not person.secret else []),
        Group("family", _("Familie"), [_of_family(one) for one in person.family if one.name]),
    ]
    return [group for group in groups if group.facts]


def address_is_hidden(person: Person, *, show_address: bool) -> bool:
    """Whether the resident must ask to see the own address."""
    return person.secret and bool(person.address) and not show_address


def standing(person: Person | None, municipality_code: str, today: date) -> Standing:
    """How a person stands to this municipality; any doubt keeps the door closed."""
    if person is None:
        return Standing.NOT_RESIDENT
    if person.suspended == "O":
        return Standing.DECEASED
    alone = not person.curatele and _is_adult(person.born, today)
    if person.suspended in {"E", "M"}:
        return Standing.MOVED_AWAY if alone else Standing.DEPENDENT_ELSEWHERE
    if person.suspended or not municipality_code or person.municipality_code != municipality_code:
        return Standing.NOT_RESIDENT if alone else Standing.DEPENDENT_ELSEWHERE
    if person.curatele:
        return Standing.CURATELE
    return Standing.OK if alone else Standing.MINOR


def _is_adult(born: WordedDate | None, today: date) -> bool:
    """An unknown day or month counts as the last one possible. Whose year is not known came here as an
    adult; calling them a minor would shut them out for good.
    """
    if born is None or born.latest is None:
        return True
    last = born.latest
    return (last.year + ADULT, last.month, last.day) <= (today.year, today.month, today.day)


def _about(person: Person) -> list[Fact]:
    doubt = person.in_doubt
    return _known(
        _fact(_("Naam"), person.name, "naam" in doubt),
        _fact(_("Zo schrijven wij u aan"), person.addressed_as, "naam" in doubt),
        _date(_("Geboortedatum"), person.born, "geboorte" in doubt),
        _fact(_("Geboorteplaats"), ", ".join(person.born_in), "geboorte" in doubt),
        _fact(
            _("Nationaliteit"), ", ".join(map(_nationality, person.nationalities)), "nationaliteiten" in doubt
        ),
        _fact(
            _("Gemeente waar u staat ingeschreven"), person.municipality, "gemeenteVanInschrijving" in doubt
        ),
    )


def _home(person: Person) -> list[Fact]:
    if not person.address:
        return []
    doubt = "verblijfplaats" in person.in_doubt
    return _known(
        _fact(_("Adres"), ", ".join(person.address), doubt),
        _date(_("U woont hier sinds"), person.since, doubt),
    )


def _of_family(one: Relative) -> Fact:
    born = _day(one.born)
    value = _("%(name)s, geboren %(date)s") % {"name": one.name, "date": born} if born else one.name
    language = "" if born else REGISTERS_OWN
    if one.until:
        return _fact(_("Partner tot %(date)s") % {"date": _day(one.until)}, value, one.in_doubt, language)
    ties = {"partner": _("Partner"), "kind": _("Kind"), "ouder": pgettext("familie", "Ouder")}
    return _fact(ties[one.tie], value, one.in_doubt, language)


def _nationality(word: str) -> str:
    """Kinds of nationality without a name of their own, in words for a resident."""
    kinds = {
        "BehandeldAlsNederlander": _("behandeld als Nederlander"),
        "VastgesteldNietNederlander": _("vastgesteld niet-Nederlander"),
        "Staatloos": _("staatloos"),
        "NationaliteitOnbekend": _("onbekend"),
    }
    return kinds.get(word, word)


def _fact(label: str, value: str, in_doubt: bool, language: str = REGISTERS_OWN) -> Fact:
    return Fact(label, value, _("Basisregistratie Personen (BRP)"), in_doubt, language)


def _date(label: str, day: WordedDate | None, in_doubt: bool) -> Fact:
    return _fact(label, _day(day), in_doubt, "" if day and day.exact else REGISTERS_OWN)


def _day(day: WordedDate | None) -> str:
    return day.in_words if day else ""


def _known(*facts: Fact) -> list[Fact]:
    return [fact for fact in facts if fact.value]
