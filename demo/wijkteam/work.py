"""What the team does: ask, follow, read, give up. One list of questions, as the portal last told of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from uuid import uuid4

import httpx

from demo.consumer import Api

from . import PLACE, PURPOSE

ENDS = {"ingetrokken", "verlopen", "verbruikt"}


@dataclass
class Question:
    """One question to one resident."""

    id: str
    resident: str
    state: str = "aangemaakt"
    grant: str = ""
    ended: bool = False
    values: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    answer: str = ""
    """What the portal said when it was read last."""


class Work:
    """The questions, newest first; safe for several threads."""

    def __init__(self, api: Api, page: str) -> None:
        """`page` is where a resident is led back to after answering."""
        self._api, self._page, self._lock, self._cursor = api, page, Lock(), 0
        self._questions: dict[str, Question] = {}

    def ask(self, bsn: str, name: str) -> str:
        """Ask one resident; gives what went wrong, or nothing."""
        reference = str(uuid4())
        body = {
            "id": reference,
            "doel": PURPOSE,
            "versie": self._version(),
            "burgerservicenummer": bsn,
            "terugUrl": self._page,
        }
        answer = self._api.call(PLACE, "POST", "toestemmingsverzoeken", json=body)
        if answer.is_error:
            return str(answer.json()["detail"])
        with self._lock:
            self._questions[reference] = Question(reference, name)
        return ""

    def follow(self) -> Sequence[Question]:
        """Take in what happened since the last time. What a resident stopped is forgotten, and confirmed."""
        with self._lock:
            found = (
                self._api.call(PLACE, "GET", f"gebeurtenissen?na={self._cursor}").raise_for_status().json()
            )
            self._cursor = found["volgende"]
            for event in found["gebeurtenissen"]:
                self._take_in(event["soort"], event["verzoek"], event["toestemming"])
            return list(reversed(self._questions.values()))

    def read(self, reference: str) -> None:
        """Read what is shared; what the portal refuses is shown as it says it."""
        with self._lock:
            one = self._questions[reference]
            answer = self._api.call(PLACE, "POST", f"toestemmingen/{one.grant}/gebruik")
            if answer.is_error:
                one.values, one.labels, one.answer = {}, {}, str(answer.json()["detail"])
                return
            told = answer.json()
            one.values, one.labels, one.answer = told["gegevens"], told["namen"], ""

    def give_up(self, reference: str) -> None:
        """The team needs it no more."""
        with self._lock:
            one = self._questions[reference]
            path = f"toestemmingen/{one.grant}" if one.grant else f"toestemmingsverzoeken/{reference}"
            if self._api.call(PLACE, "DELETE", path).is_success and not one.grant:
                one.state = "teruggenomen"

    def _take_in(self, kind: str, reference: str | None, grant: str | None) -> None:
        one = self._questions.get(reference or "")
        if kind in ENDS and grant:
            if one and grant == one.grant:  # not when the resident just gave it anew
                one.values, one.labels, one.ended = {}, {}, True
            self._api.call(PLACE, "POST", f"toestemmingen/{grant}/gewist").raise_for_status()
        elif one and kind != "gewist":
            one.state, one.grant = kind, grant or ""
        if one and one.ended:
            one.state = kind if kind in ENDS else one.state

    def _version(self) -> int:
        """The newest version that is not taken back; versions are numbered from 1 on."""
        newest = 0
        while True:
            answer = self._api.call(PLACE, "GET", f"doelen/{PURPOSE}/versies/{newest + 1}")
            if answer.status_code != httpx.codes.OK:
                return newest
            newest += 1
