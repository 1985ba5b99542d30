"""The forms of the counter; nothing is ticked beforehand."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.codes import addresses
from portal.municipalities.bsn import BSN, holds_one
from portal.sharing.forms import box
from portal.sharing.purposes import Version
from portal.sharing.values import Values

from .functions import LONGEST


class PasswordForm(forms.Form):
    """The demo's way in."""

    username = forms.CharField(
        label=_("Gebruikersnaam"), max_length=150, error_messages={"required": _("Vul uw gebruikersnaam in.")}
    )
    password = forms.CharField(
        label=_("Wachtwoord"),
        max_length=200,
        widget=forms.PasswordInput,
        error_messages={"required": _("Vul uw wachtwoord in.")},
    )

    def say_wrong(self) -> None:
        """Without telling which of the two is wrong, or that it was tried too often."""
        words = _("Dit klopt niet samen. Kijk beide na. Lukt het vaak niet? Wacht dan vijf minuten.")
        self.add_error("password", words)


class CodeForm(forms.Form):
    """Six digits that a resident told."""

    code = forms.CharField(
        label=_("Code van de inwoner"),
        max_length=20,
        error_messages={"required": _("Vul de zes cijfers in.")},
    )

    def clean_code(self) -> str:
        digits = re.sub(r"[\s.-]", "", self.cleaned_data["code"])
        if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(_("Een code heeft zes cijfers. Vraag de inwoner om de code."))
        return digits

    def say_wrong(self) -> None:
        """The same for a code that was used, is over, or never was."""
        self.add_error("code", _("Deze code werkt niet, of niet meer. Vraag de inwoner om de code."))


CHANNELS = (
    ("counter", _("Aan de balie of thuis bij de inwoner")),
    ("phone", _("Aan de telefoon")),
    ("paper", _("Met een brief of formulier")),
)
REASONS = (
    ("give", _("De inwoner wil iets delen")),
    ("stop", _("De inwoner wil stoppen met delen")),
    ("see", _("De inwoner wil weten wat er gedeeld is")),
)
DOCUMENTS = (
    ("passport", _("Paspoort")),
    ("id_card", _("Identiteitskaart")),
    ("licence", _("Rijbewijs")),
    ("residence", _("Verblijfsdocument")),
)
ASKED = ("asked", _("Geen document: ik stelde vragen die alleen de inwoner weet"))
"""By phone and letter, where nobody can look at a document."""


