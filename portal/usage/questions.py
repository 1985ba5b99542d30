"""Questions of residents about a use: one for each use, answered by the privacy officer within five days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.municipalities.acting import current_municipality
from portal.municipalities.crypto import decrypt, encrypt
from portal.notices.kinds import Kind
from portal.notices.telling import tell

from . import working_days
from .models import Use, UseQuestion

TABLE = "usage_usequestion"
LONGEST = 1000  # characters
LONGEST_ANSWER = 4000  # characters
WORKING_DAYS = 5
"""Within so many the resident has an answer."""


class NotYours(LookupError):
    """There is no such use or question for this resident."""


class NotOpen(Exception):
    """The question is not there, or was answered already."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, with the use it is about."""

    id: UUID
    use: Use
    text: str
    asked: datetime
    answer_by: date
    answer: str
    """Empty while it is open."""
    answered: datetime | None
    answered_by: str
    """The officer's name; for the officers, never for residents."""

    @property
    def number(self) -> str:
        """What a resident can name on the phone."""
        return str(self.id)[:8].upper()

    @property
    def late(self) -> bool:
        return self.answered is None and timezone.localdate() > self.answer_by

    @property
    def days(self) -> int:
        """How long it waits, or waited, in days."""
        until = timezone.localdate(self.answered) if self.answered else timezone.localdate()
        return (until - timezone.localdate(self.asked)).days


def own_use(subject: UUID, use: UUID) -> Use:
    """Raises NotYours."""
    row = Use.objects.filter(id=use, subject_id=subject).first()
    if row is None:
        raise NotYours
    return row


def ask(subject: UUID, use: UUID, text: str) -> UUID:
    """Ask about an own use; asking again gives the question that is there. Raises NotYours, ValueError."""
    if not 0 < len(text) <= LONGEST:
        raise ValueError("a question has 1 to 1000 characters")
    about, now = own_use(subject, use), timezone.now()
    row = UseQuestion(
        id=uuid4(),
        municipality=current_municipality(),
        subject_id=subject,
        use=about,
        asked=now,
        answer_by=working_days.after(timezone.localdate(now), WORKING_DAYS),
    )
    row.text = encrypt(text.encode(), table=TABLE, column="text", row=row.id)
    UseQuestion.objects.bulk_create([row], ignore_conflicts=True)
    asked: UUID = UseQuestion.objects.values_list("id", flat=True).get(use=about)
    return asked


def own(subject: UUID, question: UUID) -> Question:
    """Raises NotYours."""
    row = UseQuestion.objects.select_related("use").filter(id=question, subject_id=subject).first()
    if row is None:
        raise NotYours
    return _read(row)


def written(row: UseQuestion) -> tuple[str, str]:
    """What was asked, and the answer, in words."""
    read = _read(row)
    return read.text, read.answer


def about(uses: Iterable[Use]) -> Mapping[UUID, UseQuestion]:
    """The questions about these uses, by use. One query."""
    return {row.use_id: row for row in UseQuestion.objects.filter(use__in=[one.id for one in uses])}


def open_questions(most: int = 200) -> list[Question]:
    """For the privacy officer of the municipality in force, the first that must be answered first."""
    return [_read(row) for row in _open().select_related("use").order_by("answer_by", "asked")[:most]]


def number_open() -> int:
    """How many questions wait for an answer."""
    return _open().count()


def answered_lately(most: int = 50) -> list[Question]:
    """What the officers answered, the newest first."""
    rows = UseQuestion.objects.filter(state=UseQuestion.ANSWERED).select_related("use")
    return [_read(row) for row in rows.order_by("-answered")[:most]]


def for_officer(question: UUID) -> Question:
    """Any question of the municipality in force. Raises NotOpen when there is no such question."""
    row = UseQuestion.objects.select_related("use").filter(id=question).first()
    if row is None:
        raise NotOpen
    return _read(row)


def answer(question: UUID, text: str, by: str) -> None:
    """Answer an open question, and tell the resident that an answer is there.

    `by` is the officer's name. Raises NotOpen, ValueError.
    """
    if not 0 < len(text.strip()) <= LONGEST_ANSWER:
        raise ValueError("an answer has 1 to 4000 characters")
    with transaction.atomic():
        row = UseQuestion.objects.select_for_update().filter(id=question, state=UseQuestion.OPEN).first()
        if row is None:
            raise NotOpen
        row.state, row.answered, row.answered_by = UseQuestion.ANSWERED, timezone.now(), by
        row.answer = encrypt(text.encode(), table=TABLE, column="answer", row=row.id)
        row.save(update_fields=["state", "answered", "answered_by", "answer"])
        tell(row.subject_id, Kind.ANSWER, cause=row.id)


def _open() -> QuerySet[UseQuestion]:
    return UseQuestion.objects.filter(state=UseQuestion.OPEN)


def _read(row: UseQuestion) -> Question:
    said = bytes(row.answer) if row.answer is not None else None
    return Question(
        id=row.id,
        use=row.use,
        text=decrypt(bytes(row.text), table=TABLE, column="text", row=row.id).decode(),
        asked=row.asked,
        answer_by=row.answer_by,
        answer=decrypt(said, table=TABLE, column="answer", row=row.id).decode() if said else "",
        answered=row.answered,
        answered_by=row.answered_by,
    )
