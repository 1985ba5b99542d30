"""Questions to the database that every page asks: Django words them once, and not anew each time.

Wording a query takes several times as long as its answer, and is the same each time but for its values.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


class Worded(Generic[Row]):
    """A query with places for values: `Worded(lambda kind: Rows.objects.filter(kind=kind), kind="example")`.

    The example of a value must differ from all else in the query, since its place is found by it.
    """

    def __init__(self, ask: Callable[..., QuerySet[Row]], **examples: Any) -> None:
        self._ask, self._examples = ask, examples

    def __call__(self, **values: Any) -> Sequence[Row]:
        """The rows for these values."""
        model, sql, places = self._words
        given = [values[place] if is_place else place for is_place, place in places]
        return list(model._default_manager.raw(sql, given))

    @cached_property
    def _words(self) -> tuple[type[Row], str, Sequence[tuple[bool, Any]]]:
        """What is asked, in words; and for each value whether it is a place, and of which, or stands so."""
        query = self._ask(**self._examples)
        sql, given = query.query.sql_with_params()
        return query.model, sql, [self._place(value) for value in given]

    def _place(self, value: Any) -> tuple[bool, Any]:
        named = [name for name, example in self._examples.items() if example == value]
        return (True, named[0]) if named else (False, value)
