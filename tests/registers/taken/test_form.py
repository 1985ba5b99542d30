"""Which forms a task may ask on our page, and what is sent of them."""

from typing import Any

import pytest
from django.template import Context, Template

from demo.content.tasks import DORMER, LANTERN, STOPPING, WHO_MOVES
from portal.registers.taken.asked import MOST, Input, fields_of
from portal.registers.taken.forms import TaskForm

NAME = {"type": "textfield", "key": "naam", "label": "Naam"}


def form_of(*components: Any, known: dict[str, Any] | None = None, **typed: str | list[str]) -> TaskForm:
    asked = fields_of({"components": list(components)}, known or {})
    assert asked is not None
    return TaskForm(asked, typed or None)


@pytest.mark.parametrize("components", [DORMER, LANTERN, STOPPING, WHO_MOVES])
def test_the_demos_forms_can_be_asked(components: Any) -> None:
    asked = fields_of({"components": components}, {})

    assert asked is not None
    assert [one.label for one in asked] == [one["label"] for one in components]


def test_what_stands_around_fields_is_passed_by_and_their_order_kept() -> None:
    inner = {"type": "fieldset", "components": [NAME, {"type": "button", "key": "x", "label": "Verstuur"}]}
    asked = fields_of(
        {
            "components": [
                {"type": "panel", "components": [inner]},
                {**NAME, "type": "email", "key": "mail"},
            ]
        },
        {},
    )

    assert asked is not None
    assert [(one.key, one.input) for one in asked] == [("naam", Input.LINE), ("mail", Input.EMAIL)]


@pytest.mark.parametrize(
    ("sentence", "definition"),
    [
        ("no form at all", None),
        ("no fields", {"components": []}),
        ("fields that are no list", {"components": 5}),
        ("a file", {"components": [{**NAME, "type": "file"}]}),
        ("several steps", {"components": [{"type": "wizard", "components": [NAME]}]}),
        ("HTML of the register's own", {"components": [{**NAME, "type": "content", "html": "<b>x</b>"}]}),
        (
            "a field that comes and goes",
            {"components": [{**NAME, "conditional": {"show": True, "when": "a"}}]},
        ),
        ("one by a script", {"components": [{**NAME, "customConditional": "show = 1"}]}),
        ("a hidden one", {"components": [{**NAME, "hidden": True}]}),
        ("several in one", {"components": [{**NAME, "multiple": True}]}),
        ("without its key", {"components": [{"type": "textfield", "label": "x"}]}),
        ("two of one key", {"components": [NAME, NAME]}),
        ("nothing to choose from", {"components": [{**NAME, "type": "radio", "values": []}]}),
        ("too many", {"components": [{**NAME, "key": str(one)} for one in range(MOST + 1)]}),
        ("words in place of fields", {"components": ["x"]}),
    ],
)
def test_what_cannot_be_asked_whole_is_not_asked(sentence: str, definition: Any) -> None:
    assert fields_of(definition, {}) is None, sentence


def test_what_is_sent_has_the_forms_own_keys_and_the_kinds_of_json() -> None:
    values = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]
    form = form_of(
        NAME,
        {"type": "number", "key": "aantal", "label": "Aantal"},
        {"type": "number", "key": "meter", "label": "Meter"},
        {"type": "date", "key": "dag", "label": "Dag"},
        {"type": "date", "key": "leeg", "label": "Leeg"},
        {"type": "checkbox", "key": "ja", "label": "Ja"},
        {"type": "radio", "key": "een", "label": "Een", "values": values},
        {"type": "select", "key": "kies", "label": "Kies", "data": {"values": values}},
        {"type": "selectboxes", "key": "vele", "label": "Vele", "values": values},
        **{"veld-0": "Kees", "veld-1": "3", "veld-2": "2,5", "veld-3": "4-1-2027", "veld-5": "on"},
        **{"veld-6": "b", "veld-7": "a", "veld-8": ["a"]},
    )

    assert form.is_valid(), form.errors
    assert form.answers() == {
        "naam": "Kees",
        "aantal": 3,
        "meter": 2.5,
        "dag": "2027-01-04",
        "leeg": "",
        "ja": True,
        "een": "b",
        "kies": "a",
        "vele": {"a": True, "b": False},
    }


@pytest.mark.parametrize(
    ("component", "typed"),
    [
        ({"type": "number"}, "veel"),
        ({"type": "number"}, "1" * 20),
        ({"type": "date"}, "31-2-2027"),
        ({"type": "email"}, "geen adres"),
        ({"type": "radio", "values": [{"value": "a", "label": "A"}]}, "b"),
        ({"type": "textfield", "validate": {"maxLength": 3}}, "vier"),
        ({"type": "textfield", "validate": {"required": True}}, ""),
        ({"type": "checkbox", "validate": {"required": True}}, ""),
    ],
)
def test_what_does_not_fit_is_refused_with_a_word(component: Any, typed: str) -> None:
    form = form_of({"key": "k", "label": "L", **component}, **{"veld-0": typed, "anders": "x"})

    assert not form.is_valid()
    assert form.errors["veld-0"]


def test_what_is_known_stands_in_it_and_what_does_not_fit_is_left_out() -> None:
    components = [
        NAME,
        {"type": "date", "key": "dag", "label": "Dag"},
        {"type": "email", "key": "mail", "label": "x"},
    ]
    known = {"naam": "Kees", "dag": "01-01-1970 of zo", "mail": {"geen": "tekst"}, "niet gevraagd": "x"}
    form = form_of(*components, known=known)

    assert form["veld-0"].value() == "Kees"
    assert form["veld-1"].value() is None
    assert form["veld-2"].value() is None
    assert "niet gevraagd" not in str(form)


def test_what_the_register_says_of_a_field_is_text_to_the_last_sign() -> None:
    said = "<img src=x onerror=alert(1)><form action=/mijn/uitloggen/>"
    field = {**NAME, "label": f"Naam{said}", "description": f"Uitleg{said}"}
    choice = {**NAME, "key": "keus", "type": "radio", "values": [{"value": said, "label": said}]}
    drawn = Template(
        "{% load components %}{% for one in form %}{% component 'form-field' field=one %}{% endcomponent %}"
        "{% endfor %}{% component 'error-summary' form=form %}{% endcomponent %}"
    ).render(Context({"form": form_of(field, choice, **{"veld-1": "iets anders"})}))

    assert "Uitleg&lt;img" in drawn
    assert "<img" not in drawn
    assert "action=/mijn" not in drawn.replace("&lt;form action=/mijn", "")
