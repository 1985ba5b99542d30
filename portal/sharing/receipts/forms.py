"""What visitors of the public page fill in: a number, or a receipt for computers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .signed import MOST

NO_PDF = _(
    "Een pdf kunnen wij hier niet controleren. Typ het nummer dat op het bewijs staat. "
    "Of kies het bestand van “Download voor computers”."
)

NO_LOG = _(
    "Dit bestand hoort bij het logboek. Kijk het na met het losse programma. "
    "Of kies hier het bestand van “Download voor computers”."
)
NOT_A_RECEIPT = b'"logboekbewijs/'
"""In the file of “Controleer zelf”, which is genuine in another way."""


class NumberForm(forms.Form):
    """The number on a receipt."""

    number = forms.CharField(
        label=_("Nummer van het bewijs"),
        help_text=_("Zestien tekens, zoals 7K3F-9M2Q-X8DT-4HWZ. Streepjes en hoofdletters maken niet uit."),
        max_length=60,
        error_messages={
            "required": _("Vul het nummer in."),
            "max_length": _("Dit is te lang. Een nummer heeft zestien tekens."),
        },
    )


class FileForm(forms.Form):
    """The receipt for computers, as a file or pasted."""

    file = forms.FileField(label=_("Bestand"), required=False)
    text = forms.CharField(label=_("Of plak de tekst"), required=False, widget=forms.Textarea, strip=False)

    def clean(self) -> dict[str, object]:
        """Exactly one is enough; the file when both are there."""
        given = super().clean() or {}
        file = given.get("file")
        content = file.read(MOST + 1) if file else str(given.get("text") or "").encode()
        if not content.strip() and not self.errors:
            self.add_error("file", _("Kies een bestand, of plak de tekst."))
        if content.lstrip().startswith(b"%PDF-"):
            self.add_error("file", NO_PDF)  # it may be genuine: nothing here reads the file inside it
        elif NOT_A_RECEIPT in content[:MOST]:
            self.add_error("file", NO_LOG)
        given["content"] = content
        return given
