"""A backup that came back undoes no withdrawal: uses are refused until erasures and log are right again."""

import json
import os
from collections.abc import Mapping

import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.municipalities.models import TenantModel
from portal.municipalities.postgresql.roles import from_url
from portal.sharing import grants, use
from portal.sharing.ledger import deposits, faults, heads, restores
from portal.sharing.models import ActRecord, Duty, Grant, LogRecord, Restore
from portal.sharing.sweeper import list_erasure, sweep
from portal.startup import refuse_uses_after_restore
from tests.sharing.conftest import gives, new_session

pytestmark = pytest.mark.django_db(transaction=True)

Dump = Mapping[str, bytes]


def as_owner() -> psycopg.Connection:
    owner = from_url(os.environ["DATABASE_OWNER_URL"])
    return psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], password=owner["PASSWORD"],
        dbname=connection.settings_dict["NAME"],
    )  # fmt: skip


def tables() -> list[str]:
    return [model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)]


def dumped() -> Dump:
    """Every row of every municipality, as a backup has it."""
    with as_owner() as opened:
        return {table: _copied_out(opened, table) for table in tables()}


def restored(dump: Dump) -> None:
    """Put a backup back over what is there."""
    with as_owner() as opened:
        for table in tables():
            opened.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            opened.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        opened.execute(f"TRUNCATE {', '.join(tables())}")
        for table, rows in dump.items():
            with opened.cursor().copy(f"COPY {table} FROM STDIN") as copying:
                copying.write(rows)
        opened.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables():
            opened.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            opened.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _copied_out(opened: psycopg.Connection, table: str) -> bytes:
    opened.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    with opened.cursor().copy(f"COPY {table} TO STDOUT") as copying:
        rows = b"".join(bytes(part) for part in copying)
    opened.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    return rows


@pytest.fixture
def stopped_after_the_backup(offering, desk_at, clock) -> Grant:
    """Given and signed, backed up, then stopped, erased and signed again; now the backup is back."""
    with acting_for(offering), transaction.atomic():
        session = new_session()
        grant = gives(session)
    sweep(offering)
    backup = dumped()
    clock.move(minutes=1)
    with acting_for(offering), transaction.atomic():
        grants.withdraw(session, grant.id)
    sweep(offering)
    restored(backup)
    return grant


def is_read(offering, desk_at, grant: Grant) -> object:
    with acting_for(offering), transaction.atomic():
        return use.read(desk_at.row, grant.id)


def test_an_old_backup_gives_nothing_to_anybody_until_it_was_made_right(
    offering, desk_at, stopped_after_the_backup, client
):
    grant = stopped_after_the_backup
    refuse_uses_after_restore()

    with pytest.raises(use.NotAfterRestore):
        is_read(offering, desk_at, grant)
    answer = client.post(
        f"/api/v1/toestemmingen/{grant.id}/gebruik",
        HTTP_HOST=offering.host,
        HTTP_AUTHORIZATION=desk_at.header(),
    )
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:problem:na-herstel")

    with pytest.raises(CommandError, match=r"Uses stay refused.*head of 2 was published"):
        call_command("replay_erasures")
    with pytest.raises(use.NotAfterRestore):
        is_read(offering, desk_at, grant)


def test_what_is_erased_again_is_logged_listed_and_told(offering, desk_at, stopped_after_the_backup):
    grant = stopped_after_the_backup
    with pytest.raises(CommandError):
        call_command("replay_erasures")
    with acting_for(offering), transaction.atomic():
        back = Grant.objects.get(id=grant.id)
        assert back.values is None
        assert back.withdrawn is not None
        assert ActRecord.objects.latest("entry__position").payload["because"] == "restored"
        owed = Duty.objects.filter(grant=grant, done=None)
        assert set(owed.values_list("kind", "event")) >= {
            (Duty.LIST_ERASURE, ""),
            (Duty.TELL_CONSUMER, "ingetrokken"),
        }


def test_acts_that_no_backup_holds_are_given_up_in_the_open_and_the_log_goes_on(
    offering, desk_at, stopped_after_the_backup, clock
):
    refuse_uses_after_restore()
    call_command("replay_erasures", "--give-up-lost-acts")

    with pytest.raises(use.NoLongerShared):
        is_read(offering, desk_at, stopped_after_the_backup)
    with acting_for(offering), transaction.atomic():
        lost = LogRecord.objects.get(kind=LogRecord.LOST)
        assert lost.payload["published"]["size"] == 2
        assert faults() == []
        other = gives(new_session())
    clock.move(minutes=1)
    sweep(offering)
    assert is_read(offering, desk_at, other)
    refuse_uses_after_restore()
    with acting_for(offering), transaction.atomic():
        assert not restores.uses_are_refused()
        assert heads.published().size == 4


