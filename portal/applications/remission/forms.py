"""The steps of an application for remission."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..known import HOUSE
from ..step_forms import AmountField, IbanField, StepForm
from ..who import WhoForm

__all__ = ["AccountForm", "HouseholdForm", "IncomeForm", "PossessionsForm", "WhoForm"]

YES_NO = [("ja", gettext_lazy("Ja")), ("nee", gettext_lazy("Nee"))]
AMOUNT = gettext_lazy("Vul een bedrag in. Is het niets? Vul dan 0 in.")


class HouseholdForm(StepForm):
    """With whom somebody lives: who shares the costs counts, whatever the register says of ties."""

    title = gettext_lazy("Met wie u woont")
    explanation = gettext_lazy("Wij tellen mee wie bij u woont. Met anderen deelt u de kosten.")
    shows = ("family",)

    living = forms.ChoiceField(
        label=gettext_lazy("Met wie woont u?"),
        choices=[
            ("alleen", gettext_lazy("Alleen, of alleen met mijn kinderen")),
            ("partner", gettext_lazy("Met mijn partner")),
            ("anders", gettext_lazy("Met iemand anders, zoals een ouder, vriend of huisgenoot")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies met wie u woont.")},
    )
    children = forms.IntegerField(
        label=gettext_lazy("Hoeveel kinderen onder de 18 wonen bij u?"),
        min_value=0,
        max_value=20,
        widget=forms.TextInput,
        error_messages={
            "required": gettext_lazy("Vul een getal in. Wonen er geen kinderen bij u? Vul dan 0 in."),
            "invalid": gettext_lazy("Vul een getal in, zoals 0 of 2."),
            "min_value": gettext_lazy("Vul een getal in, zoals 0 of 2."),
            "max_value": gettext_lazy("Vul een getal van 0 tot en met 20 in."),
        },
    )
    children.wants = ("numeric", "off")  # type: ignore[attr-defined]  # ours; see `keyboards`

    def prepare(self) -> None:
        if self.known:
            self.initial.setdefault("children", len(self.known.minors))
            if self.known.partner:  # who has none may still live with somebody
                self.initial.setdefault("living", "partner")


class IncomeForm(StepForm):
    """What comes in and goes out each month."""

    title = gettext_lazy("Uw inkomen")
    explanation = gettext_lazy(
        "Woont u met een partner? Tel dan het geld van u beiden bij elkaar op. "
        "U hoeft niets op te sturen. Weten wij iets niet zeker, dan vragen wij het later."
    )

    sources = forms.MultipleChoiceField(
        label=gettext_lazy("Waar komt uw geld vandaan?"),
        choices=[
            ("loon", gettext_lazy("Loon")),
            ("bijstand", gettext_lazy("Bijstand")),
            ("uwv", gettext_lazy("Uitkering van UWV")),
            ("pensioen", gettext_lazy("AOW of pensioen")),
            ("eigen", gettext_lazy("Eigen bedrijf")),
            ("studie", gettext_lazy("Studiefinanciering")),
            ("anders", gettext_lazy("Iets anders, zoals alimentatie")),
            ("geen", gettext_lazy("Ik heb geen inkomen")),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Kies waar uw geld vandaan komt.")},
    )
    income = AmountField(
        label=gettext_lazy("Hoeveel krijgt u per maand?"),
        help_text=gettext_lazy("Het bedrag dat op uw rekening komt, zonder toeslagen."),
        error_messages={"required": AMOUNT},
    )
    allowances = AmountField(
        label=gettext_lazy("Hoeveel toeslagen krijgt u per maand?"),
        help_text=gettext_lazy("Denk aan zorgtoeslag en huurtoeslag."),
        error_messages={"required": AMOUNT},
    )
    housing = AmountField(
        label=gettext_lazy("Hoeveel huur of hypotheek betaalt u per maand?"),
        error_messages={"required": AMOUNT},
    )
    health = AmountField(
        label=gettext_lazy("Hoeveel betaalt u per maand voor uw zorgverzekering?"),
        error_messages={"required": AMOUNT},
    )

    def clean_sources(self) -> list[str]:
        """No income and some income cannot both be."""
        chosen: list[str] = self.cleaned_data["sources"]
        if "geen" in chosen and len(chosen) > 1:
            raise forms.ValidationError(
                _("U koos “Ik heb geen inkomen” en ook iets anders. Haal één van de twee weg.")
            )
        return chosen


class PossessionsForm(StepForm):
    """What somebody has. Whose the house is, the WOZ tells where it can."""

    asks = (HOUSE,)
    title = gettext_lazy("Wat u heeft")
    explanation = gettext_lazy("Ook hier geldt: woont u met een partner, tel het dan bij elkaar op.")

    savings = AmountField(
        label=gettext_lazy("Hoeveel geld staat er op al uw rekeningen samen?"),
        help_text=gettext_lazy(
            "Kijk vandaag op uw rekeningen. Tel spaargeld mee. Staat u rood? Vul dan 0 in."
        ),
        error_messages={"required": AMOUNT},
    )
    car = forms.ChoiceField(
        label=gettext_lazy("Heeft u een auto of motor?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies of u een auto of motor heeft.")},
    )
    car_value = AmountField(
        label=gettext_lazy("Hoeveel is uw auto of motor nu waard?"),
        help_text=gettext_lazy("Alleen als u een auto of motor heeft. Een schatting is goed."),
        required=False,
    )
    car_value.asked_of_some = True  # type: ignore[attr-defined]  # ours: “hoeft niet” would mislead who has one
    house = forms.ChoiceField(
        label=gettext_lazy("Heeft u een eigen huis?"),
        help_text=gettext_lazy("Wat uw huis waard is, hoeft u niet op te zoeken."),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies of u een eigen huis heeft.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("car") == "ja" and cleaned.get("car_value") is None and "car_value" not in self.errors:
            self.add_error("car_value", _("Vul in hoeveel uw auto of motor waard is. Een schatting is goed."))
        if cleaned.get("car") == "nee":
            cleaned["car_value"] = None
        return cleaned


class AccountForm(StepForm):
    """Where money goes back to."""

    title = gettext_lazy("Uw rekening")
    explanation = gettext_lazy(
        "Heeft u al iets betaald en krijgt u kwijtschelding? Dan betalen wij dat terug op deze rekening."
    )

    iban = IbanField(
        label=gettext_lazy("Rekeningnummer (IBAN)"),
        help_text=gettext_lazy("Het staat op uw bankpas. Zoals NL91 ABNA 0417 1643 00."),
        error_messages={"required": gettext_lazy("Vul uw rekeningnummer in.")},
    )
