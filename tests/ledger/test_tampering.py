"""Whoever gets past the database's own refusals is found: nothing of the log can be changed unseen."""

from datetime import timedelta
from random import Random
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from portal.municipalities import keys
from portal.municipalities.acting import acting_for, current_municipality
from portal.sharing import grants
from portal.sharing.ledger import days, faults, heads
from portal.sharing.models import LogRecord
from portal.usage.models import Use
from tests.sharing.conftest import gives, new_session

from .conftest import logged, triggers_off

pytestmark = pytest.mark.django_db(transaction=True)
LENGTH = 1200


def found_after(*statements: tuple[str, list]) -> list[str]:
    """The faults after some tampering, which is undone again."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for sql, values in statements:
                cursor.execute(sql, values)
        found = faults()
        transaction.set_rollback(True)
    return found


def test_every_tampering_with_a_long_log_is_found(offering, desk_at, clock):
    random = Random(20261124)
    with acting_for(offering):
        with transaction.atomic():
            grant = gives(new_session(), "maatje-18", {"over18": "yes"})
            logged(grant, LENGTH)
            heads.sign(clock())
            Use.objects.create(
                municipality=offering,
                subject_id=grant.subject_id,
                who="x",
                purpose="x",
                ground="x",
                at=clock(),
            )
            clock.time = timezone.localtime(clock()).replace(hour=2) + timedelta(days=1)  # one day is over
            assert days.seal(clock()) == 1
            clock.move(minutes=1)
            heads.sign(clock())
            assert faults() == []
        with triggers_off():
            changed = random.sample(range(1, LENGTH), 1000)
            bytes_of_leaves(random, changed)
            leaves_and_records(random)
            the_rest_of_it()


def bytes_of_leaves(random: Random, changed: list[int]) -> None:
    """Any byte of 1,000 random leaves changed: each is named."""
    places = [(position, random.randrange(32), random.randrange(1, 256)) for position in changed]
    found = found_after(
        (
            "UPDATE sharing_ledgerentry e SET leaf = set_byte(leaf, w.byte, get_byte(leaf, w.byte) # w.bits)"
            " FROM unnest(%s::int[], %s::int[], %s::int[]) AS w(position, byte, bits)"
            " WHERE e.position = w.position",
            [list(column) for column in zip(*places, strict=True)],
        )
    )
    assert {f"the record of entry {position} is not what was logged" for position in changed} <= set(found)
    assert "the log is not what its head of 1201 entries says" in found


def leaves_and_records(random: Random) -> None:
    position, other = random.sample(range(1, LENGTH - 1), 2)
    of_entry = "entry_id IN (SELECT id FROM sharing_ledgerentry WHERE position = %s)"
    gone = [
        (f"DELETE FROM sharing_actrecord WHERE {of_entry}", [position]),
        ("DELETE FROM sharing_ledgerentry WHERE position = %s", [position]),
    ]
    assert f"positions are missing or doubled, from {position} on" in found_after(*gone)
    fewer = ("UPDATE sharing_ledgerhead SET size = size - 1", [])
    assert f"positions are missing or doubled, from {position} on" in found_after(*gone, fewer)
    swapped = found_after(
        (
            "UPDATE sharing_ledgerentry e SET leaf = o.leaf FROM sharing_ledgerentry o"
            " WHERE (e.position, o.position) IN ((%s, %s), (%s, %s))",
            [position, other, other, position],
        )
    )
    for one in (position, other):
        assert f"the record of entry {one} is not what was logged" in swapped
    move = "UPDATE sharing_ledgerentry SET position = %s WHERE position = %s"
    with_records = found_after(
        (move, [LENGTH * 2, position]), (move, [position, other]), (move, [other, LENGTH * 2])
    )
    assert "the log is not what its head of 1201 entries says" in with_records
    assert any("the hash over entries" in one for one in with_records)
    assert found_after((f"DELETE FROM sharing_actrecord WHERE {of_entry}", [position])) == [
        f"the record of entry {position} is not there, and was not forgotten in its time"
    ]


def the_rest_of_it() -> None:
    for statement, fault in (
        ("UPDATE sharing_ledgernode SET hash = '\\x00' WHERE last = 1023 AND level = 10",
         "the hash over entries 0 to 1023 is not what was logged"),
        ("DELETE FROM sharing_ledgernode WHERE last = 3 AND level = 1",
         "the hash over entries 2 to 3 is not what was logged"),
        ("UPDATE sharing_ledgerhead SET hashes = set_byte(hashes, 5, get_byte(hashes, 5) # 1)",
         "the head does not fit the entries"),
        ("UPDATE sharing_ledgerhead SET size = size + 1", "the head does not count the entries"),
        ("DELETE FROM sharing_recordkey", "the record key of entry 7 is gone"),
        ("UPDATE sharing_signedhead SET signature = set_byte(signature, 9, get_byte(signature, 9) # 1)",
         "the head of 1201 entries is not signed by the municipality"),
        ("UPDATE sharing_signedhead SET at = at + interval '1 hour'",
         "the head of 1201 entries is not signed by the municipality"),
        ("UPDATE sharing_logrecord SET payload = payload || '{\"uses\": 7}'",
         "the record of entry 1201 is not what was logged"),
        ("UPDATE sharing_recordkey SET wrapped = set_byte(wrapped, 40, get_byte(wrapped, 40) # 1)",
         "the record key of entry 7 does not open"),
        ("UPDATE sharing_recordkey SET wrapped = set_byte(wrapped, 3, get_byte(wrapped, 3) # 1)",
         "the record key of entry 7 does not open"),
        ("UPDATE sharing_recordkey SET wrapped = ''", "the record key of entry 7 does not open"),
        ("UPDATE sharing_logrecord SET day = 'eerst' WHERE kind = 'day'",
         "the sealed days cannot be read to the end: ValueError"),
        ("UPDATE sharing_logrecord SET payload = '[]'",
         "the sealed days cannot be read to the end: AttributeError"),
        ("UPDATE sharing_logrecord SET kind = 'lost'", "the record of entry 1201 passes for another"),
    ):  # fmt: skip
        assert fault in found_after((statement, [])), statement
    with transaction.atomic():
        day = LogRecord.objects.get(kind="day").day
    assert f"{day} says that it was sealed in a way that there is not" in found_after(
        ("UPDATE sharing_logrecord SET payload = payload || '{\"version\": 3}'", [])
    )
    for statement, now in (
        ("UPDATE usage_use SET who = 'y'", 1),
        ("""UPDATE usage_use SET labels = '["Naam"]'""", 1),
        ("DELETE FROM usage_use", 0),
        ("UPDATE usage_use SET at = at + interval '1 day'", 0),
    ):
        assert found_after((statement, [])) == [
            f"the uses of {day} are not those that were sealed ({now} now)"
        ]


def test_a_day_sealed_before_labels_were_bound_still_holds(offering, desk_at, clock, monkeypatch):
    with acting_for(offering), transaction.atomic():
        grant = gives(new_session())
        Use.objects.create(
            municipality=offering, subject_id=grant.subject_id, who="x", purpose="x", ground="x", at=clock()
        )
        clock.time = timezone.localtime(clock()).replace(hour=2) + timedelta(days=1)
        as_it_was = days.summary
        monkeypatch.setattr(days, "summary", lambda day: as_it_was(day, version=1))
        assert days.seal(clock()) == 1
        monkeypatch.undo()
        assert "version" not in LogRecord.objects.get(kind="day").payload
        assert list(days.faults()) == []
        Use.objects.update(who="y")
        assert len(list(days.faults())) == 1


def test_a_use_written_into_a_day_that_was_sealed_is_found(offering, desk_at, clock):
    with acting_for(offering), transaction.atomic():
        grant = gives(new_session())
        row = {
            "municipality": offering,
            "subject_id": grant.subject_id,
            "who": "x",
            "purpose": "x",
            "ground": "x",
        }
        Use.objects.create(**row, at=clock())
        clock.move(days=2)
        assert days.seal(clock()) == 2
        assert days.seal(clock()) == 0
        assert faults() == []
        Use.objects.create(
            **row, at=clock.time.replace(microsecond=1) - clock.time.resolution * 86_400_000_000
        )
        assert len(faults()) == 1
        Use.objects.create(**row, at=clock.time.replace(year=2020))
        assert any("uses before" in one for one in faults())


def test_what_is_wrong_with_one_log_keeps_no_other_from_being_verified(
    offering, veldrecht, monkeypatch, capsys
):
    def unreadable() -> list[str]:
        if current_municipality() == veldrecht:
            raise OperationalError
        return faults()

    monkeypatch.setattr("portal.sharing.management.commands.ledger.faults", unreadable)
    with pytest.raises(CommandError, match="not whole"):
        call_command("ledger", "verify")
    said = capsys.readouterr().out
    assert "veldrecht: could not be looked at: OperationalError" in said
    assert "zandmeer: whole" in said


def test_acts_that_go_on_while_a_log_is_verified_are_no_fault_of_it(offering, desk_at, capsys):
    """An act, and a head over it, between any two of its questions."""
    acts: list[Thread] = []

    def happens() -> None:
        with acting_for(offering), transaction.atomic():
            session = new_session()
            grants.withdraw(session, gives(session).id)
            heads.sign(timezone.now())
        connection.close()

    def meanwhile(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if "sharing_" in sql:
            acts.append(Thread(target=happens))
            acts[-1].start()
            acts[-1].join()
        return answer

    happens()
    with connection.execute_wrapper(meanwhile):
        call_command("ledger", "verify")
    assert "zandmeer: whole (2 entries" in capsys.readouterr().out
    assert len(acts) > 5
    call_command("ledger", "verify")
    assert f"zandmeer: whole ({2 + 2 * len(acts)} entries" in capsys.readouterr().out
    with connection.cursor() as cursor:
        cursor.execute("SHOW default_transaction_isolation")
        assert cursor.fetchone() == ("read committed",)


def test_a_head_of_another_key_or_another_municipality_is_found(offering, veldrecht, clock):
    with acting_for(veldrecht), transaction.atomic():
        theirs = keys.newest(keys.SIGN)
    with acting_for(offering), transaction.atomic():
        gives(new_session())
        head = heads.sign(clock())
        assert heads.is_signed(head, {head.key: public(theirs[1])}) is False
        assert heads.is_signed(head, {}) is False
        foreign = heads.text("urn:gemeente:9902:logboek", head.size, bytes(head.root), head.at)
        assert foreign != heads.text("urn:gemeente:9901:logboek", head.size, bytes(head.root), head.at)


def public(seed: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
