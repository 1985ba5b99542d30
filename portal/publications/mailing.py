"""Sending what is due: the mail that asks, and once a day what is new for who said yes.

What the daily mail tells is written down before it goes: who is stopped halfway never sends it again. A mail
server that does not take it gets it later, whole. The mail that asks is harmless to repeat, and is the same.
"""

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from portal.municipalities.acting import acting_for, current_municipality
from portal.municipalities.brand import theme_now
from portal.municipalities.models import Municipality
from portal.municipalities.turns import doubling
from portal.notices.returns import domain, return_address
from themes.mail import Paragraph, as_text, paragraphs_in_brand

from . import wording
from .finding import Choice, chosen
from .kinds import Kind
from .models import Publication, Subscription
from .subscribing import UNCONFIRMED, address_of, next_morning

AT_ONCE = 12
ASKING = timedelta(minutes=5)
"""After which the mail that asks goes again, where it is not sure that it went."""
SETTLED = timedelta(minutes=2)
"""What came here so lately may still be coming, in a transaction of another process."""
NEW = timedelta(days=7)
"""What was published longer before the last mail is no news, though it came here since."""
FIRST_WAIT = timedelta(seconds=8)
LONGEST_WAIT = timedelta(hours=1)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ready:
    """A mail to send, and the row as it was."""

    row: Subscription
    mail: EmailMultiAlternatives
    told_until: datetime | None
    """Where it had been before; from there it is told again when the mail server does not take it."""


def mail_due(municipality: Municipality) -> int:
    """One turn for one municipality; gives how many mails went. Of a site that is closed nobody is mailed."""
    with acting_for(municipality):
        if municipality.closed:
            with transaction.atomic():
                Subscription.objects.all().delete()
            return 0
        went = 0
        for _one in range(AT_ONCE):
            with transaction.atomic():
                row = _next(timezone.now())
                ready = _prepared(row, timezone.now()) if row else None
            if row is None:
                break
            if ready:
                if not _sent(ready):
                    break  # a mail server that does not answer is asked once a turn
                went += 1
        return went


def _next(now: datetime) -> Subscription | None:
    rows = Subscription.objects.select_for_update(skip_locked=True).filter(due__lte=now)
    if not settings.PUBLICATIONS_URL:
        rows = rows.filter(confirmed=None)
    return rows.order_by("due").first()


def _prepared(row: Subscription, now: datetime) -> Ready | None:
    """The mail, with what it tells written down; None when there is nothing to tell."""
    address, told_until = address_of(row), row.told_until
    if address is None or (row.confirmed is None and row.asked <= now - UNCONFIRMED):
        row.delete()
        return None
    row.attempts += 1
    if row.confirmed is None:
        row.due = now + ASKING
        row.save(update_fields=["due", "attempts"])
        return Ready(row, _mail(row, address, *wording.question(row), named="vraag"), told_until)
    assert told_until is not None
    until = max(told_until, now - SETTLED)
    new = chosen(Choice(kinds=[Kind(one) for one in row.kinds], postcode=row.postcode)).filter(
        seen__gt=told_until, seen__lte=until, day__gte=timezone.localdate(told_until) - NEW
    )
    first, number = list(new[: wording.MOST]), new.count()
    row.due, row.told_until = next_morning(row.id, now), until
    if not first:
        row.attempts = 0
    row.save(update_fields=["due", "told_until", "attempts"])
    return Ready(row, _news(row, address, first, number, now), told_until) if first else None


def _news(
    row: Subscription, address: str, publications: list[Publication], number: int, now: datetime
) -> EmailMultiAlternatives:
    mail = _mail(row, address, *wording.news(row, publications, number), named=f"{timezone.localdate(now)}")
    mail.extra_headers |= {
        "List-Unsubscribe": f"<{wording.stop_address(row)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return mail


def _mail(
    row: Subscription, address: str, subject: str, paragraphs: list[Paragraph], named: str
) -> EmailMultiAlternatives:
    """Plain text, and the same in brand."""
    here = current_municipality()
    sender = f"Gemeente {here.name}"
    mail = EmailMultiAlternatives(
        subject,
        as_text(paragraphs),
        from_email=return_address(row.id),  # where the mail server sends it back to
        to=[address],
        headers={
            "From": formataddr((sender, return_address(None))),
            "Message-ID": f"<{row.id.hex}.{named}@{domain()}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": row.language,
        },
    )
    html = paragraphs_in_brand(theme_now(here), sender, subject, paragraphs, row.language)
    mail.attach_alternative(html, "text/html")
    return mail


def _sent(ready: Ready) -> bool:
    """Whether the mail server answered; an address that it refuses for good is forgotten."""
    row = Subscription.objects.filter(id=ready.row.id)
    try:
        ready.mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        for_good = next(iter(refused.recipients.values()))[0] >= 500
        with transaction.atomic():
            if for_good:
                row.delete()
            else:
                _later(ready)
        return True
    except (OSError, UnicodeError) as fault:
        log.warning("mail of subscription %s waits: %s", ready.row.id, type(fault).__name__)
        with transaction.atomic():
            _later(ready)
        return False
    with transaction.atomic():
        row.filter(confirmed=None).update(due=None, attempts=0)
        row.exclude(confirmed=None).update(attempts=0)
    return True


def _later(ready: Ready) -> None:
    """It did not go: the same is told when it is tried again."""
    wait = doubling(FIRST_WAIT, ready.row.attempts, LONGEST_WAIT)
    Subscription.objects.filter(id=ready.row.id).update(
        due=timezone.now() + wait, told_until=ready.told_until
    )
