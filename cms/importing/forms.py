"""The one field of the screen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .files import BIGGEST


class FileForm(forms.Form):
    """A file of pages, or the national list."""

    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("CSV of JSON, hoogstens 2 MB en 1.000 rijen."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.json,.txt,text/csv,application/json"}),
        error_messages={
            "required": _("Kies eerst een bestand."),
            "empty": _("Dit bestand is leeg."),
            "missing": _("Kies eerst een bestand."),
        },
    )

    def content(self) -> bytes:
        """No more of it than is needed to see that it is too big."""
        taken: bytes = self.cleaned_data["file"].read(BIGGEST + 1)
        return taken
