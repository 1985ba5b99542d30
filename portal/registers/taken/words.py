"""Tasks in words for their resident."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from .records import Kind, Payment, State, Task

SOON = 7  # days before the last one in which a task asks for attention


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when, in a whole sentence."""

    text: str
    urgent: bool
    """The time is over or nearly so."""
    late: bool


def deadline(task: Task, today: date) -> Deadline:
    """Until when an open task can be done."""
    if task.until is None:
        return Deadline(_("Er is geen laatste dag. Doe het wanneer het u uitkomt."), False, False)
    left, when = (task.until - today).days, {"date": day(task.until)}
    if left < 0:
        return Deadline(_("U bent te laat: de laatste dag was %(date)s.") % when, True, True)
    if left == 0:
        return Deadline(_("Doe het uiterlijk vandaag, %(date)s.") % when, True, False)
    if left == 1:
        return Deadline(_("Doe het uiterlijk morgen, %(date)s.") % when, True, False)
    return Deadline(_("Doe het uiterlijk %(date)s.") % when, left <= SOON, False)


def state_in_words(state: State) -> str:
    """How a task stands that need not be done any more."""
    return {
        State.SENT: _("Ontvangen"),
        State.DONE: _("Klaar"),
        State.NEEDLESS: _("Hoeft niet meer"),
        State.NOT_DONE: _("Niet gedaan"),
    }.get(state, _("Te doen"))


def kind_of_state(state: State) -> str:
    """How that looks; never the only thing that tells."""
    return {State.SENT: "info", State.DONE: "success", State.NOT_DONE: "warning"}.get(state, "neutral")


def what_now(state: State) -> str:
    """What follows for the resident; empty while it is open."""
    return {
        State.SENT: _("Wij hebben het ontvangen en gaan ermee verder. U hoeft niets meer te doen."),
        State.DONE: _("Dit is klaar. U hoeft niets meer te doen."),
        State.NEEDLESS: _("Wij hebben dit niet meer van u nodig. U hoeft niets te doen."),
        State.NOT_DONE: _(
            "De laatste dag is voorbij, en wij kregen niets van u. Bel ons. Wij kijken wat nog kan."
        ),
    }.get(state, "")


def purpose_in_words(task: Task) -> str:
    """What kind of thing is asked; empty where neither the standard's word nor the kind says it."""
    known = {
        "betalen": _("Betalen"),
        "incasso": _("Toestemming om geld af te schrijven"),
        "informatie_geven": _("Iets aan ons laten weten"),
        "informatie_krijgen": _("Iets lezen"),
        "reactie_ontvangen": _("Reageren"),
        "vernieuwing_nodig": _("Iets vernieuwen"),
        "uitnodiging_voor_afspraak": _("Een afspraak maken"),
    }
    by_kind = {
        Kind.PAYMENT: _("Betalen"),
        Kind.FORM: _("Een formulier invullen"),
        Kind.LINK: _("Iets doen op een andere website"),
    }
    return known.get(task.purpose, by_kind[task.kind])


def amount(payment: Payment) -> str:
    """How much, as people write it."""
    written = number_format(payment.amount.quantize(Decimal("0.01")), 2, force_grouping=True)
    currency = "€" if payment.currency == "EUR" else payment.currency
    return f"{currency}\N{NO-BREAK SPACE}{written}"  # an amount never breaks over two lines


def iban(payment: Payment) -> str:
    """An account number in groups of four, as on a bank's card."""
    plain = "".join(payment.iban.split())
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def day(one: date) -> str:
    """A day as people write it."""
    return date_format(one, "j F Y")
