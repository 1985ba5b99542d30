"""The form for one redirect."""

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.admin.widgets import AdminPageChooser
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.in_the_way import page_at
from cms.local import in_reach
from cms.models import ContentPage, HomePage, LibraryRoot
from cms.trees import languages
from portal.accounts.places import language_of
from portal.municipalities.acting import current_municipality

OURS = {"mijn", "api", "bewijs", "register", "media", "documents", "static", "theme", ".well-known"}
"""Below which only the portal itself answers: a redirect there would never be followed."""

HAS_SIGNS = re.compile(r"[^\w\-/]")
"""In an address that no page can have, such as `/oud.aspx`; a page's ends in a slash."""

FOLLOWED = {"wagtail_serve", "cms_old_address"}
"""The addresses at which a redirect is looked for."""


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
        label=gettext_lazy("Leidt naar deze pagina"),
        queryset=Page.objects.none(),
        widget=AdminPageChooser(target_models=[ContentPage, HomePage]),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The root of the library is on no site: who chose it came out on the front page.
        pages = Page.objects.filter(in_reach()).not_type(LibraryRoot)
        self.fields["page"].queryset = pages  # type: ignore[attr-defined]

    def clean_old_path(self) -> str:
        """As Wagtail keeps it; free on this site, and not where the portal answers."""
        path = str(Redirect.normalise_path(self.cleaned_data["old_path"]))
        if is_ours(path):
            raise forms.ValidationError(_("Dit adres is van de site zelf. Kies een ander."))
        if Redirect.objects.filter(old_path=path, site_id=current_municipality().site_id).exists():
            raise forms.ValidationError(_("Dit adres leidt al ergens heen. Haal dat eerst weg."))
        if page := page_at(path, current_municipality().slug):
            told = _("Op dit adres staat uw pagina “%s”, en die gaat voor. Haal haar eerst van de site.")
            raise forms.ValidationError(told % page.title)
        return path


def is_ours(path: str) -> bool:
    """Whether something else than a page or a redirect answers at this path of a site."""
    parts = path.strip("/").split("/")
    if parts[0] in languages():
        parts = parts[1:]
    if not any(parts) or parts[0] in OURS:
        return True
    try:
        with override(language_of(path)):
            return resolve(path + "/" * (not HAS_SIGNS.search(path)), "portal.urls").url_name not in FOLLOWED
    except Resolver404:
        return True
