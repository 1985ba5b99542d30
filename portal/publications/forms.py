"""What a visitor may choose by, and what is needed to be mailed."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.codes import addresses
from portal.municipalities.bsn import holds_one

from . import areas
from .finding import Choice
from .kinds import IN_WORDS, Kind

NO_NUMBER = _("Typ hier geen burgerservicenummer. U heeft het hier niet nodig.")
FROM_THE_LIST = {"invalid_choice": _("Kies iets uit de lijst.")}  # Django's own shows what was typed
KINDS = [(one.value, words) for one, words in IN_WORDS.items()]


class ChoiceForm(forms.Form):
    """The filter above the list. Its names stand in addresses."""

    postcode = forms.CharField(
        label=_("Postcode"), max_length=12, required=False, help_text=_("Bijvoorbeeld 1234 AB of 1234.")
    )
    plaats = forms.ChoiceField(label=_("Plaats"), required=False, error_messages=FROM_THE_LIST)
    soort = forms.ChoiceField(
        label=_("Soort"),
        required=False,
        choices=[("", _("Alle soorten")), *KINDS],
        error_messages=FROM_THE_LIST,
    )
    woord = forms.CharField(label=_("Woord in de titel"), max_length=60, required=False)

    def __init__(self, *args: object, places: Iterable[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        known = [("", _("Alle plaatsen")), *((one, one) for one in places)]
        if len(known) > 2:
            self.fields["plaats"].choices = known  # type: ignore[attr-defined]
        else:
            del self.fields["plaats"]

    def clean_postcode(self) -> str:
        text = str(self.cleaned_data["postcode"])
        return areas.typed(text) if text else ""

    def clean_woord(self) -> str:
        text = " ".join(str(self.cleaned_data["woord"]).split())
        if holds_one(text):
            raise forms.ValidationError(NO_NUMBER)
        return text

    def choice(self) -> Choice:
        """What is asked, of a form that is right."""
        found = self.cleaned_data
        return Choice(
            kinds=(Kind(found["soort"]),) if found["soort"] else (),
            postcode=found["postcode"],
            place=found.get("plaats", ""),
            words=found["woord"],
        )


class SubscribeForm(forms.Form):
    """An address, and of what it gets mail."""

    email = forms.CharField(
        label=_("E-mailadres"),
        max_length=100,
        error_messages={
            "required": _("Vul uw e-mailadres in."),
            "max_length": _("Dit e-mailadres is te lang. Het mag hoogstens 100 tekens zijn."),
        },
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=12,
        required=False,
        help_text=_(
            "Bijvoorbeeld 1234 AB of 1234. U krijgt dan alleen wat op een adres in die postcode gebeurt. "
            "Laat dit leeg voor de hele gemeente."
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Soorten. Kiest u niets, dan krijgt u alles."),
        choices=KINDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=FROM_THE_LIST,
    )

    def clean_email(self) -> str:
        address = addresses.tidy("email", str(self.cleaned_data["email"]))
        if fault := addresses.fault_of("email", address):
            raise forms.ValidationError(fault)
        return address

    def clean_postcode(self) -> str:
        text = str(self.cleaned_data["postcode"])
        return areas.typed(text) if text else ""
