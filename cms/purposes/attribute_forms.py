"""The rows of a purpose's form: one for each attribute that is asked."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from portal.notices.kinds import IN_WORDS
from portal.sharing.from_registers import all_passed_on, can_be_passed_on
from portal.sharing.messages import SLUG as BY_MAIL
from portal.sharing.purposes.fields import CHOICES, LANGUAGES

NAME = RegexValidator(r"^[a-z][a-z0-9_]{0,39}$", _("Alleen kleine letters, cijfers en lage streepjes."))

WAYS = ("claim", "typed", "register", "must_equal")
"""What says how an attribute is given."""


class AttributeForm(forms.Form):
    """One thing that is asked."""

    name = forms.CharField(label=_("Korte naam"), max_length=40, validators=[NAME])
    label_nl = forms.CharField(label=_("Naam voor de inwoner"), max_length=100, required=False)
    label_en = forms.CharField(label=_("Naam (Engels)"), max_length=100, required=False)
    required = forms.BooleanField(label=_("Moet"), required=False)
    claim = forms.CharField(label=_("Naam in de app"), max_length=150, required=False)
    typed = forms.ChoiceField(
        label=_("Zelf typen"),
        required=False,
        choices=[("", _("Nee")), *CHOICES["typed"].items()],
    )
    register = forms.CharField(label=_("Naam in een register"), max_length=100, required=False)
    must_equal = forms.CharField(label=_("Antwoord moet zijn"), max_length=40, required=False)
    choice = forms.BooleanField(
        label=_("Alleen een vinkje"),
        required=False,
        help_text=_("De inwoner kiest dit en hoeft niets te geven. Het staat dan wel in het bewijs."),
    )
    notices = forms.MultipleChoiceField(
        label=_("Met dit vinkje mailen wij"),
        required=False,
        choices=[(str(kind), words) for kind, words in IN_WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Zonder dit vinkje gaat het met de post."),
    )
    shown_nl = forms.CharField(label=_("Wat de inwoner ziet"), max_length=150, required=False)
    shown_en = forms.CharField(label=_("Wat de inwoner ziet (Engels)"), max_length=150, required=False)

    def __init__(self, *args: Any, mails: bool = False, **kwargs: Any) -> None:
        """`mails`: this is the purpose by which a resident says yes to mail."""
        super().__init__(*args, **kwargs)
        if not mails:
            del self.fields["notices"]

    def clean_register(self) -> str:
        """Something that a register passes on."""
        name = str(self.cleaned_data["register"])
        if name and not can_be_passed_on(name):
            raise forms.ValidationError(
                _("Dit geeft geen register door. Wel: %(known)s.") % {"known": ", ".join(all_passed_on())}
            )
        return name

    def clean(self) -> dict[str, Any]:
        """What is only ticked is given in no way; only a tick says which mails somebody wants."""
        cleaned = super().clean() or {}
        if cleaned.get("choice") and any(cleaned.get(way) for way in WAYS):
            self.add_error("choice", _("Dit is een vinkje of een gegeven, niet allebei."))
        if cleaned.get("choice") and cleaned.get("required"):
            self.add_error("choice", _("Een vinkje dat moet is geen keuze."))
        if cleaned.get("notices") and not cleaned.get("choice"):
            self.add_error("notices", _("Kies hier alleen mails bij een vinkje."))
        return cleaned

    def attribute(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """As the content has it; what this form does not know of stays."""
        given = self.cleaned_data
        known = [name for name in (*WAYS, "choice", "notices") if name in self.fields]
        made = {name: value for name, value in before.items() if name not in known}
        made |= {"name": given["name"], "required": given["required"]}
        return made | {name: given[name] for name in known if given[name]}


class AttributeRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """The rows; an empty one counts for nothing."""

    def kept(self) -> list[AttributeForm]:
        """Those that are filled in and not to be taken away."""
        return [row for row in self.forms if row.cleaned_data and not row.cleaned_data.get("DELETE")]


_Rows: Any = forms.formset_factory(
    AttributeForm,
    formset=AttributeRows,
    extra=1,
    can_delete=True,
    max_num=20,
    absolute_max=20,
    validate_max=True,
)


def rows_of(slug: str, data: Any, content: Mapping[str, Any]) -> AttributeRows:
    """The rows of a purpose."""
    texts = content.get("texts", {})

    def said(language: str, kind: str, name: str) -> str:
        return str(texts.get(language, {}).get(kind, {}).get(name, ""))

    initial = [
        {
            **one,
            **{f"label_{language}": said(language, "labels", one["name"]) for language in LANGUAGES},
            **{f"shown_{language}": said(language, "shown_as", one["name"]) for language in LANGUAGES},
        }
        for one in content.get("attributes", [])
    ]
    mails = {"mails": slug == BY_MAIL}
    rows: AttributeRows = _Rows(data, initial=initial, prefix="attributes", form_kwargs=mails)
    return rows
