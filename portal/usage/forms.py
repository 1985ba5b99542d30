"""The forms on uses: which to show, and a question about one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.municipalities.bsn import holds_one
from portal.periods import Period

from .questions import LONGEST

PERIODS = {"30d": Period(days=-30), "3m": Period(months=-3), "12m": Period(months=-12)}


class Purposes(forms.Select):
    """What is only known by its Dutch name says that it is Dutch."""

    def create_option(self, name: str, value: Any, label: Any, *more: Any, **named: Any) -> dict[str, Any]:
        option = super().create_option(name, value, label, *more, **named)
        if value and value == label:
            option["attrs"]["lang"] = "nl"
        return option


class WhichForm(forms.Form):
    """Of which purpose and which time; anything else than what is offered shows everything."""

    periode = forms.ChoiceField(
        label=_("Periode"),
        required=False,
        choices=[
            ("", _("Alles")),
            ("30d", _("Laatste 30 dagen")),
            ("3m", _("Laatste 3 maanden")),
            ("12m", _("Laatste jaar")),
        ],
    )

    def __init__(self, purposes: Mapping[str, str], data: Mapping[str, Any]) -> None:
        """`purposes`: by their Dutch names, as this page calls them."""
        super().__init__(data)
        choices = [("", _("Alles")), *purposes.items()]
        self.fields["doel"] = forms.ChoiceField(
            label=_("Waarvoor"), required=False, choices=choices, widget=Purposes
        )
        self.order_fields(["doel", "periode"])
        self.full_clean()

    @property
    def purpose(self) -> str:
        return str(self.cleaned_data.get("doel", ""))

    @property
    def since(self) -> datetime | None:
        period = PERIODS.get(self.cleaned_data.get("periode", ""))
        return period.after(timezone.now()) if period else None

    @property
    def chosen(self) -> Mapping[str, str]:
        """What goes along to the next page."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class QuestionForm(forms.Form):
    """What the resident wants to know."""

    use_required_attribute = False  # the base style shows an empty required textarea as wrong from the start

    text = forms.CharField(
        label=_("Wat wilt u weten?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Hoogstens 1000 tekens. Zet er geen burgerservicenummer in."),
        error_messages={
            "required": _("Schrijf op wat u wilt weten."),
            "max_length": _("Uw vraag is te lang. Gebruik hoogstens 1000 tekens."),
        },
    )

    def clean_text(self) -> str:
        """An officer reads it, who needs no number to look the use up."""
        text = str(self.cleaned_data["text"])
        if holds_one(text):
            raise forms.ValidationError(_("Hier staat een burgerservicenummer in. Haal dat weg."))
        return text
