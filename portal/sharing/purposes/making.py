"""Making a purpose: draft → review → approved by another → published, in one function and one table.

The same for a municipality and for the library; a `Workshop` says which tables, what is checked, and what
publishing does. The database refuses the same (`migrations_making`).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.sharing.models.making import OPEN
from portal.sharing.states import STEPS, Making, Step

from .finding import Content, Finding, Weight
from .record import content_hash


class Role(StrEnum):
    EDITOR = "editor"
    OFFICER = "officer"


MAY: Mapping[Step, frozenset[Role]] = {
    Step.EDIT: frozenset({Role.EDITOR}),
    Step.OFFER: frozenset({Role.EDITOR}),
    Step.TAKE_BACK: frozenset({Role.EDITOR}),
    Step.DROP: frozenset({Role.EDITOR}),
    Step.SEND_BACK: frozenset({Role.OFFICER}),
    Step.APPROVE: frozenset({Role.OFFICER}),
    Step.PUBLISH: frozenset({Role.EDITOR, Role.OFFICER}),
    Step.RETIRE: frozenset({Role.EDITOR, Role.OFFICER}),
}


class Refused(Exception):
    """The step cannot be made; nothing was changed. `why` is one of the kinds below."""

    ROLE = "role"
    STATE = "state"
    OWN_TEXT = "own_text"
    CHANGED = "changed"
    FINDINGS = "findings"
    NOT_FREE = "not_free"
    OPEN_DRAFT = "open_draft"
    NOT_THERE = "not_there"
    NOT_AS_APPROVED = "not_as_approved"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the staff, in the place where the purpose is made."""

    id: int
    name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where purposes are made: a municipality, or the library."""

    drafts: Any
    """The tables, made of DraftFields, RevisionFields and ReviewFields."""
    revisions: Any
    reviews: Any
    check: Callable[[str, Content], Sequence[Finding]]
    """What is wrong with the content of a purpose, by its slug."""
    as_put_out: Callable[[Content], Content]
    """What would be published of it at this moment: its slots filled with what is known there now."""
    put_out: Callable[[Any, Content], None]
    """Publishes the content of a draft, in the transaction of the step; may set fields of the draft."""
    retired: Callable[[], None]
    """What must happen when something is no longer offered."""


def begin(
    shop: Workshop,
    slug: str,
    content: Content,
    by: Person,
    *,
    written_before: Collection[int] = (),
    **more: Any,
) -> Any:
    """A new draft with its first revision. Raises Refused when there is one already."""
    if Role.EDITOR not in by.roles:
        raise Refused(Refused.ROLE)
    try:
        with transaction.atomic():
            draft = shop.drafts.objects.create(
                slug=slug, written_before=sorted(set(written_before)), begun=timezone.now(), **more
            )
            _write(shop, draft, content, by)
    except IntegrityError:
        raise Refused(Refused.OPEN_DRAFT) from None
    return draft


def edit(shop: Workshop, draft: UUID, seen: int, content: Content, by: Person) -> Any:
    """A new revision over the one that was `seen`. Raises Refused; the same content is no revision."""
    with transaction.atomic():
        row = _step(shop, draft, Step.EDIT, by)
        if row.revision != seen:
            raise Refused(Refused.CHANGED)
        if content_of(shop, row) != content:
            _write(shop, row, content, by)
        return row


def offer(shop: Workshop, draft: UUID, by: Person) -> Any:
    """Ask a privacy officer to look. Raises Refused while the checker finds errors."""
    with transaction.atomic():
        row = _step(shop, draft, Step.OFFER, by)
        _fit(shop, row)
        row.save(update_fields=["state"])
        return row


def approve(shop: Workshop, draft: UUID, seen: int, by: Person, *, free: bool, read: str = "") -> Any:
    """The officer approves exactly the revision that was `seen`, having edited none of it.

    `read`: the mark of the text on screen (`mark_of`), where the page gave it.
    `free`: the officer found that residents are free to say no; a consent is not approved without.
    """
    with transaction.atomic():
        row = _step(shop, draft, Step.APPROVE, by)
        mark = mark_of(shop, row)
        if row.revision != seen or (read and read != mark):
            raise Refused(Refused.CHANGED)
        if by.id in writers(shop, row):
            raise Refused(Refused.OWN_TEXT)
        if content_of(shop, row).get("ground") == "consent" and not free:
            raise Refused(Refused.NOT_FREE)
        _fit(shop, row)
        _review(shop, row, by, mark=mark, free=free)
        row.save(update_fields=["state"])
        return row


def send_back(shop: Workshop, draft: UUID, by: Person, why: str) -> Any:
    """The officer asks for changes."""
    with transaction.atomic():
        row = _step(shop, draft, Step.SEND_BACK, by)
        _review(shop, row, by, why=why)
        row.save(update_fields=["state"])
        return row


def publish(shop: Workshop, draft: UUID, by: Person) -> Any:
    """What was approved becomes what residents read, for ever as it is now.

    A fact that fills a slot may have changed since; then it is not what the officer approved.
    """
    with transaction.atomic():
        row = _step(shop, draft, Step.PUBLISH, by)
        _fit(shop, row)
        if not is_as_approved(shop, row):
            raise Refused(Refused.NOT_AS_APPROVED)
        shop.put_out(row, content_of(shop, row))
        row.save()
        return row


def move(shop: Workshop, draft: UUID, step: Step, by: Person) -> Any:
    """Take back, retire or drop: steps that need nothing but the right to make them."""
    assert step in (Step.TAKE_BACK, Step.RETIRE, Step.DROP)
    with transaction.atomic():
        row = _step(shop, draft, step, by)
        row.save(update_fields=["state"])
        if step is Step.RETIRE:
            shop.retired()
        return row


def may(shop: Workshop, draft: Any, by: Person) -> frozenset[Step]:
    """The steps that this person may make now; for the buttons on screen."""
    steps = {step for step in STEPS[Making(draft.state)] if by.roles & MAY[step]}
    if Step.APPROVE in steps and by.id in writers(shop, draft):
        steps.discard(Step.APPROVE)
    return frozenset(steps)


def writers(shop: Workshop, draft: Any) -> frozenset[int]:
    """Who wrote any of it, also before it was taken over."""
    own = shop.revisions.objects.filter(draft=draft).values_list("editor", flat=True)
    return frozenset({*draft.written_before, *own})


def content_of(shop: Workshop, draft: Any) -> dict[str, Any]:
    """The newest revision's content."""
    found: Any = shop.revisions.objects.get(draft=draft, number=draft.revision)
    return dict(found.content)


