"""What a form field's component needs to know of a field; no class name stands here."""

from typing import Any

from django import forms, template
from django.forms import BoundField
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
    return field.as_widget(attrs={name: value for name, value in attributes.items() if value})
