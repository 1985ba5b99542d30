"""The form for the facts of a municipality: those that the library uses, and its own."""

from collections.abc import Mapping

from django import forms
from django.core.validators import validate_email
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.municipalities.facts import NAMES, OWN, facts, label_of
from portal.municipalities.models import Fact

LONG = {"openingstijden"}


class FactsForm(forms.Form):
    """One field for each fact that pages may use, and room for one more of its own."""

    new_label = forms.CharField(
        label=gettext_lazy("Nieuw eigen gegeven: naam"),
        required=False,
        max_length=50,
        help_text=gettext_lazy("Zoals: telefoon van het zwembad. U kiest het daarna in elke eigen pagina."),
    )
    new_value = forms.CharField(
        label=gettext_lazy("Nieuw eigen gegeven: tekst"), required=False, max_length=500
    )

    def __init__(self, data: Mapping[str, str] | None = None) -> None:
        known = facts()
        super().__init__(data, initial=dict(known))
        own = sorted(name for name in known if name.startswith(OWN))
        for key in (*NAMES, *own):
            self.fields[key] = forms.CharField(
                label=label_of(key),
                required=key == "telefoon",
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}) if key in LONG else forms.TextInput(),
                validators=[validate_email] if key == "e-mail" else [],
                help_text=_("Een eigen gegeven. Maak het leeg om het weg te halen.") if key in own else "",
            )
        self.order_fields([*NAMES, *own, "new_label", "new_value"])

    def clean(self) -> dict[str, str]:
        """A new fact has a name of letters that is not there yet, and a text."""
        values = self.cleaned_data
        label, text = values.get("new_label", ""), values.get("new_value", "")
        name = own_name(label)
        if bool(label) != bool(text):
            self.add_error("new_value", _("Vul bij een nieuw gegeven de naam én de tekst in."))
        elif label and (name == OWN or name in self.fields):
            self.add_error("new_label", _("Kies een andere naam: deze is er al, of heeft geen letters."))
        return values

    def save(self) -> int:
        """Write what changed for the municipality in force; answers how many facts that were."""
        known = facts()
        values = {key: text for key, text in self.cleaned_data.items() if not key.startswith("new_")}
        if label := self.cleaned_data["new_label"]:
            values[own_name(label)] = self.cleaned_data["new_value"]
        changed = {key: value for key, value in values.items() if value != known.get(key, "")}
        for key, value in changed.items():
            if key.startswith(OWN) and not value:
                for fact in Fact.objects.filter(key=key):
                    fact.delete()
            else:
                Fact.objects.update_or_create(key=key, defaults={"value": value})
        return len(changed)


def own_name(label: str) -> str:
    """What a fact of one's own is called in a text; `OWN` alone where the label has no letters."""
    return OWN + slugify(label).replace("_", "-")
