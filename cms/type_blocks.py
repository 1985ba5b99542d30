"""What the special fields of page types are built from."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .blocks import OPEN_ADDRESS, Text


class Law(blocks.StructBlock):
    """Where in the law it stands."""

    name = blocks.CharBlock(label=_("Wet en artikel"), max_length=150)
    url = blocks.CharBlock(label=_("Adres"), max_length=255, required=False, validators=(OPEN_ADDRESS,))

    class Meta:
        label = _("Wet")
        icon = "doc-full"


class Laws(blocks.StreamBlock):
    """The laws that a product rests on."""

    law = Law()


class GuideStep(blocks.StructBlock):
    """One thing to do, and where."""

    title = blocks.CharBlock(label=_("Wat doet iemand?"), max_length=100)
    when = blocks.CharBlock(label=_("Wanneer of hoe lang?"), max_length=100, required=False)
    text = Text(required=False)
    button_label = blocks.CharBlock(label=_("Tekst op de knop"), max_length=60, required=False)
    button_url = blocks.CharBlock(
        label=_("Waar gaat de knop heen?"), max_length=255, required=False, validators=(OPEN_ADDRESS,)
    )

    class Meta:
        label = _("Stap")
        icon = "list-ol"

    def clean(self, value: Any) -> Any:
        """A button has text and address."""
        cleaned = super().clean(value)
        if bool(cleaned["button_label"]) != bool(cleaned["button_url"]):
            raise blocks.StructBlockValidationError(
                {"button_url": ValidationError(_("Vul bij een knop de tekst én het adres in."))}
            )
        return cleaned


class GuideSteps(blocks.StreamBlock):
    """All of them, in order."""

    step = GuideStep()


class CaseStep(blocks.StructBlock):
    """A status of a case in plain words."""

    name = blocks.CharBlock(label=_("Hoe heet deze stap?"), max_length=100)
    do = blocks.CharBlock(
        label=_("Wat moet iemand doen?"), max_length=200, required=False, help_text=_("Leeg: niets.")
    )
    expect = blocks.CharBlock(label=_("Wat gebeurt er dan?"), max_length=200, required=False)

    class Meta:
        label = _("Stap")
        icon = "list-ol"


class CaseSteps(blocks.StreamBlock):
    """The way of a kind of case."""

    step = CaseStep()


class OpenDay(blocks.StructBlock):
    """When it is open on a day of the week; twice where it closes at noon."""

    day = blocks.ChoiceBlock(
        label=_("Dag"), choices=[(str(number), name) for number, name in WEEKDAYS.items()]
    )
    opens = blocks.TimeBlock(label=_("Van"))
    closes = blocks.TimeBlock(label=_("Tot"))

    class Meta:
        label = _("Dag van de week")
        icon = "time"

    def clean(self, value: Any) -> Any:
        """It closes after it opens."""
        cleaned = super().clean(value)
        if cleaned["closes"] <= cleaned["opens"]:
            raise blocks.StructBlockValidationError(
                {"closes": ValidationError(_("Dit ligt niet na het begin."))}
            )
        return cleaned


class Hours(blocks.StreamBlock):
    """A week."""

    day = OpenDay()


class ExceptionalDays(blocks.StructBlock):
    """Days that differ: closed, or other hours."""

    first = blocks.DateBlock(label=_("Eerste dag"))
    last = blocks.DateBlock(label=_("Laatste dag"), required=False, help_text=_("Leeg: één dag."))
    opens = blocks.TimeBlock(label=_("Van"), required=False, help_text=_("Leeg: de hele dag dicht."))
    closes = blocks.TimeBlock(label=_("Tot"), required=False)
    why = blocks.CharBlock(label=_("Waarom?"), max_length=80, required=False)

    class Meta:
        label = _("Dagen die anders zijn")
        icon = "date"

    def clean(self, value: Any) -> Any:
        """From–until is complete and in order."""
        cleaned = super().clean(value)
        if cleaned["last"] and cleaned["last"] < cleaned["first"]:
            raise blocks.StructBlockValidationError(
                {"last": ValidationError(_("Dit ligt voor de eerste dag."))}
            )
        if bool(cleaned["opens"]) != bool(cleaned["closes"]):
            raise blocks.StructBlockValidationError(
                {"closes": ValidationError(_("Vul beide tijden in, of geen van beide."))}
            )
        return cleaned


class Exceptions(blocks.StreamBlock):
    """All of them."""

    days = ExceptionalDays()
