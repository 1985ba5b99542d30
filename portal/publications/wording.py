"""The words of the two mails: the one that asks, and the one with what is new."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from portal.municipalities.acting import current_municipality
from portal.municipalities.addresses import absolute
from portal.municipalities.facts import facts, people_to_reach
from themes.mail import Paragraph

from . import areas
from .kinds import IN_WORDS, Kind
from .models import Publication, Subscription

MOST = 30
"""Publications that one mail names; of the others it says how many."""


def choice_in_words(row: Subscription) -> str:
    """What was chosen, in the active language."""
    kinds = ", ".join(str(IN_WORDS[Kind(one)]) for one in row.kinds) or _("alle soorten")
    where = (
        _("in postcode %(postcode)s") % {"postcode": areas.shown(row.postcode)}
        if row.postcode
        else _("in de hele gemeente")
    )
    return f"{kinds}, {where}"


def stop_address(row: Subscription) -> str:
    """Where one stops, by hand or by a mail program's own button (RFC 8058)."""
    with override(row.language):
        return absolute(reverse("publications:stop", args=[row.id]))


def question(row: Subscription) -> tuple[str, list[Paragraph]]:
    """Subject and text of the mail that asks."""
    with override(row.language):
        words = {"name": current_municipality().name, "choice": choice_in_words(row)}
        link = absolute(reverse("publications:confirm", args=[row.id]))
        asked = _("Iemand vroeg op de site van gemeente %(name)s om mails op dit adres. Was u dat?")
        return _("Wilt u mails over bekendmakingen van gemeente %(name)s?") % words, [
            Paragraph(asked % words),
            Paragraph(_("De keuze is: %(choice)s.") % words),
            Paragraph(_("Ja, ik wil deze mails"), link),
            Paragraph(_("Deze link werkt een dag. Wilt u geen mails? Dan hoeft u niets te doen.")),
            *_people(),
        ]


def news(row: Subscription, publications: Sequence[Publication], number: int) -> tuple[str, list[Paragraph]]:
    """Subject and text of the mail with what is new; `number` is how many there are in all."""
    with override(row.language):
        words = {"name": current_municipality().name, "choice": choice_in_words(row), "number": number}
        left = {"number": number - len(publications)}
        new = ngettext(
            "Er is %(number)d nieuwe bekendmaking.", "Er zijn %(number)d nieuwe bekendmakingen.", number
        )
        more = ngettext("En nog %(number)d andere", "En nog %(number)d andere", left["number"])
        every = absolute(reverse("publications:all"))
        return _("Nieuwe bekendmakingen van gemeente %(name)s") % words, [
            Paragraph(new % words),
            *(Paragraph(one.title, one.url, _below(one), "nl") for one in publications),
            *([Paragraph(more % left, every)] if left["number"] else []),
            Paragraph(_("In de officiële tekst leest u of u bezwaar kunt maken, en tot wanneer.")),
            *_people(),
            Paragraph(_("U krijgt deze mail omdat u daarom vroeg. Uw keuze is: %(choice)s.") % words),
            Paragraph(_("Stop met deze mails"), stop_address(row)),
        ]


def _below(one: Publication) -> str:
    return f"{IN_WORDS[Kind(one.kind)]}, {date_format(one.day, 'j E Y')}"


def _people() -> list[Paragraph]:
    phone = people_to_reach(facts()).phone
    return [Paragraph(_("Vragen? Bel %(phone)s.") % {"phone": phone})] if phone else []
