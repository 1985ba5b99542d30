"""A yes of somebody without a device, written down by an employee: the same grant and log as any yes.

What was read aloud is what is agreed to: the employee's screen posts back the hash of its text. Lock order
and transaction as in `acts`.
"""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from portal.municipalities.acting import current_municipality

from . import grants, purposes, requests
from .acts import NotAsked, NothingProven, NotShown, answer_question, grant_of, take_effect
from .grants import By
from .models import Channel, Grant, PurposeVersion, Sharing
from .purposes import Version
from .states import Answer, State
from .values import Values

LEVEL = "balie"
"""The level of assurance: an employee looked at a document, or asked what only the resident knows."""


class NotConfirmedTwice(Exception):
    """This purpose asks for a signature beside the spoken yes."""


class OtherAnswer(Exception):
    """A value is not the one that this purpose needs."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """By whom and how an answer was written down."""

    employee: str
    """The name, beside the grant; residents read the team."""
    logged_as: str
    """The employee in the log, which residents may read: an id that only the municipality can read back."""
    team: str
    channel: str
    read: str
    """The hash of the text that was read aloud."""
    question: UUID | None
    """The consumer's question that was read aloud with it."""
    signed: bool
    """The resident signed on paper too."""


def give_for(subject: UUID, sharing: UUID, version: Version, values: Values, recorded: Recorded) -> Grant:
    """Write down the yes to these values; `sharing` is a fresh id, and a second time gives the same grant.

    Raises NotAsked, NotShown, NotConfirmedTwice, NothingProven, OtherAnswer, NoLongerAsked (the question is
    over), IntegrityError for an id that is another's.
    """
    with transaction.atomic():
        earlier = grants.active_of(subject, _purpose_of(version), timezone.now())
        row = Sharing.objects.filter(id=sharing, subject_id=subject).first()
        if row is not None:
            return Grant.objects.select_related("version").get(sharing=row)
        _check(version, values, recorded)
        row = _sharing(subject, sharing, version, State.AGREED, list(values), recorded.question)
        grant = grant_of(row, "register" if _from_register(version, values) else "told", timezone.now())
        answer_question(row, grant)
        grant.channel, grant.employee = recorded.channel, recorded.employee
        by = By(subject, employee=recorded.logged_as, channel=recorded.channel, team=recorded.team)
        written = {"employee": recorded.logged_as, "team": recorded.team, "channel": recorded.channel}
        take_effect(grant, values, earlier, by, signed=recorded.signed, **written)
    return grant


def refuse_for(subject: UUID, sharing: UUID, version: Version, question: UUID | None) -> None:
    """Write down the no, also to who asked; nothing is kept but that there was one."""
    with transaction.atomic():
        if not Sharing.objects.filter(id=sharing).exists():
            _sharing(subject, sharing, version, State.REFUSED, [], question)
            requests.answer(question, Answer.REJECT)


def _check(version: Version, values: Values, recorded: Recorded) -> None:
    newest = purposes.newest(version.slug, version.language)
    if not version.has_a_yes:
        raise NotAsked
    if newest is None or newest.id != version.id or recorded.read != version.content_hash:
        raise NotShown
    by_phone = recorded.channel == Channel.PHONE
    if version.explicit and (by_phone or not recorded.signed):
        raise NotConfirmedTwice
    asked = {one.name: one for one in version.attributes}
    needed = {one.name for one in version.attributes if one.required}
    if not needed <= set(values) <= set(asked) or not all(values.values()) or not values:
        raise NothingProven
    choices = {one.name for one in version.choices}
    if choices and not choices & set(values):
        raise NothingProven
    if any(asked[name].must_equal not in (None, value) for name, value in values.items()):
        raise OtherAnswer


def _from_register(version: Version, values: Values) -> bool:
    return all(one.register for one in version.to_prove if one.name in values)


def _purpose_of(version: Version) -> UUID:
    purpose: UUID = PurposeVersion.objects.values_list("purpose_id", flat=True).get(id=version.id)
    return purpose


def _sharing(
    subject: UUID, id: UUID, version: Version, state: State, chosen: list[str], question: UUID | None
) -> Sharing:
    return Sharing.objects.create(
        id=id,
        municipality=current_municipality(),
        request_id=question,
        actor_id=subject,
        subject_id=subject,
        version_id=version.id,
        session=uuid4(),  # nobody's: no browser can go on with it
        state=state,
        language=version.language,
        level=LEVEL,
        chosen=chosen,
        begun=timezone.now(),
    )
