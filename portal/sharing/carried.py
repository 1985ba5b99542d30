"""What was proven before a text was replaced: it need not be proven again for the new one, only agreed to."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.required import Session

from . import acts
from .grants import NotYours
from .models import Disclosure, Sharing
from .proofs import still_proven
from .purposes import Version


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
        first = acts.first_proof(disclosure)
        if first is None or asked.slug != asks.slug or not _is_enough(asks, kept):
            return False
        fits = still_proven(asked, asks, first.way, timezone.now() - first.at)
        if any(one.name not in fits for one in asks.attributes):
            return False
        way = disclosure.way
        disclosure.delete()
        acts.choose(session, begun.id, kept)
        anew = acts.ask(session, begun.id, way)
        return acts.prove(begun.id, anew.id, {name: values[name] for name in kept}, first)


def _is_enough(version: Version, kept: list[str]) -> bool:
    return bool(kept) and all(one.name in kept for one in version.attributes if one.required)
