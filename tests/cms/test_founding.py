"""One command gives a municipality a complete site, for little, however large the library is."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from cms.models import ContentPage
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.municipalities.tables import is_global

pytestmark = pytest.mark.django_db

GIVEN = {"name": "Duindorp", "host": "duindorp.localhost", "code": "9904", "phone": "(0996) 12 34 56"}


def add(slug: str = "duindorp", **changed: str) -> str:
    out = StringIO()
    call_command("municipality", "add", slug, stdout=out, **{**GIVEN, **changed})
    return out.getvalue()


def rows() -> int:
    """All rows there are: of tables for all, and of each municipality's own."""
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed]
    own = [one for one in models if not is_global(one._meta.db_table)]
    total = _rows([one for one in models if is_global(one._meta.db_table)])
    for municipality in Municipality.objects.all():
        with acting_for(municipality):
            total += _rows(own)
    return total


def _rows(models) -> int:
    with connection.cursor() as cursor:
        total = 0
        for model in models:
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            total += cursor.fetchone()[0]
        return total


def test_its_site_is_complete_at_once_with_its_own_facts(visit):
    told = add()
    page = visit("/verhuizen/", "duindorp.localhost").content.decode()
    assert "(0996) 12 34 56" in page
    assert visit("/", "duindorp.localhost").status_code == 200
    assert visit("/en/moving/", "duindorp.localhost").status_code == 200
    assert "Redactie Duindorp" in told


def test_it_costs_few_rows_whatever_the_library_holds(sites):
    root = ContentPage.objects.get(slug="verhuizen").get_parent()
    for number in range(5):
        extra = ContentPage(title="x", slug=f"x-{number}", intro="x", locale=root.locale)
        type(root).objects.get(pk=root.pk).add_child(instance=extra)
    before = rows()
    add()
    first = rows() - before
    add("heidedorp", name="Heidedorp", host="heidedorp.localhost", code="9905")
    assert rows() - before == 2 * first
    assert first <= 150


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("host", "zandmeer.localhost"), ("code", "9901"), ("host", "geen adres"), ("code", "99"),
        ("theme", "weg"), ("email", "x"), ("name", "Zandmeer"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_left_behind(sites, what, value):
    before = rows()
    with pytest.raises(CommandError):
        add(**{what: value})
    assert rows() == before
