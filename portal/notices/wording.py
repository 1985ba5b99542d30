"""The words of a notice: the municipality, the kind, whether something is asked and by which day.

Nothing else (Awb 2:10): who reads along over a shoulder learns no name, subject, team or purpose.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.municipalities.acting import current_municipality
from portal.municipalities.addresses import absolute, origin
from portal.municipalities.closing import heir_here
from portal.municipalities.facts import facts, people_to_reach

from .kinds import IN_WORDS, Kind


@dataclass(frozen=True, slots=True)
class Words:
    """A notice as it is read."""

    subject: str
    text: str


def of_mail(kind: Kind, answer_by: date | None, language: str) -> Words:
    """The mail, for the municipality in force. One query."""
    with override(language):
        words = _words()
        front = absolute(reverse("mijn:overview"))
        lines = [
            *_what_and_where(
                words,
                kind,
                answer_by,
                _("Bekijk het zo: ga naar %(site)s en log in.") % {"site": front},
            ),
            *_people(words),
            _("U kunt deze mail niet beantwoorden. Wilt u liever brieven? Stop dan in Mijn met e-mail."),
        ]
        return Words(_("Nieuw bericht van gemeente %(name)s") % words, "\n\n".join(lines) + "\n")


def of_letter(kind: Kind, answer_by: date | None, language: str, *, enclosed: bool = False) -> Words:
    """The letter without its address, for the municipality in force. One query.

    `enclosed`: the receipt that the resident asked for goes along, so that there is nothing to sign in for.
    """
    with override(language):
        words = _words()
        site = {"site": absolute("/")}
        if enclosed:
            lines = [
                _("U vroeg om een bewijs op papier. Het zit bij deze brief."),
                *_kind_and_day(kind, answer_by),
                *_people(words),
            ]
            return Words(_("Uw bewijs van gemeente %(name)s") % words, "\n\n".join(lines) + "\n")
        lines = [
            *_what_and_where(
                words,
                kind,
                answer_by,
                _("Bekijk het zo: ga naar %(site)s en log in bij Mijn.") % site,
                _("Lukt dat niet? Een medewerker bekijkt het graag met u."),
            ),
            *_people(words),
        ]
        return Words(_("Bericht van gemeente %(name)s") % words, "\n\n".join(lines) + "\n")


def _words() -> dict[str, str]:
    reach = people_to_reach(facts())
    return {"name": current_municipality().name, "phone": reach.phone, "counter": reach.address}


def _what_and_where(words: dict[str, str], kind: Kind, answer_by: date | None, *where: str) -> list[str]:
    """What there is to read and how; of a closed site, that there is nothing to read any more."""
    municipality = current_municipality()
    if not municipality.closed:
        return [_there_is(words), *_kind_and_day(kind, answer_by), *where]
    lines = [
        _("De site van gemeente %(name)s is gesloten. U kunt daar niet meer inloggen.") % words,
        *_kind_and_day(kind, None),
    ]
    if goes_on := heir_here(municipality):
        heir = {"name": goes_on.name, "site": origin(goes_on.host)}
        lines.append(
            _("Gemeente %(name)s gaat verder. Die vraagt u opnieuw wat u wilt delen: %(site)s") % heir
        )
    return lines


def _there_is(words: dict[str, str]) -> str:
    return _("Er staat iets nieuws voor u in Mijn %(name)s.") % words


def _kind_and_day(kind: Kind, answer_by: date | None) -> list[str]:
    lines = [_("Soort bericht: %(kind)s.") % {"kind": IN_WORDS[kind]}]
    if answer_by is not None:
        day = {"day": date_format(answer_by, "j F Y")}
        asked = _("Wij vragen u om te reageren. Dat kan tot en met %(day)s.") % day
    elif kind is Kind.REQUEST:
        asked = _("Wij vragen u om te reageren. U mag ook nee zeggen.")
    elif kind is Kind.CASE:  # what it is may ask for something; a notice tells nothing of it
        asked = _("Kijk in Mijn bij uw zaken. Daar staat ook of u iets moet doen.")
    else:
        asked = _("U hoeft niets te doen.")
    return [*lines, asked]


def _people(words: dict[str, str]) -> list[str]:
    """A person to call or visit, as far as the municipality filled it in."""
    ways = [_("Vragen? Bel %(phone)s.") % words if words["phone"] else ""]
    ways += [_("Of kom langs: %(counter)s.") % words if words["counter"] else ""]
    return [" ".join(filter(None, ways))] if any(ways) else []
