"""One synonym: what people type, and what it is called on a page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.models import Synonym

from .words import words_of


class SynonymForm(forms.ModelForm[Synonym]):
    """Both hold a word at least; they are kept as they are compared."""

    class Meta:
        model = Synonym
        fields = ("typed", "means")
        help_texts = {
            "typed": _("Zoals “traplift” of “geen geld”."),
            "means": _("Woorden die op de pagina staan, zoals “hulp thuis”."),
        }

    def clean_typed(self) -> str:
        """As it is compared, so that one word stands there once."""
        return _some_word(self.cleaned_data["typed"])

    def clean_means(self) -> str:
        """As it is compared."""
        return _some_word(self.cleaned_data["means"])


def _some_word(text: Any) -> str:
    words = words_of(str(text))
    if not words:
        raise forms.ValidationError(_("Typ een woord."))
    return " ".join(words)
