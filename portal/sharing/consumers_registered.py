"""Officers register professionals' systems: for more a second one must agree, taking away works at once.

Each wish is written down with who wanted it and who agreed. A purpose that a second person approved gives its
consumer the right to read under it: that approval is the agreement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from .models import Consumer, ConsumerChange, PurposeReview, PurposeRevision
from .purposes.making import Person


class Refused(Exception):
    """The step cannot be made; the reason is one of these."""

    OWN = "own"
    GONE = "gone"
    SLUG = "slug"
    WAITING = "waiting"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Registered:
    """A consumer as officers register it."""

    name: str
    kind: str
    oin: str
    keys: Sequence[Mapping[str, Any]]
    purposes: Sequence[str]
    events_url: str
    return_urls: Sequence[str]


def as_it_is(row: Consumer) -> Registered:
    """What is registered of it now."""
    return Registered(
        name=row.name,
        kind=row.kind,
        oin=row.oin,
        keys=list(row.jwks.get("keys", [])),
        purposes=list(row.purposes),
        events_url=row.events_url,
        return_urls=list(row.return_urls),
    )


def widens(before: Registered | None, after: Registered) -> bool:
    """Whether it is more than taking something away: then a second person must agree."""
    if before is None:
        return True
    if (before.name, before.kind, before.oin) != (after.name, after.kind, after.oin):
        return True  # what residents read, and whether it may have a BSN
    lists = (
        (before.keys, after.keys),
        (before.purposes, after.purposes),
        (before.return_urls, after.return_urls),
        ([before.events_url, ""], [after.events_url]),
    )
    return any(one not in had for had, has in lists for one in has)


def register(slug: str, wanted: Registered, by: Person) -> ConsumerChange:
    """Ask a second person for a new consumer. Raises Refused."""
    if Consumer.objects.filter(slug=slug).exists():
        raise Refused(Refused.SLUG)
    return _written_down(slug, None, wanted, by)


def change(consumer: UUID, wanted: Registered, by: Person) -> ConsumerChange | None:
    """Take away at once, or ask a second person for more; None where nothing differs. Raises Refused."""
    with transaction.atomic():
        row = Consumer.objects.select_for_update(no_key=True).get(id=consumer)
        before = as_it_is(row)
        if before == wanted:
            return None
        if widens(before, wanted):
            return _written_down(row.slug, before, wanted, by)
        _apply(row, wanted)
        now = timezone.now()
        return ConsumerChange.objects.create(
            slug=row.slug,
            before=asdict(before),
            wanted=asdict(wanted),
            widens=False,
            by=by.id,
            by_name=by.name,
            at=now,
            agreed=True,
            decided=now,
            decided_by=by.id,
            decided_by_name=by.name,
        )


def agree(proposal: UUID, by: Person) -> Consumer:
    """A second person agrees; it counts from the commit on. Raises Refused."""
    with transaction.atomic():
        slug = ConsumerChange.objects.filter(id=proposal).values_list("slug", flat=True).first()
        row = Consumer.objects.select_for_update(no_key=True).filter(slug=slug or "").first()
        made = _open(proposal)
        if made.by == by.id:
            raise Refused(Refused.OWN)
        if made.before != (asdict(as_it_is(row)) if row else None):
            raise Refused(Refused.CHANGED)
        row = row or Consumer(slug=made.slug)
        _apply(row, Registered(**made.wanted))
        _decided(made, by, agreed=True)
        return row


def reject(proposal: UUID, by: Person) -> None:
    """Throw a wish away: a second person's no, or one's own second thought. Raises Refused."""
    with transaction.atomic():
        _decided(_open(proposal), by, agreed=False)


def may_read(slug: str, purpose: str, asked: PurposeRevision, approved: PurposeReview) -> None:
    """Who a purpose names reads under it, as its approval by a second person says. Part of publishing."""
    row = Consumer.objects.select_for_update(no_key=True).get(slug=slug)
    if purpose in row.purposes:
        return
    before = asdict(as_it_is(row))
    row.purposes = [*row.purposes, purpose]
    row.save(update_fields=["purposes"])
    ConsumerChange.objects.create(
        slug=slug,
        before=before,
        wanted=asdict(as_it_is(row)),
        widens=True,
        by=asked.editor,
        by_name=asked.editor_name,
        at=asked.at,
        agreed=True,
        decided=timezone.now(),
        decided_by=approved.reviewer,
        decided_by_name=approved.reviewer_name,
    )


def waiting(slug: str | None = None) -> list[ConsumerChange]:
    """What waits for a second person, of one consumer or of all. One query."""
    rows = ConsumerChange.objects.filter(decided=None).order_by("at")
    return list(rows.filter(slug=slug) if slug is not None else rows)


def _written_down(slug: str, before: Registered | None, wanted: Registered, by: Person) -> ConsumerChange:
    try:
        with transaction.atomic():
            return ConsumerChange.objects.create(
                slug=slug,
                before=asdict(before) if before else None,
                wanted=asdict(wanted),
                widens=True,
                by=by.id,
                by_name=by.name,
                at=timezone.now(),
            )
    except IntegrityError:
        raise Refused(Refused.WAITING) from None


def _open(proposal: UUID) -> ConsumerChange:
    made = ConsumerChange.objects.select_for_update().filter(id=proposal, decided=None).first()
    if made is None:
        raise Refused(Refused.GONE)
    return made


def _decided(made: ConsumerChange, by: Person, *, agreed: bool) -> None:
    made.agreed, made.decided = agreed, timezone.now()
    made.decided_by, made.decided_by_name = by.id, by.name
    made.save(update_fields=["agreed", "decided", "decided_by", "decided_by_name"])


def _apply(row: Consumer, wanted: Registered) -> None:
    row.name, row.kind, row.oin = wanted.name, wanted.kind, wanted.oin
    row.jwks = {"keys": [dict(one) for one in wanted.keys]}
    row.purposes, row.events_url = list(wanted.purposes), wanted.events_url
    row.return_urls = list(wanted.return_urls)
    row.save()
