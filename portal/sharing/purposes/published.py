"""Publishing, finding and recalling purposes of the municipality in force."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from portal.municipalities.acting import current_municipality
from portal.municipalities.models import Municipality
from portal.sharing.models import Duty, Purpose, PurposeDraft, PurposeVersion, Recall
from portal.sharing.states import Making

from .record import Version, content_hash, read

ON_ITS_WAY = timedelta(minutes=15)
"""As long as a yes to an earlier text may still come; after that all are there who must be asked anew."""


def publish(slug: str, content: Mapping[str, Any]) -> PurposeVersion:
    """Publish a version; the same content again gives the version that is there."""
    purpose, _made = Purpose.objects.get_or_create(
        slug=slug, defaults={"municipality": current_municipality()}
    )
    newest = PurposeVersion.objects.filter(purpose=purpose).order_by("-number").first()
    if newest and newest.content_hash == content_hash(content):
        return newest
    shown_anew()
    version = PurposeVersion.objects.create(
        purpose=purpose,
        number=newest.number + 1 if newest else 1,
        content=content,
        content_hash=content_hash(content),
        municipality=current_municipality(),
    )
    if version.content.get("substantial"):
        _ask_anew_later(version)
    return version


def offered(language: str) -> list[Version]:
    """The newest version of each purpose that stands, in the order of their titles."""
    newest = _standing().order_by("purpose", "-number").distinct("purpose")
    return sorted((read(row, language) for row in newest), key=lambda version: version.title)


def newest(slug: str, language: str) -> Version | None:
    """The newest published version of a purpose, or None; also when that one was recalled."""
    row = _standing().filter(purpose__slug=slug).order_by("-number").first()
    return read(row, language) if row else None


def recall(slug: str, by: str, why: str) -> Recall:
    """Take back all that is published of a purpose: from the commit on nothing is read under it.

    `by` is the officer's name, `why` what residents are told. Twice is once. Raises Purpose.DoesNotExist.
    """
    purpose = Purpose.objects.select_for_update().get(slug=slug)
    newest = PurposeVersion.objects.filter(purpose=purpose).latest("number").number
    shown_anew()
    row, _made = Recall.objects.get_or_create(
        purpose=purpose,
        until_version=newest,
        defaults={"municipality": current_municipality(), "at": timezone.now(), "by": by, "why": why},
    )
    return row


def shown_anew() -> None:
    """The public register is stored whole, as pages are: what it shows has changed."""
    mine = Municipality.objects.filter(id=current_municipality().id)
    mine.update(content_generation=F("content_generation") + 1)


def _ask_anew_later(version: PurposeVersion) -> None:
    """Who said yes to an earlier text must hear that there is something to choose again."""
    now = timezone.now()
    Duty.objects.bulk_create(
        Duty(
            municipality=current_municipality(),
            kind=Duty.ASK_ANEW,
            version=earlier,
            due=now + ON_ITS_WAY,
            since=now,
        )
        for earlier in PurposeVersion.objects.filter(purpose=version.purpose, number__lt=version.number)
    )


def _standing() -> QuerySet[PurposeVersion]:
    """Published versions that were neither recalled nor retired, nor was a later one."""
    recalled = Recall.objects.filter(purpose=OuterRef("purpose"), until_version__gte=OuterRef("number"))
    retired = PurposeDraft.objects.filter(
        state=Making.RETIRED, version__purpose=OuterRef("purpose"), version__number__gte=OuterRef("number")
    )
    return PurposeVersion.objects.select_related("purpose").filter(~Exists(recalled), ~Exists(retired))
