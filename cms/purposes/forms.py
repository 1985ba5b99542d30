"""The form of a purpose: each text in each language, the settings, and a row for each attribute."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from portal.sharing.models import Consumer
from portal.sharing.purposes.fields import LANGUAGES, SETTINGS, TEXTS
from portal.sharing.purposes.record import Ground

from .places import Place

GROUNDS = [
    (Ground.CONSENT.value, _("Toestemming (AVG, artikel 6 lid 1 onder a)")),
    (Ground.LAW_ASKS_YES.value, _("Een wet die een ja vraagt")),
    (Ground.LAW.value, _("Een wet: er is geen ja of nee")),
]
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
NAME = RegexValidator(r"^[a-z][a-z0-9_]{0,39}$", _("Alleen kleine letters, cijfers en lage streepjes."))


class PurposeForm(forms.Form):
    """All but the attributes. Saving is never refused for what the checker finds: a draft may be half."""

    ground = forms.ChoiceField(label=SETTINGS["ground"], choices=GROUNDS)
    consumer = forms.CharField(label=SETTINGS["consumer"], required=False, max_length=60)
    receiver = forms.ChoiceField(
        label=_("Wie is dat?"),
        choices=[("public", _("Een overheid")), ("private", _("Een bedrijf of stichting"))],
        initial="public",
    )
    initiative = forms.ChoiceField(
        label=SETTINGS["initiative"],
        choices=[("", "–"), ("resident", _("De inwoner")), ("municipality", _("De gemeente"))],
        required=False,
    )
    goes_on = forms.BooleanField(label=SETTINGS["goes_on"], required=False)
    free_because = forms.CharField(
        label=SETTINGS["free_because"], required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 2})
    )
    bsn_law = forms.CharField(
        label=SETTINGS["bsn_law"], required=False, max_length=LONGEST, help_text=_("De wet en het artikel.")
    )
    dpia = forms.CharField(label=SETTINGS["dpia"], required=False, max_length=100)
    no_dpia = forms.CharField(label=SETTINGS["no_dpia"], required=False, max_length=LONGEST)
    english = forms.ChoiceField(
        label=SETTINGS["english"],
        choices=[("wish", _("Liefst vertaald")), ("must", _("Moet vertaald zijn")), ("no", _("Niet nodig"))],
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

    def content(self, before: Mapping[str, Any], rows: "AttributeRows") -> dict[str, Any]:
        """The content with what was filled in; what the form does not know stays as it was."""
        made, given = deepcopy(dict(before)), self.cleaned_data
        for name in ("ground", "consumer", "receiver", "english", *WORDS, *TICKS):
            made[name] = given[name]
        for name in NUMBERS:
            made.pop(name, None)
            if given[name]:
                made[name] = given[name]
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

    def _texts(
        self, language: str, before: Mapping[str, Any], rows: "AttributeRows"
    ) -> dict[str, Any] | None:
        given = {name: self.cleaned_data[f"{language}-{name}"].strip() for name in TEXTS}
        if language != "nl" and not any(given.values()):
            return None
        texts = {**before.get("texts", {}).get(language, {}), **given}
        texts["receivers"] = [line.strip() for line in given["receivers"].splitlines() if line.strip()]
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
        yield _("Grond"), [self[name] for name in ("ground", *proofs, "bsn_law", "dpia", "no_dpia")]
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
        choices=[("", _("Nee")), ("email", _("E-mailadres")), ("mobile", _("Mobiel nummer"))],
    )
    register = forms.CharField(label=_("Naam in een register"), max_length=100, required=False)
    must_equal = forms.CharField(label=_("Antwoord moet zijn"), max_length=40, required=False)
    shown_nl = forms.CharField(label=_("Wat de inwoner ziet"), max_length=150, required=False)
    shown_en = forms.CharField(label=_("Wat de inwoner ziet (Engels)"), max_length=150, required=False)

    def attribute(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """As the content has it; what this form does not know of stays."""
        given, ways = self.cleaned_data, ("claim", "typed", "register", "must_equal")
        made = {name: value for name, value in before.items() if name not in ways}
        made |= {"name": given["name"], "required": given["required"]}
        return made | {name: given[name] for name in ways if given[name]}


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


def rows_of(data: Any, content: Mapping[str, Any]) -> AttributeRows:
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
    rows: AttributeRows = _Rows(data, initial=initial, prefix="attributes")
    return rows


class NewForm(forms.Form):
    """The first step of a purpose of one's own."""

    slug = forms.SlugField(
        label=_("Korte naam in het adres"), max_length=60, help_text=_("Bijvoorbeeld: maatje-18.")
    )
    ground = forms.ChoiceField(label=SETTINGS["ground"], choices=GROUNDS)


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
    for language in LANGUAGES:
        texts = content.get("texts", {}).get(language, {})
        for name in TEXTS:
            value = texts.get(name, "")
            yield f"{language}-{name}", "\n".join(value) if isinstance(value, list) else value
