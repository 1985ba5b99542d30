"""Typed instead of from a wallet: a code, sent to the address itself, proves that it is the resident's."""

import json
import re
import secrets
from collections.abc import Mapping
from uuid import UUID

import httpx
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from portal.municipalities.acting import current_municipality
from portal.municipalities.connections import NotConnected, connection

from . import acts
from .models import Disclosure
from .purposes import Version
from .values import keep_unconfirmed, read_unconfirmed

WRONG_CODES = 5
"""After this many wrong codes a new one is needed."""


class CodeNotSent(Exception):
    """The mail or message service did not take it; nothing is lost, the resident may try again."""


class WrongCode(Exception):
    """Not the code that was sent."""


class TooManyWrongCodes(Exception):
    """This code no longer counts; a new one must be asked."""


def fault_of(kind: str, typed: str) -> str:
    """Why a typed address cannot be right, in words for the resident; empty when it can."""
    if kind == "email":
        try:
            validate_email(typed)
        except ValidationError:
            return _("Dit e-mailadres klopt niet. Vul het zo in: naam@voorbeeld.nl")
        return ""
    if not re.fullmatch(r"(\+316|06)\d{8}", _digits(typed)):
        return _("Dit mobiele nummer klopt niet. Vul het zo in: 06 12 34 56 78")
    return ""


def tidy(kind: str, typed: str) -> str:
    """The address as it is kept: no spaces; a mobile number starts with +31."""
    return typed.strip() if kind == "email" else re.sub(r"^0", "+31", _digits(typed))


def send(disclosure: Disclosure, version: Version, typed: Mapping[str, str]) -> None:
    """Send a code to each typed address, and keep address and code until they are confirmed.

    Raises CodeNotSent.
    """
    codes = {name: f"{secrets.randbelow(10**6):06}" for name in typed}
    with transaction.atomic():
        keep_unconfirmed(disclosure, "code", json.dumps({"typed": dict(typed), "codes": codes}).encode())
        disclosure.save(update_fields=["code"])
    for name, address in typed.items():
        _send_code(version.attribute(name).typed or "", address, codes[name])


def waiting_for(disclosure: Disclosure) -> Mapping[str, str]:
    """The typed addresses whose codes are under way, by attribute."""
    kept = read_unconfirmed(disclosure, "code")
    return json.loads(kept)["typed"] if kept else {}


def confirm(disclosure: UUID, codes: Mapping[str, str]) -> None:
    """All codes right: the typed values count as proven. Raises WrongCode, TooManyWrongCodes."""
    with transaction.atomic():
        row = Disclosure.objects.select_for_update().filter(id=disclosure).first()
        kept = read_unconfirmed(row, "code") if row else None
        if row is None or kept is None or row.wrong_codes >= WRONG_CODES:
            raise TooManyWrongCodes
        asked = json.loads(kept)
        right = all(
            secrets.compare_digest(code.encode(), _digits(codes.get(name, "")).encode())
            for name, code in asked["codes"].items()
        )
        if right:
            acts.prove(row.sharing_id, row.id, asked["typed"])
            return
        row.wrong_codes += 1
        row.save(update_fields=["wrong_codes"])
    raise TooManyWrongCodes if row.wrong_codes >= WRONG_CODES else WrongCode


def _digits(typed: str) -> str:
    return re.sub(r"[\s().-]", "", typed)[:40]


def _send_code(kind: str, address: str, code: str) -> None:
    municipality = current_municipality()
    text = _("Uw code is %(code)s. Vul hem in op de site van gemeente %(name)s. Vroeg u dit niet? Doe dan niets.") % {
        "code": code,
        "name": municipality.name,
    }
    try:
        if kind == "email":
            send_mail(_("Uw code voor gemeente %(name)s") % {"name": municipality.name}, text, None, [address])
        else:
            sms = connection("sms")
            httpx.post(
                sms.base_url,
                json={"to": address, "text": text},
                headers={"Authorization": f"Token {sms.credentials['token']}"},
                timeout=httpx.Timeout(5, connect=2),
                follow_redirects=False,
            ).raise_for_status()
    except (OSError, httpx.HTTPError, NotConnected) as fault:
        raise CodeNotSent(type(fault).__name__) from fault
