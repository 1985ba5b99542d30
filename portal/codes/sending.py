"""Sending codes: how often, by mail or text message, and the comparison with what is typed."""

import logging
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

import httpx
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.accounts.limits import too_many
from portal.municipalities import outgoing
from portal.municipalities.acting import current_municipality
from portal.municipalities.brand import theme_now
from portal.municipalities.connections import NotConnected, connection
from themes.mail import in_brand

from .addresses import digits

WRONG_CODES = 5
"""After this many wrong codes a new one is needed."""
WINDOW = 900  # seconds
MOST_BY_ONE = 5
"""How often a resident may ask for codes in a window."""
MOST_TO_ONE = 5
"""How many messages go to one address in a window, whoever asks: nobody's letterbox is flooded by us."""
log = logging.getLogger(__name__)


class CodeNotSent(Exception):
    """The mail or message service did not take it; nothing is lost, the resident may try again."""


class AskedTooOften(Exception):
    """Codes were asked too often by this resident, or for this address; nothing was sent."""


class WrongCode(Exception):
    """Not the code that was sent."""


class TooManyWrongCodes(Exception):
    """This code no longer counts; a new one must be asked."""


def new_code() -> str:
    """Six digits that nobody can guess."""
    return f"{secrets.randbelow(10**6):06}"


def may_send(resident: UUID, addresses: Iterable[str], what: str = "codes") -> None:
    """Count this asking for `what`. Raises AskedTooOften."""
    asked = too_many(what, str(resident), most=MOST_BY_ONE, seconds=WINDOW)
    sent = [too_many("code-to", one.lower(), most=MOST_TO_ONE, seconds=WINDOW) for one in addresses]
    if asked or any(sent):
        raise AskedTooOften


def all_right(asked: Mapping[str, str], typed: Mapping[str, str]) -> bool:
    """Whether every code that was asked is among those typed; each is compared, in constant time."""
    right = [
        secrets.compare_digest(code.encode(), digits(typed.get(name, "")).encode())
        for name, code in asked.items()
    ]
    return bool(right) and all(right)


def send_code(kind: str, address: str, code: str, until: datetime) -> None:
    """No name and no purpose in it: whoever reads along learns nothing of the resident.

    Raises CodeNotSent.
    """
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
    send_text(kind, address, _("Uw code voor gemeente %(name)s") % words, text)


def send_text(kind: str, address: str, subject: str, text: str) -> None:
    """A short text by mail, or without its subject as a text message. Raises CodeNotSent."""
    try:
        if kind == "email":
            here = current_municipality()
            mail = EmailMultiAlternatives(
                subject, text, to=[address], headers={"Auto-Submitted": "auto-generated"}
            )
            html = in_brand(theme_now(here), f"Gemeente {here.name}", subject, text, get_language() or "nl")
            mail.attach_alternative(html, "text/html")
            mail.send()
        else:
            _send_sms(address, text)
    except (OSError, httpx.HTTPError, httpx.InvalidURL, NotConnected, ValueError) as fault:
        # ValueError: an address that is none, from a register; Django's own text of it holds the address.
        log.warning("a text could not be sent by %s: %s", kind, type(fault).__name__)
        raise CodeNotSent(type(fault).__name__) from None


def _send_sms(number: str, text: str) -> None:
    with transaction.atomic():
        sms = connection("sms")
    outgoing.post(
        sms.base_url,
        json={"to": number, "text": text},
        headers={"Authorization": f"Token {sms.credentials['token']}"},
    ).raise_for_status()
