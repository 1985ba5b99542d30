"""Many municipalities and a large library, for tests of what they cost and, at full size, the benchmark."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cms.founding import give_site
from cms.models import ContentPage, LibraryRoot
from portal.municipalities.acting import acting_for
from portal.municipalities.founding import found
from portal.municipalities.models import Municipality
from portal.municipalities.tables import is_global

WRITES = ("INSERT", "UPDATE", "DELETE")
READS = ("SELECT", "(SELECT")
_number = count(1)


def municipality_added() -> Municipality:
    """One with keys, facts, site, tree and groups, and no content of its own."""
    number = next(_number)
    facts = {"telefoon": "(0990) 12 34 56", "e-mail": f"info@g{number}.example"}
    added = found(f"g{number}", f"Gemeente {number}", f"g{number}.localhost", f"{number:04}", "_base", facts)
    give_site(added)
    return added


def library_pages_added(number: int) -> None:
    """So many more pages in the library, each as long as the first one, published and found by search."""
    first = ContentPage.objects.get(slug="verhuizen")
    root = LibraryRoot.objects.get(pk=first.get_parent().pk)
    for _ in range(number):
        slug = f"bladzijde-{next(_number)}"
        root.add_child(
            instance=ContentPage(
                title=slug, slug=slug, intro=first.intro, body=first.body, locale=first.locale, place=""
            )
        )


@contextmanager
def statements(*kinds: str) -> Iterator[list[str]]:
    """The statements of these kinds that the database was asked, in full once the block is left."""
    found: list[str] = []
    with CaptureQueriesContext(connection) as seen:
        yield found
    texts = (one["sql"].strip() for one in seen.captured_queries)
    found += [sql for sql in texts if sql.startswith(kinds) and "set_config" not in sql]


def rows() -> int:
    """All rows there are: of tables for all, and of each municipality's own."""
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed]
    own = [one for one in models if not is_global(one._meta.db_table)]
    total = _rows([one for one in models if is_global(one._meta.db_table)])
    for municipality in Municipality.objects.all():
        with acting_for(municipality), transaction.atomic():
            total += _rows(own)
    return total


def _rows(models: list[Any]) -> int:
    with connection.cursor() as cursor:
        total = 0
        for model in models:
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            total += cursor.fetchone()[0]
        return total
