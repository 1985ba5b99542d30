"""Answers out of the resident's app, for one application and nothing else: no consent, no grant, no receipt.

What is waited for lies in the application's own encrypted content, bound to the session that asked: a result
counts there only. Where a fact is about who somebody is, the BSN in the app must be the resident's.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.limits import too_many
from portal.accounts.sessions import Session
from portal.irma import following
from portal.irma.errors import RequestRefused, WalletUnreachable
from portal.irma.following import BSN_CLAIM, WRONG_PAIRINGS, Ended, Stand
from portal.irma.here import requestor
from portal.irma.requestor import WAIT
from portal.irma.session import Session as WalletSession
from portal.irma.waiting import OTHER_DEVICE, THIS_DEVICE
from portal.municipalities.connections import kinds_connected

from . import content, own
from .claims import answers_in, request_for
from .content import WALLET, KnownAnswer, with_answers

WAYS = (OTHER_DEVICE, THIS_DEVICE)
MOST = 20
"""Times in a quarter of an hour that one resident has an app asked."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What is waited for."""

    step: str
    fields: tuple[str, ...]
    way: str
    session: str = ""
    """Of the resident: in another one it is not there."""
    irma: str = field(default="", repr=False)
    """The session at the IRMA server; empty where none began."""
    reference: str = ""
    """The hash of the one-time reference in the address that the app returns to."""
    returned: bool = False
    wrong_pairings: int = 0
    outcome: str = ""
    """Why it ended without proof."""

    @classmethod
    def of(cls, held: Mapping[str, Any], session: Session) -> Self | None:
        """What an application waits for in this session."""
        kept = held.get(WALLET)
        if not kept or kept["session"] != str(session.id):
            return None
        return cls(**{**kept, "fields": tuple(kept["fields"])})

    @property
    def wallet_session(self) -> WalletSession | None:
        return WalletSession.from_json(self.irma) if self.irma else None


def is_there() -> bool:
    """Whether this municipality asks apps at all. One query, in a transaction of the caller."""
    return bool(kinds_connected("irma"))


def start(session: Session, application: UUID, wanted: Asking, return_to: str) -> None:
    """Begin to wait; an app that cannot be asked now has ended at once, and says so.

    Raises NotYours, NotADraft.
    """
    reference = following.new_reference() if wanted.way == THIS_DEVICE else ""
    return_url = f"{return_to}?{urlencode({'bewijs': reference})}" if reference else None
    asking = Asking(wanted.step, wanted.fields, wanted.way, str(session.id))
    try:
        if too_many("app-for-an-application", str(session.subject), most=MOST, seconds=900):
            raise WalletUnreachable("asked too often")
        begun = requestor().start(
            request_for(wanted.fields), pairing=return_url is None, return_url=return_url, wait=WAIT
        )
        hashed = following.hashed(reference) if reference else ""
        asking = replace(asking, irma=begun.to_json(), reference=hashed)
    except (WalletUnreachable, RequestRefused):
        asking = replace(asking, outcome="unreachable")
    with _changing(session, application) as held:
        before = Asking.of(held, session)
        held[WALLET] = asdict(asking)
    earlier = before.wallet_session if before and not before.outcome else None
    if earlier is not None:  # begun in another tab, or before going back: its code leads nowhere now
        following.cancel(earlier)


def current(session: Session, application: UUID) -> Asking | None:
    """What is waited for now. Raises NotYours, NotADraft."""
    with transaction.atomic():
        return Asking.of(content.read(own.draft(session, application)), session)


def look(session: Session, application: UUID, asking: Asking) -> Stand:
    """Ask the IRMA server where it stands; what was proven is an answer from then on.

    Raises NotYours, NotADraft.
    """
    irma = asking.wallet_session
    if asking.outcome or irma is None:
        return Stand.ENDED
    came_back = asking.way != THIS_DEVICE or asking.returned
    found = following.look(irma, came_back=came_back)
    if isinstance(found, Stand):
        return found
    if isinstance(found, Ended):
        return _ended(session, application, asking, found.why)
    if BSN_CLAIM in irma.request.names and not following.is_of(found, session.bsn):
        return _ended(session, application, asking, "other_person")
    _take(session, application, asking, answers_in(found, asking.fields))
    return Stand.PROVEN


def returned(session: Session, application: UUID, reference: str) -> None:
    """The app came back to the browser that began; only the right reference counts, and once."""
    with _waiting(session, application) as waits:
        if waits and waits[WALLET]["reference"] == following.hashed(reference):
            waits[WALLET] |= {"returned": True, "reference": ""}


def pair(session: Session, application: UUID, asking: Asking, typed: str) -> bool:
    """Whether the typed code is the one the app shows; after three wrong ones it ends.

    True also when it ended meanwhile: `look` says how.
    """
    irma = asking.wallet_session
    if irma is None or following.pair(irma, typed):
        return True
    with _waiting(session, application, asking) as waits:
        if waits:
            waits[WALLET]["wrong_pairings"] += 1
            if waits[WALLET]["wrong_pairings"] >= WRONG_PAIRINGS:
                waits[WALLET]["outcome"] = "wrong_pairing"
        over = bool(waits and waits[WALLET]["outcome"])
    if over:
        following.cancel(irma)
    return False


def let_go(session: Session, application: UUID, asking: Asking) -> None:
    """Wait for it no longer, and end it in the app too."""
    with _waiting(session, application, asking) as waits:
        if waits:
            del waits[WALLET]
    irma = asking.wallet_session
    if irma is not None and not asking.outcome:
        following.cancel(irma)


def _take(session: Session, application: UUID, asking: Asking, given: Mapping[str, str]) -> None:
    """It stands in place of what was typed there. Once: of what is waited for no longer nothing is taken."""
    with _waiting(session, application, asking) as waits:
        if waits is None:
            return
        answers = {name: KnownAnswer(value, WALLET) for name, value in given.items()}
        told = with_answers(waits, asking.step, answers)
        typed = {**(waits.get("typed") or {}).get(asking.step, {})}
        typed |= {f"{asking.step}-{name}": [""] for name in given if f"{asking.step}-{name}" in typed}
        waits |= {"answers": told["answers"]}
        if typed:
            waits["typed"] = {**waits["typed"], asking.step: typed}
        del waits[WALLET]


def _ended(session: Session, application: UUID, asking: Asking, outcome: str) -> Stand:
    with _waiting(session, application, asking) as waits:
        if waits:
            waits[WALLET]["outcome"] = waits[WALLET]["outcome"] or outcome
    return Stand.ENDED


@contextmanager
def _waiting(
    session: Session, application: UUID, asking: Asking | None = None
) -> Iterator[dict[str, Any] | None]:
    """What the application holds, to be changed, while it waits for that (or for anything); else None."""
    with _changing(session, application) as held:
        now = Asking.of(held, session)
        yield held if now and (asking is None or now.irma == asking.irma) else None


@contextmanager
def _changing(session: Session, application: UUID) -> Iterator[dict[str, Any]]:
    """What the application holds, to be changed, under its lock. Raises NotYours, NotADraft."""
    with transaction.atomic():
        row = own.draft(session, application, locked=True)
        before, held = content.read(row), content.read(row)
        yield held
        if held == before:
            return
        content.put(row, held)
        row.changed = timezone.now()
        row.save(update_fields=["content", "changed"])
