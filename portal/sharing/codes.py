"""Typed instead of from a wallet: a code, sent to the address itself, proves that it is the resident's."""

import json
import logging
import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import httpx
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.accounts.limits import too_many
from portal.municipalities.acting import current_municipality
from portal.municipalities.connections import NotConnected, connection

from . import acts
from .models import Disclosure, Sharing
from .purposes import Version
from .states import Act, NotNow, State
from .values import keep_unconfirmed, read_unconfirmed

WRONG_CODES = 5
"""After this many wrong codes a new one is needed."""
WINDOW = 900  # seconds
MOST_BY_ONE = 5
"""How often a resident may ask for codes in a window."""
MOST_TO_ONE = 5
"""How many codes go to one address in a window, whoever asks: nobody's letterbox is flooded by us."""
MOBILE = re.compile(r"(?:\+31|0031|0)(6[0-9]{8})")
log = logging.getLogger(__name__)


class CodeNotSent(Exception):
    """The mail or message service did not take it; nothing is lost, the resident may try again."""


class AskedTooOften(Exception):
    """Codes were asked too often by this resident, or for this address; nothing was sent."""


class WrongCode(Exception):
    """Not the code that was sent."""


class TooManyWrongCodes(Exception):
    """This code no longer counts; a new one must be asked."""


def fault_of(kind: str, typed: str) -> str:
    """Why a typed address cannot be right, in words for the resident; empty when it can."""
    if kind == "email":
        try:
            validate_email(typed)
            typed.rpartition("@")[2].encode("idna")  # or sending to it would fail
        except (ValidationError, UnicodeError):
            return _("Dit e-mailadres klopt niet. Vul het zo in: naam@voorbeeld.nl")
        return ""
    if not MOBILE.fullmatch(_digits(typed)):
        return _("Dit mobiele nummer klopt niet. Vul het zo in: 06 12 34 56 78")
    return ""


def tidy(kind: str, typed: str) -> str:
    """The address as it is kept: no spaces; a mobile number starts with +31."""
    return typed.strip() if kind == "email" else MOBILE.sub(r"+31\1", _digits(typed))


def may_send(resident: UUID, typed: Mapping[str, str]) -> None:
    """Count this asking. Raises AskedTooOften."""
    asked = too_many("codes", str(resident), most=MOST_BY_ONE, seconds=WINDOW)
    sent = [
        too_many("code-to", address.lower(), most=MOST_TO_ONE, seconds=WINDOW) for address in typed.values()
    ]
    if asked or any(sent):
        raise AskedTooOften


def send(disclosure: Disclosure, version: Version, typed: Mapping[str, str], until: datetime) -> None:
    """Send a code to each typed address, and keep address and code until they are confirmed.

    `until` is when the codes stop working. Raises CodeNotSent, NotNow.
    """
    codes = {name: f"{secrets.randbelow(10**6):06}" for name in typed}
    with transaction.atomic():
        keep_unconfirmed(disclosure, "code", json.dumps({"typed": dict(typed), "codes": codes}).encode())
        if not Disclosure.objects.filter(id=disclosure.id).update(code=disclosure.code):
            raise NotNow(State.CHOSEN, Act.TYPE)  # another tab asked anew in between; its code counts
    for name, address in typed.items():
        _send_code(version.attribute(name).typed or "", address, codes[name], until)


def waiting_for(disclosure: Disclosure) -> Mapping[str, str]:
    """The typed addresses whose codes are under way, by attribute."""
    kept = read_unconfirmed(disclosure, "code")
    return json.loads(kept)["typed"] if kept else {}


def confirm(disclosure: Disclosure, codes: Mapping[str, str]) -> None:
    """All codes right: the typed values count as proven. Raises WrongCode, TooManyWrongCodes, NotNow."""
    with transaction.atomic():
        # The sharing is locked first, as everywhere; or two clicks at once would wait for each other.
        sharing = Sharing.objects.select_for_update().get(id=disclosure.sharing_id)
        row = Disclosure.objects.select_for_update().filter(id=disclosure.id).first()
        kept = read_unconfirmed(row, "code") if row else None
        if row is None or kept is None:
            raise NotNow(State(sharing.state), Act.PROVE)  # another click was first, and may have shared
        if row.wrong_codes >= WRONG_CODES:
            raise TooManyWrongCodes
        asked = json.loads(kept)
        if _all_right(asked["codes"], codes):
            acts.prove(row.sharing_id, row.id, asked["typed"])
            return
        row.wrong_codes += 1
        row.save(update_fields=["wrong_codes"])
    raise TooManyWrongCodes if row.wrong_codes >= WRONG_CODES else WrongCode


def _all_right(asked: Mapping[str, str], typed: Mapping[str, str]) -> bool:
    """Every one is compared, each in constant time."""
    right = [
        secrets.compare_digest(code.encode(), _digits(typed.get(name, "")).encode())
        for name, code in asked.items()
    ]
    return bool(right) and all(right)


def _digits(typed: str) -> str:
    return re.sub(r"[\s().-]", "", typed)[:40]


def _send_code(kind: str, address: str, code: str, until: datetime) -> None:
    """No name and no purpose in it: whoever reads along learns nothing of the resident."""
    words = {
        "code": code,
        "name": current_municipality().name,
        "until": date_format(localtime(until), "H:i"),
    }
    text = (
        _("Uw code is %(code)s. Vul hem in op de site van gemeente %(name)s.") % words
        + "\n"
        + _("De code werkt tot %(until)s uur. Vroeg u dit niet? Doe dan niets.") % words
    )
    try:
        if kind == "email":
            subject = _("Uw code voor gemeente %(name)s") % words
            EmailMessage(subject, text, to=[address], headers={"Auto-Submitted": "auto-generated"}).send()
        else:
            _send_sms(address, text)
    except (OSError, httpx.HTTPError, httpx.InvalidURL, NotConnected) as fault:
        log.warning("a code could not be sent by %s: %s", kind, type(fault).__name__)
        raise CodeNotSent(type(fault).__name__) from None


def _send_sms(number: str, text: str) -> None:
    with transaction.atomic():
        sms = connection("sms")
    httpx.post(
        sms.base_url,
        json={"to": number, "text": text},
        headers={"Authorization": f"Token {sms.credentials['token']}"},
        timeout=httpx.Timeout(5, connect=2),
        follow_redirects=False,
        trust_env=False,
    ).raise_for_status()
