"""Who a BSN is within one municipality: a random id, found by a keyed hash; the BSN itself is never kept."""

import secrets
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from portal.municipalities import keys
from portal.municipalities.acting import current_municipality
from portal.municipalities.bsn import BSN
from portal.municipalities.crypto import lookup_hash

from .models import Resident, ResidentLookup


def known_resident(bsn: BSN) -> UUID | None:
    """The resident of a BSN in the municipality in force, or None; makes nobody."""
    return next((resident.id for resident in _known(bsn).values()), None)


def resident_of(bsn: BSN) -> Resident:
    """The resident of a BSN in the municipality in force, made the first time.

    Looked for under every key that ever hashed; who is found under an older one only is written down under
    the newest as well, so that old keys can go.
    """
    newest, digest = lookup_hash(bsn.reveal())
    known = _known(bsn)
    return known.get(newest) or _written_down(bsn, newest, digest, next(iter(known.values()), None))


def resident_of_whoever(bsn: BSN) -> Resident:
    """As `resident_of`, with the same work for who is known and who is not: the time tells nobody which.

    Call it in a transaction.
    """
    newest, digest = lookup_hash(bsn.reveal())
    known = _known(bsn)
    if newest not in known:
        return _written_down(bsn, newest, digest, next(iter(known.values()), None))
    before = transaction.savepoint()
    _write_down(newest, secrets.token_bytes(32), _made())
    transaction.savepoint_rollback(before)
    return known[newest]


def _written_down(bsn: BSN, key: UUID, digest: bytes, known: Resident | None) -> Resident:
    try:
        with transaction.atomic():
            resident = known or _made()
            _write_down(key, digest, resident)
            return resident
    except IntegrityError:  # the same person came twice at once
        return _known(bsn)[key]


def _known(bsn: BSN) -> dict[UUID, Resident]:
    """By the key they are found under. Two queries."""
    either = Q(pk__in=[])
    for key in keys.all_of(keys.LOOKUP):
        either |= Q(key_id=key, hashed=lookup_hash(bsn.reveal(), key)[1])
    rows = ResidentLookup.objects.select_related("resident").filter(either)
    return {row.key_id: row.resident for row in rows}


def _made() -> Resident:
    return Resident.objects.create(municipality=current_municipality())


def _write_down(key: UUID, digest: bytes, resident: Resident) -> None:
    ResidentLookup.objects.create(
        municipality=current_municipality(), key_id=key, hashed=digest, resident=resident
    )
