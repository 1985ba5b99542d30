"""What the BRP knows of the resident who fills in a form. Asked outside a transaction."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import connections
from portal.registers.answers import Found
from portal.registers.brp.records import Person, Relative
from portal.registers.brp.section import ask
from portal.registers.dates import WordedDate
from portal.registers.gather import ask_each

from .content import Known

ADULT = 18


def ask_brp(bsn: BSN) -> Known | None:
    """None where there is no BRP, it gives no answer now, or does not know them: then they type it."""
    with transaction.atomic():
        systems = connections("brp")[:1]
    answers = ask_each([ask(one, bsn) for one in systems])
    person = answers[0].value if answers and isinstance(answers[0], Found) else None
    return of_person(person, timezone.localdate()) if person else None


def of_person(person: Person, today: date) -> Known:
    """The facts that an application needs, and no more of relatives than their names."""
    partners = [one for one in person.family if one.tie == "partner" and one.name and not one.until]
    children = [one for one in person.family if one.tie == "kind" and one.name]
    return Known(
        name=person.name,
        born=_day(person.born),
        address=[] if person.secret else list(person.address),
        secret=person.secret,
        partner=partners[0].name if partners else "",
        minors=[one.name for one in children if _is_minor(one, today)],
        on=today.isoformat(),
    )


def _is_minor(child: Relative, today: date) -> bool:
    """An unknown day counts as the last one possible; of whom nothing is known it is not said."""
    last = child.born.latest if child.born else None
    return last is not None and (last.year + ADULT, last.month, last.day) > (
        today.year,
        today.month,
        today.day,
    )


def _day(day: WordedDate | None) -> str:
    if day is None:
        return ""
    return date_format(day.exact, "j F Y") if day.exact else day.text
