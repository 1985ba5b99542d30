"""Reading by law, without a yes: only for a running case that the resident has a part in, and never unseen.

Everything fails closed. The rule, in order: the consumer is not blocked and may do this for that purpose; the
purpose is published and its ground is a law; the day's limit is not passed (else the consumer is blocked); a
register of cases names a running case, of a kind that the purpose names, with that person in it; then the BRP
is asked for what the purpose names and nothing else; then all that may have changed meanwhile is looked at
again, and the use is written where the resident sees it at once.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from portal.accounts.limits import too_many
from portal.accounts.residents import known_resident, resident_of_whoever
from portal.municipalities.acting import current_municipality
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection, connections_of
from portal.registers.answers import Found
from portal.registers.brp.section import ask as ask_brp
from portal.registers.brp.shareable import SHAREABLE
from portal.registers.gather import Question, ask_each
from portal.registers.zaken.client import runs_with
from portal.usage.models import Basis, Use

from . import purposes
from .grants import ANSWER_AGAIN
from .ledger.restores import uses_are_refused
from .models import Consumer, OfficerAct
from .purposes import Ground, Version
from .use import Caller, NotAfterRestore, Reading
from .values import Values

A_MINUTE = 30
"""Tries of one consumer, those that are refused too: a case is named, not searched for."""


class Refused(Exception):
    """The law does not allow this reading here and now; which condition fails is not told."""


class TooOften(Exception):
    """More tries in a minute than anyone needs who knows the case."""


class Blocked(Exception):
    """The consumer reads nothing now; an officer must look."""


class NoAnswer(Exception):
    """A register that must say yes does not answer; try again later."""


class OtherCall(Exception):
    """The Idempotency-Key was used for another call."""


def read(consumer: Consumer, slug: str, bsn: BSN, zaak: str, caller: Caller) -> Reading:
    """Read by law. Call it outside a transaction, for it asks registers.

    Raises TooOften, Refused, Blocked, NoAnswer, OtherCall, NotAfterRestore.
    """
    if too_many("by-law", str(consumer.id), most=A_MINUTE):
        raise TooOften
    with transaction.atomic():
        version = _may(consumer, slug, bsn, zaak, caller, timezone.now())
        known = connections_of("brp", "zaken")
    if version is None:
        raise Blocked
    values = _asked(version, bsn, zaak, known)
    with transaction.atomic():
        at = timezone.now()
        again = _may(consumer, slug, bsn, zaak, caller, at)
        if again is not None:
            if again.id != version.id:
                raise Refused
            use = _used(consumer, caller, resident_of_whoever(bsn).id, zaak, version, sorted(values), at)
    if again is None:  # after the commit: that it is blocked stays
        raise Blocked
    labels = {name: version.attribute(name).label for name in values}
    return Reading(use.id, None, version, values, labels, None)


def _may(consumer: Consumer, slug: str, bsn: BSN, zaak: str, caller: Caller, at: datetime) -> Version | None:
    """The purpose version it may read under; None for who is blocked, or is blocked by this very call.

    A key that was another call's is refused here, before any register is asked: what those say of this person
    and case would show in the answer, without a use that the resident sees.
    Raises Refused, OtherCall, NotAfterRestore.
    """
    if uses_are_refused():
        raise NotAfterRestore
    row = Consumer.objects.select_for_update(no_key=True).get(id=consumer.id)
    if row.blocked:
        return None
    version = purposes.newest(slug, "nl")
    if version is None or version.ground is not Ground.LAW:
        raise Refused
    if version.consumer != row.slug or slug not in row.purposes:
        raise Refused
    if not version.attributes or not version.case_types:
        raise Refused  # nothing to read, or no case that allows it
    made = _same_call(row, caller, known_resident(bsn), zaak, version)
    if made is not None and at < made.at + ANSWER_AGAIN:
        return version  # a call that is made again costs nothing
    if _read_today(row, at) < row.daily_limit:
        return version
    row.blocked, row.blocked_why = (
        at,
        f"Meer dan {row.daily_limit} keer per dag gelezen op grond van een wet.",
    )
    row.save(update_fields=["blocked", "blocked_why"])
    return None


def _read_today(consumer: Consumer, at: datetime) -> int:
    """How often it read today; what an officer looked at, and let it go on after, no longer counts."""
    day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    let_go_on = OfficerAct.objects.filter(consumer=consumer, kind=OfficerAct.Kind.UNBLOCK, at__gte=day)
    since = let_go_on.aggregate(last=Max("at"))["last"] or day
    return Use.objects.filter(consumer_id=consumer.id, basis=Basis.LAW, at__gte=since).count()


def _asked(version: Version, bsn: BSN, zaak: str, known: list[Connection]) -> Values:
    """What the BRP says, if a running case allows it; not asked before. Raises Refused, NoAnswer."""
    systems = [one for one in known if one.kind == "zaken"]
    brp = next((one for one in known if one.kind == "brp"), None)
    if not systems or brp is None:
        raise NoAnswer
    runs = ask_each(
        [Question(one, lambda caller: runs_with(caller, bsn, zaak, version.case_types)) for one in systems]
    )
    if not any(isinstance(answer, Found) and answer.value for answer in runs):
        raise Refused if all(isinstance(answer, Found) for answer in runs) else NoAnswer
    (person,) = ask_each([ask_brp(brp, bsn)])
    if not isinstance(person, Found):
        raise NoAnswer
    values = {}
    for attribute in version.attributes:
        register, _dot, name = (attribute.register or "").partition(".")
        is_known = register == "brp" and name in SHAREABLE and person.value is not None
        value = SHAREABLE[name](person.value) if is_known else ""
        if attribute.required and not value:
            raise Refused
        if value:
            values[attribute.name] = value
    if not values:
        raise Refused
    return values


def _used(
    consumer: Consumer,
    caller: Caller,
    subject: UUID,
    zaak: str,
    version: Version,
    what: list[str],
    at: datetime,
) -> Use:
    """The use that this call makes, or made before. Raises OtherCall."""
    use = _same_call(consumer, caller, subject, zaak, version)
    if use is not None and at < use.at + ANSWER_AGAIN:
        return use
    if use is not None:
        caller = Caller(trace=caller.trace, span=caller.span)  # a new use, seen as one
    return Use.objects.create(
        municipality=current_municipality(),
        subject_id=subject,
        consumer_id=consumer.id,
        who=consumer.name,
        purpose=version.title,
        ground=version.law,
        basis=Basis.LAW,
        activity=version.activity,
        zaak=zaak,
        what=what,
        labels=[version.attribute(name).label for name in what],
        trace=caller.trace,
        span=caller.span,
        call=caller.call,
        at=at,
    )


def _same_call(
    consumer: Consumer, caller: Caller, subject: UUID | None, zaak: str, version: Version
) -> Use | None:
    """The use that this very call made before. Raises OtherCall."""
    if not caller.call:
        return None
    found = Use.objects.filter(consumer_id=consumer.id, call=caller.call).first()
    if found and (found.subject_id, found.zaak, found.activity) != (subject, zaak, version.activity):
        raise OtherCall
    return found
