"""What notices ask of sharing: the address of who said yes to mail, and what must still be told.

Reading the address is a use like any other: under a yes that holds, and the resident sees it.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.municipalities.acting import current_municipality
from portal.municipalities.crypto import DoesNotDecrypt
from portal.notices.kinds import Kind
from portal.notices.telling import tell, tell_overview
from portal.periods import last_whole_day
from portal.usage.models import Use

from . import grants
from .grants import Standing
from .ledger.restores import uses_are_refused
from .models import Grant, Request
from .purposes import read as read_version
from .requests import OPEN
from .values import unseal

SLUG = "digitaal-bericht"
"""The purpose by which a resident says yes to mail (Awb 2:8); what is ticked in it names which `notices`."""
BEFORE_THE_END = timedelta(days=14)
SENDER = "Berichten van gemeente %(name)s"


def mail_address(subject: UUID, kind: Kind, notice: UUID) -> str | None:
    """Read the address for one notice; None when no yes under which may be read covers this kind."""
    with transaction.atomic():
        row = _yes_to_mail(subject)
        if row is None or not _covers(row, kind):
            return None
        try:
            address = unseal(row).get("email")
        except DoesNotDecrypt:
            return None
        if address:
            _used(row, notice)
        return address


def language(subject: UUID) -> str:
    """Of what the resident last said yes to, or Dutch."""
    last = Grant.objects.filter(subject_id=subject).order_by("-given").values_list("language", flat=True)
    return last.first() or "nl"


def still_wanted(subject: UUID, kind: Kind, cause: UUID | None) -> bool:
    """Whether the question still stands, the yes still holds, or anything is shared to look back on."""
    at = timezone.now()
    if kind is Kind.REQUEST and cause is not None:
        return Request.objects.filter(id=cause, state__in=OPEN, expires__gt=at).exists() or any(
            grants.standing(one, at) is Standing.OUTDATED for one in grants.rows().filter(id=cause)
        )
    if kind is Kind.REMINDER and cause is not None:
        row = grants.rows().filter(id=cause).first()
        return row is not None and grants.holds(row, at)
    if kind is Kind.OVERVIEW:
        living = grants.rows().filter(subject_id=subject, withdrawn=None)
        return any(grants.holds(one, at) for one in living)
    return True


def tell_given(grant: Grant) -> None:
    """The resident hears of a yes or a change at once, before it ends, and each January."""
    grants.tell_of(grant, Kind.CHANGED if grant.supersedes else Kind.GIVEN, grant.actor_id)
    tell_overview(grant.subject_id, grant.given)
    if grant.until is not None and grant.until - grant.given > 2 * BEFORE_THE_END:
        last_day = last_whole_day(grant.given, grant.until)
        tell(grant.subject_id, Kind.REMINDER, last_day, cause=grant.id, at=grant.until - BEFORE_THE_END)


def _yes_to_mail(subject: UUID) -> Grant | None:
    """Locked, so that each sending is before or after a stop; held against all that refuses a reading."""
    if uses_are_refused():
        return None
    found = Grant.objects.filter(subject_id=subject, version__purpose__slug=SLUG, withdrawn=None)
    newest = found.order_by("-given").values_list("id", flat=True).first()
    row = grants.locked_to_read(newest) if newest else None
    may = row is not None and grants.standing(row, timezone.now()) is Standing.HOLDS
    return row if may else None


def _covers(row: Grant, kind: Kind) -> bool:
    """By what was ticked; a text from before one could, names its kinds itself, or means all."""
    content = row.version.content
    groups = {one["name"]: one["notices"] for one in content["attributes"] if "notices" in one}
    if groups:
        return any(kind in kinds for name, kinds in groups.items() if name in row.chosen)
    kinds = content.get("notices")
    return kinds is None or kind in kinds


def _used(row: Grant, notice: UUID) -> None:
    """One use for a sending, however often the mail server had to be asked."""
    if Use.objects.filter(grant_id=row.id, call=notice.hex).exists():
        return
    version = read_version(row.version, "nl")
    Use.objects.create(
        municipality=current_municipality(),
        subject_id=row.subject_id,
        grant_id=row.id,
        who=SENDER % {"name": current_municipality().name},
        purpose=version.title,
        ground=version.law,
        activity=version.activity,
        what=["email"],
        labels=[version.attribute("email").label],
        call=notice.hex,
        at=timezone.now(),
    )
