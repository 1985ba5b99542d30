"""What a resident says when taking the own data along."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TakeAlongForm(forms.Form):
    """Shown to who keeps the address secret; for others there is nothing to choose."""

    with_address = forms.BooleanField(
        label=_("Zet ook mijn adres in het bestand"),
        help_text=_("U vroeg om geheimhouding. Wie het bestand opent, kan uw adres dan lezen."),
        required=False,
    )