class LookUpForm(forms.Form):
    """Whom to help, why, and how the resident came."""

    bsn = forms.CharField(
        label=_("Burgerservicenummer (BSN)"),
        max_length=20,
        error_messages={"required": _("Vul het BSN in.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    channel = forms.ChoiceField(
        label=_("Hoe is de inwoner bij u?"),
        choices=CHANNELS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe de inwoner bij u is.")},
    )
    reason = forms.ChoiceField(
        label=_("Waarom zoekt u deze inwoner op?"),
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waarom u deze inwoner opzoekt.")},
    )

    def clean_bsn(self) -> BSN:
        try:
            return BSN(re.sub(r"[\s.-]", "", self.cleaned_data["bsn"]))
        except ValueError:
            raise forms.ValidationError(_("Dit BSN klopt niet. Kijk de negen cijfers na.")) from None


class CheckForm(forms.Form):
    """That the person is who the BRP says, seen on which document."""

    def __init__(self, data: Mapping[str, Any] | None, channel: str) -> None:
        super().__init__(data)
        choices = DOCUMENTS if channel == "counter" else (ASKED, *DOCUMENTS)
        self.fields["document"] = forms.ChoiceField(
            label=_("Welk document zag u?"),
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"required": _("Kies het document dat u zag.")},
        )
        self.fields["document_end"] = forms.CharField(
            label=_("Laatste vier tekens van het nummer op het document"),
            max_length=4,
            required=False,
            error_messages={"max_length": _("Vul alleen de laatste vier tekens in. Meer bewaren wij niet.")},
        )
        self.fields["same"] = forms.BooleanField(
            label=_("Naam en geboortedatum kloppen, en het is deze persoon"),
            error_messages={
                "required": _(
                    "Zet een vinkje als naam en geboortedatum kloppen. Kloppen ze niet? Ga dan niet verder."
                )
            },
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        end = cleaned.get("document_end") or ""
        seen = cleaned.get("document") not in (None, "asked")
        if seen and not re.fullmatch(r"[0-9A-Za-z]{2,4}", end) and "document_end" not in self.errors:
            self.add_error("document_end", _("Vul de laatste vier letters of cijfers van het nummer in."))
        if not seen:
            cleaned["document_end"] = ""
        return cleaned


class AnswerForm(forms.Form):
    """What the resident chooses, and the values: from the BRP, or as they say them."""

    def __init__(self, version: Version, known: Values, data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        self.version, self.known = version, known
        for one in version.attributes:
            if not one.required:
                # Two things with one name are one thing to who hears them.
                label = one.label if one.name in known else _yes_to(one.label)
                self.fields[box(one.name)] = forms.BooleanField(label=label, required=False)
            if one.name not in known:
                self.fields[one.name] = forms.CharField(
                    label=one.label, max_length=254, required=False, strip=True
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        to_tick = [one.name for one in self.version.choices]
        if not to_tick and not self.version.needs_something:  # a yes to nothing is no yes
            to_tick = [one.name for one in self.version.attributes]
        if to_tick and not set(to_tick) & set(self.chosen):
            self.add_error(box(to_tick[0]), _("Zet minstens één vinkje. Of kies “Niet verder”."))
        for one in self.version.attributes:
            if one.name in self.known or one.name in self.errors:
                continue
            typed = str(cleaned.get(one.name) or "")
            named = {"label": one.label.rstrip("?.")}
            if one.name not in self.chosen:
                if typed:  # said, and never shared: nobody would notice
                    self.add_error(
                        box(one.name), _("Zet ook het vinkje. Of maak dit veld leeg: %(label)s.") % named
                    )
            elif not typed:
                asked = (
                    _("Vul in: %(label)s.")
                    if one.required
                    else _("Vul in: %(label)s. Of haal het vinkje weg.")
                )
                self.add_error(one.name, asked % named)
            elif not typed.isprintable():
                self.add_error(one.name, _("Hier staan tekens in die niet kunnen."))
            elif not one.typed and holds_one(typed):
                self.add_error(one.name, _("Hier staat een burgerservicenummer in. Haal dat weg."))
            elif one.typed and (fault := addresses.fault_of(one.typed, typed)):
                self.add_error(one.name, fault)
        return cleaned

    @property
    def chosen(self) -> Sequence[str]:
        """In the order of the purpose."""
        ticked = self.cleaned_data
        return [one.name for one in self.version.attributes if one.required or ticked.get(box(one.name))]

    @property
    def values(self) -> dict[str, str]:
        """Of what was chosen, and nothing else."""
        kinds = {one.name: one.typed or "" for one in self.version.attributes}
        return {
            name: self.known.get(name) or addresses.tidy(kinds[name] or "email", self.cleaned_data[name])
            for name in self.chosen
        }


class SignedForm(forms.Form):
    """The second confirmation of what is sensitive."""

    signed = forms.BooleanField(
        label=_("De inwoner heeft ook op papier getekend"),
        help_text=_("Dit is gevoelig, of het gaat naar een bedrijf. Daarom tekent de inwoner ook op papier."),
        required=False,
    )

    def say_not_signed(self) -> None:
        """The resident said yes, and that is not enough here."""
        self.add_error(
            "signed", _("Er is nog geen handtekening. Laat de inwoner tekenen, en zet dan dit vinkje.")
        )


class OwnChoiceForm(forms.Form):
    """What a resident shows: own attributes, one by one, and perhaps one of the own cases."""

    def __init__(
        self,
        known: Mapping[str, tuple[str, str]],
        cases: Sequence[tuple[str, str]],
        data: Mapping[str, Any] | None,
    ) -> None:
        super().__init__(data)
        self.offered = known
        for name, (label, value) in known.items():
            self.fields[box(name)] = forms.BooleanField(label=label, help_text=value, required=False)
        if cases:
            self.fields["case"] = forms.ChoiceField(
                label=_("Over welke zaak gaat het?"),
                choices=[("", _("Over geen zaak")), *cases],
                required=False,
                widget=forms.RadioSelect,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.chosen and not cleaned.get("case"):
            nothing = _("Kies iets om te laten zien. Of bel gewoon: dat mag ook.")
            self.add_error(next(iter(self.fields), None), nothing)
        return cleaned

    @property
    def chosen(self) -> list[str]:
        return [name for name in self.offered if self.cleaned_data.get(box(name))]


class FunctionForm(forms.Form):
    """What a colleague does; empty when residents read name and team only."""

    function = forms.CharField(
        label=_("Functie, zoals inwoners die lezen"),
        help_text=_("Bijvoorbeeld: medewerker klantcontact."),
        max_length=LONGEST,
        required=False,
        error_messages={"max_length": _("Houd het korter: hoogstens 100 tekens.")},
    )


def _yes_to(label: str) -> str:
    return gettext("Ja, dit delen: %(label)s") % {"label": label}
