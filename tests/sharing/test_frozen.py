"""What the database itself refuses to change, and what an edit past that refusal is worth."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.municipalities.crypto import DoesNotDecrypt
from portal.municipalities.models import Municipality
from portal.municipalities.postgresql.roles import from_url
from portal.sharing import grants, ledger, purposes, use
from portal.sharing.ledger import entries, heads
from portal.sharing.models import ForgottenUse, Grant, PurposeVersion
from portal.sharing.values import unseal

from .conftest import Desk, gives, new_session

FROZEN = [
    "sharing_purposeversion", "sharing_ledgerentry", "sharing_actrecord", "sharing_recall",
    "sharing_ledgernode", "sharing_logrecord", "sharing_signedhead", "sharing_receipt",
    "sharing_forgottenuse",
]  # fmt: skip
# Of purposes in the making; tests/purposes tries to change them.
FROZEN_WHILE_MADE = [
    "sharing_purposerevision", "sharing_purposereview", "sharing_officeract",
    "cms_librarypurposerevision", "cms_librarypurposereview",
]  # fmt: skip


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
@pytest.mark.parametrize("table", FROZEN)
def test_rows_of_a_frozen_table_are_neither_updated_nor_deleted(helga, desk, table):
    gives(helga)
    grants.withdraw(helga, Grant.objects.get().id)  # a second entry, and so a node
    purposes.recall("maatje-18", "Mila de Wit", "De tekst klopte niet.")
    entries.note("lost", {}, timezone.now())
    heads.sign(timezone.now())
    ForgottenUse.objects.create(municipality=desk.municipality, day=timezone.localdate(), leaf=b"leaf")
    with pytest.raises(DatabaseError, match=f"rows of {table} never change"):
        run(f"UPDATE {table} SET id = id")
    with pytest.raises(DatabaseError, match=f"rows of {table} never change"):
        run(f"DELETE FROM {table}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("DELETE FROM sharing_grant", "a grant stays"),
        ("UPDATE sharing_grant SET until = given + interval '9 years'", "only ends"),
        ("UPDATE sharing_grant SET chosen = '[]'", "only ends"),
        ("UPDATE sharing_grant SET level = 'hoog'", "only ends"),
        ("UPDATE sharing_grant SET values = '\\x00'", "only erased"),
    ],
)
def test_a_grant_only_ends(helga, desk, change, refusal):
    gives(helga)
    with pytest.raises(DatabaseError, match=refusal):
        run(change)


@pytest.mark.django_db
def test_a_withdrawal_is_never_undone(helga, desk):
    grants.withdraw(helga, gives(helga).id)
    for change in ("withdrawn = NULL", "withdrawn = now()"):
        with pytest.raises(DatabaseError, match="withdrawn once"):
            run(f"UPDATE sharing_grant SET {change}")


@pytest.mark.django_db
def test_the_frozen_tables_stand_in_the_catalogue_with_their_triggers(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgname = 'never_changes' AND tgenabled = 'O'"
        )
        assert {table for (table,) in cursor.fetchall()} == {*FROZEN, *FROZEN_WHILE_MADE}


@contextmanager
def owner_past_the_triggers(municipality: Municipality, table: str) -> Iterator[psycopg.Cursor]:
    """The owner's own connection, as somebody would have it who broke in there."""
    owner = from_url(os.environ["DATABASE_OWNER_URL"])
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], password=owner["PASSWORD"],
        dbname=connection.settings_dict["NAME"],
    ) as opened, opened.cursor() as cursor:  # fmt: skip
        cursor.execute("SELECT set_config('app.municipality', %s, true)", [str(municipality.id)])
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("column", ["consumer_id", "subject_id", "until", "version_id", "chosen", "one_time"])
def test_a_grant_edited_in_the_database_does_not_decrypt_and_is_not_read(offering, desk_at, column):
    with acting_for(offering):
        with transaction.atomic():
            grant = gives(new_session(), "maatje-18", {"over18": "yes"})
            content = PurposeVersion.objects.get(purpose__slug="maatje-18").content
            other = {
                "consumer_id": lambda: Desk("andere-balie", offering).row.id,
                "subject_id": lambda: new_session().subject,
                "until": lambda: grant.until.replace(year=grant.until.year + 10),
                "version_id": lambda: purposes.publish("maatje-18", {**content, "valid_days": 9}).id,
                "chosen": lambda: '["over18", "bsn"]',
                "one_time": lambda: True,
            }[column]()
        with owner_past_the_triggers(offering, "sharing_grant") as cursor:
            cursor.execute(f"UPDATE sharing_grant SET {column} = %s WHERE id = %s", [other, grant.id])
            assert cursor.rowcount == 1
        with transaction.atomic():
            edited = Grant.objects.select_related("version", "consumer").get(id=grant.id)
            with pytest.raises(DoesNotDecrypt):
                unseal(edited)
            with pytest.raises(use.NoLongerShared):
                use.read(edited.consumer, grant.id)


@pytest.mark.django_db(transaction=True)
def test_an_act_record_edited_past_the_triggers_is_found_by_the_check_of_the_log(offering):
    with acting_for(offering):
        with transaction.atomic():
            gives(new_session())
            assert ledger.faults() == []
        with owner_past_the_triggers(offering, "sharing_actrecord") as cursor:
            cursor.execute("""UPDATE sharing_actrecord SET payload = payload || '{"chosen": ["bsn"]}'""")
        with transaction.atomic():
            assert ledger.faults() == ["the record of entry 0 is not what was logged"]


@pytest.mark.django_db(transaction=True)
def test_an_entry_taken_out_of_the_log_is_found(offering):
    with acting_for(offering):
        with transaction.atomic():
            gives(new_session())
        for table in ("sharing_actrecord", "sharing_ledgerentry"):
            with owner_past_the_triggers(offering, table) as cursor:
                cursor.execute(f"DELETE FROM {table}")
        with transaction.atomic():
            assert ledger.faults() == ["the head does not count the entries"]
