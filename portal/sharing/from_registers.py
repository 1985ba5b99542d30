"""Giving what a register knows already: asked for who is in session, and passed on by this yes only."""

from collections.abc import Iterable

from django.db import transaction

from portal.accounts.required import Session
from portal.municipalities.connections import connections
from portal.registers.answers import Found
from portal.registers.brp.section import ask
from portal.registers.brp.shareable import SHAREABLE
from portal.registers.gather import ask_one

from .purposes import Attribute
from .values import Values


class NotKnown(Exception):
    """The register does not know it, or may not pass it on."""


class OtherAnswer(Exception):
    """The register says something else than this purpose needs."""


class RegisterSilent(Exception):
    """The register gives no answer now."""


def known(session: Session, attributes: Iterable[Attribute]) -> Values:
    """What the BRP knows of the session's own person. Asks outside a transaction.

    Raises NotKnown, OtherAnswer, RegisterSilent.
    """
    with transaction.atomic():
        connected = connections("brp")
    if not connected:
        raise RegisterSilent
    answer = ask_one(ask(connected[0], session.bsn))
    if not isinstance(answer, Found):
        raise RegisterSilent
    values = {}
    for attribute in attributes:
        register, _dot, name = (attribute.register or "").partition(".")
        value = SHAREABLE[name](answer.value) if register == "brp" and answer.value else ""
        if not value:
            raise NotKnown
        if attribute.must_equal not in (None, value):
            raise OtherAnswer
        values[attribute.name] = value
    return values
