"""Contacts in words for their resident."""

from django.utils.translation import gettext as _


def channel_in_words(channel: str) -> str:
    """How there was contact; a channel that we do not know stands as the register has it."""
    known = {
        "telefoon": _("Telefoon"),
        "e-mail": _("E-mail"),
        "email": _("E-mail"),
        "balie": _("Aan de balie"),
        "contactformulier": _("Formulier op de site"),
        "webformulier": _("Formulier op de site"),
        "formulier": _("Formulier op de site"),
        "post": _("Brief"),
        "brief": _("Brief"),
        "whatsapp": "WhatsApp",
        "chat": _("Chat"),
        "sms": _("Sms"),
        "social media": _("Sociale media"),
    }
    return known.get(channel.strip().lower(), channel)
