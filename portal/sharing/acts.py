"""The verbs of sharing. Each locks its row, asks the table of states, and writes all or nothing.

Views, jobs and the consumers' API change nothing themselves. Lock order: sharing, resident, grants, then the
head of the act log; no call to anyone outside while anything is locked.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.mandates import Reach
from portal.accounts.required import Session
from portal.municipalities.acting import current_municipality
from portal.municipalities.crypto import DoesNotDecrypt

from . import grants, ledger, receipts, requests
from .grants import By, NotYours, Standing, owe
from .ledger.restores import uses_are_refused
from .messages import tell_given
from .models import Consumer, Disclosure, Duty, Grant, PurposeVersion, Request, Sharing
from .proofs import still_proven
from .purposes import TICKED, Version
from .purposes import read as read_version
from .states import ENDED, TRANSITIONS, Act, Answer, State, after
from .values import Values, keep_unconfirmed, read_unconfirmed, seal, unseal

ASKED_BY = {"typed": Act.TYPE, "register": Act.ASK_REGISTER, "again": Act.ASK_REGISTER}
UNCONFIRMED = timedelta(minutes=15)
"""How long a sharing may stay without a yes or no; then what was proven is gone."""


class TooLate(Exception):
    """The sharing waited longer than `UNCONFIRMED`."""


class NoLongerAsked(TooLate):
    """What this would answer is not asked any more: the question is over, or the purpose was taken back."""


class NotShown(Exception):
    """The values changed after they were on screen, in another tab; they must be shown first."""


class TextReplaced(NotShown):
    """A newer text changed so much that it asks anew; it must be read first."""


class NotAsked(Exception):
    """The ground of this purpose is a law: there is nothing to say yes or no to."""


class NoWordOfNow(Exception):
    """Who came in on the door's earlier word must be looked at anew first; see `portal.accounts.door`."""


class NotForAnother(Exception):
    """This purpose is decided on by the person themselves, or the mandate does not go that far."""


class NotAgain(Exception):
    """What is shared now does not hold all that was chosen, or is no proof for this text; give it anew."""


class NothingProven(Exception):
    """There are no proven values to say yes to."""


@dataclass(frozen=True, slots=True)
class FirstProof:
    """When and by which way values were proven before they were given again, or carried to a newer text."""

    at: datetime
    way: str


def begin(session: Session, version: Version, request: Request | None = None) -> Sharing:
    """A sharing in this live session, after the explanation was read; `request` is the question it answers.

    Without one it answers what is asked about this purpose: who asked must not wait for what it has.
    Raises NotAsked, NoWordOfNow, NotForAnother.
    """
    if not version.has_a_yes:
        raise NotAsked
    if session.on_earlier_word:
        raise NoWordOfNow
    if not may_say_yes(session, version):
        raise NotForAnother
    return Sharing.objects.create(
        request=request or requests.open_about(session.subject, version.slug),
        actor_id=session.actor,
        subject_id=session.subject,
        version_id=version.id,
        session=session.id,
        language=version.language,
        level=session.level.name.lower(),
        begun=timezone.now(),
    )


def may_say_yes(session: Session, version: Version) -> bool:
    """Whether who is at the keys decides on this: for another only where purpose and mandate allow it."""
    return not session.for_another or (version.for_another and session.reaches(Reach.SHARE))


def as_offered(session: Session, version: Version) -> Version:
    """With the ways that there are for this resident: a wallet proves who holds it, so not for another."""
    return replace(version, wallet=False) if session.for_another else version


def own(session: Session, sharing: UUID, *, lock: bool = False) -> Sharing:
    """The sharing, if it is this session's. Raises NotYours, TooLate."""
    rows = Sharing.objects.select_related("version", "version__purpose")
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(
        id=sharing, session=session.id, actor_id=session.actor, subject_id=session.subject
    ).first()
    if row is None:
        raise NotYours
    if row.state not in ENDED and timezone.now() >= ends_at(row):
        raise TooLate
    return row


def ends_at(sharing: Sharing) -> datetime:
    """The first moment at which a yes is too late."""
    return sharing.begun + UNCONFIRMED


def version_of(sharing: Sharing) -> Version:
    """The purpose version as it was shown."""
    return read_version(sharing.version, sharing.language)


def choose(session: Session, sharing: UUID, names: Sequence[str]) -> Sharing:
    """Choose optional attributes; required ones are always in it. What was proven before is forgotten."""
    with transaction.atomic():
        row = own(session, sharing, lock=True)
        row.state = after(State(row.state), Act.CHOOSE)
        version = version_of(row)
        row.chosen = [one.name for one in version.attributes if one.required or one.name in names]
        row.save(update_fields=["state", "chosen"])
        Disclosure.objects.filter(sharing=row).delete()
    return row


