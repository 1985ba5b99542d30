"""Typed addresses to send a code to: whether they can be right, and how they are kept."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

MOBILE = re.compile(r"(?:\+31|0031|0)(6[0-9]{8})")


def fault_of(kind: str, typed: str) -> str:
    """Why a typed address cannot be right, in words for the resident; empty when it can."""
    if kind == "email":
        try:
            validate_email(typed)
            typed.rpartition("@")[2].encode("idna")  # or sending to it would fail
        except (ValidationError, UnicodeError):
            return _("Dit e-mailadres klopt niet. Vul het zo in: naam@voorbeeld.nl")
        return ""
    if not MOBILE.fullmatch(digits(typed)):
        return _("Dit mobiele nummer klopt niet. Vul het zo in: 06 12 34 56 78")
    return ""


def tidy(kind: str, typed: str) -> str:
    """The address as it is kept: no spaces; a mobile number starts with +31."""
    return typed.strip() if kind == "email" else MOBILE.sub(r"+31\1", digits(typed))


def digits(typed: str) -> str:
    """What is left of a number or code without what people put between its digits."""
    return re.sub(r"[\s().-]", "", typed)[:40]
