"""A list of choices is drawn by ourselves, without a template for each choice, just as Django draws it."""

from typing import Any

import pytest
from django import forms
from django.template import Template
from django.test.html import parse_html

from themes.templatetags.fields import described_by, widget

PLAIN = [("", "Alles"), ("a&b", "<Kapvergunning> & meer"), ("2026", 2026)]
GROUPED = [("", "Kies"), ("Groep “1”", [("a", "A"), ("b", "B")]), ("c", "C")]


def form_with(**chosen: Any) -> forms.Form:
    kinds = {
        "plain": forms.ChoiceField(choices=PLAIN, required=False, help_text="Uitleg"),
        "grouped": forms.ChoiceField(choices=GROUPED),
        "own": forms.ChoiceField(choices=PLAIN, widget=forms.Select(attrs={"id": "eigen", "data-x": '"'})),
        "locked": forms.ChoiceField(choices=PLAIN, disabled=True),
    }
    made = type("Chosen", (forms.Form,), kinds)
    given: forms.Form = made(chosen) if chosen else made(initial={"grouped": "b"})
    return given


@pytest.mark.parametrize("name", ["plain", "grouped", "own", "locked"])
@pytest.mark.parametrize(
    "chosen", [{}, {"plain": "a&b", "grouped": "c", "own": "2026"}, {"plain": "<x>", "grouped": "no"}]
)
def test_a_list_of_choices_is_as_django_draws_it(name: str, chosen: dict[str, str]) -> None:
    field = form_with(**chosen)[name]
    invalid = {"aria-invalid": "true"} if field.errors else {}
    described = {"aria-describedby": described_by(field)} if described_by(field) else {}
    own = widget(field, **{"class": "mijn-select", "autocomplete": ""})

    theirs = field.as_widget(attrs={"class": "mijn-select", **invalid, **described})
    assert parse_html(own) == parse_html(theirs)


def test_a_choice_costs_no_template(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(Template, "render", lambda it, _context: drawn.append(it.name))
    assert "<option" in widget(form_with()["plain"])

    assert drawn == []