def ask(session: Session, sharing: UUID, way: str) -> Disclosure:
    """Begin to prove, by wallet or by typing; an attempt that was under way is forgotten.

    Raises NotYours, TooLate, NotNow, NotForAnother.
    """
    with transaction.atomic():
        row = own(session, sharing, lock=True)
        act = ASKED_BY.get(way, Act.ASK_WALLET)
        if act is Act.ASK_WALLET and session.for_another:
            raise NotForAnother
        row.state = after(State(row.state), act)
        row.save(update_fields=["state"])
        Disclosure.objects.filter(sharing=row).delete()
        return Disclosure.objects.create(sharing=row, way=way, begun=timezone.now())


def prove(sharing: UUID, disclosure: UUID, values: Values, first: FirstProof | None = None) -> bool:
    """Record proven values; False, and nothing changed, when that disclosure is no longer waited for.

    `first`: when these were proven already; None for what this very disclosure proves.
    """
    with transaction.atomic():
        row = Sharing.objects.select_for_update().filter(id=sharing).first()
        waited_for = Disclosure.objects.filter(
            id=disclosure, sharing_id=sharing, values=None, outcome=""
        ).first()
        if row is None or waited_for is None or Act.PROVE not in _possible(row):
            return False
        row.state = after(State(row.state), Act.PROVE)
        row.save(update_fields=["state"])
        keep_unconfirmed(waited_for, "values", json.dumps({**values, **ticked(row)}).encode())
        waited_for.proven = first.at if first else waited_for.begun
        waited_for.proven_by = first.way if first else waited_for.way
        waited_for.wallet_session = waited_for.code = None
        waited_for.save()
    return True


def ticked(sharing: Sharing) -> Values:
    """The choices that were made, which need no proof."""
    made = version_of(sharing).choices
    return {one.name: TICKED for one in made if one.name in sharing.chosen}


def give_again(session: Session, sharing: UUID) -> None:
    """Give what is shared for this purpose now once more, to extend it or to leave something out.

    It stays as old as its first proof. Raises NotYours, TooLate, NotNow, NotAgain.
    """
    with transaction.atomic():
        row = own(session, sharing, lock=True)
        earlier = shares_already(session, row.version.purpose.slug)
        known = known_again(earlier, row.version)
        first = first_proof(earlier) if earlier else None
        if earlier is None or known is None or not set(row.chosen) <= {*known, *ticked(row)}:
            raise NotAgain
        if uses_are_refused():  # a restored backup can hold what was erased since
            raise NotAgain
        try:
            values = {**unseal(earlier), **ticked(row)}
        except DoesNotDecrypt:
            raise NotAgain from None
        disclosure = ask(session, sharing, "again")
        prove(sharing, disclosure.id, {name: values[name] for name in row.chosen}, first)


def known_again(earlier: Grant | None, asks: PurposeVersion) -> Sequence[str] | None:
    """What of an earlier yes counts as proven for this text too, by name; None when nothing does."""
    first = first_proof(earlier) if earlier else None
    if earlier is None or first is None:
        return None
    before, now = read_version(earlier.version, "nl"), read_version(asks, "nl")
    counts = still_proven(before, now, first.way, timezone.now() - first.at)
    return [name for name in earlier.chosen if name in counts] or None


def first_proof(given: Grant | Disclosure) -> FirstProof | None:
    """When and how its values were first proven; None where that is not known."""
    return FirstProof(given.proven, given.proven_by) if given.proven else None


def fail(disclosure: UUID, outcome: str) -> None:
    """Record why a proof did not come; the resident may try again or another way."""
    Disclosure.objects.filter(id=disclosure, outcome="", values=None).update(
        outcome=outcome, wallet_session=None
    )


def proven(sharing: Sharing) -> Values:
    """The values that wait for a yes: all that was chosen, and nothing else. Raises NothingProven."""
    disclosure = Disclosure.objects.filter(sharing=sharing).first()
    kept = read_unconfirmed(disclosure, "values") if disclosure else None
    if kept is None:
        raise NothingProven
    known = json.loads(kept)
    if any(not known.get(name) for name in sharing.chosen):
        raise NothingProven
    return {name: str(known[name]) for name in sharing.chosen}


