"""What the page shows of a session: the wallet's data as simple records in Dutch."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from demo.irma.scheme import dutch_names

from .program import State, WalletSession

Credentials = Sequence[Mapping[str, Any]]

FAILURES = (
    ("pairingRejected", "De code is niet bevestigd op de website."),
    ("walletStopped", "De wallet is gestopt. Vraag op de website een nieuwe QR-code."),
    ("api SESSION_UNKNOWN", "Deze QR-code werkt niet meer. Vraag op de website een nieuwe."),
    ("api UNEXPECTED_REQUEST", "Deze QR-code is al gebruikt of gestopt. Vraag op de website een nieuwe."),
    ("api UNAUTHORIZED", "Iemand anders gebruikte deze QR-code ook. Vraag op de website een nieuwe."),
    ("transport", "De wallet kan de website niet bereiken. Probeer het straks opnieuw."),
    ("rejected", "De website neemt uw gegevens niet aan."),
)
IN_DUTCH = {"yes": "ja", "no": "nee"}


@dataclass(frozen=True, slots=True)
class Line:
    """One attribute; the value is empty where it is not in the wallet."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Option:
    """One way to answer a group; no lines means to leave it out."""

    number: str
    lines: Sequence[Line]
    present: bool
    expired: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What is asked together, with the ways to answer."""

    field: str
    options: Sequence[Option]

    @property
    def has_choice(self) -> bool:
        """Whether there is more than one way."""
        return len(self.options) > 1


@dataclass(frozen=True, slots=True)
class Card:
    """A credential in the wallet."""

    name: str
    lines: Sequence[Line]


def groups(session: WalletSession, credentials: Credentials) -> list[Group]:
    """The choices of a session. First chosen is what shares least: leaving out, where that is allowed."""
    values = {
        (credential["Hash"], name): _text(value)
        for credential in credentials
        for name, value in credential["Attributes"].items()
    }
    return [
        Group(f"group-{number}", list(_options(options, values)))
        for number, options in enumerate(session.options)
    ]


def _options(
    options: Iterable[Sequence[Mapping[str, Any]]], values: Mapping[tuple[str, str], str]
) -> Iterator[Option]:
    chosen_before = False
    for number, attributes in enumerate(options):
        present = all(attribute["CredentialHash"] for attribute in attributes)
        yield Option(
            number=str(number),
            lines=[
                Line(_dutch(a["Type"]), values.get((a["CredentialHash"], a["Type"]), "")) for a in attributes
            ],
            present=present,
            expired=any(attribute["Expired"] for attribute in attributes),
            chosen=present and not chosen_before,
        )
        chosen_before = chosen_before or present


def cards(credentials: Credentials) -> list[Card]:
    """What is in a wallet, by name."""
    found = [
        Card(
            _dutch(f"{c['SchemeManagerID']}.{c['IssuerID']}.{c['ID']}"),
            [Line(_dutch(name), _text(value)) for name, value in c["Attributes"].items() if value],
        )
        for c in credentials
    ]
    return sorted(found, key=lambda card: card.name)


def failure(session: WalletSession) -> str:
    """Why a session failed, for the person who holds the wallet."""
    if session.state is not State.FAILED:
        return ""
    fallback = "Er ging iets mis in de wallet. Vraag op de website een nieuwe QR-code."
    return next((text for code, text in FAILURES if session.failure.startswith(code)), fallback)


def _dutch(name: str) -> str:
    without_scheme = name.partition(".")[2]
    return dutch_names().get(without_scheme, without_scheme)


def _text(value: Mapping[str, str] | None) -> str:
    text = (value or {}).get("", "")
    return IN_DUTCH.get(text, text)
