"""The life of a document on its way to a case, as one table; the property test walks it."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    RECEIVING = "receiving"
    """Parts of it are here. Thrown away, or left behind for a day, it is gone without a trace."""
    QUARANTINE = "quarantine"
    """All of it is here and the resident has a receipt; it may hold a virus."""
    CLEAN = "clean"
    """The scanner found nothing; it is not with its case yet."""
    DELIVERED = "delivered"
    """It is with its case."""
    REFUSED = "refused"
    """The scanner found something, or could not look inside."""
    FAILED = "failed"
    """Its case takes no documents any more."""


class Act(StrEnum):
    COMPLETE = "complete"
    PASS = "pass"  # noqa: S105  # a step
    REFUSE = "refuse"
    DELIVER = "deliver"
    GIVE_UP = "give_up"


TRANSITIONS: Mapping[State, Mapping[Act, State]] = {
    State.RECEIVING: {Act.COMPLETE: State.QUARANTINE},
    State.QUARANTINE: {Act.PASS: State.CLEAN, Act.REFUSE: State.REFUSED},
    State.CLEAN: {Act.DELIVER: State.DELIVERED, Act.GIVE_UP: State.FAILED},
    State.DELIVERED: {},
    State.REFUSED: {},
    State.FAILED: {},
}
UNDER_WAY = (State.QUARANTINE.value, State.CLEAN.value)
"""What the worker still has to do something with."""
OVER = tuple(state.value for state, acts in TRANSITIONS.items() if not acts)
"""Nothing of the file itself is kept then."""
