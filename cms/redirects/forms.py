"""The form for one redirect."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminPageChooser
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.local import in_reach
from portal.municipalities.acting import current_municipality

OURS = ("/mijn", "/api", "/bewijs", "/register", "/media", "/documents", "/static")
"""Where the portal itself answers: a redirect there would never be followed."""


class RedirectForm(forms.Form):
    """From a path on the own site to a page that it shows."""

    old_path = forms.CharField(
        label=gettext_lazy("Dit adres"),
        max_length=200,
        validators=[
            RegexValidator(r"^/[^\s?#]+$", gettext_lazy("Begin met een schuine streep, zoals /grofvuil."))
        ],
        help_text=gettext_lazy("Wat achter de naam van uw site komt, zoals /grofvuil."),
    )
    page = forms.ModelChoiceField(
        label=gettext_lazy("Leidt naar deze pagina"), queryset=Page.objects.none(), widget=AdminPageChooser
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = Page.objects.filter(in_reach())  # type: ignore[attr-defined]

    def clean_old_path(self) -> str:
        """As Wagtail keeps it; free on this site, and not where the portal answers."""
        path = str(Redirect.normalise_path(self.cleaned_data["old_path"]))
        if path == "/" or path.startswith(OURS):
            raise forms.ValidationError(_("Dit adres is van de site zelf. Kies een ander."))
        if Redirect.objects.filter(old_path=path, site_id=current_municipality().site_id).exists():
            raise forms.ValidationError(_("Dit adres leidt al ergens heen. Haal dat eerst weg."))
        return path
