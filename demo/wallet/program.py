"""Drives the wallet program (main.go): one child process for each wallet, lines of JSON both ways."""

import json
import subprocess
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

PATIENCE = 20.0  # seconds, for a child on a busy machine


class WalletBroken(RuntimeError):
    """The program ended or does not answer; the text holds no data of a resident."""


class State(StrEnum):
    """How a session stands, seen from the wallet."""

    STARTING = "starting"
    PAIRING = "pairing"
    ASKING = "asking"
    WORKING = "working"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"

    @property
    def final(self) -> bool:
        """Whether nothing more will happen."""
        return self in (State.DONE, State.REFUSED, State.FAILED)

    @property
    def restful(self) -> bool:
        """Whether it stays so until a person, here or at the portal, does something."""
        return self not in (State.STARTING, State.WORKING)


@dataclass
class WalletSession:
    """One session of one wallet; read it, the program's answers change it."""

    id: str
    pointer: Mapping[str, str] = field(repr=False)
    state: State = State.STARTING
    kind: str = ""
    """`disclosing` or `issuing`."""
    asked_by: str = ""
    """The host that asks, as the protocol knows it."""
    request: Mapping[str, Any] = field(default_factory=dict, repr=False)
    options: Sequence[Sequence[Sequence[Mapping[str, Any]]]] = field(default=(), repr=False)
    """Per group the ways to answer it; each a list of attributes from a credential in this wallet."""
    satisfiable: bool = False
    pairing_code: str = field(default="", repr=False)
    return_url: str = ""
    failure: str = ""
    """irmago's own kind of failure, e.g. `pairingRejected`; at most with its code, such as `EXPIRED`."""
    trouble: str = ""
    """Why the last answer was not taken."""


class Wallet:
    """One wallet: a storage folder and, once used, a running program on it."""

    def __init__(self, program: Path, storage: Path, schemes: Path) -> None:
        self._program, self._storage, self._schemes = program, storage, schemes
        self._changed = threading.Condition()
        self._child: subprocess.Popen[str] | None = None
        self._sessions: dict[str, WalletSession] = {}
        self._told: list[list[Mapping[str, Any]]] = []
        self._ready = False
        self._one_question = threading.Lock()

    def scan(self, pointer: Mapping[str, str]) -> WalletSession:
        """Begin the session a QR points at. Raises WalletBroken."""
        with self._changed:
            self._start()
            session = WalletSession(uuid.uuid4().hex, pointer)
            self._sessions[session.id] = session
            self._send(cmd="session", id=session.id, ptr=dict(pointer))
        return session

    def session(self, identifier: str) -> WalletSession | None:
        """A session by its id, or None."""
        return self._sessions.get(identifier)

    def answer(self, session: WalletSession, *, agree: bool, choice: Sequence[int] = ()) -> None:
        """Say yes, with for each group the number of the chosen option, or no. Raises WalletBroken."""
        with self._changed:
            if session.state is State.ASKING:
                session.state, session.trouble = State.WORKING, ""
                self._send(cmd="answer", id=session.id, proceed=agree, choice=list(choice))

    def close(self, session: WalletSession) -> None:
        """Close the wallet in the midst of a session, as a user does who puts the phone away."""
        with self._changed:
            if not session.state.final:
                self._send(cmd="dismiss", id=session.id)

    def credentials(self) -> list[Mapping[str, Any]]:
        """What is in the wallet, in irmago's words. Raises WalletBroken."""
        with self._one_question, self._changed:
            self._start()
            self._told.clear()
            self._send(cmd="credentials")
            self._wait_until(lambda: bool(self._told), PATIENCE)
            if not self._told:
                raise WalletBroken("the wallet program does not answer")
            return self._told.pop()

    def wait(self, session: WalletSession, until: Callable[[State], bool], seconds: float) -> State:
        """Wait until the session's state is as wished, or the time is over; gives the state."""
        with self._changed:
            self._wait_until(lambda: until(session.state), seconds)
            return session.state

    def stop(self) -> None:
        """End the program; what is in the wallet stays."""
        child = self._child
        if child and child.stdin:
            child.stdin.close()  # the end of its input is its sign to stop
            try:
                child.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def _start(self) -> None:
        if self._child and self._child.poll() is None:
            return
        self._storage.mkdir(parents=True, exist_ok=True)
        self._ready = False
        self._child = subprocess.Popen(
            [self._program, "-storage", self._storage, "-schemes", self._schemes],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # errors there may hold values
            text=True,
        )
        threading.Thread(target=self._listen, args=(self._child,), daemon=True).start()
        self._wait_until(lambda: self._ready or self._child is None, PATIENCE)
        if not self._ready:
            raise WalletBroken("the wallet program did not start; is another one using this wallet?")

    def _send(self, **command: Any) -> None:
        child = self._child
        if child is None or child.stdin is None:
            raise WalletBroken("the wallet program ended")
        try:
            child.stdin.write(json.dumps(command) + "\n")
            child.stdin.flush()
        except (BrokenPipeError, ValueError):
            raise WalletBroken("the wallet program ended") from None

    def _wait_until(self, true: Callable[[], bool], seconds: float) -> None:
        self._changed.wait_for(true, seconds)

    def _listen(self, child: "subprocess.Popen[str]") -> None:
        for line in child.stdout or ():
            told = json.loads(line)
            with self._changed:
                self._hear(told)
                self._changed.notify_all()
        child.wait()
        with self._changed:
            if self._child is child:
                self._child = None
                for session in self._sessions.values():
                    if not session.state.final:
                        session.state, session.failure = State.FAILED, "walletStopped"
            self._changed.notify_all()

    def _hear(self, told: Mapping[str, Any]) -> None:
        if told["event"] == "ready":
            self._ready = True
        elif told["event"] == "credentials":
            self._told.append(told["credentials"] or [])
        elif (session := self._sessions.get(told.get("id", ""))) is not None:
            hear(session, told)


def hear(session: WalletSession, told: Mapping[str, Any]) -> None:
    """Change a session by what the program told about it."""
    match told["event"]:
        case "pairing":
            session.state, session.pairing_code = State.PAIRING, told["code"]
        case "permission":
            requestor = told.get("requestor") or {}
            session.state, session.kind = State.ASKING, told["kind"]
            session.asked_by = ", ".join(requestor.get("hostnames") or ())
            session.request, session.satisfiable = told["request"], told["satisfiable"]
            session.options = [[option or [] for option in group or []] for group in told["candidates"] or []]
        case "returnurl":
            if told["url"].startswith(("http://", "https://")):
                session.return_url = told["url"]
        case "success":
            session.state = State.DONE
        case "cancelled":
            session.state = State.REFUSED
        case "failure":
            remote = told.get("remote") or {}
            words = (told.get("type"), remote.get("error") or told.get("info"))
            session.state, session.failure = State.FAILED, " ".join(str(word) for word in words if word)
        case "error":
            session.state, session.trouble = State.ASKING, str(told["error"])
