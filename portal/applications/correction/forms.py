"""The steps of a request to correct a fact."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.municipalities.bsn import holds_one

from ..step_forms import StepForm
from ..who import WhoForm

__all__ = ["FactForm", "WhoForm"]


class FactForm(StepForm):
    """Which fact, and what is right."""

    title = _("Wat niet klopt")
    explanation = _("Schrijf het in uw eigen woorden. U hoeft nu niets te bewijzen.")
    shows = ("person", "family")

    fact = forms.ChoiceField(
        label=_("Welk gegeven klopt niet?"),
        choices=[
            ("naam", _("Mijn naam")),
            ("geboorte", _("Mijn geboortedatum of geboorteplaats")),
            ("adres", _("Mijn adres")),
            ("nationaliteit", _("Mijn nationaliteit")),
            ("familie", _("Iets van mijn partner, kind of ouder")),
            ("anders", _("Iets anders")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies welk gegeven niet klopt.")},
    )
    right = forms.CharField(
        label=_("Wat moet het zijn?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Hoogstens 1000 tekens. Zet er geen burgerservicenummer in."),
        error_messages={
            "required": _("Schrijf op wat het moet zijn."),
            "max_length": _("Uw tekst is te lang. Gebruik hoogstens 1000 tekens."),
        },
    )
    proof = forms.ChoiceField(
        label=_("Heeft u een akte of ander bewijs?"),
        choices=[
            ("ja", _("Ja")),
            ("nee", _("Nee")),
            ("weet-niet", _("Dat weet ik niet")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Wij zoeken zelf ook. Hebben wij uw bewijs nodig, dan vragen wij erom."),
        error_messages={"required": _("Kies of u een bewijs heeft.")},
    )

    def clean_right(self) -> str:
        right = str(self.cleaned_data["right"])
        if holds_one(right):
            raise forms.ValidationError(
                _("Hier staat een burgerservicenummer in. Haal het weg: wij weten al wie u bent.")
            )
        return right
