"""The first step of each application: who somebody is, and how to reach them. Registers tell it; only without
them one types it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.codes.addresses import fault_of, tidy

from .known import CONTACT, PERSON
from .step_forms import StepForm


class PhoneField(forms.CharField):
    """How somebody can be called; any number that a phone takes."""

    wants = ("tel", "tel")


class EmailField(forms.CharField):
    """Where somebody can be mailed."""

    wants = ("email", "email")


class TypedField(forms.CharField):
    """Who somebody is, in their own words. That is said behind them, or they could say that the app did."""

    told_by = gettext_lazy("zelf ingevuld")

    def __init__(self, label: Any, missing: Any, filled_in: str) -> None:
        super().__init__(label=label, max_length=200, error_messages={"required": missing})
        self.wants = ("text", filled_in)


class WhoForm(StepForm):
    """Who it is and how to reach them: only what registers do not know, or cannot tell now, is asked."""

    title = gettext_lazy("Wie u bent")
    shows = ("person",)
    asks = (PERSON, CONTACT)

    phone = PhoneField(
        label=gettext_lazy("Telefoonnummer"),
        max_length=25,
        required=False,
        help_text=gettext_lazy("Dan kunnen wij u bellen als iets niet duidelijk is."),
    )
    email = EmailField(
        label=gettext_lazy("E-mailadres"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Dan kunnen wij u mailen als u niet opneemt."),
    )

    def prepare(self) -> None:
        if self.known is None:
            # Lazy: officers are told in Dutch, whatever language its resident reads.
            self.fields |= {
                "name": TypedField(gettext_lazy("Uw naam"), gettext_lazy("Vul uw naam in."), "name"),
                "born": TypedField(
                    gettext_lazy("Uw geboortedatum"),
                    gettext_lazy("Vul uw geboortedatum in, zoals 31-12-1980."),
                    "bday",
                ),
                "address": TypedField(
                    gettext_lazy("Uw adres"),
                    gettext_lazy("Vul straat, huisnummer en plaats in."),
                    "street-address",
                ),
            }
            self.order_fields(["name", "born", "address", "phone", "email"])

    def clean_phone(self) -> str:
        typed = str(self.cleaned_data["phone"]).strip()
        digits = [sign for sign in typed if sign.isdigit()]
        if typed and (len(digits) < 10 or set(typed) - set("0123456789+-() .")):
            raise forms.ValidationError(_("Vul een telefoonnummer van tien cijfers in, of laat het leeg."))
        return typed

    def clean_email(self) -> str:
        typed = tidy("email", str(self.cleaned_data["email"]))
        if typed and (fault := fault_of("email", typed)):
            raise forms.ValidationError(fault)
        return typed

    def told(self) -> list[tuple[str, str]]:
        """With what the register knows before it."""
        if self.known is None:
            return super().told()
        address = _("Geheim; staat in de BRP") if self.known.secret else ", ".join(self.known.address)
        facts = [
            (_("Naam"), self.known.name),
            (_("Geboortedatum"), self.known.born),
            (_("Adres"), address),
        ]
        return [*((label, value) for label, value in facts if value), *super().told()]