def agree(session: Session, sharing: UUID, shown: UUID) -> Grant:
    """The yes to what was `shown`: that disclosure's values. Grant, receipt and log entry in one transaction.

    A second yes gives the same grant.

    One purpose, one grant: what was shared for this purpose before ends here, and is erased.
    Raises NotYours, TooLate, NotNow, NothingProven, NotShown, TextReplaced.
    """
    with transaction.atomic():
        row = own(session, sharing, lock=True)
        if row.state == State.AGREED:
            return agreed(row)
        row.state = after(State(row.state), Act.AGREE)
        values = proven(row)
        if not values:
            raise NothingProven
        disclosure = Disclosure.objects.get(sharing=row)
        if disclosure.id != shown:
            raise NotShown
        row.save(update_fields=["state"])
        earlier = grants.active_of(session.subject, row.version.purpose_id, timezone.now())
        at = timezone.now()  # after the lock: nothing ends before it was given
        grant = grant_of(row, disclosure.way, at)
        grant.proven, grant.proven_by = disclosure.proven, disclosure.proven_by
        answer_question(row, grant)
        Disclosure.objects.filter(sharing=row).delete()
        take_effect(grant, values, earlier, By(session.actor))
    return grant


def take_effect(grant: Grant, values: Values, earlier: Sequence[Grant], by: By, **logged: str | bool) -> None:
    """The yes counts from here: values sealed, earlier ones ended, everyone told, receipt issued, act logged.

    However it was said; call it in the act's transaction, with the `earlier` grants of the purpose locked.
    Raises NoLongerAsked when the purpose was taken back meanwhile, TextReplaced when a newer text asks anew.
    """
    if earlier:  # a change of what a consumer asked for still answers its question
        grant.supersedes = earlier[-1].id
        grant.request_id = grant.request_id or earlier[-1].request_id
    key = seal(grant, values)
    grant.save()
    key.save()
    standing = grants.standing(grants.rows().get(id=grant.id), grant.given)
    if standing is Standing.OUTDATED:
        raise TextReplaced
    if standing not in (Standing.HOLDS, Standing.BLOCKED):
        raise NoLongerAsked
    owe(Duty.TELL_CONSUMER, grant, "gegeven")
    tell_given(grant)
    ended = [grants.end_unlogged(one, by, grant.given, because="replaced") for one in earlier]
    proof = {"receipt": receipts.issue(grant, "given", grant.given)}
    for one, said in zip(earlier, ended, strict=True):
        ledger.append("withdrawn", one, said, grant.given)
    ledger.append("given", grant, _as_agreed(grant) | logged | proof, grant.given)


def agreed(sharing: Sharing) -> Grant:
    """The grant that a yes gave."""
    grant: Grant = Grant.objects.select_related("version").get(sharing=sharing)
    return grant


def refuse(session: Session, sharing: UUID) -> Sharing:
    """The no; nothing is kept of what was proven. A second no changes nothing."""
    with transaction.atomic():
        row = own(session, sharing, lock=True)
        if row.state != State.REFUSED:
            row.state = after(State(row.state), Act.REFUSE)
            row.save(update_fields=["state"])
            Disclosure.objects.filter(sharing=row).delete()
            requests.answer(row.request_id, Answer.REJECT)
    return row


def shares_already(session: Session, slug: str) -> Grant | None:
    """The grant that holds now for a purpose, if the resident has one."""
    found = grants.rows().filter(subject_id=session.subject, version__purpose__slug=slug, withdrawn=None)
    return next((one for one in found.order_by("-given") if grants.holds(one, timezone.now())), None)


def _as_agreed(grant: Grant) -> dict[str, Any]:
    """What the log binds of a yes besides who and which version: what, how, in which words, until when."""
    return {
        "chosen": sorted(grant.chosen),
        "level": grant.level,
        "language": grant.language,
        "way": grant.way,
        "until": grant.until.isoformat() if grant.until else None,
        "supersedes": str(grant.supersedes) if grant.supersedes else None,
        "request": str(grant.request_id) if grant.request_id else None,
    }


def answer_question(row: Sharing, grant: Grant) -> None:
    """The yes answers the question it was begun with, and lasts no longer than was asked.

    Raises NoLongerAsked.
    """
    if row.request_id is None:
        return
    asked = requests.answer(row.request_id, Answer.APPROVE)
    if asked is None:
        raise NoLongerAsked
    grant.until = requests.asked_end(asked, version_of(row), grant.given) or grant.until


def _possible(row: Sharing) -> set[Act]:
    if timezone.now() >= ends_at(row):
        return set()
    return set(TRANSITIONS[State(row.state)])


def grant_of(row: Sharing, way: str, at: datetime) -> Grant:
    """The grant that a yes to this sharing makes; not saved, and without values."""
    version = version_of(row)
    return Grant(
        municipality=current_municipality(),  # its values are sealed with it, before it is saved
        sharing=row,
        subject_id=row.subject_id,
        actor_id=row.actor_id,
        version=PurposeVersion.objects.get(id=row.version_id),
        consumer=Consumer.objects.get(slug=version.consumer),
        request_id=row.request_id,
        one_time=version.one_time,
        chosen=row.chosen,
        way=way,
        proven=at,
        proven_by=way,
        language=row.language,
        level=row.level,
        given=at,
        until=version.lasts.after(at) if version.lasts else None,
    )
