"""The life of a sharing, as one table; the property test walks it, the database checks it.

Expiry is not a state: it is derived from the time. A grant that follows from AGREED has its own
short life: in force until its end, or until it is withdrawn.
"""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    BEGUN = "begun"
    """Explained; nothing chosen yet."""
    CHOSEN = "chosen"
    """The resident chose what, and how to give it."""
    AT_WALLET = "at_wallet"
    """A wallet session is under way."""
    AT_REGISTER = "at_register"
    """A register that knows it already is asked."""
    AT_CODE = "at_code"
    """Typed; the code that proves the address is under way."""
    PROVEN = "proven"
    """The values are known and shown, not yet shared."""
    AGREED = "agreed"
    REFUSED = "refused"


class Act(StrEnum):
    CHOOSE = "choose"
    ASK_WALLET = "ask_wallet"
    ASK_REGISTER = "ask_register"
    TYPE = "type"
    PROVE = "prove"
    AGREE = "agree"
    REFUSE = "refuse"


TRANSITIONS: Mapping[State, Mapping[Act, State]] = {
    State.BEGUN: {Act.CHOOSE: State.CHOSEN, Act.REFUSE: State.REFUSED},
    State.CHOSEN: {
        Act.CHOOSE: State.CHOSEN,
        Act.ASK_WALLET: State.AT_WALLET,
        Act.ASK_REGISTER: State.AT_REGISTER,
        Act.TYPE: State.AT_CODE,
        Act.REFUSE: State.REFUSED,
    },
    State.AT_WALLET: {
        Act.CHOOSE: State.CHOSEN,
        Act.ASK_WALLET: State.AT_WALLET,
        Act.PROVE: State.PROVEN,
        Act.REFUSE: State.REFUSED,
    },
    State.AT_REGISTER: {
        Act.CHOOSE: State.CHOSEN,
        Act.ASK_REGISTER: State.AT_REGISTER,
        Act.PROVE: State.PROVEN,
        Act.REFUSE: State.REFUSED,
    },
    State.AT_CODE: {
        Act.CHOOSE: State.CHOSEN,
        Act.TYPE: State.AT_CODE,
        Act.PROVE: State.PROVEN,
        Act.REFUSE: State.REFUSED,
    },
    State.PROVEN: {Act.CHOOSE: State.CHOSEN, Act.AGREE: State.AGREED, Act.REFUSE: State.REFUSED},
    State.AGREED: {},
    State.REFUSED: {},
}

ENDED = {State.AGREED, State.REFUSED}


class NotNow(Exception):
    """The act does not fit the state the sharing is in; nothing was changed."""

    def __init__(self, state: State, act: Act) -> None:
        super().__init__(f"{act} does not fit {state}")
        self.state, self.act = state, act


def after(state: State, act: Act) -> State:
    """The next state. Raises NotNow."""
    try:
        return TRANSITIONS[state][act]
    except KeyError:
        raise NotNow(state, act) from None


class RequestState(StrEnum):
    """Where a consumer's question stands; whether its time is over is derived."""

    CREATED = "created"
    PRESENTED = "presented"
    """The resident has seen it."""
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    """By the consumer that asked."""


class Answer(StrEnum):
    PRESENT = "present"
    APPROVE = "approve"
    REJECT = "reject"
    TAKE_BACK = "take_back"


_OPEN = {
    Answer.PRESENT: RequestState.PRESENTED,
    Answer.APPROVE: RequestState.APPROVED,
    Answer.REJECT: RequestState.REJECTED,
    Answer.TAKE_BACK: RequestState.WITHDRAWN,
}
ANSWERS: Mapping[RequestState, Mapping[Answer, RequestState]] = {
    RequestState.CREATED: _OPEN,
    RequestState.PRESENTED: _OPEN,
    RequestState.APPROVED: {},
    RequestState.REJECTED: {},
    RequestState.WITHDRAWN: {},
}


class Making(StrEnum):
    """Where a purpose stands on its way to residents; a recall is not a state, it is a row of its own."""

    DRAFT = "draft"
    REVIEW = "review"
    """Waits for a privacy officer."""
    APPROVED = "approved"
    """By somebody who edited no revision of it."""
    PUBLISHED = "published"
    RETIRED = "retired"
    """No longer offered; who said yes to it goes on sharing."""
    DROPPED = "dropped"


class Step(StrEnum):
    EDIT = "edit"
    OFFER = "offer"
    TAKE_BACK = "take_back"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    PUBLISH = "publish"
    RETIRE = "retire"
    DROP = "drop"


STEPS: Mapping[Making, Mapping[Step, Making]] = {
    Making.DRAFT: {Step.EDIT: Making.DRAFT, Step.OFFER: Making.REVIEW, Step.DROP: Making.DROPPED},
    Making.REVIEW: {
        Step.TAKE_BACK: Making.DRAFT,
        Step.SEND_BACK: Making.DRAFT,
        Step.APPROVE: Making.APPROVED,
    },
    Making.APPROVED: {
        Step.TAKE_BACK: Making.DRAFT,
        Step.SEND_BACK: Making.DRAFT,
        Step.PUBLISH: Making.PUBLISHED,
    },
    Making.PUBLISHED: {Step.RETIRE: Making.RETIRED},
    Making.RETIRED: {},
    Making.DROPPED: {},
}
