"""Giving what a register knows already: asked for who is in session, and passed on by this yes only."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from portal.accounts.required import Session
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection, connections
from portal.registers.answers import Found
from portal.registers.brp import section as brp
from portal.registers.brp.shareable import SHAREABLE as BRP_SHAREABLE
from portal.registers.gather import Question, ask_one
from portal.registers.sociaal import client as sociaal

from .purposes import Attribute
from .values import Values


@dataclass(frozen=True, slots=True)
class Source:
    """A register that residents can pass something on from."""

    ask: Callable[[Connection, BSN], Question]
    shareable: Mapping[str, Callable[[Any], str]]


REGISTERS: Mapping[str, Source] = {
    "brp": Source(brp.ask, BRP_SHAREABLE),
    "sociaal": Source(sociaal.ask, sociaal.SHAREABLE),
}
"""By the kind of connection, as a purpose's attribute names it: "brp.name"."""


class NotKnown(Exception):
    """The register does not know it, or may not pass it on."""


class OtherAnswer(Exception):
    """The register says something else than this purpose needs."""


class RegisterSilent(Exception):
    """The register gives no answer now."""


def known(session: Session, attributes: Iterable[Attribute]) -> Values:
    """What registers know of the session's own person. Asks outside a transaction, each register once.

    Raises NotKnown, OtherAnswer, RegisterSilent.
    """
    wanted = list(attributes)
    for one in wanted:
        _reading(one)  # before any register is asked
    told = {name: _told(session, name) for name in {_register(one) for one in wanted}}
    values = {}
    for attribute in wanted:
        register = _register(attribute)
        read = _reading(attribute)
        answer = told[register]
        value = read(answer) if answer else ""
        if not value:
            raise NotKnown
        if attribute.must_equal not in (None, value):
            raise OtherAnswer
        values[attribute.name] = value
    return values


def _told(session: Session, register: str) -> Any:
    """What one register answers. Raises RegisterSilent."""
    with transaction.atomic():
        connected = connections(register)
    if not connected:
        raise RegisterSilent
    answer = ask_one(REGISTERS[register].ask(connected[0], session.bsn))
    if not isinstance(answer, Found):
        raise RegisterSilent
    return answer.value


def can_be_passed_on(name: str) -> bool:
    """Whether there is such a thing in a register, as a purpose's attribute names it: `brp.name`."""
    return name in all_passed_on()


def all_passed_on() -> list[str]:
    """The names of all such things."""
    return sorted(f"{register}.{inner}" for register, one in REGISTERS.items() for inner in one.shareable)


def _reading(attribute: Attribute) -> Callable[[Any], str]:
    """Raises NotKnown for what no register of ours passes on."""
    register, inner = _register(attribute), (attribute.register or "").partition(".")[2]
    found = REGISTERS[register].shareable.get(inner)
    if found is None:
        raise NotKnown
    return found


def _register(attribute: Attribute) -> str:
    """Raises NotKnown for one that no register of ours is named for."""
    name = (attribute.register or "").partition(".")[0]
    if name not in REGISTERS:
        raise NotKnown
    return name
