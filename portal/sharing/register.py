"""The public register of processing activities: every purpose, every version, at an address that stays.

The address of a version is what Logboek Dataverwerkingen calls the processing activity. Nothing is about
anybody, so pages are stored whole, and made anew when a purpose is published, retired or recalled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.municipalities.acting import current_municipality
from portal.usage.activities import TASKS

from .models import PurposeDraft, PurposeVersion, Recall
from .purposes import Ground, Version, read
from .register_tasks import as_json as task_as_json
from .register_tasks import same_for_everyone
from .states import Making
from .steps import language

STANDING_NL = {
    "recalled": "ingetrokken",
    "replaced": "opgevolgd",
    "retired": "niet meer aangeboden",
    "current": "geldt",
}


@dataclass(frozen=True, slots=True)
class Activity:
    """One version of a purpose as the register shows it."""

    version: Version
    published: datetime
    standing: str
    """"current", "replaced" by a later version, "retired" or "recalled"."""
    newest: int
    recalled: datetime | None
    why_recalled: str

    @property
    def url(self) -> str:
        return reverse("register:version", args=[self.version.slug, self.version.number])


def activities(shown_in: str) -> list[Activity]:
    """All versions of all purposes, by title, the newest version first. Three queries."""
    rows = PurposeVersion.objects.select_related("purpose").order_by("purpose__slug", "-number")
    return _activities(list(rows), shown_in)


def activities_of(slug: str, shown_in: str) -> list[Activity]:
    """All versions of one purpose, the newest first. Three queries."""
    rows = PurposeVersion.objects.select_related("purpose").filter(purpose__slug=slug)
    return _activities(list(rows.order_by("-number")), shown_in)


def as_json(activity: Activity) -> dict[str, Any]:
    """The same record for machines, in the words of the Dutch standards."""
    version = activity.version
    return {
        "verwerkingsactiviteit": version.activity,
        "doel": version.slug,
        "versie": version.number,
        "stand": STANDING_NL[activity.standing],
        "gepubliceerd": activity.published.isoformat(),
        "ingetrokken": activity.recalled.isoformat() if activity.recalled else None,
        "redenIngetrokken": activity.why_recalled or None,
        "naam": version.title,
        "grondslag": version.ground.value,
        "wet": version.law,
        "verwerkingsverantwoordelijke": f"Gemeente {current_municipality().name}",
        "wie": version.who,
        "gegevens": [
            {"naam": one.name, "omschrijving": one.label, "verplicht": one.required}
            for one in version.attributes
        ],
        "wat": version.asked,
        "waarvoor": version.what_for,
        "bewaartermijn": version.kept,
        "ontvangers": list(version.receivers),
        "contact": version.contact,
        "teksthash": version.content_hash,
    }


@require_safe
def all_activities(request: HttpRequest) -> HttpResponse:
    """The register: the newest version of each purpose, by ground."""
    newest = [one for one in activities(language()) if one.version.number == one.newest]
    grounds = [(ground, [one for one in newest if one.version.ground is ground]) for ground in Ground]
    context = {
        "groups": [(heading, ones) for ground, ones in grounds if ones for heading in [_heading(ground)]],
        "tasks": TASKS,
    }
    return same_for_everyone(render(request, "register/all.html", context))


@require_safe
def all_activities_json(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Every version of every purpose, and the municipality's own tasks, for machines."""
    made = [as_json(one) for one in activities("nl")]
    tasks = [task_as_json(one) for one in TASKS]
    return _json({"gemeente": current_municipality().name, "register": made, "taken": tasks})


@require_safe
def newest(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001
    """A purpose without a number: its newest version, whatever became of it."""
    versions = activities_of(slug, language())
    if not versions:
        raise Http404
    return redirect(versions[0].url)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version, at the address that stays."""
    versions = activities_of(slug, language())
    context = {"activity": _numbered(versions, number), "versions": versions}
    return same_for_everyone(render(request, "register/version.html", context))


@require_safe
def version_json(request: HttpRequest, slug: str, number: int) -> HttpResponse:  # noqa: ARG001
    """One version, for machines."""
    return _json(as_json(_numbered(activities_of(slug, "nl"), number)))


def _activities(rows: Sequence[PurposeVersion], shown_in: str) -> list[Activity]:
    recalls: dict[Any, list[Recall]] = {}
    for recall in Recall.objects.order_by("until_version"):
        recalls.setdefault(recall.purpose_id, []).append(recall)
    retired = set(PurposeDraft.objects.filter(state=Making.RETIRED).values_list("version", flat=True))
    newest: dict[Any, int] = {}
    for row in rows:
        newest.setdefault(row.purpose_id, row.number)
    found = [
        _activity(row, shown_in, newest[row.purpose_id], recalls.get(row.purpose_id, []), row.id in retired)
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.version.title, one.version.slug, -one.version.number))


def _activity(
    row: PurposeVersion, shown_in: str, newest: int, recalls: Sequence[Recall], retired: bool
) -> Activity:
    recall = next((one for one in recalls if one.until_version >= row.number), None)
    standing: Mapping[str, bool] = {
        "recalled": recall is not None,
        "replaced": row.number < newest,
        "retired": retired,
    }
    return Activity(
        read(row, shown_in),
        row.published,
        next((name for name, true in standing.items() if true), "current"),
        newest,
        recall.at if recall else None,
        recall.why if recall else "",
    )


def _numbered(versions: Sequence[Activity], number: int) -> Activity:
    """Raises Http404 when there is no such version."""
    found = next((one for one in versions if one.version.number == number), None)
    if found is None:
        raise Http404
    return found


def _heading(ground: Ground) -> str:
    return {
        Ground.CONSENT: _("Alleen als u ja zegt"),
        Ground.LAW_ASKS_YES: _("Van de wet, en alleen als u ja zegt"),
        Ground.LAW: _("Omdat het moet of mag van de wet"),
    }[ground]


def _json(made: Mapping[str, Any]) -> HttpResponse:
    return same_for_everyone(JsonResponse(made, json_dumps_params={"ensure_ascii": False, "indent": 1}))
