"""What the provider remembers while it runs: questions under way, sessions, and codes that count once."""

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass, field
from threading import Lock

QUESTION = 1800  # seconds somebody may look at the page
CODE = 60  # seconds until the client must have fetched the token
SESSION = 8 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Question:
    """A client asks for a sign-in."""

    client_id: str
    redirect_uri: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    challenge: str = field(repr=False)
    max_age: int | None
    again: bool
    """The client wants the person to sign in anew."""
    for_another: bool = False
    """The person comes for somebody else."""
    made: float = field(default_factory=time.time)


@dataclass(slots=True)
class Session:
    """Somebody signed in here, in one browser; `clients` are the sites that were told who it is."""

    sid: str
    person: str
    level: str
    since: float
    clients: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Code:
    """A yes that a client may exchange once."""

    question: Question
    session: Session
    made: float = field(default_factory=time.time)


class Memory:
    """Safe to share between requests."""

    def __init__(self) -> None:
        self._questions: dict[str, Question] = {}
        self._sessions: dict[str, Session] = {}
        self._codes: dict[str, Code] = {}
        self._lock = Lock()

    def ask(self, question: Question) -> str:
        """Remember a question; gives its name for the page."""
        key, now = secrets.token_urlsafe(24), time.time()
        with self._lock:
            self._questions = {k: q for k, q in self._questions.items() if q.made > now - QUESTION}
            self._questions[key] = question
        return key

    def question(self, key: str) -> Question | None:
        """The question, while it is not too old."""
        found = self._questions.get(key)
        return found if found and found.made > time.time() - QUESTION else None

    def answered(self, key: str) -> None:
        """The question has its answer."""
        with self._lock:
            self._questions.pop(key, None)

    def sign_in(self, person: str, level: str) -> tuple[str, Session]:
        """A new session, and the value of its cookie."""
        cookie = secrets.token_urlsafe(32)
        session = Session(secrets.token_urlsafe(24), person, level, time.time())
        with self._lock:
            self._sessions[cookie] = session
        return cookie, session

    def session(self, cookie: str) -> Session | None:
        """Who signed in in this browser."""
        found = self._sessions.get(cookie)
        return found if found and found.since > time.time() - SESSION else None

    def sign_out(self, cookie: str) -> Session | None:
        """End the session; gives it, so that its clients can be told."""
        with self._lock:
            ended = self._sessions.pop(cookie, None)
            if ended:
                self._codes = {key: code for key, code in self._codes.items() if code.session is not ended}
            return ended

    def code(self, question: Question, session: Session) -> str:
        """A code for the client."""
        key, now = secrets.token_urlsafe(32), time.time()
        with self._lock:
            self._codes = {k: c for k, c in self._codes.items() if c.made > now - CODE}
            self._codes[key] = Code(question, session)
        return key

    def exchange(self, key: str, client_id: str, redirect_uri: str, verifier: str) -> Code | None:
        """What the code stands for, once, for who asked and holds the verifier (RFC 7636)."""
        with self._lock:
            found = self._codes.pop(key, None)
            if found is None or found.made < time.time() - CODE:
                return None
            question = found.question
            digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
            right = (
                question.client_id == client_id
                and question.redirect_uri == redirect_uri
                and hmac.compare_digest(digest, question.challenge.encode())
            )
            if right:
                found.session.clients.add(client_id)
            return found if right else None