def test_while_uses_are_refused_no_head_is_signed_and_stopping_works(
    offering, desk_at, stopped_after_the_backup, clock
):
    refuse_uses_after_restore()
    clock.move(minutes=1)
    with acting_for(offering), transaction.atomic():
        session = new_session()
        grants.withdraw(session, gives(session).id)
        assert heads.make(clock()) is None


def test_the_worker_sees_it_too_when_the_database_is_changed_under_it(
    offering, desk_at, stopped_after_the_backup
):
    sweep(offering)
    with pytest.raises(use.NotAfterRestore):
        is_read(offering, desk_at, stopped_after_the_backup)


def test_a_backup_with_every_head_but_an_erased_value_is_refused_until_the_list_is_replayed(
    offering, desk_at
):
    with acting_for(offering), transaction.atomic():
        grant = gives(new_session())
    sweep(offering)
    list_erasure(offering.id, grant.id)
    refuse_uses_after_restore()
    with pytest.raises(use.NotAfterRestore):
        is_read(offering, desk_at, grant)
    call_command("replay_erasures")
    with acting_for(offering), transaction.atomic():
        assert not restores.uses_are_refused()
        assert Grant.objects.get().values is None


def test_another_log_of_the_same_size_is_seen(offering, desk_at, outside):
    with acting_for(offering), transaction.atomic():
        gives(new_session())
    sweep(offering)
    file = outside / "heads.jsonl"
    line = json.loads(file.read_text())
    file.write_text(json.dumps({**line, "wortel": bytes(32).hex()}) + "\n")
    restores.outside.__init__()
    refuse_uses_after_restore()
    with acting_for(offering), transaction.atomic():
        assert "is not the one whose head" in Restore.objects.get().why


def test_a_heads_file_that_is_not_mounted_refuses_uses_and_no_new_one_begins_in_its_place(
    offering, desk_at, outside, clock
):
    with acting_for(offering), transaction.atomic():
        grant = gives(new_session())
    sweep(offering)
    clock.move(minutes=1)
    with acting_for(offering), transaction.atomic():
        heads.sign(clock())
    file = outside / "heads.jsonl"
    elsewhere = file.rename(outside / "not mounted")
    restores.outside.__init__()
    with acting_for(offering):
        assert deposits.deliver() == 0
    assert not file.exists()
    refuse_uses_after_restore()
    with pytest.raises(use.NotAfterRestore):
        is_read(offering, desk_at, grant)
    with pytest.raises(CommandError, match="heads file knows nothing of this log"):
        call_command("replay_erasures")

    elsewhere.rename(file)
    call_command("replay_erasures")
    assert is_read(offering, desk_at, grant)


def test_a_heads_file_that_is_lost_for_good_begins_anew_when_an_operator_says_so(
    offering, desk_at, outside, clock
):
    with acting_for(offering), transaction.atomic():
        grant = gives(new_session())
    sweep(offering)
    (outside / "heads.jsonl").unlink()
    restores.outside.__init__()
    refuse_uses_after_restore()
    call_command("replay_erasures", "--give-up-lost-acts")
    refuse_uses_after_restore()
    assert is_read(offering, desk_at, grant)
    with acting_for(offering), transaction.atomic():
        gives(new_session())
    clock.move(minutes=1)
    sweep(offering)
    refuse_uses_after_restore()
    assert '"grootte": 2' in (outside / "heads.jsonl").read_text()
    assert is_read(offering, desk_at, grant)


def test_an_erasure_list_that_is_not_there_refuses_uses_until_it_is_or_is_given_up(
    offering, desk_at, outside
):
    with acting_for(offering), transaction.atomic():
        session, other = new_session(), gives(new_session())
        stopped = grants.withdraw(session, gives(session).id)
    sweep(offering)
    file = outside / "erasures.jsonl"
    elsewhere = file.rename(outside / "not mounted")
    refuse_uses_after_restore()
    with pytest.raises(use.NotAfterRestore):
        is_read(offering, desk_at, other)
    with pytest.raises(CommandError, match="the erasure list is not there"):
        call_command("replay_erasures")
    elsewhere.rename(file)
    call_command("replay_erasures")
    assert is_read(offering, desk_at, other)

    file.unlink()
    refuse_uses_after_restore()
    call_command("replay_erasures", "--give-up-lost-acts")
    sweep(offering)
    assert str(stopped.id) in file.read_text()
    refuse_uses_after_restore()
    assert is_read(offering, desk_at, other)


