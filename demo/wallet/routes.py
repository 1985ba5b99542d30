"""What the wallet answers to each address: pages for a person, and the same as JSON for tests."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from . import pages
from .drawer import Drawer
from .holders import Holder
from .pointer import NoPointer, read_pointer
from .program import State, Wallet, WalletSession
from .shown import cards

MOMENT = 3.0  # seconds a page waits for the wallet before it shows how things stand
NEWS = 20.0  # seconds a page that is on screen waits for another state
COOKIE = "demo-wallet"  # which wallet this browser chose
NOT_A_QR = "Dit is geen QR-code van de demo. Plak de hele tekst."


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that may be answered."""

    drawer: Drawer
    fields: Mapping[str, str] = field(repr=False)
    """Of the query or the form."""
    json: Mapping[str, Any] = field(repr=False)
    chosen: Holder | None
    """Whose wallet this browser chose last."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the browser."""

    body: str = field(default="", repr=False)
    status: HTTPStatus = HTTPStatus.OK
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """The request gets no answer from any wallet; the text is for the person who asked."""

    def __init__(self, status: HTTPStatus, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


Route = Callable[..., Answer]


def start(asked: Asked) -> Answer:
    """The wallets, and what is in the chosen one."""
    return Answer(_start(asked))


def scan(asked: Asked) -> Answer:
    """Open what a QR says: in the wallet named, else in the one this browser chose, else ask which."""
    text = asked.fields.get("qr", "")
    try:
        pointer = read_pointer(text)
    except NoPointer:
        return Answer(_start(asked, NOT_A_QR), HTTPStatus.BAD_REQUEST)
    named = asked.fields.get("wallet")
    holder = _holder(asked, named) if named else asked.chosen
    if holder is None:
        return Answer(pages.choose(list(asked.drawer.holders.values()), text))
    session = asked.drawer.wallet(holder.key).scan(pointer)
    return _go(f"/session/{session.id}", holder)


def choose(asked: Asked) -> Answer:
    """Remember a wallet, and go on with what was scanned before the choice."""
    holder = _holder(asked, asked.fields.get("wallet", ""))
    return scan(asked) if asked.fields.get("qr") else _go("/", holder)


def show(asked: Asked, identifier: str) -> Answer:
    """How a session stands: when there is news after what was shown, or after a moment."""
    holder, wallet, session = _found(asked, identifier)
    if after := asked.fields.get("after"):
        wallet.wait(session, lambda state: state.value != after, NEWS)
    else:
        wallet.wait(session, lambda state: state.restful, MOMENT)
    inside = wallet.credentials() if session.state is State.ASKING else []
    return Answer(pages.session(holder, session, inside))


def answer(asked: Asked, identifier: str) -> Answer:
    """Yes or no of the person at this page."""
    holder, wallet, session = _found(asked, identifier)
    choice = [asked.fields.get(f"group-{number}", "0") for number in range(len(session.options))]
    agree = asked.fields.get("answer") == "yes"
    wallet.answer(
        session, agree=agree, choice=[int(number) if number.isdecimal() else 0 for number in choice]
    )
    return _go(f"/session/{session.id}", holder)


def close(asked: Asked, identifier: str) -> Answer:
    """Close the wallet in the midst of it."""
    holder, wallet, session = _found(asked, identifier)
    wallet.close(session)
    wallet.wait(session, lambda state: state.final, MOMENT)
    return _go(f"/session/{session.id}", holder)


def style(_asked: Asked) -> Answer:
    """The one style sheet."""
    return Answer((pages.FOLDER / "static" / "wallet.css").read_text(), kind="text/css; charset=utf-8")


def healthy(_asked: Asked) -> Answer:
    """Ready."""
    return Answer("ok\n", kind="text/plain")


def api_scan(asked: Asked, key: str) -> Answer:
    """`{"ptr": …}` begins a session in a wallet."""
    wallet = asked.drawer.wallet(_holder(asked, key).key)
    try:
        session = wallet.scan(read_pointer(json.dumps(asked.json.get("ptr"))))
    except NoPointer:
        raise Refused(HTTPStatus.BAD_REQUEST, NOT_A_QR) from None
    return _told(wallet, session, HTTPStatus.CREATED)


def api_show(asked: Asked, key: str, identifier: str) -> Answer:
    """How a session stands."""
    return _told(*_found(asked, identifier, key)[1:])


def api_answer(asked: Asked, key: str, identifier: str) -> Answer:
    """`{"agree": true, "choice": [0, 1]}`, with the number of an option for each group."""
    _, wallet, session = _found(asked, identifier, key)
    choice = asked.json.get("choice", [])
    if not isinstance(choice, list) or not all(type(number) is int for number in choice):
        raise Refused(HTTPStatus.BAD_REQUEST, "De keuze is een lijst van getallen.")
    wallet.answer(session, agree=asked.json.get("agree") is True, choice=choice)
    return _told(wallet, session)


def api_close(asked: Asked, key: str, identifier: str) -> Answer:
    """Closes the wallet in the midst of a session."""
    _, wallet, session = _found(asked, identifier, key)
    wallet.close(session)
    wallet.wait(session, lambda state: state.final, MOMENT)
    return _told(wallet, session)


_SESSION = r"/session/([0-9a-f]{32})"
_API = r"/api/([a-z0-9-]+)/sessions"
GET: Sequence[tuple[str, Route]] = (
    ("/", start),
    ("/scan", scan),
    (_SESSION, show),
    (f"{_API}/([0-9a-f]{{32}})", api_show),
    ("/wallet.css", style),
    ("/healthz", healthy),
)
POST: Sequence[tuple[str, Route]] = (
    ("/scan", scan),
    ("/choose", choose),
    (f"{_SESSION}/answer", answer),
    (f"{_SESSION}/close", close),
    (_API, api_scan),
    (f"{_API}/([0-9a-f]{{32}})/answer", api_answer),
    (f"{_API}/([0-9a-f]{{32}})/close", api_close),
)


def _start(asked: Asked, complaint: str = "") -> str:
    chosen = asked.chosen
    inside = cards(asked.drawer.wallet(chosen.key).credentials()) if chosen else []
    return pages.start(list(asked.drawer.holders.values()), chosen, inside, complaint=complaint)


def _holder(asked: Asked, key: str) -> Holder:
    try:
        return asked.drawer.holders[key]
    except KeyError:
        raise Refused(HTTPStatus.NOT_FOUND, "Deze wallet bestaat niet.") from None


def _found(asked: Asked, identifier: str, key: str | None = None) -> tuple[Holder, Wallet, WalletSession]:
    for holder, wallet in asked.drawer.opened():
        session = wallet.session(identifier) if key in (None, holder.key) else None
        if session:
            return holder, wallet, session
    raise Refused(HTTPStatus.NOT_FOUND, "Deze vraag is er niet meer. Vraag op de website een nieuwe QR-code.")


def _go(address: str, holder: Holder) -> Answer:
    remember = f"{COOKIE}={holder.key}; Path=/; HttpOnly; SameSite=Lax"
    return Answer(status=HTTPStatus.SEE_OTHER, headers={"Location": address, "Set-Cookie": remember})


def _told(wallet: Wallet, session: WalletSession, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    wallet.wait(session, lambda state: state.restful, MOMENT)
    told = {
        "id": session.id,
        "state": session.state.value,
        "kind": session.kind,
        "asked_by": session.asked_by,
        "request": session.request if session.state is State.ASKING else {},
        "options": session.options if session.state is State.ASKING else [],
        "satisfiable": session.satisfiable,
        "pairing_code": session.pairing_code,
        "return_url": session.return_url,
        "failure": session.failure,
        "trouble": session.trouble,
    }
    return Answer(json.dumps(told), status, "application/json")
