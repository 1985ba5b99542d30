"""Row-level security, from the application's own role: what one municipality can reach of another."""

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, OperationalError, ProgrammingError
from django.utils import timezone

from portal.municipalities.acting import MunicipalityChanges, NoMunicipality, acting_for, current_municipality
from portal.municipalities.announcements import announced_on
from portal.municipalities.facts import facts
from portal.municipalities.middleware import municipality_of_host
from portal.municipalities.models import Fact, LibraryGeneration, Municipality
from portal.municipalities.postgresql.base import TenantQueryRefused
from portal.municipalities.postgresql.roles import as_owner, faults_of_connected_role

pytestmark = pytest.mark.django_db


def test_the_application_role_is_not_owner_superuser_or_bypassing():
    assert faults_of_connected_role() == []


def test_a_municipality_sees_its_own_facts_only(zandmeer, veldrecht):
    with acting_for(zandmeer):
        assert facts()["telefoon"] == "(0999) 12 34 56"
        assert Fact.objects.count() == 4
    with acting_for(veldrecht):
        assert facts()["telefoon"] == "(0998) 12 34 56"


def test_another_municipalitys_row_is_not_there_even_by_its_id(zandmeer, veldrecht):
    with acting_for(veldrecht):
        other = Fact.objects.get(key="telefoon").id
    with acting_for(zandmeer):
        assert not Fact.objects.filter(id=other).exists()
        assert Fact.objects.filter(id=other).update(value="gestolen") == 0
        assert Fact.objects.filter(id=other).delete()[0] == 0


def test_a_row_cannot_be_written_for_another_municipality(zandmeer, veldrecht):
    with (
        acting_for(zandmeer),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Fact.objects.create(municipality=veldrecht, key="nieuw", value="x")


def test_a_row_cannot_be_moved_to_another_municipality(zandmeer, veldrecht):
    with (
        acting_for(zandmeer),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Fact.objects.filter(key="telefoon").update(municipality=veldrecht)


def test_the_same_key_may_exist_in_both_so_a_unique_probe_tells_nothing(zandmeer, veldrecht):
    with acting_for(veldrecht):
        Fact.objects.create(key="geheim", value="x")
    with acting_for(zandmeer):
        Fact.objects.create(key="geheim", value="y")
        with pytest.raises(IntegrityError), transaction.atomic():
            Fact.objects.create(key="geheim", value="z")


def test_a_tenant_query_without_a_municipality_raises_instead_of_answering_nothing(zandmeer):
    with pytest.raises(TenantQueryRefused):
        Fact.objects.count()
    with pytest.raises(NoMunicipality):
        current_municipality()


def test_raw_sql_on_a_tenant_table_is_refused_too(zandmeer):
    with pytest.raises(TenantQueryRefused), connection.cursor() as cursor:
        cursor.execute('SELECT count(*) FROM "municipalities_fact"')


def test_the_municipality_cannot_change_inside_a_transaction(zandmeer, veldrecht):
    with acting_for(zandmeer), pytest.raises(MunicipalityChanges), acting_for(veldrecht):
        pass


def test_nothing_can_be_truncated_by_the_application(zandmeer):
    with acting_for(zandmeer), pytest.raises(ProgrammingError, match="permission"), transaction.atomic():
        connection.cursor().execute("TRUNCATE municipalities_fact")


@pytest.mark.django_db(transaction=True)
class TestOutsideTheTransactionOfATest:
    """Django's TestCase hides these: its outer transaction keeps the setting alive (tried: false green)."""

    def test_a_tenant_query_outside_a_transaction_raises(self, zandmeer):
        with acting_for(zandmeer), pytest.raises(TenantQueryRefused):
            Fact.objects.count()

    def test_every_outermost_transaction_is_told_whose_turn_it_is(self, zandmeer, veldrecht):
        for municipality, phone in ((zandmeer, "(0999) 12 34 56"), (veldrecht, "(0998) 12 34 56")):
            with acting_for(municipality), transaction.atomic():
                assert facts()["telefoon"] == phone

    def test_the_setting_does_not_outlive_its_transaction(self, zandmeer):
        with acting_for(zandmeer), transaction.atomic():
            Fact.objects.count()
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('app.municipality', true)")
            assert not cursor.fetchone()[0]

    def test_a_rolled_back_savepoint_keeps_whose_turn_it_is(self, zandmeer):
        with acting_for(zandmeer), transaction.atomic():
            with pytest.raises(IntegrityError), transaction.atomic():
                Fact.objects.create(key="telefoon", value="dubbel")
            assert Fact.objects.count() == 4

    def test_flush_empties_tables_as_the_owner_and_the_next_test_starts_clean(self):
        assert Municipality.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_died_is_said_in_djangos_words(zandmeer):
    """Who catches Django's errors, as the page for a database that is away does, must get this one too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (own,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [own])
    other.close()
    try:
        with pytest.raises(OperationalError), acting_for(zandmeer), transaction.atomic():
            pass
    finally:
        connection.close()


def test_the_municipality_of_a_host_is_read_whole(zandmeer, django_assert_num_queries):
    zandmeer.second_brands = {"/werkplein/": "werkplein-duinrand"}
    zandmeer.theme_next, zandmeer.theme_from = "oeverstad", timezone.now()
    zandmeer.save()
    by_django = Municipality.objects.get(host=zandmeer.host)
    of_host = municipality_of_host(zandmeer.host)
    with django_assert_num_queries(1):
        assert municipality_of_host(zandmeer.host) == of_host
    for field in Municipality._meta.concrete_fields:
        assert getattr(of_host, field.attname) == getattr(by_django, field.attname)
    assert of_host.library_generation == LibraryGeneration.objects.get().number
    assert announced_on(of_host) == []
    assert municipality_of_host("nergens.localhost") is None


@pytest.mark.django_db(transaction=True)
def test_the_owner_may_take_its_time_over_a_table_and_lets_nobody_wait_long_for_it():
    def timeouts() -> list[str]:
        with connection.cursor() as cursor:
            names = ("statement_timeout", "lock_timeout")
            return [cursor.execute(f"SHOW {name}").fetchone()[0] for name in names]

    with as_owner():
        assert timeouts() == ["0", "5s"]
    assert timeouts() == ["15s", "5s"]
