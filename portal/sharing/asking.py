"""A consumer asks a resident to share: its own id makes the question, and makes it once."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.residents import resident_of_whoever
from portal.municipalities.acting import current_municipality
from portal.municipalities.bsn import BSN
from portal.notices.kinds import Kind
from portal.notices.telling import tell
from portal.periods import last_whole_day

from . import purposes
from .models import FURTHEST_END, Consumer, Muted, Request
from .purposes import Version, canonical
from .requests import UnknownRequest

ANSWER_WITHIN = timedelta(days=14)
"""How long a question stands unless the consumer says otherwise."""
LONGEST = timedelta(days=60)
A_RESIDENT, A_DAY = 5, timedelta(days=1)
"""How often one consumer may ask one resident; a question more is refused, whoever it is."""
A_CONSUMER, AN_HOUR = 1000, timedelta(hours=1)


class NotOffered(Exception):
    """No such purpose version for this consumer, or nothing to say yes to; which of these is not told."""


class OnlyByResident(Exception):
    """The purpose begins with the resident, whoever that is: nobody may ask for it."""


class NotAllowed(ValueError):
    """What is asked does not fit the purpose or the consumer; its text is for the consumer."""


class OtherBody(Exception):
    """The same id was used for another question."""


class TooOften(Exception):
    """Past the limit for this resident or this consumer."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a consumer asks."""

    reference: UUID
    slug: str
    number: int
    bsn: BSN
    zaak: str = ""
    return_url: str = ""
    answer_by: datetime | None = None
    wanted_until: datetime | None = None


def ask(consumer: Consumer, question: Question) -> tuple[Request, bool]:
    """The question and whether it is new; the same again is the same question.

    A BSN that nobody signed in with is answered just as any other. Raises NotOffered, OnlyByResident,
    NotAllowed, OtherBody, TooOften.
    """
    with transaction.atomic():
        subject = resident_of_whoever(question.bsn).id
        asked = _hash(question, subject)
        if known := _known(consumer, question, asked):
            return known, False
        now = timezone.now()
        version = _offered(consumer, question)
        _fits(consumer, version, question, now)
        _not_too_often(consumer, subject, now)
        answer_by = question.answer_by or end_of_day(now + ANSWER_WITHIN)
        row = Request(
            municipality=current_municipality(),
            consumer=consumer,
            version_id=version.id,
            subject_id=subject,
            reference=question.reference,
            body_hash=asked,
            zaak=question.zaak,
            return_url=question.return_url,
            created=now,
            expires=min(answer_by, question.wanted_until or answer_by),
            wanted_until=question.wanted_until,
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
                _let_know(row)
                return row, True
        except IntegrityError:  # the same call came twice at once
            found = _known(consumer, question, asked)
            assert found is not None
            return found, False


def end_of_day(at: datetime) -> datetime:
    """Midnight after it on the clock of the Netherlands: “tot en met” a day is then the whole day."""
    day = timezone.localtime(at).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time.min)).astimezone(UTC)


def find(consumer: Consumer, reference: UUID) -> Request:
    """A question of this consumer's. Raises UnknownRequest."""
    rows = Request.objects.select_related("version__purpose")
    row = rows.filter(consumer=consumer, reference=reference).first()
    if row is None:
        raise UnknownRequest
    return row


def _let_know(row: Request) -> None:
    """The resident hears that there is a question, unless they no longer want to hear of this consumer."""
    if not Muted.objects.filter(subject_id=row.subject_id, consumer=row.consumer).exists():
        tell(row.subject_id, Kind.REQUEST, last_whole_day(row.created, row.expires), cause=row.id)


def _known(consumer: Consumer, question: Question, asked: str) -> Request | None:
    try:
        row = find(consumer, question.reference)
    except UnknownRequest:
        return None
    if row.body_hash != asked:
        raise OtherBody
    return row


def _hash(question: Question, subject: UUID) -> str:
    asked = {
        "subject": str(subject),
        "purpose": f"{question.slug}/{question.number}",
        "zaak": question.zaak,
        "return_url": question.return_url,
        "answer_by": question.answer_by.isoformat() if question.answer_by else "",
        "wanted_until": question.wanted_until.isoformat() if question.wanted_until else "",
    }
    return hashlib.sha256(canonical(asked)).hexdigest()


def _offered(consumer: Consumer, question: Question) -> Version:
    """The newest published version, which must be the one that is named: no other is shown to residents."""
    version = purposes.newest(question.slug, "nl")
    if version is None or version.number != question.number:
        raise NotOffered
    if not version.has_a_yes or version.consumer != consumer.slug:
        raise NotOffered
    if version.by_resident_only:
        raise OnlyByResident
    return version


def _fits(consumer: Consumer, version: Version, question: Question, now: datetime) -> None:
    if question.return_url and question.return_url not in consumer.return_urls:
        raise NotAllowed("Dit terugadres is niet van tevoren opgegeven.")
    if question.answer_by and not now < question.answer_by <= now + LONGEST:
        raise NotAllowed("De inwoner moet kunnen antwoorden, en de vraag mag hoogstens 60 dagen openstaan.")
    if question.wanted_until is None:
        return
    if question.wanted_until <= now:
        raise NotAllowed("Het gewenste einde is al voorbij.")
    if question.wanted_until > now + FURTHEST_END:
        raise NotAllowed("Het gewenste einde is verder weg dan tien jaar.")
    if version.lasts and question.wanted_until > version.lasts.after(now):
        raise NotAllowed("Het gewenste einde is later dan het doel toelaat.")


def _not_too_often(consumer: Consumer, subject: UUID, now: datetime) -> None:
    Consumer.objects.select_for_update(no_key=True).get(id=consumer.id)  # one at a time, or many slip by
    asked = Request.objects.filter(consumer=consumer)
    if asked.filter(created__gt=now - AN_HOUR).count() >= A_CONSUMER:
        raise TooOften
    if asked.filter(subject_id=subject, created__gt=now - A_DAY).count() >= A_RESIDENT:
        raise TooOften
