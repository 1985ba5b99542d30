"""The form for one announcement: a phone's own fields, few, and each with a value already where it can."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.blocks import OPEN_ADDRESS
from portal.municipalities.models import Announcement

OWN = "own"
UNTIL = {
    "1": _("1 uur"),
    "4": _("4 uur"),
    "24": _("1 dag"),
    "72": _("3 dagen"),
    OWN: _("Tot een moment dat ik zelf kies"),
}
"""Hours from the beginning, or a moment of one's own."""
LONGEST = {Announcement.Kind.CRISIS: timedelta(days=14), Announcement.Kind.NOTICE: timedelta(days=366)}

FURTHEST = timedelta(days=366)


def _moment(label: Any, help_text: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )


class AnnouncementForm(forms.Form):
    """What, how long, and perhaps from when and where to read more."""

    kind = forms.ChoiceField(
        label=_("Wat is het?"),
        choices=[
            (Announcement.Kind.CRISIS, _("Crisis: er is gevaar, of iets werkt niet")),
            (Announcement.Kind.NOTICE, _("Mededeling: goed om te weten")),
        ],
        widget=forms.RadioSelect,
        initial=Announcement.Kind.CRISIS,
    )
    text = forms.CharField(
        label=_("Wat moeten inwoners weten?"),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wat is er, en wat moet iemand nu doen? Hoogstens drie korte zinnen."),
    )
    until = forms.ChoiceField(
        label=_("Hoe lang?"),
        choices=list(UNTIL.items()),
        widget=forms.RadioSelect,
        initial="4",
        help_text=_("Daarna gaat het vanzelf weg. Eerder weghalen kan altijd."),
    )
    ends = _moment(_("Tot wanneer?"), _("Alleen als u het moment zelf kiest."))
    begins = _moment(_("Vanaf wanneer?"), _("Leeg: nu meteen."))
    url = forms.CharField(
        label=_("Waar staat meer?"),
        max_length=255,
        required=False,
        validators=[OPEN_ADDRESS],
        help_text=_("Een pad op de site, zoals /nieuws/, of een heel adres met https://."),
    )

    def clean(self) -> dict[str, Any]:
        """From–until is complete, lies ahead, and is not longer than its kind may stand."""
        values: dict[str, Any] = super().clean() or {}
        now = timezone.now()
        begins: datetime = values.get("begins") or now
        if begins > now + FURTHEST:
            self.add_error("begins", _("Kies een moment binnen een jaar."))
            return values
        ends = values.get("ends")
        if values.get("until") not in (None, OWN):
            ends = begins + timedelta(hours=int(values["until"]))
        elif "ends" in values and ends is None:
            self.add_error("ends", _("Vul in tot wanneer het blijft staan."))
        if ends is not None and "ends" not in self.errors:
            if ends <= max(begins, now):
                self.add_error("ends", _("Kies een moment dat nog komt, en na het begin."))
            elif ends - begins > LONGEST.get(values.get("kind", ""), timedelta.max):
                self.add_error(
                    "ends",
                    _("Dit is te lang. Een crisis mag twee weken, een mededeling een jaar."),
                )
        return {**values, "begins": begins, "ends": ends}
