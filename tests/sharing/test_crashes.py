"""A crash between any two steps of an act loses and doubles nothing: a fault at each statement in turn."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from portal.accounts.required import Session
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing import acts, grants, ledger, purposes, use
from portal.sharing.models import ActRecord, Consumer, Disclosure, Duty, Grant, GrantKey, Receipt, Sharing
from portal.usage.models import Use

from .conftest import gives, new_session

pytestmark = pytest.mark.django_db(transaction=True)


class Crash(BaseException):
    """The process is gone; nobody catches this."""


@contextmanager
def crash_at(statement: int) -> Iterator[list[str]]:
    """Let the so-manieth statement not come through; gives what was sent."""
    sent: list[str] = []

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(sql)
        if len(sent) == statement:
            raise Crash
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield sent


def everything() -> dict[str, list]:
    """All that sharing keeps, but for what is random or counted anew."""
    kept = {
        model.__name__: sorted(map(str, model.objects.values_list(*columns)))
        for model, columns in {
            Sharing: ("id", "state", "chosen"), Disclosure: ("id", "sharing_id"),
            Grant: ("id", "withdrawn", "consumed"), GrantKey: ("grant_id",), Receipt: ("grant_id", "act"),
            Duty: ("grant_id", "kind", "event"), ActRecord: ("grant_id", "act"), Use: ("grant_id", "call"),
        }.items()
    }  # fmt: skip
    assert ledger.faults() == []
    return kept


def alike(kept: dict[str, list]) -> dict[str, list]:
    """The same, whatever was drawn at random or read from the clock."""
    drawn = re.compile(r"UUID\('[^']*'\)|datetime\.datetime\([^)]*\)")
    return {name: sorted(drawn.sub("…", row) for row in rows) for name, rows in kept.items()}


def proven(session: Session) -> tuple[UUID, UUID]:
    sharing = acts.begin(session, purposes.newest("digitaal-bericht", "nl"))
    acts.choose(session, sharing.id, [])
    attempt = acts.ask(session, sharing.id, "other_device")
    acts.prove(sharing.id, attempt.id, {"email": "h@voorbeeld.example"})
    return sharing.id, attempt.id


def agree(session: Session) -> Callable[[], object]:
    gives(session)  # so that this yes replaces one
    sharing, shown = proven(session)
    return lambda: acts.agree(session, sharing, shown)


def withdraw(session: Session) -> Callable[[], object]:
    grant = gives(session).id
    return lambda: grants.withdraw(session, grant)


def read_once(session: Session) -> Callable[[], object]:
    content = gives(session, "maatje-18", {"over18": "yes"}).version.content
    purposes.publish("maatje-18", content | {"one_time": True})
    grant, consumer = gives(session, "maatje-18", {"over18": "yes"}).id, Consumer.objects.get()
    return lambda: use.read(consumer, grant, use.Caller(key="een-sleutel"))


def end_recalled(session: Session) -> Callable[[], object]:
    grant = gives(session)
    purposes.recall("digitaal-bericht", "Mila de Wit", "De tekst klopte niet.")
    return lambda: grants.end_recalled(grant.given)


def erase_over(session: Session) -> Callable[[], object]:
    until = gives(session, "maatje-18", {"over18": "yes"}).until
    return lambda: grants.erase_over(until)


ACTS = {
    "agree": agree, "withdraw": withdraw, "read_once": read_once, "end_recalled": end_recalled,
    "erase_over": erase_over,
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_a_crash_at_any_statement_leaves_all_as_it_was_and_the_act_can_be_done_again(
    offering: Municipality, act: str, figure: Callable[[str], None]
):
    with acting_for(offering):
        with transaction.atomic():
            do = ACTS[act](new_session())
            before = everything()
        statement, done, after = 0, False, before
        while not done:
            statement += 1
            try:
                with transaction.atomic():
                    with crash_at(statement) as sent:
                        do()
                    done, after = True, everything()
                    raise Crash  # just before the commit
            except Crash:
                connection.close()  # as it goes with a process
            with transaction.atomic():
                assert everything() == before, f"statement {statement}: {sent[-1][:80]}"
        with transaction.atomic():
            do()
        with transaction.atomic():
            assert alike(everything()) == alike(after) != alike(before)
    assert statement > 5
    figure(f"{act}: {statement - 1} statements, a crash at each, 0 acts lost or doubled")
