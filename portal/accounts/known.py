"""Who a BSN is here, without making anybody: for who asks what is known of a person."""

from uuid import UUID

from django.db.models import Q

from portal.municipalities.acting import current_municipality
from portal.municipalities.bsn import BSN
from portal.municipalities.crypto import lookup_hash
from portal.municipalities.keys import LOOKUP
from portal.municipalities.models import WrappedKey

from .models import ResidentLookup


def known_resident(bsn: BSN) -> UUID | None:
    """The resident of a BSN in the municipality in force, under whichever key it was hashed, or None."""
    keys = WrappedKey.objects.filter(municipality=current_municipality(), use=LOOKUP)
    either = Q(pk__in=[])
    for key in keys.values_list("id", flat=True):
        either |= Q(key_id=key, hashed=lookup_hash(bsn.reveal(), key)[1])
    return ResidentLookup.objects.filter(either).values_list("resident", flat=True).first()
