"""Wagtail's sign-in form, whose password field has a name in English only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm


class SignInForm(LoginForm):
    """The same, in the editors' language."""

    def __init__(self, request: Any = None, *args: Any, **named: Any) -> None:
        super().__init__(request, *args, **named)
        self.fields["username"].label = _("Gebruikersnaam")
        self.fields["password"].label = _("Wachtwoord")
        self.fields["password"].widget.attrs["placeholder"] = _("Vul uw wachtwoord in")
        self.fields["username"].widget.attrs["placeholder"] = _("Vul uw gebruikersnaam in")
