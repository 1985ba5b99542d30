"""Choosing a theme, now or for later, and going back; each step is written down.

Only these columns are written, under a lock; saving a municipality makes its stored pages old at once
(`cms.generations`).
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.municipalities.brand import theme_now
from portal.municipalities.models import Municipality, ThemeAct

Kind = ThemeAct.Kind


@transaction.atomic
def choose(municipality: Municipality, slug: str, by: Any, starts: datetime | None = None) -> None:
    """This theme from now, or from a moment; what was planned before is planned no longer."""
    row, now = _locked(municipality), timezone.now()
    before = theme_now(row, now)
    row.theme = before
    if starts is None:
        row.theme, row.theme_next, row.theme_from = slug, "", None
    else:
        row.theme_next, row.theme_from = slug, starts
    kind = Kind.PLANNED if starts else Kind.CHOSEN
    _written(row, ThemeAct(kind=kind, theme=slug, before=before, starts=starts or now), by)


@transaction.atomic
def cancel(municipality: Municipality, by: Any) -> None:
    """What was planned comes never; nothing where it has come already."""
    row, now = _locked(municipality), timezone.now()
    if not row.theme_next or theme_now(row, now) == row.theme_next:
        return
    act = ThemeAct(kind=Kind.CANCELLED, theme=row.theme_next, before=row.theme, starts=row.theme_from or now)
    row.theme_next, row.theme_from = "", None
    _written(row, act, by)


@transaction.atomic
def brand_part(municipality: Municipality, path: str, slug: str, by: Any) -> None:
    """A part of the site gets a theme of its own; with no slug it goes along with the site again."""
    row = _locked(municipality)
    before = row.second_brands.get(path, "")
    row.second_brands = {one: theme for one, theme in row.second_brands.items() if one != path}
    if slug:
        row.second_brands[path] = slug
    act = ThemeAct(kind=Kind.PART, theme=slug, before=before, part=path, starts=timezone.now())
    _written(row, act, by)


def previous(municipality: Municipality) -> str:
    """The theme before the present one, by what was written down; empty where none was."""
    current, now = theme_now(municipality), timezone.now()
    other = ThemeAct.objects.exclude(kind=Kind.PART)
    dropped = other.filter(at__gt=OuterRef("at"), at__lt=OuterRef("starts"))  # before it was to come
    came = Q(kind=Kind.CHOSEN) | (Q(kind=Kind.PLANNED) & ~Exists(dropped))
    found = ThemeAct.objects.filter(came, theme=current, starts__lte=now).exclude(before=current)
    return found.order_by("-at").values_list("before", flat=True).first() or ""


def _locked(municipality: Municipality) -> Municipality:
    return Municipality.objects.select_for_update().get(pk=municipality.pk)


def _written(row: Municipality, act: ThemeAct, by: Any) -> None:
    row.save(update_fields=["theme", "theme_next", "theme_from", "second_brands"])
    act.by, act.by_name, act.at = by.pk, by.get_full_name() or by.get_username(), timezone.now()
    act.municipality = row
    with acting_for(row):
        act.save()