def test_no_new_erasure_list_begins_in_the_place_of_one_that_is_not_mounted(offering, desk_at, outside):
    """Also where the very next thing to do is to list an erasure."""
    with acting_for(offering), transaction.atomic():
        session, other = new_session(), gives(new_session())
        first = grants.withdraw(session, gives(session).id)
    sweep(offering)
    file = outside / "erasures.jsonl"
    elsewhere = file.rename(outside / "not mounted")
    with acting_for(offering), transaction.atomic():
        second = grants.withdraw(session, gives(session).id)
    sweep(offering)
    assert not file.exists()
    with pytest.raises(use.NotAfterRestore):
        is_read(offering, desk_at, other)

    elsewhere.rename(file)
    call_command("replay_erasures")
    with acting_for(offering), transaction.atomic():
        Duty.objects.filter(kind=Duty.LIST_ERASURE, done=None).update(due=timezone.now())
    sweep(offering)
    assert [json.loads(line)["grant"] for line in file.read_text().splitlines()] == [
        str(first.id), str(second.id),
    ]  # fmt: skip
    assert is_read(offering, desk_at, other)


@pytest.mark.parametrize("start", ["web", "worker"])
def test_at_the_start_the_list_is_read_once_for_all_municipalities_a_part_at_a_time(
    offering, desk_at, veldrecht, monkeypatch, start
):
    with acting_for(offering), transaction.atomic():
        back = [gives(new_session()).id for _ in range(5)]
    for grant in back:
        list_erasure(veldrecht.id, grant)
    for grant in back:
        list_erasure(offering.id, grant)
    read, erasures = [], restores.erasures
    monkeypatch.setattr(restores, "erasures", lambda: read.append("read") or erasures())
    monkeypatch.setattr(restores, "A_PART", 3)
    if start == "web":
        refuse_uses_after_restore()
    else:
        call_command("worker", "--once")
    assert read == ["read"]
    for municipality, refused in ((offering, True), (veldrecht, False)):
        with acting_for(municipality), transaction.atomic():
            assert restores.uses_are_refused() is refused
    parts = list(restores.erased_and_back([offering, veldrecht]))
    assert [lines for lines, _back in parts] == [3, 3, 3, 1]
    assert [[(one, len(grants)) for one, grants in back.items()] for _lines, back in parts] == [
        [], [(offering, 1)], [(offering, 3)], [(offering, 1)],
    ]  # fmt: skip


def test_the_list_is_replayed_in_one_reading_and_one_that_cannot_be_erased_keeps_no_other(
    offering, desk_at, veldrecht, monkeypatch, capsys
):
    with acting_for(offering), transaction.atomic():
        back = [gives(new_session()).id for _ in range(5)]
    for grant in back:
        list_erasure(veldrecht.id, grant)
        list_erasure(offering.id, grant)
    refuse_uses_after_restore()
    read, erasures, erase_again = [], restores.erasures, grants.erase_again

    def fails_at_first(grant, at) -> bool:
        if grant == back[0]:
            raise ValueError("999970458")
        return erase_again(grant, at)

    monkeypatch.setattr(restores, "erasures", lambda: read.append("read") or erasures())
    monkeypatch.setattr(restores, "A_PART", 3)
    monkeypatch.setattr(grants, "erase_again", fails_at_first)
    with pytest.raises(CommandError, match=f"zandmeer: {restores.BACK}$"):
        call_command("replay_erasures")
    assert "10 on the list, 4 erased again" in capsys.readouterr().out
    assert read == ["read"]
    monkeypatch.setattr(grants, "erase_again", erase_again)
    call_command("replay_erasures")
    assert "10 on the list, 1 erased again" in capsys.readouterr().out
    with acting_for(offering), transaction.atomic():
        assert not restores.uses_are_refused()


def test_a_database_that_grew_from_the_published_head_is_left_alone(offering, desk_at):
    with acting_for(offering), transaction.atomic():
        grant = gives(new_session())
    sweep(offering)
    with acting_for(offering), transaction.atomic():
        gives(new_session())
    refuse_uses_after_restore()
    assert is_read(offering, desk_at, grant)
