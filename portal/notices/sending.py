"""Sending what is due: by mail where the resident chose that, else as a letter.

A notice is taken under a lease, so that a crash costs a turn and no notice; a mail that went twice has the
same Message-ID. A mail server that is down delays; after a day a letter goes in its place.
"""

import logging
import smtplib
from datetime import date, datetime, timedelta
from email.utils import formataddr

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.municipalities.acting import acting_for, current_municipality
from portal.municipalities.brand import theme_now
from portal.municipalities.models import Municipality
from portal.municipalities.turns import doubling
from themes.mail import in_brand

from . import known, wording
from .kinds import NOT_BY_POST, Kind
from .letters import forget_addresses, give_up, queue
from .mailing import own_address
from .models import Letter, Notice, State
from .returns import domain, return_address
from .telling import tell_overview

LEASE = timedelta(minutes=3)
AT_ONCE = 12
"""Few enough to be done within a lease, also when the mail server takes its time (EMAIL_TIMEOUT)."""
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = 34
"""With the waits between them a day; then a letter goes."""
KEPT = timedelta(days=731)
log = logging.getLogger(__name__)


def send_due(municipality: Municipality) -> int:
    """One turn for one municipality; gives how many went out, by mail or as a letter."""
    with acting_for(municipality):
        now = timezone.now()
        with transaction.atomic():
            _forget_old(now)
            forget_addresses(now)
            give_up(now)
            taken = _take(now)
        return _send_all(taken)


def drop_unwanted(at: datetime) -> None:
    """Of what waits for a later day, forget what no longer holds; by itself that is seen on that day only."""
    for notice in Notice.objects.select_for_update(skip_locked=True).filter(state=State.QUEUED, due__gt=at):
        if not known.still_wanted(notice.subject_id, Kind(notice.kind), notice.cause):
            notice.delete()


def _take(now: datetime) -> list[Notice]:
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    rows = Notice.objects.select_for_update(skip_locked=True, of=("self",))
    taken = list(rows.filter(free, state=State.QUEUED, due__lte=now).order_by("due")[:AT_ONCE])
    Notice.objects.filter(id__in=[one.id for one in taken]).update(
        leased_until=now + LEASE, attempts=F("attempts") + 1
    )
    return taken


def _send_all(notices: list[Notice]) -> int:
    """A mail server that does not answer is asked once a turn."""
    out, silent = 0, False
    for notice in notices:
        if silent:
            _later(notice)
            continue
        try:
            with transaction.atomic():
                mail = _prepared(notice)
            answered = mail is None or _sent(notice, mail)
        except Exception as fault:
            # Its text may hold data, so only its kind. It must not hold up the others.
            log.error("notice %s cannot be sent: %s", notice.id, type(fault).__name__)
            _later(notice)
            continue
        out, silent = out + answered, not answered
    return out


def _prepared(notice: Notice) -> EmailMessage | None:
    """The mail to send, or None when it became a letter or is no longer wanted."""
    kind = Kind(notice.kind)
    if not known.still_wanted(notice.subject_id, kind, notice.cause):
        Notice.objects.filter(id=notice.id).delete()
        return None
    if kind is Kind.OVERVIEW:
        tell_overview(notice.subject_id, notice.due)
    language = known.language(notice.subject_id)
    Notice.objects.filter(id=notice.id).update(language=language)
    address = own_address(notice) or known.mail_address(notice.subject_id, kind, notice.id)
    if address is None and kind in NOT_BY_POST:
        Notice.objects.filter(id=notice.id).delete()
        return None
    if address is None:
        _done(notice, State.BY_LETTER)
        return None
    return _mail(notice, address, language)


def _mail(notice: Notice, address: str, language: str) -> EmailMessage:
    """Plain text, and the same in brand; no picture, no link, nothing that tells whether it was read."""
    day: date | None = notice.answer_by
    words = wording.of_mail(Kind(notice.kind), day, language)
    here = current_municipality()
    sender = f"Gemeente {here.name}"
    mail = EmailMultiAlternatives(
        words.subject,
        words.text,
        from_email=return_address(notice.id),  # where the mail server sends it back to
        to=[address],
        headers={
            "From": formataddr((sender, return_address(None))),
            "Message-ID": f"<{notice.id.hex}@{domain()}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": language,
        },
    )
    html = in_brand(theme_now(here), sender, words.subject, words.text, language)
    mail.attach_alternative(html, "text/html")
    return mail


def _sent(notice: Notice, mail: EmailMessage) -> bool:
    """Whether the mail server answered; the address or mail that it refuses for good is a bounce."""
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        return _refused(notice, code)
    except smtplib.SMTPDataError as refused:
        return _refused(notice, refused.smtp_code)
    except (OSError, UnicodeError) as fault:
        log.warning("notice %s waits: %s", notice.id, type(fault).__name__)
        _later(notice)
        return False
    with transaction.atomic():
        _done(notice, State.SENT)
    return True


def _refused(notice: Notice, code: int) -> bool:
    if code < 500:
        _later(notice)
    else:
        with transaction.atomic():
            _done(notice, State.BOUNCED, str(code))
    return True


def _later(notice: Notice) -> None:
    with transaction.atomic():
        if notice.attempts + 1 >= MOST_ATTEMPTS:
            _done(notice, State.DEAD)
            return
        wait = doubling(FIRST_WAIT, notice.attempts, LONGEST_WAIT)
        Notice.objects.filter(id=notice.id).update(due=timezone.now() + wait, leased_until=None)


def _done(notice: Notice, state: State, why: str = "") -> None:
    now = timezone.now()
    by_mail = state in (State.SENT, State.BOUNCED)
    Notice.objects.filter(id=notice.id).update(
        state=state,
        why=why,
        leased_until=None,
        sent=now if by_mail else None,
        came_back=now if state is State.BOUNCED else None,
        address=None,
    )
    if state is not State.SENT:
        queue(notice)


def _forget_old(now: datetime) -> None:
    """What was told two years ago; all of it is out by then."""
    old = Notice.objects.filter(made__lt=now - KEPT).exclude(state=State.QUEUED)
    ids = list(old.values_list("id", flat=True)[:200])
    if ids:
        Letter.objects.filter(notice__in=ids).delete()
        Notice.objects.filter(id__in=ids).delete()
