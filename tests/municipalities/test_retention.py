"""Design rule 2: what outlives a session stands in one table, with ground, key and term."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from portal.municipalities.models import TenantModel

TABLE = Path(__file__).resolve().parent.parent.parent / "docs" / "retention.md"
ROWS = re.findall(r"^\| (\w+\.\w+) \| (.+) \|$", TABLE.read_text(), re.MULTILINE)
MODELS = sorted(
    model._meta.label for model in apps.get_models() if issubclass(model, TenantModel) and model._meta.managed
)


@pytest.mark.parametrize("model", MODELS)
def test_a_table_of_a_municipality_stands_in_the_list_once(model):
    assert [name for name, _rest in ROWS].count(model) == 1, f"add {model} to docs/retention.md"


def test_the_list_names_no_table_that_is_not_there():
    assert {name for name, _rest in ROWS} <= set(MODELS)


@pytest.mark.parametrize(("model", "rest"), ROWS)
def test_a_row_says_what_ground_key_and_term(model, rest):
    cells = [cell.strip() for cell in rest.split(" | ")]
    assert len(cells) == 4, model
    assert all(cells), model
