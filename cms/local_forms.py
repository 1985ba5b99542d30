"""The form for the facts of a municipality."""

from collections.abc import Mapping

from django import forms
from django.core.validators import validate_email

from portal.municipalities.facts import NAMES, facts
from portal.municipalities.models import Fact

LONG = {"openingstijden"}


class FactsForm(forms.Form):
    """One field for each fact that pages may use."""

    def __init__(self, data: Mapping[str, str] | None = None) -> None:
        known = facts()
        super().__init__(data, initial=dict(known))
        for key, label in NAMES.items():
            self.fields[key] = forms.CharField(
                label=label,
                required=key == "telefoon",
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}) if key in LONG else forms.TextInput(),
                validators=[validate_email] if key == "e-mail" else [],
            )

    def save(self) -> int:
        """Write what changed for the municipality in force; answers how many facts that were."""
        known = facts()
        changed = {key: value for key, value in self.cleaned_data.items() if value != known.get(key, "")}
        for key, value in changed.items():
            Fact.objects.update_or_create(key=key, defaults={"value": value})
        return len(changed)
