"""Searching a long list of cases: a GET form, so that it needs no script and can be kept as a bookmark."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from .listing import Wanted


class SearchForm(forms.Form):
    """What can be chosen; only what the resident's own cases have."""

    zoek = forms.CharField(
        label=_("Woord of zaaknummer"),
        required=False,
        widget=forms.TextInput(
            # A BSN would stand in the address: browsers hold back nine digits in a row, without a script.
            attrs={
                "maxlength": 60,
                "pattern": r"(?!.*\d{9}).*",
                "title": _("Vul hier geen BSN in."),
                "type": "search",
            }
        ),
    )
    toon = forms.ChoiceField(
        label=_("Hoe het staat"),
        required=False,
        choices=[("", _("Alles")), ("lopend", _("Lopend")), ("afgerond", _("Afgerond"))],
    )
    soort = forms.ChoiceField(label=_("Soort zaak"), required=False)
    jaar = forms.ChoiceField(label=_("Begonnen in"), required=False)

    def __init__(self, wanted: Wanted, kinds: Sequence[tuple[str, str]], years: Sequence[str]) -> None:
        chosen = {"zoek": wanted.text, "toon": wanted.state, "soort": wanted.kind, "jaar": wanted.year}
        super().__init__(initial=chosen, use_required_attribute=False)
        self._choices("soort", kinds)
        self._choices("jaar", [(year, year) for year in years])

    def _choices(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Alles")), *choices]
