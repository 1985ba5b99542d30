"""The demo's purposes go the way of every purpose: written by one, approved by another, then published.

What all municipalities offer is made once in the library and taken over by each. What is there already stays
as its editors left it, so to repeat this changes nothing.
"""

import sys
from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from cms.purposes.library import LIBRARY_SHOP, issues, take_over
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing import purposes
from portal.sharing.models import PurposeDraft, PurposeVersion
from portal.sharing.purposes import making
from portal.sharing.purposes.making import Person, Refused, Role, Workshop
from portal.sharing.purposes.own import OWN, for_residents

from .municipalities import PLACES
from .purposes import EVERYWHERE, PURPOSES, Purpose

EDITORS = {"zandmeer": "joke", "veldrecht": "wim", "oeverstad": "fatima"}
OFFICERS = {"zandmeer": "ingrid", "veldrecht": "ingrid", "oeverstad": "roel"}
OF_THE_LIBRARY = ("bram", "noor")

FREE: Mapping[str, str] = {
    "maatje-18": "U meldt zich zelf aan. Het gaat niet om een uitkering of vergunning.",
    "buurtbudget-16": "Meedoen hoeft niet. Papier telt even zwaar.",
    "kwijtschelding-automatisch": "Het is alleen gemak. Zelf aanvragen blijft, zonder nadeel.",
    "thuiszorg-plan": "U kiest zelf de aanbieder. Het recht op hulp staat al vast.",
    "bellen-eenmalig": "Bellen kan altijd.",
    "hoogwater-sms": "Het is een extra service.",
}
"""Why a resident is free to say no, as the editor tells the officer."""
AS_WRITTEN: Mapping[str, str] = {}


def make_purposes(readers: Mapping[str, str] = AS_WRITTEN) -> None:
    """Make what is not there yet; `readers` names another consumer than is written, by purpose."""
    writer, officer = _pair(*OF_THE_LIBRARY)
    for slug, written in EVERYWHERE.items():
        if slug not in issues():
            with transaction.atomic():
                draft = making.begin(LIBRARY_SHOP, slug, _read_by(readers, slug, written), writer)
                _through(LIBRARY_SHOP, draft, writer, officer)
    for place in PLACES:
        writer, officer = _pair(EDITORS[place.slug], OFFICERS[place.slug])
        municipality = Municipality.objects.get(slug=place.slug)
        for slug, written in PURPOSES[place.slug].items():
            with acting_for(municipality), transaction.atomic():
                if not PurposeVersion.objects.filter(purpose__slug=slug).exists():
                    _make(slug, written, readers, writer, officer)


def with_slots(slug: str, written: Purpose) -> dict[str, Any]:
    """A written purpose for any municipality, with what only editors and officers read."""
    content = written("[[gemeente]]", "[[telefoon]]")
    content.setdefault("no_dpia", "Weinig gegevens, van weinig mensen, en niets gevoeligs.")
    if content.get("explicit"):
        content.setdefault("dpia", "DPIA-2026-07")
    if content["ground"] == "consent":
        content.setdefault("initiative", "resident")
        content.setdefault("goes_on", True)
        content.setdefault("free_because", FREE.get(slug, "De inwoner begint zelf. Nee heeft geen nadeel."))
        for texts in content["texts"].values():
            texts.setdefault("other_way", texts["on_no"])
    return content


def _read_by(readers: Mapping[str, str], slug: str, written: Purpose) -> dict[str, Any]:
    content = with_slots(slug, written)
    return {**content, "consumer": readers.get(slug, content["consumer"])}


def _make(slug: str, written: Purpose, readers: Mapping[str, str], writer: Person, officer: Person) -> None:
    """Taken over where it is as the library has it, made here otherwise."""
    if EVERYWHERE.get(slug) is written and slug in issues():
        draft: Any = take_over(slug, writer)
    else:
        draft = making.begin(OWN, slug, _read_by(readers, slug, written), writer)
    try:
        _through(OWN, draft, writer, officer)
    except Refused as refused:
        # A demo with a purpose less would stand still for all who work on it; a test tells the same.
        print(f"The checker refuses the demo's purpose {slug}: {refused.why}", file=sys.stderr)
        content = for_residents(making.content_of(OWN, draft))
        PurposeDraft.objects.filter(id=draft.id).update(state="dropped")
        purposes.publish(slug, content)


def _through(shop: Workshop, draft: Any, writer: Person, officer: Person) -> None:
    making.offer(shop, draft.id, writer)
    making.approve(shop, draft.id, draft.revision, officer, free=True)
    making.publish(shop, draft.id, officer)


def _pair(editor: str, officer: str) -> tuple[Person, Person]:
    return _person(editor, Role.EDITOR), _person(officer, Role.OFFICER)


def _person(username: str, role: Role) -> Person:
    user = get_user_model().objects.get(username=username)
    return Person(user.pk, user.get_full_name() or username, frozenset({role}))
