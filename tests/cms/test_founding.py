"""One command gives a municipality a complete site, for little, however large the library is."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from .many import library_pages_added, rows

pytestmark = pytest.mark.django_db

GIVEN = {"name": "Duindorp", "host": "duindorp.localhost", "code": "9904", "phone": "(0996) 12 34 56"}


def add(slug: str = "duindorp", **changed: str) -> str:
    out = StringIO()
    call_command("municipality", "add", slug, stdout=out, **{**GIVEN, **changed})
    return out.getvalue()


def test_its_site_is_complete_at_once_with_its_own_facts(visit):
    told = add()
    page = visit("/verhuizen/", "duindorp.localhost").content.decode()
    assert "(0996) 12 34 56" in page
    assert visit("/", "duindorp.localhost").status_code == 200
    main = visit("/", "duindorp.localhost").content.decode().split("<main")[1]
    assert 'href="/verhuizen/"' in main, "the front page leads on before its editors chose anything"
    assert visit("/en/moving/", "duindorp.localhost").status_code == 200
    assert "Redactie Duindorp" in told


def test_it_costs_few_rows_whatever_the_library_holds(sites):
    empty = rows()
    add()
    first = rows() - empty
    library_pages_added(5)
    larger = rows()
    add("heidedorp", name="Heidedorp", host="heidedorp.localhost", code="9905")
    assert rows() - larger == first
    assert first <= 150


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("host", "zandmeer.localhost"), ("code", "9901"), ("host", "geen adres"), ("code", "99"),
        ("theme", "weg"), ("email", "x"), ("name", "Zandmeer"),
        ("slug", "zandmeer-en"), ("slug", "bibliotheek"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_left_behind(sites, what, value):
    before = rows()
    with pytest.raises(CommandError):
        add(**{what: value})
    assert rows() == before
