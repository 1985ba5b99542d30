"""Telling an old address that something takes its place, before it does: so no thief does it unseen."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from portal.codes.addresses import MOBILE
from portal.codes.sending import CodeNotSent, may_send, send_text
from portal.municipalities.acting import current_municipality
from portal.municipalities.facts import facts, people_to_reach

from .records import AddressKind, Partij


def tell_old(known: Partij | None, kind: AddressKind, resident: UUID) -> None:
    """Tell who has the old address; nobody when there was none. Raises CodeNotSent when nothing took it, and
    AskedTooOften before anything is sent: a number is written down unproven, so it can be anybody's.

    A number that takes no text messages is told by e-mail, where there is an address. There is no name in it,
    nor what comes in its place.
    """
    old = known.address(kind) if known else None
    if known is None or old is None:
        return
    may_send(resident, [old.text], "told")
    subject, text = _words(kind)
    if kind is AddressKind.PHONE:
        if MOBILE.fullmatch(old.text):
            try:
                return send_text("mobile", old.text, subject, text)
            except CodeNotSent:
                if known.address(AddressKind.EMAIL) is None:
                    raise
        old = known.address(AddressKind.EMAIL)
    if old:
        send_text("email", old.text, subject, text)


def _words(kind: AddressKind) -> tuple[str, str]:
    with transaction.atomic():
        phone = people_to_reach(facts()).phone
    words: Mapping[str, str] = {"name": current_municipality().name, "phone": phone}
    if kind is AddressKind.EMAIL:
        subject = _("Uw e-mailadres bij gemeente %(name)s wijzigt") % words
        happens = _("Iemand wijzigt uw e-mailadres in Mijn %(name)s.") % words
    else:
        subject = _("Uw telefoonnummer bij gemeente %(name)s wijzigt") % words
        happens = _("Iemand wijzigt uw telefoonnummer in Mijn %(name)s.") % words
    if phone:
        what_now = (
            _("Doet u dit zelf? Dan hoeft u niets te doen. Doet u dit niet? Bel dan %(phone)s.") % words
        )
    else:
        what_now = _("Doet u dit zelf? Dan hoeft u niets te doen. Doet u dit niet? Bel dan de gemeente.")
    return subject, f"{happens}\n{what_now}"
