"""What a form field's component needs to know of a field; no class name stands here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "checkboxes"),  # before radios: Django derives it from them
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
)


@register.filter
def field_kind(field: BoundField) -> str:
    """Which markup the field needs."""
    return next((kind for widget, kind in KINDS if isinstance(field.field.widget, widget)), "text")


@register.filter
def focus_id(field: BoundField) -> str:
    """The element that a link to this field must reach; a group is reached at its first choice."""
    return f"{field.auto_id}_0" if field_kind(field) in {"radios", "checkboxes"} else str(field.id_for_label)


@register.filter
def errors_to_link(form: forms.BaseForm) -> list[tuple[BoundField, str]]:
    """Each error with its field; where two fields have the same one, it says of which question it is."""
    found = [(field, str(error)) for field in form for error in field.errors]
    same = Counter(error for _field, error in found)
    return [(field, f"{_asked(field)} {error}" if same[error] > 1 else error) for field, error in found]


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of error and hint; the error is read out first."""
    ids = (
        f"{field.auto_id}_error" if field.errors else "",
        f"{field.auto_id}_helptext" if field.help_text else "",
    )
    return " ".join(filter(None, ids))


@register.simple_tag
def widget(field: BoundField, **attributes: Any) -> SafeString:
    """The field's own element, with these attributes where they have a value."""
    attributes["aria-describedby"] = described_by(field)
    attributes["aria-invalid"] = "true" if field.errors else None
    given = {name: value for name, value in attributes.items() if value}
    return _select(field, given) if type(field.field.widget) is forms.Select else field.as_widget(attrs=given)


def _select(field: BoundField, attributes: dict[str, Any]) -> SafeString:
    """As Django's own, which draws three templates for each choice."""
    attributes = field.build_widget_attrs(attributes, field.field.widget)
    if field.auto_id and "id" not in field.field.widget.attrs:
        attributes.setdefault("id", field.auto_id)
    drawn = field.field.widget.get_context(field.html_name, field.value(), attributes)["widget"]
    groups = format_html_join(
        "", "{}", ((_options(label, options),) for label, options, _index in drawn["optgroups"])
    )
    return format_html('<select name="{}"{}>{}</select>', drawn["name"], flatatt(drawn["attrs"]), groups)


def _options(group: str | None, options: Sequence[Mapping[str, Any]]) -> SafeString:
    drawn = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((str(one["value"]), flatatt(one["attrs"]), one["label"]) for one in options),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', group, drawn) if group else drawn


def _asked(field: BoundField) -> str:
    return str(field.label) if str(field.label).endswith("?") else f"{field.label}:"
