"""What a resident shares: the records behind "Wat deel ik?" and the page to stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from portal.accounts.required import Session
from portal.usage.models import Basis, Use

from . import grants, purposes
from .grants import Standing, own_grant, standing
from .models import Grant
from .purposes import Version
from .purposes import read as read_version


@dataclass(frozen=True, slots=True)
class Given:
    """One grant as its resident sees it."""

    id: UUID
    version: Version
    what: Sequence[str]
    way: str
    level: str
    given: datetime
    until: datetime | None
    withdrawn: datetime | None
    standing: Standing
    active: bool
    last_used: datetime | None


def given_by(session: Session, language: str) -> list[Given]:
    """All grants of the resident, newest first. Two queries."""
    found = grants.rows().filter(subject_id=session.subject).order_by("-given")
    uses = Use.objects.filter(subject_id=session.subject, grant_id__isnull=False).order_by()
    last = dict(uses.values_list("grant_id").annotate(Max("at")))
    return [_given(grant, language, last.get(grant.id)) for grant in found]


@dataclass(frozen=True, slots=True)
class ByLaw:
    """What is used because a law says so, and when it last was for this resident."""

    version: Version
    last_used: datetime | None


def used_by_law(session: Session, language: str) -> list[ByLaw]:
    """Every purpose whose ground is a law. Two queries."""
    uses = Use.objects.filter(subject_id=session.subject, basis=Basis.LAW).order_by()
    last = dict(uses.values_list("activity").annotate(Max("at")))
    by_law = [one for one in purposes.offered(language) if not one.has_a_yes]
    return [ByLaw(one, _last_of(one, last)) for one in by_law]


def _last_of(version: Version, last: dict[str, datetime]) -> datetime | None:
    """Over all versions of the purpose."""
    whole = version.activity.rsplit("/", 2)[0] + "/"
    return max((at for activity, at in last.items() if activity.startswith(whole)), default=None)


def one_given(session: Session, grant: UUID, language: str) -> Given:
    """One own grant. Raises NotYours."""
    row = own_grant(session, grant)
    return _given(row, language, Use.objects.filter(grant_id=row.id).aggregate(last=Max("at"))["last"])


def uses_of(session: Session, grant: UUID) -> list[Use]:
    """Every use of one own grant, newest first."""
    return list(Use.objects.filter(subject_id=session.subject, grant_id=grant))


def _given(grant: Grant, language: str, last_used: datetime | None) -> Given:
    version = read_version(grant.version, language)
    return Given(
        id=grant.id,
        version=version,
        what=[one.label for one in version.attributes if one.name in grant.chosen],
        way=grant.way,
        level=grant.level,
        given=grant.given,
        until=grant.until,
        withdrawn=grant.withdrawn,
        standing=standing(grant, timezone.now()),
        active=grants.holds(grant, timezone.now()),
        last_used=last_used,
    )
