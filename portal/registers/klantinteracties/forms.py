"""The forms of contact: addresses, a code, how one wants to be told, and a question."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.codes import addresses
from portal.municipalities.bsn import holds_one

NUMBER = re.compile(r"0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13}")
"""As Klantinteracties wants a telephone number."""
LONGEST = 1000  # characters of a question; the register keeps no more
LONGEST_ADDRESS = 80


class EmailForm(forms.Form):
    """A new e-mail address, in place of the one that was on screen."""

    email = forms.CharField(
        label=_("Nieuw e-mailadres"),
        max_length=LONGEST_ADDRESS,
        error_messages={
            "required": _("Vul uw e-mailadres in."),
            "max_length": _("Dit e-mailadres is te lang. Het mag hoogstens 80 tekens zijn."),
        },
    )
    was = forms.CharField(max_length=20, widget=forms.HiddenInput)

    def clean_email(self) -> str:
        typed = str(self.cleaned_data["email"])
        if fault := addresses.fault_of("email", addresses.tidy("email", typed)):
            raise forms.ValidationError(fault)
        return addresses.tidy("email", typed)


class CodeForm(forms.Form):
    """The code from the e-mail."""

    code = forms.CharField(
        label=_("Code uit de e-mail"),
        max_length=20,
        error_messages={"required": _("Vul de code van zes cijfers in.")},
    )
    pending = forms.UUIDField(widget=forms.HiddenInput)


class PhoneForm(forms.Form):
    """A new telephone number."""

    phone = forms.CharField(
        label=_("Nieuw telefoonnummer"),
        max_length=30,
        help_text=_("Bijvoorbeeld 06 12 34 56 78. Een nummer uit het buitenland begint met + of 00."),
        error_messages={"required": _("Vul uw telefoonnummer in.")},
    )
    was = forms.CharField(max_length=20, widget=forms.HiddenInput)

    def clean_phone(self) -> str:
        number = addresses.tidy("mobile", str(self.cleaned_data["phone"]))
        if not NUMBER.fullmatch(number):
            raise forms.ValidationError(_("Dit nummer klopt niet. Vul het zo in: 06 12 34 56 78"))
        return number


class RemoveForm(forms.Form):
    """Take away what was on screen."""

    was = forms.CharField(max_length=20, widget=forms.HiddenInput)


class ChannelForm(forms.Form):
    """At which address one wants to be told of one's cases."""

    channel = forms.ChoiceField(
        label=_("Hoe mogen wij u bereiken over uw zaken?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe u bericht wilt.")},
    )

    def __init__(self, choices: Iterable[tuple[str, str]], now: str, data: Mapping[str, Any] | None) -> None:
        super().__init__(data, initial={"channel": now})
        self.fields["channel"].choices = list(choices)  # type: ignore[attr-defined]  # it is a ChoiceField


class QuestionForm(forms.Form):
    """A question; about a case its subject is known."""

    use_required_attribute = False  # the base style shows an empty required textarea as wrong from the start

    subject = forms.CharField(
        label=_("Waar gaat uw vraag over?"),
        max_length=100,
        help_text=_("Een paar woorden, bijvoorbeeld: afvalpas."),
        error_messages={
            "required": _("Schrijf in een paar woorden waar uw vraag over gaat."),
            "max_length": _("Dit is te lang. Gebruik hoogstens 100 tekens."),
        },
    )
    text = forms.CharField(
        label=_("Wat is uw vraag?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Hoogstens 1000 tekens. Zet er geen burgerservicenummer in."),
        error_messages={
            "required": _("Schrijf uw vraag op."),
            "max_length": _("Uw vraag is te lang. Gebruik hoogstens 1000 tekens."),
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, key: str, *, about_case: bool) -> None:
        super().__init__(data, initial={"key": key})
        if about_case:
            del self.fields["subject"]

    def clean_subject(self) -> str:
        return _without_bsn(str(self.cleaned_data["subject"]))

    def clean_text(self) -> str:
        return _without_bsn(str(self.cleaned_data["text"]))


_HAS_BSN = _("Hier staat een burgerservicenummer in. Haal het weg: wij weten al wie u bent.")


def _without_bsn(text: str) -> str:
    """A number that could be a BSN is refused: what is asked is read by many in a municipality."""
    if holds_one(text):
        raise forms.ValidationError(_HAS_BSN)
    return text
