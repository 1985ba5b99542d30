"""What each register's room says about connecting it; the administrators' pages know no register.

A room offers its kind of connection when its app is ready: what must be filled in, and one harmless question
for each address that asks about nobody.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.functional import Promise

from portal.municipalities.connections import Connection

from .case_types import CaseTypeListed
from .errors import NotThere, RegisterUnavailable

if TYPE_CHECKING:
    from .caller import Caller

Text: TypeAlias = str | Promise
HEADER = "header:"
"""Before the name of an extra header among the credentials: what it says may be a key."""
GRANT = "fsc_grant_hash"
"""The parameter with the contract that an FSC outway sends our calls along."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter that an administrator fills in."""

    name: str
    label: Text
    help: Text = ""
    is_address: bool = False
    """The address of another API with the same credentials; a new host there needs a second person too."""
    choices: Sequence[tuple[str, Text]] = ()
    required: bool = False
    in_a_header: bool = False
    """It goes along in a header of each call, where not every sign can stand."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A harmless question: it names no person, and its answer is not kept."""

    label: Text
    ask: "Callable[[Caller], Awaitable[None]]"
    """Raises RegisterError when it does not answer as it should."""
    of: str = ""
    """The parameter that must be filled in for it; empty for the connection's own address."""


@dataclass(frozen=True, slots=True)
class ConnectionKind:
    """How one kind of register is connected."""

    kind: str
    title: Text
    address: Text
    """What its address looks like."""
    secrets: Mapping[str, Text]
    """The credentials by name, with their labels."""
    settings: Sequence[Setting]
    probes: Sequence[Probe]
    find_out: "Callable[[Caller], Awaitable[Mapping[str, Any]]] | None" = None
    """Asks what the back end can do; answers what is kept under `found` in the parameters."""
    case_types: "Callable[[Caller], Awaitable[Sequence[CaseTypeListed]]] | None" = None
    """The kinds of cases that its catalogue knows."""
    may_be_missing: frozenset[str] = frozenset()
    """The credentials that it also works without."""
    facts: Callable[[Mapping[str, Any]], "Sequence[Fact]"] = field(default=lambda _parameters: [])
    """What is known of what it can do, out of the parameters."""

    @property
    def can_find_out(self) -> bool:
        """Whether it can be asked what it can do; templates call what they are given, so they ask this."""
        return self.find_out is not None

    @property
    def has_case_types(self) -> bool:
        """Whether it has kinds of cases to choose for."""
        return self.case_types is not None

    @property
    def addresses(self) -> list[str]:
        """The parameters that are addresses."""
        return [one.name for one in self.settings if one.is_address]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a back end can do or not, as it is used."""

    name: str
    label: Text
    holds: bool
    found: bool | None
    """What it said itself; None where it was not asked, or could not be."""
    chosen: bool | None
    """What an administrator chose instead."""


async def says_not_there(asked: Awaitable[object]) -> None:
    """Of what nobody has, it must say that it is not there. Raises RegisterUnavailable, RegisterRefused."""
    try:
        await asked
    except NotThere:
        return
    raise RegisterUnavailable("has what nobody has")


_offered: dict[str, ConnectionKind] = {}


def offer_connection(kind: ConnectionKind) -> None:
    """Let administrators connect it; called when the room's app is ready."""
    _offered[kind.kind] = kind


def connection_kinds() -> list[ConnectionKind]:
    """All kinds by title."""
    return sorted(_offered.values(), key=lambda one: str(one.title))


def connection_kind(kind: str) -> ConnectionKind | None:
    """One of them; None for a kind that administrators do not connect."""
    return _offered.get(kind)


def headers_of(connection: Connection) -> dict[str, str]:
    """The headers that every call of a connection has, besides those of its own client."""
    grant = connection.parameters.get(GRANT)
    extra = {
        name.removeprefix(HEADER): value
        for name, value in connection.credentials.items()
        if name.startswith(HEADER)
    }
    return {**extra, **({"Fsc-Grant-Hash": str(grant)} if grant else {})}
