"""What an editor types about a page of the library."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.blocks import FEATURES
from cms.running_text import RunningText
from cms.slots import unknown_slots
from cms.trees import languages
from cms.writing.chips import FEATURE as FACT

from .filling import Place
from .tree import Mark


class SearchForm(forms.Form):
    """What to look for in the list of pages; whatever cannot be read is not looked for."""

    q = forms.CharField(label=gettext_lazy("Zoek op titel"), required=False, max_length=100)
    soort = forms.ChoiceField(
        label=gettext_lazy("Op uw site"), required=False, choices=[("", gettext_lazy("Alles")), *Mark.choices]
    )
    taal = forms.ChoiceField(
        label=gettext_lazy("Taal"), required=False, choices=[(code, code) for code in languages()]
    )


class FillForm(forms.Form):
    """A text for each place that the library left open."""

    def __init__(
        self, places: Iterable[Place], data: Mapping[str, Any] | None, known: Mapping[str, str]
    ) -> None:
        super().__init__(data, initial={place.block: known.get(place.block, "") for place in places})
        for place in places:
            otherwise = strip_tags(place.otherwise)
            nothing = (
                _("Vult u niets in, dan staat er: %(text)s") % {"text": otherwise}
                if otherwise
                else _("Vult u niets in, dan staat dit onderdeel niet op uw site.")
            )
            self.fields[place.block] = forms.CharField(
                label=place.title,
                help_text=f"{place.asked} {nothing}",
                required=False,
                max_length=5000,
                widget=RunningText(features=[*FEATURES, FACT]),
            )

    def clean(self) -> dict[str, str]:
        """Slots exist, and a text without a word is no text."""
        texts = {key: text if strip_tags(text).strip() else "" for key, text in self.cleaned_data.items()}
        for key, text in texts.items():
            if wrong := unknown_slots(text):
                names = ", ".join(sorted(f"[[{name}]]" for name in wrong))
                self.add_error(key, _("Dit gegeven bestaat niet: %(names)s.") % {"names": names})
        return texts


class OfferForm(forms.Form):
    """Why a page is good for others too."""

    why = forms.CharField(
        label=gettext_lazy("Waarom is deze pagina ook goed voor andere gemeenten?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    """What the library says to the giver."""

    answer = forms.CharField(
        label=gettext_lazy("Bericht aan de gemeente"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RequiredForm(forms.Form):
    """Which law asks for a page; empty for none."""

    law = forms.CharField(
        label=gettext_lazy("Welke wet vraagt deze pagina?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Vult u dit in, dan kan geen gemeente deze pagina weglaten. Invullen en vervangen kan wel."
        ),
    )
