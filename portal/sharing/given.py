"""What a resident shares: the records behind "Wat deel ik?" and the page to stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils import timezone

from portal.accounts.required import Session
from portal.usage import timeline
from portal.usage.models import Basis, Use

from . import grants, purposes
from .grants import Standing, own_grant, standing
from .models import ActRecord, Channel, Grant
from .purposes import Version
from .purposes import read as read_version

JUST = timedelta(minutes=2)
"""How long a page says of a yes or a stop that it went well; later it tells what is, like any page."""


@dataclass(frozen=True, slots=True)
class Given:
    """One grant as its resident sees it."""

    id: UUID
    version: Version
    what: Sequence[str]
    destroyed: Sequence[str]
    """Of that, what goes when it stops; what was only ticked stays in the proof."""
    way: str
    level: str
    given: datetime
    until: datetime | None
    withdrawn: datetime | None
    used: datetime | None
    """When what may be read once was read: then it is over."""
    standing: Standing
    active: bool
    last_used: datetime | None
    channel: str
    """How the yes came: in Mijn, or told to an employee at the counter, by phone or on paper."""
    team: str
    """Who wrote it down, by team and never by name; empty when the resident pressed it."""
    request: UUID | None
    """The question that it answers."""
    replaced: bool
    """Whether it ended because the resident gave it anew."""

    @property
    def just_given(self) -> bool:
        """Whether the yes was this very moment: a page says that it went well then, and never later."""
        return self.active and timezone.now() < self.given + JUST

    @property
    def just_stopped(self) -> bool:
        """Likewise of the stop."""
        return self.withdrawn is not None and timezone.now() < self.withdrawn + JUST

    @property
    def erased_by(self) -> datetime:
        """By when the receiver must have erased it, if it stops now."""
        return timezone.now() + self.version.erase_within


def given_by(session: Session, language: str) -> list[Given]:
    """All grants of the resident, newest first. Two queries, and one when staff wrote some down."""
    return given_to(session.subject, language)


def given_to(subject: UUID, language: str) -> list[Given]:
    """As `given_by`, for who helps the resident."""
    found = list(grants.rows().filter(subject_id=subject).order_by("-given"))
    uses = Use.objects.filter(subject_id=subject, grant_id__isnull=False).order_by()
    last = dict(uses.values_list("grant_id").annotate(Max("at")))
    teams = _teams([grant.id for grant in found if grant.channel != Channel.MIJN])
    replaced = {grant.supersedes for grant in found}
    return [
        _given(grant, language, last.get(grant.id), teams.get(grant.id, ""), replaced=grant.id in replaced)
        for grant in found
    ]


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
    return _one(row, language)


def uses_of(session: Session, grant: UUID) -> QuerySet[Use]:
    """Every use of one own grant, newest first; there can be thousands."""
    return timeline.of(session.subject).filter(grant_id=grant)


def _one(grant: Grant, language: str) -> Given:
    last = Use.objects.filter(grant_id=grant.id).aggregate(last=Max("at"))["last"]
    teams = _teams([grant.id] if grant.channel != Channel.MIJN else [])
    replaced = (
        grant.withdrawn is not None
        and Grant.objects.filter(subject_id=grant.subject_id, supersedes=grant.id).exists()
    )
    return _given(grant, language, last, teams.get(grant.id, ""), replaced=replaced)


def _teams(written_down: Sequence[UUID]) -> dict[UUID, str]:
    """The team that wrote down each of these, by the act log."""
    if not written_down:
        return {}
    records = ActRecord.objects.filter(act="given", grant_id__in=written_down)
    return {one.grant_id: str(one.payload.get("team", "")) for one in records}


def _given(grant: Grant, language: str, last_used: datetime | None, team: str, *, replaced: bool) -> Given:
    version = read_version(grant.version, language)
    chosen = [one for one in version.attributes if one.name in grant.chosen]
    return Given(
        id=grant.id,
        version=version,
        what=[one.label for one in chosen],
        destroyed=[one.label for one in chosen if not one.choice],
        way=grant.way,
        level=grant.level,
        given=grant.given,
        until=grant.until,
        withdrawn=grant.withdrawn,
        used=grant.consumed,
        standing=standing(grant, timezone.now()),
        active=grants.holds(grant, timezone.now()),
        last_used=last_used,
        channel=grant.channel,
        team=team,
        request=grant.request_id,
        replaced=replaced,
    )
