"""What was proven before a text was replaced: it need not be proven again for the new one, only agreed to."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from portal.accounts.required import Session

from . import acts
from .grants import NotYours
from .models import Disclosure, Sharing
from .purposes import Attribute, Version
from .ways import ways


def carry(session: Session, earlier: UUID, begun: Sharing) -> bool:
    """Bring what was chosen and proven to a sharing that just began; whether it could be kept.

    Only where the new text asks nothing else and takes the same way, else the resident chooses anew.
    """
    with transaction.atomic():
        try:
            row = acts.own(session, earlier, lock=True)
            values = acts.proven(row)
        except (NotYours, acts.TooLate, acts.NothingProven):
            return False
        disclosure = Disclosure.objects.get(sharing=row)
        asked, asks = acts.version_of(row), acts.version_of(begun)
        kept = [one.name for one in asks.attributes if one.name in values]
        if asked.slug != asks.slug or not _fits(asked, asks, disclosure.way) or not _is_enough(asks, kept):
            return False
        way = disclosure.way
        disclosure.delete()
        acts.choose(session, begun.id, kept)
        anew = acts.ask(session, begun.id, way)
        return acts.prove(begun.id, anew.id, {name: values[name] for name in kept})


def _fits(before: Version, now: Version, way: str) -> bool:
    known = {_proof(one) for one in before.attributes}
    if any(_proof(one) not in known for one in now.attributes):
        return False
    as_strong = before.max_age <= now.max_age and before.personal >= now.personal
    return as_strong and way in ways(now, again=way == "again")


def _is_enough(version: Version, kept: list[str]) -> bool:
    return bool(kept) and all(one.name in kept for one in version.attributes if one.required)


def _proof(attribute: Attribute) -> Attribute:
    """What is proven of it and how, without how it is worded."""
    return replace(attribute, label="", shown_as=None, required=False)
