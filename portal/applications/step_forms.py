"""What every step of an application has in common: its words, what is known already, and its answers told."""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .claims import PROVABLE
from .content import WALLET, Known, KnownAnswers
from .sources import SOURCES

EMPTY: Sequence[Any] = (None, "", [])
Keyboard: TypeAlias = tuple[forms.BoundField, str, str]


class StepForm(forms.Form):
    """One step. `known` is what the BRP says of the resident, or None where it gave no answer.

    `answers` are those to questions of this step that something told already: they are shown, and only who
    wants another one for this application fills it in. `silent` are sources that gave no answer now.
    """

    use_required_attribute = False  # the base style shows an empty required field as wrong from the start

    title: str | Promise = ""
    explanation: str | Promise = ""
    shows: Sequence[str] = ()
    """Which known facts stand above the questions: "person", "family"."""
    asks: Sequence[str] = ()
    """What registers are asked when it is opened: "person", "contact", "house"."""

    def __init__(
        self,
        *args: Any,
        known: Known | None = None,
        answers: KnownAnswers | None = None,
        silent: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known, self._silent = known, silent
        self.prepare()
        self.answers = {name: one for name, one in (answers or {}).items() if name in self.fields}
        for name in self.answers:
            self.fields[name].required = False

    def prepare(self) -> None:
        """Fields and first values that depend on what is known."""

    def clean(self) -> dict[str, Any]:
        """What was left empty, and is known, is what is known."""
        cleaned = super().clean() or {}
        for name, one in self.answers.items():
            if name not in self.errors and cleaned.get(name) in EMPTY:
                cleaned[name] = one.value
        return cleaned

    def told(self) -> list[tuple[str, str]]:
        """Each answer as label and words, with where it came from; call it on a valid form only."""
        return [(str(bound.label), words) for bound in self if (words := self._words(bound))]

    def keyboards(self) -> list[Keyboard]:
        """Each field that is asked with the keyboard it wants and what a browser may fill in."""
        return [_keyboard(bound) for bound in self if bound.name not in self.answers]

    def changeable(self) -> list[Keyboard]:
        """Likewise those that need no answer, for who wants another one."""
        return [_keyboard(bound) for bound in self if bound.name in self.answers]

    def is_changed(self) -> bool:
        """Whether one of those was filled in."""
        return any(bound.errors or bound.value() for bound, *_wants in self.changeable())

    def known_rows(self) -> list[tuple[str, str, str]]:
        """What needs no answer: label, words, and where it comes from."""
        return [
            (str(bound.label), in_words(bound.field, one.value), str(SOURCES[one.source].name))
            for bound in self
            if (one := self.answers.get(bound.name))
        ]

    def has_proven(self) -> bool:
        """Whether some of it came out of the resident's app."""
        return any(one.source == WALLET for one in self.answers.values())

    def provable(self) -> list[str]:
        """The fields that are asked, and that the resident's app can answer."""
        return [name for name in self.fields if name in PROVABLE and name not in self.answers]

    def silences(self) -> list[str]:
        """What is said of sources that did not answer, as far as their answers are asked now."""
        return [
            str(SOURCES[one].silent)
            for one in self._silent
            if set(SOURCES[one].answers) & (self.fields.keys() - self.answers.keys())
        ]

    def _words(self, bound: forms.BoundField) -> str:
        value = self.cleaned_data.get(bound.name)
        words, one = in_words(bound.field, value), self.answers.get(bound.name)
        source: Any = getattr(bound.field, "told_by", "")
        if one is not None and one.value == value:
            source = SOURCES[one.source].beside
        if not words or not source:
            return words
        return _("%(answer)s (%(source)s)") % {"answer": words, "source": source}


class ByAppForm(forms.Form):
    """Which of the questions of a step the app answers."""

    by_app = forms.MultipleChoiceField(
        label=gettext_lazy("Wat geeft u met de app?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Vink aan wat u met de app geeft. Eén vinkje is genoeg."),
            "invalid_choice": gettext_lazy("Vink aan wat u met de app geeft. Eén vinkje is genoeg."),
        },
    )

    def __init__(self, step: StepForm, data: Any = None) -> None:
        names = step.provable()
        super().__init__(data, initial={"by_app": names})
        choices: Any = self.fields["by_app"]
        choices.choices = [(name, step.fields[name].label) for name in names]


class CheckForm(StepForm):
    """The last step: a promise that it is true."""

    title = gettext_lazy("Controleren en versturen")

    true = forms.BooleanField(
        label=gettext_lazy("Ik heb alles eerlijk ingevuld."),
        error_messages={"required": gettext_lazy("Zet een vinkje als alles klopt. Daarna kunt u versturen.")},
    )


class AmountField(forms.Field):
    """Euros as people type them: 1.234,56 or 1234 or € 12,50."""

    wants = ("decimal", "off")
    MOST = Decimal(10_000_000)

    def to_python(self, value: Any) -> Any:
        typed = re.sub(r"[\s€]|,-+$", "", str(value or ""))
        if not typed:
            return None
        if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d{1,2})?|\d+(,\d{1,2})?", typed):
            typed = typed.replace(".", "").replace(",", ".")
        try:
            amount = Decimal(typed) if re.fullmatch(r"\d+(\.\d{1,2})?", typed) else None
        except InvalidOperation:
            amount = None
        if amount is None or amount > self.MOST:
            raise forms.ValidationError(_("Vul een bedrag in, zoals 850 of 850,50."))
        return amount


class IbanField(forms.CharField):
    """A bank account number, with its check digits (ISO 13616)."""

    wants = ("text", "off")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=42, **kwargs)

    def to_python(self, value: Any) -> Any:
        typed = re.sub(r"[\s.-]", "", str(value or "")).upper()
        if typed and not is_iban(typed):
            raise forms.ValidationError(
                _("Dit nummer klopt niet. Kijk op uw bankpas. Een nummer is zoals NL91 ABNA 0417 1643 00.")
            )
        return " ".join(typed[at : at + 4] for at in range(0, len(typed), 4))


def is_iban(typed: str) -> bool:
    """Whether length and check digits of an account number are right."""
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", typed) or (typed[:2] == "NL" and len(typed) != 18):
        return False
    digits = "".join(str(int(sign, 36)) for sign in typed[4:] + typed[:4])
    return int(digits) % 97 == 1


def _keyboard(bound: forms.BoundField) -> Keyboard:
    keyboard, filled_in = getattr(bound.field, "wants", ("", ""))
    return bound, keyboard, filled_in


def in_words(field: forms.Field, value: Any) -> str:
    """An answer as its giver would say it; empty for none."""
    if value in EMPTY:
        return ""
    if isinstance(field, AmountField):
        return "€ " + f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    if isinstance(field, forms.ChoiceField):
        chosen = value if isinstance(field, forms.MultipleChoiceField) else [value]
        choices: Any = field.choices
        return ", ".join(str(words) for key, words in choices if key in chosen)
    if isinstance(field, forms.BooleanField):
        return _("Ja") if value else _("Nee")
    return str(value)
