"""The forms of a sharing; optional attributes start unticked, nothing is chosen for the resident."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.codes import addresses

from .purposes import Attribute, Version
from .ways import again, holds_all, ways


class ChoiceForm(forms.Form):
    """Which optional attributes, and how to give them."""

    def __init__(
        self,
        version: Version,
        data: Mapping[str, Any] | None,
        *,
        on_phone: bool,
        earlier: Sequence[str] | None,
    ) -> None:
        """`earlier`: what can be given once more of what is shared for this purpose now.

        Asked only where there is more than one way. First is what needs nothing to be looked up.
        """
        self.again = again(version, earlier)
        offered = ways(version, again=self.again)
        device = "this_device" if on_phone else "other_device"
        easiest = ["register", device, *(one for one in offered if one != "again")]
        easiest = ["again", *easiest] if holds_all(version, earlier) else [*easiest, "again"]
        super().__init__(data, initial={"way": next((one for one in easiest if one in offered), "")})
        self.to_tick = [one.name for one in version.choices]
        self.needs_a_choice = not version.needs_something
        self.optional = [one for one in version.attributes if not one.required]
        for one in self.optional:
            self.fields[box(one.name)] = forms.BooleanField(label=one.label, required=False)
        self.only_way = offered[0] if len(offered) == 1 else ""
        self.only_way_in_words = _ONLY.get(self.only_way) or _from_register(version)
        if not self.only_way:
            self.fields["way"] = forms.ChoiceField(
                label=_("Hoe wilt u dit geven?"),
                choices=[(way, _WAYS.get(way) or _from_register(version)) for way in offered],
                widget=forms.RadioSelect,
                error_messages={"required": _("Kies hoe u dit wilt geven.")},
            )

    def clean(self) -> dict[str, Any]:
        """Where nothing is needed, something must be chosen: a yes to nothing is no yes."""
        cleaned = super().clean() or {}
        if self.needs_a_choice and not any(cleaned.get(box(one.name)) for one in self.optional):
            self.add_error(box(self.optional[0].name), _("Kies wat u wilt delen. Of kies “Nee, niet delen”."))
        elif self.to_tick and not any(cleaned.get(box(name)) for name in self.to_tick):
            self.add_error(box(self.to_tick[0]), _("Zet minstens één vinkje. Of kies “Nee, niet delen”."))
        return cleaned

    @property
    def chosen(self) -> list[str]:
        return [one.name for one in self.optional if self.cleaned_data.get(box(one.name))]

    @property
    def way(self) -> str:
        return self.only_way or str(self.cleaned_data["way"])

    def say_not_given(self, problem: str) -> None:
        """Why what is known already could not be given; beside the choice of another way, if there is one."""
        if self.only_way:
            self.add_error(None, f"{problem} {gettext('Lukt het zo niet? Bel ons dan.')}")
        else:
            self.add_error("way", f"{problem} {gettext('U kunt ook een andere manier kiezen.')}")


def box(attribute: str) -> str:
    """The name of the tick for an attribute that is chosen apart."""
    return f"with_{attribute}"


_WAYS: Mapping[str, Promise] = {
    "again": _("Zoals het nu al gedeeld wordt. Ik hoef niets op te zoeken."),
    "other_device": _("Met de Yivi-app op mijn telefoon. Ik scan een QR-code."),
    "this_device": _("Met de Yivi-app op dit apparaat."),
    "typed": _("Zonder app. Ik typ het zelf en krijg een code."),
}
_ONLY: Mapping[str, Promise] = {"typed": _("U typt het zelf. Daarna krijgt u een code van ons.")}


_TO_FILL_IN = {"email": _("Vul uw e-mailadres in."), "mobile": _("Vul uw mobiele nummer in.")}


class TypedForm(forms.Form):
    """The addresses, typed by the resident."""

    def __init__(self, attributes: Sequence[Attribute], data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        self.attributes = [one for one in attributes if one.typed]
        for one in self.attributes:
            self.fields[one.name] = forms.CharField(
                label=one.label,
                max_length=254,
                error_messages={"required": _TO_FILL_IN[one.typed or "email"]},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for one in self.attributes:
            typed = cleaned.get(one.name)
            if typed and (fault := addresses.fault_of(one.typed or "", typed)):
                self.add_error(one.name, fault)
        return cleaned

    @property
    def asked(self) -> list[tuple[forms.BoundField, str, str]]:
        """Each field with the keyboard it wants and what a browser may fill in."""
        wants = {"email": ("email", "email"), "mobile": ("tel", "tel")}
        return [(self[one.name], *wants[one.typed or "email"]) for one in self.attributes]

    @property
    def typed(self) -> dict[str, str]:
        return {
            one.name: addresses.tidy(one.typed or "", self.cleaned_data[one.name]) for one in self.attributes
        }


class CodesForm(forms.Form):
    """The codes that came by mail or text message."""

    def __init__(self, attributes: Sequence[Attribute], data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        self.attributes = attributes
        for one in attributes:
            self.fields[f"code_{one.name}"] = forms.CharField(
                label=_("Code uit de e-mail") if one.typed == "email" else _("Code uit de sms"),
                max_length=20,
                error_messages={"required": _("Vul de code van zes cijfers in.")},
            )

    def say_wrong(self) -> None:
        """Beside the field, so that it is found; with two codes nobody is told which of them was right."""
        fault = _("Deze code klopt niet. Kijk nog eens in uw e-mail of sms, en vul alle zes cijfers in.")
        self.add_error(next(iter(self.fields)) if len(self.fields) == 1 else None, fault)

    @property
    def codes(self) -> dict[str, str]:
        return {one.name: self.cleaned_data[f"code_{one.name}"] for one in self.attributes}


class SureForm(forms.Form):
    """The second yes, where what is shared is sensitive or goes outside the government (GDPR 9(2)(a))."""

    sure = forms.BooleanField(
        label=_("Ja, ik weet zeker dat ik dit wil delen met wie hierboven staat."),
        error_messages={"required": _("Zet een vinkje als u het zeker weet. Of kies “Nee, niet delen”.")},
    )


def _from_register(version: Version) -> str:
    if all((one.register or "").startswith("brp.") for one in version.to_prove):
        return gettext("Uit de basisregistratie personen. De gemeente weet dit al.")
    return gettext("Uit een register van de gemeente. De gemeente weet dit al.")
