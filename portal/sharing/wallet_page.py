"""What a page shows while an app is waited for, whatever it is asked: the QR or the link, and the words."""

from typing import Any

from django.conf import settings
from django.utils.http import urlencode

from portal.irma.following import WAITING, Stand
from portal.irma.qr import svg
from portal.irma.session import Session as WalletSession

from .wallet import requestor
from .words import WAITING_WORDS, WHY_IT_ENDED, qr_label

THIS_DEVICE, OTHER_DEVICE = "this_device", "other_device"
"""How an app is reached: by a link, or by a QR."""


def shown(session: WalletSession | None, way: str, now: Stand, outcome: str) -> dict[str, Any]:
    """For the template `sharing/_at_wallet.html`, which wants three addresses beside it."""
    pointer = session.pointer_text if session else ""
    show_qr = pointer and way == OTHER_DEVICE and now is Stand.WAITING
    return {
        "stand": now,
        "waiting": now in WAITING,
        "stand_in_words": WAITING_WORDS[now],
        "why_ended": WHY_IT_ENDED.get(outcome, WHY_IT_ENDED["invalid"]),
        "same_device": way == THIS_DEVICE,
        "qr": svg(pointer, label=qr_label()) if show_qr else "",
        "app_link": requestor().app_link(session) if session else "",
        "demo_wallet": _demo_wallet(pointer),
    }


def _demo_wallet(pointer: str) -> str:
    """Where a presenter without a phone answers; empty outside the demo."""
    return (
        f"{settings.DEMO_WALLET_URL}/scan?{urlencode({'qr': pointer})}"
        if settings.DEMO_WALLET_URL and pointer
        else ""
    )