def mark_of(shop: Workshop, draft: Any) -> str:
    """The hash of what would be published at this moment; another fact in it makes another mark."""
    return content_hash(shop.as_put_out(content_of(shop, draft)))


def is_as_approved(shop: Workshop, draft: Any) -> bool:
    """Whether what would be published now is what an officer approved of this revision."""
    approved = shop.reviews.objects.filter(draft=draft, revision=draft.revision, approved=True)
    return bool(approved.latest("at").content_hash == mark_of(shop, draft))


def is_open(draft: Any) -> bool:
    """Whether it is still on its way."""
    return draft.state in OPEN


def _step(shop: Workshop, draft: UUID, step: Step, by: Person) -> Any:
    """Lock the draft and put it in its next state, not yet saved. Raises Refused. All verbs come by here."""
    row: Any = shop.drafts.objects.select_for_update().filter(id=draft).first()
    if row is None:
        raise Refused(Refused.NOT_THERE)
    if not by.roles & MAY[step]:
        raise Refused(Refused.ROLE)
    after = STEPS[Making(row.state)].get(step)
    if after is None:
        raise Refused(Refused.STATE)
    row.state = after
    return row


def _fit(shop: Workshop, draft: Any) -> None:
    if any(one.weight is Weight.ERROR for one in shop.check(draft.slug, content_of(shop, draft))):
        raise Refused(Refused.FINDINGS)


def _write(shop: Workshop, draft: Any, content: Content, by: Person) -> None:
    draft.revision += 1
    shop.revisions.objects.create(
        draft=draft,
        number=draft.revision,
        content=dict(content),
        editor=by.id,
        editor_name=by.name,
        at=timezone.now(),
    )
    draft.save(update_fields=["revision"])


def _review(
    shop: Workshop, draft: Any, by: Person, *, mark: str = "", free: bool = False, why: str = ""
) -> None:
    """`mark`: of the text that is approved; none where it is sent back."""
    shop.reviews.objects.create(
        draft=draft,
        revision=draft.revision,
        reviewer=by.id,
        reviewer_name=by.name,
        at=timezone.now(),
        approved=bool(mark),
        free=free,
        content_hash=mark,
        why=why,
    )
