"""A disclosure by wallet: what to ask for a purpose, where it stands, and what its outcome means here.

A poll only records; it never says yes. The BSN of the wallet is compared in memory and never kept.
"""

from urllib.parse import urlencode

from django.db import transaction
from django.db.models import F

from portal.accounts.required import Session
from portal.irma import following
from portal.irma.following import BSN_CLAIM, WRONG_PAIRINGS, Ended, Stand
from portal.irma.here import requestor
from portal.irma.request import Attribute as Asked
from portal.irma.request import DisclosureRequest, Wanted
from portal.irma.requestor import WAIT
from portal.irma.session import Session as WalletSession

from . import acts
from .models import Disclosure
from .purposes import Version
from .values import Values, keep_unconfirmed, read_unconfirmed


def request_for(version: Version, chosen: list[str]) -> DisclosureRequest:
    """Exactly the chosen attributes; the BSN beside them only where the fact is about this very person."""
    groups: list[Wanted] = []
    for attribute in version.attributes:
        if attribute.name in chosen and not attribute.choice:
            asked = [Asked(attribute.claim, must_equal=attribute.must_equal)]
            if version.personal and not groups:
                asked.insert(0, Asked(BSN_CLAIM))
            groups.append(Wanted(tuple(asked)))
    return DisclosureRequest(tuple(groups), max_age=version.max_age)


def start(disclosure: Disclosure, version: Version, chosen: list[str], return_to: str | None) -> None:
    """Start the session at the IRMA server. `return_to` is the address the app on this device returns to.

    Raises WalletUnreachable, RequestRefused.
    """
    return_url = None
    if return_to is not None:
        reference = following.new_reference()
        disclosure.return_reference = following.hashed(reference)
        return_url = f"{return_to}?{urlencode({'bewijs': reference})}"
    session = requestor().start(
        request_for(version, chosen), pairing=return_url is None, return_url=return_url, wait=WAIT
    )
    with transaction.atomic():
        keep_unconfirmed(disclosure, "wallet_session", session.to_json().encode())
        disclosure.save(update_fields=["wallet_session", "return_reference"])


def wallet_session(disclosure: Disclosure) -> WalletSession | None:
    """The session at the IRMA server, while it is waited for."""
    with transaction.atomic():
        kept = read_unconfirmed(disclosure, "wallet_session")
    return WalletSession.from_json(kept.decode()) if kept else None


def look(resident: Session, disclosure: Disclosure, version: Version, chosen: list[str]) -> Stand:
    """Ask the IRMA server where it stands and record an outcome; asks nothing when it is known already."""
    if disclosure.values is not None:
        return Stand.PROVEN
    session = wallet_session(disclosure)
    if disclosure.outcome or session is None:
        return Stand.ENDED
    came_back = disclosure.way != "this_device" or disclosure.returned
    found = following.look(session, came_back=came_back)
    if isinstance(found, Stand):
        return found
    if isinstance(found, Ended):
        return _ended(disclosure, found.why)
    if version.personal and not following.is_of(found, resident.bsn):
        return _ended(disclosure, "other_person")
    values: Values = {one.name: found.values[one.claim] for one in version.to_prove if one.name in chosen}
    # As old as its oldest card: when it is given again later, a new proof with that card could fail.
    issued = acts.FirstProof(min(found.issued_at.values()), disclosure.way)
    acts.prove(disclosure.sharing_id, disclosure.id, values, issued)
    return Stand.PROVEN


def returned(disclosure: Disclosure, reference: str) -> None:
    """The app came back to the browser that began; only the right reference counts, and once."""
    with transaction.atomic():
        Disclosure.objects.filter(id=disclosure.id, return_reference=following.hashed(reference)).update(
            returned=True, return_reference=""
        )


def pair(disclosure: Disclosure, typed: str) -> bool:
    """Whether the typed code is the one the app shows; after three wrong ones the session ends.

    True also when it ended meanwhile: `look` says how.
    """
    session = wallet_session(disclosure)
    if session is None or following.pair(session, typed):
        return True
    with transaction.atomic():
        Disclosure.objects.filter(id=disclosure.id).update(wrong_pairings=F("wrong_pairings") + 1)
        tries = Disclosure.objects.filter(id=disclosure.id).values_list("wrong_pairings", flat=True).first()
    if tries is not None and tries >= WRONG_PAIRINGS:
        cancel(disclosure)
        _ended(disclosure, "wrong_pairing")
    return False


def cancel(disclosure: Disclosure | None) -> None:
    """End the session in the wallet too, as far as that can be reached."""
    session = wallet_session(disclosure) if disclosure else None
    if session is not None:
        following.cancel(session)


def _ended(disclosure: Disclosure, outcome: str) -> Stand:
    with transaction.atomic():
        acts.fail(disclosure.id, outcome)
    disclosure.outcome = outcome
    return Stand.ENDED
