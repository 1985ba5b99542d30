"""The form of a purpose: each text in each language, the settings, and a row for each attribute."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.sharing.models import Consumer
from portal.sharing.purposes.fields import CHOICES, LANGUAGES, SETTINGS, TEXTS

from .attribute_forms import AttributeRows
from .places import Place

WORDS = {"initiative", "free_because", "bsn_law", "dpia", "no_dpia"}
TICKS = ("goes_on", "wallet", "personal", "one_time", "explicit", "for_another", "substantial")
NUMBERS = {
    "valid_months": 1200,
    "valid_days": 36500,
    "valid_minutes": 1440,
    "proof_years": 50,
    "max_age_days": 36500,
}
LONGEST = 1000  # letters of one text


class PurposeForm(forms.Form):
    """All but the attributes. Saving is never refused for what the checker finds: a draft may be half."""

    ground = forms.ChoiceField(label=SETTINGS["ground"], choices=list(CHOICES["ground"].items()))
    consumer = forms.CharField(label=SETTINGS["consumer"], required=False, max_length=60)
    receiver = forms.ChoiceField(
        label=_("Wie is dat?"),
        choices=[("public", _("Een overheid")), ("private", _("Een bedrijf of stichting"))],
        initial="public",
    )
    initiative = forms.ChoiceField(
        label=SETTINGS["initiative"],
        choices=[("", "–"), *CHOICES["initiative"].items()],
        required=False,
    )
    goes_on = forms.BooleanField(label=SETTINGS["goes_on"], required=False)
    free_because = forms.CharField(
        label=SETTINGS["free_because"], required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 2})
    )
    bsn_law = forms.CharField(
        label=SETTINGS["bsn_law"], required=False, max_length=LONGEST, help_text=_("De wet en het artikel.")
    )
    case_types = forms.CharField(
        label=SETTINGS["case_types"],
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Alleen bij een wet. De identificatie van elk zaaktype, elk op een eigen regel."),
    )
    dpia = forms.CharField(label=SETTINGS["dpia"], required=False, max_length=100)
    no_dpia = forms.CharField(label=SETTINGS["no_dpia"], required=False, max_length=LONGEST)
    english = forms.ChoiceField(
        label=SETTINGS["english"],
        choices=list(CHOICES["english"].items()),
        initial="wish",
    )
    wallet = forms.BooleanField(label=SETTINGS["wallet"], required=False)
    personal = forms.BooleanField(
        label=SETTINGS["personal"],
        required=False,
        help_text=_("De app geeft dan ook het BSN. Wij vergelijken het alleen. Dat staat erbij."),
    )
    one_time = forms.BooleanField(label=SETTINGS["one_time"], required=False)
    explicit = forms.BooleanField(label=SETTINGS["explicit"], required=False)
    for_another = forms.BooleanField(label=SETTINGS["for_another"], required=False)
    substantial = forms.BooleanField(
        label=SETTINGS["substantial"],
        required=False,
        help_text=_("Een eerder ja telt dan niet meer. Wie deelt, moet opnieuw kiezen."),
    )

    def __init__(self, place: Place, data: Any = None, content: Mapping[str, Any] | None = None) -> None:
        content = content or {}
        super().__init__(data, initial=dict(_initial(content)))
        for name, most in NUMBERS.items():
            self.fields[name] = forms.IntegerField(
                label=SETTINGS[name], required=False, min_value=0, max_value=most
            )
        if place.municipality:
            for name, label in (("team", SETTINGS["team"]), ("contact", _("Contact bij dit doel"))):
                self.fields[f"slot-{name}"] = forms.CharField(
                    label=label,
                    required=False,
                    max_length=200,
                    initial=content.get("slots", {}).get(name, ""),
                    help_text=_("Komt in de tekst op de plek van [[%s]].") % name,
                )
        for language, in_words in LANGUAGES.items():
            for name, label in TEXTS.items():
                self.fields[f"{language}-{name}"] = forms.CharField(
                    label=label if language == "nl" else f"{label} ({in_words})",
                    required=False,
                    max_length=LONGEST,
                    widget=forms.TextInput() if name == "title" else forms.Textarea({"rows": 2}),
                    help_text=_("Eén naam op elke regel.") if name == "receivers" else "",
                )
        if place.municipality:
            known = [(one.slug, one.name) for one in Consumer.objects.order_by("name")]
            chosen = content.get("consumer", "")
            if chosen and chosen not in dict(known):
                known.append((chosen, chosen))
            self.fields["consumer"] = forms.ChoiceField(
                label=SETTINGS["consumer"], required=False, choices=[("", "–"), *known]
            )

    def content(self, before: Mapping[str, Any], rows: AttributeRows) -> dict[str, Any]:
        """The content with what was filled in; what the form does not know stays as it was."""
        made, given = deepcopy(dict(before)), self.cleaned_data
        for name in ("ground", "consumer", "receiver", "english", *WORDS, *TICKS):
            made[name] = given[name]
        for name in NUMBERS:
            made.pop(name, None)
            if given[name]:
                made[name] = given[name]
        made.pop("case_types", None)
        if kinds := _lines(given["case_types"]):
            made["case_types"] = kinds
        known = {one["name"]: one for one in before.get("attributes", [])}
        made["attributes"] = [row.attribute(known.get(row.cleaned_data["name"], {})) for row in rows.kept()]
        made["texts"] = {
            language: texts
            for language in LANGUAGES
            if (texts := self._texts(language, before, rows)) is not None or language == "nl"
        }
        slots = {name: given[f"slot-{name}"] for name in ("team", "contact") if given.get(f"slot-{name}")}
        made.pop("slots", None)
        return {**made, "slots": slots} if slots else made

    def _texts(self, language: str, before: Mapping[str, Any], rows: AttributeRows) -> dict[str, Any] | None:
        given = {name: self.cleaned_data[f"{language}-{name}"].strip() for name in TEXTS}
        if language != "nl" and not any(given.values()):
            return None
        texts = {**before.get("texts", {}).get(language, {}), **given}
        texts["receivers"] = _lines(given["receivers"])
        texts["labels"] = {
            row.cleaned_data["name"]: row.cleaned_data[f"label_{language}"] for row in rows.kept()
        }
        shown = {
            row.cleaned_data["name"]: row.cleaned_data[f"shown_{language}"]
            for row in rows.kept()
            if row.cleaned_data[f"shown_{language}"]
        }
        texts.pop("shown_as", None)
        return {**texts, "shown_as": shown} if shown else texts

    def parts(self) -> Iterator[tuple[Any, list[Any]]]:
        """The fields in groups, each with its heading."""
        for language in LANGUAGES:
            yield (
                _("Wat een inwoner leest") if language == "nl" else _("In het Engels"),
                [self[f"{language}-{name}"] for name in TEXTS],
            )
        proofs = ["initiative", "goes_on", "free_because"]
        yield (
            _("Grond"),
            [self[name] for name in ("ground", *proofs, "case_types", "bsn_law", "dpia", "no_dpia")],
        )
        slots = [name for name in ("slot-team", "slot-contact") if name in self.fields]
        yield (
            _("Wie en hoe"),
            [
                self[name]
                for name in ("consumer", "receiver", *slots, "english", *NUMBERS)
                if name in self.fields
            ]
            + [self[name] for name in TICKS if name != "goes_on"],
        )


def as_read(form: PurposeForm) -> Iterator[tuple[Any, list[tuple[Any, str]]]]:
    """The fields in groups for who only reads: each label with its value in words, empty ones left out."""
    for heading, fields in form.parts():
        yield heading, [(one.label, words) for one in fields if (words := _in_words(one))]


def _in_words(field: forms.BoundField) -> str:
    value = field.value()
    if value in (None, "", False):
        return ""
    if isinstance(field.field, forms.ChoiceField):
        return str(dict(field.field.choices).get(value, value))  # type: ignore[arg-type]  # no groups in ours
    return str(_("ja")) if value is True else str(value)


class NewForm(forms.Form):
    """The first step of a purpose of one's own."""

    slug = forms.SlugField(
        label=_("Korte naam in het adres"),
        max_length=60,
        help_text=_("Bijvoorbeeld: maatje-18."),
        error_messages={
            "required": _("Geef een korte naam."),
            "invalid": _("Gebruik alleen kleine letters, cijfers en streepjes."),
        },
    )
    ground = forms.ChoiceField(label=SETTINGS["ground"], choices=list(CHOICES["ground"].items()))


class WhyForm(forms.Form):
    """A reason in plain words."""

    why = forms.CharField(
        label=_("Waarom?"), min_length=10, max_length=500, widget=forms.Textarea({"rows": 3})
    )


def _initial(content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from (
        (name, content[name])
        for name in ("ground", "consumer", "receiver", "english", *WORDS, *TICKS, *NUMBERS)
        if name in content
    )
    yield "case_types", "\n".join(content.get("case_types", []))
    for language in LANGUAGES:
        texts = content.get("texts", {}).get(language, {})
        for name in TEXTS:
            value = texts.get(name, "")
            yield f"{language}-{name}", "\n".join(value) if isinstance(value, list) else value


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]
