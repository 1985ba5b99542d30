"""The form of a document, and what a script says of a file before it sends it."""

from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.registers.naming import seen

from .kinds import ENDINGS

LONGEST_TITLE = 100


class Title(forms.CharField):
    """What a document is, in the resident's words, without signs that are not seen or turn others round."""

    def to_python(self, value: object) -> str:
        return seen(str(super().to_python(value) or "")).strip()


class AddForm(forms.Form):
    """A file, and what it is. Reading the file is not the form's: see `coming.py`."""

    titel = Title(
        label=_("Wat is dit voor document?"),
        required=False,
        max_length=LONGEST_TITLE,
        help_text=_("Bijvoorbeeld: foto van de voorgevel."),
        error_messages={"max_length": _("Gebruik hoogstens 100 tekens.")},
    )
    bestand = forms.FileField(
        label=_("Kies een bestand"),
        required=False,
        help_text=_(
            "Een PDF, foto (JPEG of PNG), Word-, Excel- of OpenDocument-bestand, of tekst. Hoogstens 50 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    bestaand = forms.UUIDField(required=False, widget=forms.HiddenInput)
    """A file that came before, and could not be sent yet."""

    def __init__(self, typed: QueryDict | None, kept: UUID | None) -> None:
        super().__init__(
            typed.dict() if typed is not None else None,
            initial={"bestaand": kept},
            use_required_attribute=False,
        )
        self.keeps(kept)

    def keeps(self, kept: UUID | None) -> None:
        """Which file is here already, when the form is shown again; none when it had to go."""
        if self.is_bound:
            self.data = {**self.data, "bestaand": str(kept or "")}


class AnnouncedForm(forms.Form):
    """A file that a script is about to send."""

    naam = forms.CharField(max_length=1000)
    omvang = forms.IntegerField(min_value=0, max_value=2**53)
    sha256 = forms.RegexField(r"^[0-9a-f]{64}$")
    titel = Title(required=False, max_length=LONGEST_TITLE)
