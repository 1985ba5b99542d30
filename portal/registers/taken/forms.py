"""The form of a task as a form on our page. Its fields are numbered: the register's own names stay behind."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .asked import Field, Input

DAYS = ["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"]


class TaskForm(forms.Form):
    """What a task asks, in the order in which it asks it."""

    use_required_attribute = False  # the base style shows an empty required textarea as wrong from the start

    def __init__(self, asked: Sequence[Field], data: Mapping[str, Any] | None) -> None:
        known = {_name(place): _shown(one) for place, one in enumerate(asked) if one.known is not None}
        super().__init__(data, initial=known)
        self._asked = asked
        for place, one in enumerate(asked):
            self.fields[_name(place)] = _field(one)

    def answers(self) -> dict[str, Any]:
        """What was filled in, by the form's own keys, as JSON has it."""
        return {one.key: _told(one, self.cleaned_data[_name(place)]) for place, one in enumerate(self._asked)}


def _name(place: int) -> str:
    return f"veld-{place}"


def _field(one: Field) -> forms.Field:
    common: dict[str, Any] = {"label": one.label, "required": one.needed, "help_text": one.hint}
    # The name goes along: at the top of the page nobody sees which question it is about.
    named = {"what": one.label}
    common["error_messages"] = {"required": _("Vul in: %(what)s") % named}
    match one.input:
        case Input.TEXT:
            return forms.CharField(**common, max_length=one.longest, widget=forms.Textarea(attrs={"rows": 4}))
        case Input.NUMBER:
            common["error_messages"]["invalid"] = _("Vul een getal in: %(what)s") % named
            return forms.DecimalField(
                **common, max_digits=15, decimal_places=4, localize=True, widget=forms.TextInput
            )
        case Input.DAY:
            common["error_messages"]["invalid"] = _("Vul een dag in, bijvoorbeeld 4-1-2027: %(what)s") % named
            common["help_text"] = one.hint or _("Bijvoorbeeld 4-1-2027.")
            return forms.DateField(**common, input_formats=DAYS, widget=forms.DateInput(format="%d-%m-%Y"))
        case Input.EMAIL:
            common["error_messages"]["invalid"] = _("Dit is geen e-mailadres. Een voorbeeld: naam@post.nl")
            return forms.EmailField(**common, max_length=one.longest)
        case Input.YES:
            common["error_messages"]["required"] = _("Vink aan om verder te gaan: %(what)s") % named
            return forms.BooleanField(**common)
        case Input.ONE:
            common["error_messages"]["required"] = _("Kies een antwoord: %(what)s") % named
            choices = list(one.choices)
            if not one.needed:
                choices = [("", str(_("Geen antwoord"))), *choices]
            return forms.ChoiceField(**common, choices=choices, widget=forms.RadioSelect)
        case Input.SOME:
            common["error_messages"]["required"] = _("Kies een of meer antwoorden: %(what)s") % named
            return forms.MultipleChoiceField(
                **common, choices=list(one.choices), widget=forms.CheckboxSelectMultiple
            )
        case _:
            return forms.CharField(**common, max_length=one.longest)


def _shown(one: Field) -> Any:
    """What is known beforehand, as its field shows it; what does not fit is left out."""
    if one.input is Input.DAY:
        try:
            return date.fromisoformat(str(one.known)[:10])
        except ValueError:
            return None
    if one.input is Input.SOME:
        return [key for key, chosen in one.known.items() if chosen] if isinstance(one.known, dict) else []
    if one.input is Input.YES:
        return one.known is True
    return str(one.known) if isinstance(one.known, (str, int, float)) else None


def _told(one: Field, value: Any) -> Any:
    if one.input is Input.SOME:
        return {key: key in value for key, _label in one.choices}
    if one.input is Input.NUMBER and value is not None:
        return int(value) if value == value.to_integral_value() else float(value)
    if one.input is Input.DAY:
        return value.isoformat() if value else ""
    return value
