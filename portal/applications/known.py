"""What registers know of the resident who fills in a form. Asked outside a transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection, connections_of
from portal.registers.answers import Answer, Found, SwitchedOff
from portal.registers.brp import section as brp
from portal.registers.brp.records import Person, Relative
from portal.registers.dates import WordedDate
from portal.registers.for_forms import Reached, who_knows_contact, who_knows_house
from portal.registers.gather import BUDGET, Question, ask_each

from .content import Known, KnownAnswer, KnownAnswers, as_kept, with_answers

ADULT = 18
LEAST = 0.5  # seconds for the question that must wait for the BRP's answer
PERSON, CONTACT, HOUSE = "person", "contact", "house"
"""What a step can have asked; contact and house are sources of known answers too."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the registers told for one step."""

    known: Known | None = None
    answers: KnownAnswers = field(default_factory=dict)
    answered: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    """What gave no answer now, though it is connected."""

    def put_into(self, held: Mapping[str, Any], step: str) -> dict[str, Any]:
        """What an application holds after this; what was told before stays where a register is silent now."""
        with_it = with_answers(held, step, self.answers, instead_of=self.answered)
        with_it["silent"] = {**(held.get("silent") or {}), step: sorted(self.silent)}
        return {**with_it, "known": as_kept(self.known)} if self.known else with_it


def ask(bsn: BSN, wanted: Sequence[str]) -> Told:
    """Ask what a step wants to know; what is not told is then asked of the resident."""
    ends, systems = monotonic() + BUDGET, _systems()
    asked: dict[str, Question] = {}
    if "brp" in systems and {PERSON, HOUSE} & set(wanted):
        asked[PERSON] = brp.ask(systems["brp"], bsn)
    for kind, of_contact in who_knows_contact().items():
        if CONTACT in wanted and kind in systems:
            asked[CONTACT] = of_contact(systems[kind], bsn)
    answers = dict(zip(asked, ask_each(list(asked.values())), strict=True))
    person = _value(answers.get(PERSON))
    for kind, of_house in who_knows_house().items():
        if HOUSE in wanted and kind in systems and PERSON in asked:
            if person and person.home:
                question = of_house(systems[kind], bsn, person.home)
                (answers[HOUSE],) = ask_each([question], max(LEAST, ends - monotonic()))
            else:  # nobody lives anywhere, or it is not known now
                answers[HOUSE] = Found(None) if isinstance(answers[PERSON], Found) else answers[PERSON]
    return _told(answers)


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


def _systems() -> Mapping[str, Connection]:
    """By kind, the first of each. One query."""
    with transaction.atomic():
        there = connections_of("brp", *who_knows_contact(), *who_knows_house())
    return {one.kind: one for one in reversed(there)}


def _told(answers: Mapping[str, Answer | None]) -> Told:
    person, reached, owns = (_value(answers.get(one)) for one in (PERSON, CONTACT, HOUSE))
    return Told(
        known=of_person(person, timezone.localdate()) if person else None,
        answers={**_of_contact(reached), **_of_house(owns)},
        answered=frozenset(name for name, one in answers.items() if isinstance(one, Found)),
        silent=frozenset(
            name
            for name, one in answers.items()
            if name != PERSON and not isinstance(one, Found | SwitchedOff)
        ),
    )


def _of_contact(reached: Reached | None) -> KnownAnswers:
    told = {"phone": reached.phone, "email": reached.email} if reached else {}
    return {name: KnownAnswer(value, CONTACT) for name, value in told.items() if value}


def _of_house(owns: bool | None) -> KnownAnswers:
    return {} if owns is None else {"house": KnownAnswer("ja" if owns else "nee", HOUSE)}


def _value(answer: Answer | None) -> Any:
    return answer.value if isinstance(answer, Found) else None


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
