"""Whose theme somebody of the staff may choose, and which themes there are to choose from."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from cms.connections.places import administered_by
from cms.reach import User, homes_published_by
from portal.municipalities.brand import theme_now
from portal.municipalities.models import Municipality
from themes.compiled import BASE, themes_in_force


def styled_by(user: User) -> list[Municipality]:
    """The municipalities whose site this person publishes or administers, by name.

    A theme is on every page at once, so who may only write, and lets others publish, does not choose one.
    """
    own = {home.municipality.pk: home.municipality for home in homes_published_by(user)}
    own |= {one.pk: one for one in administered_by(user)}
    return sorted(own.values(), key=lambda one: one.name)


def choosable(municipality: Municipality) -> Mapping[str, str]:
    """Slug to name of the themes for this municipality: its own, the neutral one, the present one."""
    used = {theme_now(municipality), *municipality.second_brands.values()}
    return {
        slug: entry["name"] if slug != BASE else str(_("Neutraal, zonder eigen huisstijl"))
        for slug, entry in themes_in_force().items()
        if slug == BASE or slug in used or municipality.slug in (entry.get("municipalities") or [slug])
    }
