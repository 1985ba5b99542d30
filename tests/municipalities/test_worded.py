"""Queries that are worded once: the same rows, of the municipality in force, by the values of each time."""

import pytest
from django.db.models import Q
from django.db.models.sql.compiler import SQLCompiler

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Fact
from portal.municipalities.worded import Worded

FACTS = Worded(
    lambda key, value: (
        Fact.objects.filter(Q(key=key) | Q(value=value)).exclude(key__startswith="e").order_by("key")
    ),
    key="its key",
    value="its value",
)


def test_each_time_the_rows_are_those_of_its_own_values(zandmeer):
    with acting_for(zandmeer):
        first = FACTS(key="telefoon", value="Gemeentehuis, Plein 1")
        assert [one.key for one in first] == ["balie", "telefoon"]
        assert [one.key for one in FACTS(key="e-mail", value="ma–vr 9.00–16.00")] == ["openingstijden"]
        assert list(FACTS(key="%s' OR true --", value="")) == []


def test_they_are_those_of_the_municipality_in_force(zandmeer, veldrecht):
    for here in (zandmeer, veldrecht, zandmeer):
        with acting_for(here):
            (found,) = FACTS(key="telefoon", value="")
            assert found.municipality_id == here.id


def test_it_is_worded_once(zandmeer, monkeypatch: pytest.MonkeyPatch):
    with acting_for(zandmeer):
        FACTS(key="telefoon", value="")
        monkeypatch.setattr(SQLCompiler, "as_sql", None)
        assert FACTS(key="balie", value="")
