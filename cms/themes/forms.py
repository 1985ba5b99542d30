"""What an editor fills in to choose a theme."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

FURTHEST = timedelta(days=366)
PATH = re.compile(r"(/[a-z0-9][a-z0-9-]{0,60}){1,4}/")
MOST_PARTS = 20


class ThemeForm(forms.Form):
    """One theme, and from when."""

    theme = forms.ChoiceField(label=_("Thema"), widget=forms.RadioSelect)
    starts = forms.DateTimeField(
        label=_("Vanaf wanneer?"),
        help_text=_("Laat leeg als het meteen mag."),
        required=False,
        widget=AdminDateTimeInput,
    )

    def __init__(self, themes: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = list(themes.items())  # type: ignore[attr-defined]

    def clean_starts(self) -> Any:
        """In the future, and within a year."""
        starts, now = self.cleaned_data["starts"], timezone.now()
        if starts and starts <= now:
            raise forms.ValidationError(_("Dit is al geweest. Kies een later moment, of laat het leeg."))
        if starts and starts > now + FURTHEST:
            raise forms.ValidationError(_("Kies een moment binnen een jaar."))
        return starts


class PartForm(forms.Form):
    """A part of the site with a brand of its own, such as that of a joint service."""

    path = forms.CharField(
        label=_("Deel van de site"),
        help_text=_("Het begin van het adres, zoals /werkplein/. Alles daaronder krijgt dit thema."),
        max_length=120,
    )
    brand = forms.ChoiceField(label=_("Thema van dit deel"), required=False)

    def __init__(
        self, themes: Mapping[str, str], taken: Mapping[str, str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.taken = taken
        self.fields["brand"].choices = [("", _("zoals de hele site")), *themes.items()]  # type: ignore[attr-defined]

    def clean_path(self) -> str:
        """A path of the site, in small letters, without its language; nothing of Mijn."""
        path = "/" + str(self.cleaned_data["path"]).strip().strip("/").lower() + "/"
        languages = {f"/{code}/" for code, _name in settings.LANGUAGES}
        if not PATH.fullmatch(path) or any(path.startswith(one) for one in languages):
            raise forms.ValidationError(_("Schrijf het begin van een adres, zoals /werkplein/."))
        if path.startswith("/mijn/"):
            raise forms.ValidationError(_("Mijn heeft altijd het thema van uw gemeente zelf."))
        if path not in self.taken and len(self.taken) >= MOST_PARTS:
            raise forms.ValidationError(_("Meer delen met een eigen thema kan niet."))
        return path
