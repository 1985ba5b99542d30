"""What the plain model of sharing remembers: no database, no rule of the product, only what must be so."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from portal.sharing.models import Duty

AGAIN = timedelta(minutes=10)
UNCONFIRMED = timedelta(minutes=15)
A_DAY = timedelta(days=1)
STANDS = ("", "blocked", "outdated")
"""Why a yes that stands may yet not be read."""


@dataclass(frozen=True)
class Asked:
    """How closely one version looks at what proves the address."""

    personal: bool = False
    days: int = 365
    claim: str = "sidn-pbdf.email.email"

    def no_more_than(self, other: "Asked") -> bool:
        looks = self.personal <= other.personal and self.days >= other.days
        return looks and self.claim == other.claim


@dataclass(frozen=True)
class Proof:
    """When, by which way and under what values were proven for the first time."""

    at: datetime
    way: str
    asked: Asked

    def passes(self, asks: Asked, at: datetime) -> bool:
        """Whether it would also pass as a new proof; no register knows what is asked here."""
        fresh = at - self.at <= timedelta(days=asks.days)
        return fresh and asks.no_more_than(self.asked) and self.way != "register"


@dataclass
class Going:
    """One going through the pages."""

    id: UUID
    session: int
    slug: str
    number: int
    begun: datetime
    asks: "Question | None"
    state: str = "begun"
    chosen: frozenset[str] = frozenset()
    attempt: UUID | None = None
    failed: bool = False
    values: dict[str, str] | None = None
    first: Proof | None = None
    grant: "Given | None" = None

    def forgets(self) -> None:
        self.attempt, self.failed, self.values = None, False, None


@dataclass
class Given:
    """One yes."""

    id: UUID
    resident: int
    slug: str
    number: int
    values: dict[str, str]
    given: datetime
    until: datetime | None
    one_time: bool
    first: Proof
    withdrawn: bool = False
    consumed: datetime | None = None
    erased: bool = False
    calls: dict[str, tuple[UUID, datetime]] = field(default_factory=dict)
    uses: int = 0

    def end(self) -> None:
        self.withdrawn = self.erased = True


@dataclass
class Question:
    """One question of a consumer."""

    id: UUID
    resident: int
    slug: str
    expires: datetime
    state: str = "created"

    @property
    def open(self) -> bool:
        return self.state in ("created", "presented")

    def answered(self, state: str) -> None:
        if self.open:
            self.state = state


@dataclass
class Told:
    """All that is remembered of one example."""

    newest: dict[str, int]
    substantial: dict[str, int] = field(default_factory=dict)
    """By purpose: its newest version that asks again."""
    recalled: dict[str, int] = field(default_factory=dict)
    """By purpose: the newest version that was taken back."""
    asked: defaultdict[tuple[str, int], Asked] = field(default_factory=lambda: defaultdict(Asked))
    """By purpose and number of its version."""
    blocked: set[str] = field(default_factory=set)
    goings: list[Going] = field(default_factory=list)
    grants: list[Given] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    log: list[tuple[str, str]] = field(default_factory=list)
    owed: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def why_not(self, grant: Given, at: datetime, *, again: bool = False) -> str:
        """Why a grant is not read at this very moment, or not `again` by the same call; empty when it is."""
        reasons = {
            "withdrawn": grant.withdrawn,
            "consumed": grant.consumed is not None and not again,
            "expired": grant.until is not None and at >= grant.until,
            "recalled": grant.number <= self.recalled.get(grant.slug, 0),
            "outdated": grant.number < self.substantial.get(grant.slug, 0),
            "blocked": grant.slug in self.blocked,
        }
        return next((reason for reason, true in reasons.items() if true), "")

    def stands(self, resident: int, slug: str, at: datetime) -> Given | None:
        """The newest own grant of a purpose that stands, whether or not it may be read now."""
        own = [one for one in self.grants if one.resident == resident and one.slug == slug]
        return next((one for one in reversed(own) if self.why_not(one, at) in STANDS), None)

    def ends(self, grant: Given) -> None:
        grant.end()
        self.log.append(("withdrawn", str(grant.id)))
        self.owes(grant, "ingetrokken", erasure=True)

    def owes(self, grant: Given, event: str, *, erasure: bool = False) -> None:
        self.owed[Duty.TELL_CONSUMER, str(grant.id), event] += 1
        self.owed[Duty.LIST_ERASURE, str(grant.id), ""] += erasure

    def agrees(self, going: Going, grant: Given, at: datetime) -> None:
        """One purpose, one grant: what was given before ends here."""
        for earlier in sorted(self.grants, key=lambda one: one.id):
            same = earlier.resident == grant.resident and earlier.slug == grant.slug
            if same and self.why_not(earlier, at) not in ("withdrawn", "consumed", "expired"):
                self.ends(earlier)
        self.log.append(("given", str(grant.id)))
        self.owes(grant, "gegeven")
        self.grants.append(grant)
        if going.asks:
            going.asks.answered("approved")
        going.state, going.grant = "agreed", grant
        going.forgets()

    def sweeps(self, at: datetime, live: set[int]) -> None:
        for going in self.goings:
            if at >= going.begun + UNCONFIRMED or going.session not in live:
                going.forgets()
        self.goings = [one for one in self.goings if one.state == "agreed" or at < one.begun + A_DAY]
        for grant in self.grants:
            if not grant.erased and grant.number <= self.recalled.get(grant.slug, 0):
                self.ends(grant)
        for grant in self.grants:
            over = grant.until is not None and at >= grant.until
            read = grant.consumed is not None and at >= grant.consumed + AGAIN
            if not grant.erased and (over or read):
                grant.erased = True
                self.log.append(("erased", str(grant.id)))
                self.owes(grant, "verbruikt" if grant.consumed else "verlopen", erasure=True)
