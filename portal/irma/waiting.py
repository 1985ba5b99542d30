"""What a page shows while an app is waited for, whatever it is asked: the QR or the link, and the words."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import urlencode

from .errors import WalletUnreachable
from .following import WAITING, Stand
from .here import requestor
from .qr import svg
from .session import Session as WalletSession
from .words import WAITING_WORDS, WHY_IT_ENDED, qr_label

THIS_DEVICE, OTHER_DEVICE = "this_device", "other_device"
"""How an app is reached: by a link, or by a QR."""


def on_phone(request: HttpRequest) -> bool:
    """Whether the app is likely to be on this very device: what is offered first, and never the only way."""
    return "Mobi" in request.headers.get("User-Agent", "")


def way_again(request: HttpRequest, way: str) -> str:
    """How to reach the app once more: the same way, or the other one if that button was pressed."""
    pressed = request.POST.get("again", "")
    return pressed if pressed in (THIS_DEVICE, OTHER_DEVICE) else way


def shown(session: WalletSession | None, way: str, now: Stand, outcome: str) -> dict[str, Any]:
    """For the template `irma/_waiting.html`, which wants three addresses beside it."""
    pointer = session.pointer_text if session else ""
    show_qr = pointer and way == OTHER_DEVICE and now is Stand.WAITING
    return {
        "stand": now,
        "waiting": now in WAITING,
        "stand_in_words": WAITING_WORDS[now],
        "why_ended": WHY_IT_ENDED.get(outcome, WHY_IT_ENDED["invalid"]),
        "same_device": way == THIS_DEVICE,
        "qr": svg(pointer, label=qr_label()) if show_qr else "",
        "app_link": _app_link(session),
        "demo_wallet": _demo_wallet(pointer),
    }


def _app_link(session: WalletSession | None) -> str:
    """Empty too where the server is no longer known here: the page says that it cannot be reached."""
    try:
        return requestor().app_link(session) if session else ""
    except WalletUnreachable:
        return ""


def _demo_wallet(pointer: str) -> str:
    """Where a presenter without a phone answers; empty outside the demo."""
    return (
        f"{settings.DEMO_WALLET_URL}/scan?{urlencode({'qr': pointer})}"
        if settings.DEMO_WALLET_URL and pointer
        else ""
    )
