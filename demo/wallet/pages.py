"""Renders the wallet's pages; Django's templates alone, for their escaping."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from .holders import Holder
from .program import State, WalletSession
from .shown import Card, Credentials, failure, groups

FOLDER = Path(__file__).parent


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(FOLDER / "templates")])


def _page(template: str, **values: Any) -> str:
    return _engine().get_template(template).render(Context(values))


def start(
    holders: Sequence[Holder], chosen: Holder | None, cards: Sequence[Card], *, complaint: str = ""
) -> str:
    """Which wallets there are, what is in the chosen one, and a field for the text of a QR."""
    return _page("start.html", holders=holders, chosen=chosen, cards=cards, complaint=complaint)


def choose(holders: Sequence[Holder], qr: str) -> str:
    """With which wallet to go on, for who scanned before choosing."""
    return _page("choose.html", holders=holders, qr=qr)


def session(holder: Holder, current: WalletSession, credentials: Credentials) -> str:
    """How a session stands.

    While something is still to come the page asks for itself again, and that answer is held back until
    there is news: the page changes without JavaScript, and stays still for who reads it.
    """
    return _page(
        "session.html",
        holder=holder,
        session=current,
        state=current.state.value,
        waiting=current.state in (State.STARTING, State.PAIRING, State.WORKING),
        groups=groups(current, credentials) if current.state is State.ASKING else [],
        failure=failure(current),
        returning=current.return_url if current.state is State.DONE else "",
    )


def message(title: str, text: str) -> str:
    """A page with one message, for addresses that lead nowhere."""
    return _page("message.html", title=title, text=text)
