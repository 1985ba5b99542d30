"""What the provider answers to each address: pages for a person, JSON for a client."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from demo.content.mandates import SCOPE

from . import pages
from .clients import Client, NoClient, origin
from .memory import Question, Session
from .people import LEVELS, USUAL_LEVEL
from .provider import Provider


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that may be answered."""

    provider: Provider
    fields: Mapping[str, str] = field(repr=False)
    """Of the query or the form."""
    cookie: str = field(repr=False)

    @property
    def session(self) -> Session | None:
        return self.provider.memory.session(self.cookie)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    body: str = field(default="", repr=False)
    status: HTTPStatus = HTTPStatus.OK
    kind: str = "text/html; charset=utf-8"
    location: str = field(default="", repr=False)
    cookie: str | None = field(default=None, repr=False)
    """A new value for our cookie; empty takes it away."""
    may_send_to: str = ""
    """Where this page's form may end besides here."""


class Refused(Exception):
    """There is no way on; the text is for the person at the screen."""

    def __init__(self, status: HTTPStatus, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


Route = Callable[[Asked], Answer]


def start(asked: Asked) -> Answer:
    """Who can sign in here, and who did in this browser."""
    return Answer(pages.start(asked.provider, asked.session))


def authorize(asked: Asked) -> Answer:
    """A site sends somebody here. What is wrong goes back to the site, if we know that it is the site."""
    client, redirect_uri = _client_and_address(asked)
    given = asked.fields
    fault = _fault(given)
    if fault:
        return _back(asked.provider, redirect_uri, given.get("state", ""), error=fault)
    prompts = given.get("prompt", "").split()
    question = Question(
        client_id=client.id,
        redirect_uri=redirect_uri,
        state=given["state"],
        nonce=given["nonce"],
        challenge=given["code_challenge"],
        max_age=int(given["max_age"]) if "max_age" in given else None,
        again=bool({"login", "select_account"} & set(prompts)),
        for_another=SCOPE in given.get("scope", "").split(),
    )
    if "none" in prompts:
        session = _usable(asked, client, question)
        if session is None:
            return _back(asked.provider, redirect_uri, question.state, error="login_required")
        return _yes(asked, question, session)
    key = asked.provider.memory.ask(question)
    return Answer(status=HTTPStatus.SEE_OTHER, location=f"/sign-in?{urlencode({'question': key})}")


def choose(asked: Asked) -> Answer:
    """The page with all people, or those that a search finds."""
    question, client = _question(asked)
    level = asked.fields.get("level", USUAL_LEVEL)
    page = pages.choose(
        asked.provider,
        client,
        asked.provider.people_for(client, for_another=question.for_another),
        key=asked.fields["question"],
        looking_for=asked.fields.get("q", "").strip()[:100],
        level=level if level in LEVELS else USUAL_LEVEL,
        session=_usable(asked, client, question),
    )
    return Answer(page, may_send_to=origin(question.redirect_uri))


def chosen(asked: Asked) -> Answer:
    """Somebody was chosen, or goes on as before, or stops."""
    question, client = _question(asked)
    memory, given = asked.provider.memory, asked.fields
    if "cancel" in given:
        memory.answered(given["question"])
        return _back(asked.provider, question.redirect_uri, question.state, error="access_denied")
    session, cookie = _usable(asked, client, question), None
    if "go_on" not in given:
        people = asked.provider.people_for(client, for_another=question.for_another)
        if given.get("person") not in people or given.get("level") not in LEVELS:
            raise Refused(HTTPStatus.BAD_REQUEST, "Kies een persoon uit de lijst.")
        if asked.session:  # somebody else signs in in this browser: the one before is out, everywhere
            asked.provider.sign_out(asked.cookie)
        cookie, session = memory.sign_in(given["person"], given["level"])
    if session is None:
        raise Refused(HTTPStatus.FORBIDDEN, "U bent hier niet meer ingelogd. Ga terug en kies een persoon.")
    memory.answered(given["question"])
    return _yes(asked, question, session, cookie)


def token(asked: Asked) -> Answer:
    """A client exchanges its code, and proves who it is with its key."""
    try:
        client = asked.provider.clients.proven(asked.fields)
    except NoClient:
        return _json({"error": "invalid_client"}, HTTPStatus.UNAUTHORIZED)
    given = asked.fields
    if given.get("grant_type") != "authorization_code":
        return _json({"error": "unsupported_grant_type"}, HTTPStatus.BAD_REQUEST)
    code = asked.provider.memory.exchange(
        given.get("code", ""), client.id, given.get("redirect_uri", ""), given.get("code_verifier", "")
    )
    if code is None:
        return _json({"error": "invalid_grant"}, HTTPStatus.BAD_REQUEST)
    return _json(asked.provider.tokens(code))


def sign_out(asked: Asked) -> Answer:
    """Asks first: a link alone signs nobody out."""
    back = _after_sign_out(asked)
    if asked.session is None and back:
        return Answer(status=HTTPStatus.SEE_OTHER, location=back)
    page = pages.sign_out(asked.provider, asked.session, asked.fields)
    return Answer(page, may_send_to=origin(back) if back else "")


def signed_out(asked: Asked) -> Answer:
    """Ends the session here and at every site that knew of it, then goes back to who asked."""
    back = _after_sign_out(asked)
    asked.provider.sign_out(asked.cookie)
    return Answer(status=HTTPStatus.SEE_OTHER, location=back or "/sign-out", cookie="")


def discovery(asked: Asked) -> Answer:
    """What clients must know."""
    return _json(asked.provider.metadata())


def jwks(asked: Asked) -> Answer:
    """The public key."""
    return _json(asked.provider.key.jwks)


def style(_asked: Asked) -> Answer:
    """The one style sheet."""
    return Answer((pages.FOLDER / "static" / "identity.css").read_text(), kind="text/css; charset=utf-8")


def healthy(_asked: Asked) -> Answer:
    """Ready."""
    return Answer("ok\n", kind="text/plain")


GET: Mapping[str, Route] = {
    "/": start,
    "/authorize": authorize,
    "/sign-in": choose,
    "/sign-out": sign_out,
    "/.well-known/openid-configuration": discovery,
    "/jwks.json": jwks,
    "/identity.css": style,
    "/healthz": healthy,
}
POST: Mapping[str, Route] = {
    "/authorize": authorize,
    "/sign-in": chosen,
    "/sign-out": signed_out,
    "/token": token,
}
FROM_OTHER_SITES = {"/authorize", "/token"}
"""What may be posted from elsewhere: it changes nothing here by itself, or proves who asks."""


def _client_and_address(asked: Asked) -> tuple[Client, str]:
    try:
        client = asked.provider.clients.find(asked.fields.get("client_id", ""))
    except NoClient:
        raise Refused(HTTPStatus.BAD_REQUEST, "Deze website kennen wij niet.") from None
    address = asked.fields.get("redirect_uri", "")
    if address not in client.redirect_uris:
        raise Refused(HTTPStatus.BAD_REQUEST, "Deze website mag u niet naar dat adres terugsturen.")
    return client, address


def _fault(given: Mapping[str, str]) -> str:
    """What is wrong with the question, in the standard's words; empty when nothing is."""
    if given.get("response_type") != "code":
        return "unsupported_response_type"
    if "openid" not in given.get("scope", "").split():
        return "invalid_scope"
    prompts = given.get("prompt", "").split()
    right = (
        given.get("code_challenge_method") == "S256"
        and len(given.get("code_challenge", "")) == 43
        and len(given.get("state", "")) >= 22
        and len(given.get("nonce", "")) >= 22
        and given.get("max_age", "0").isascii()
        and given.get("max_age", "0").isdigit()
        and ("none" not in prompts or len(prompts) == 1)
    )
    return "" if right else "invalid_request"


def _question(asked: Asked) -> tuple[Question, Client]:
    question = asked.provider.memory.question(asked.fields.get("question", ""))
    if question is None:
        raise Refused(
            HTTPStatus.GONE, "Deze vraag is er niet meer. Ga terug naar de website en log daar opnieuw in."
        )
    try:
        return question, asked.provider.clients.find(question.client_id)
    except NoClient:
        raise Refused(HTTPStatus.GONE, "Deze website kennen wij niet meer.") from None


def _usable(asked: Asked, client: Client, question: Question) -> Session | None:
    """The session of this browser, when it will do for this question."""
    session = asked.session
    people = asked.provider.people_for(client, for_another=question.for_another)
    if session is None or question.again or session.person not in people:
        return None
    too_old = question.max_age is not None and time.time() - session.since > question.max_age
    return None if too_old else session


def _yes(asked: Asked, question: Question, session: Session, cookie: str | None = None) -> Answer:
    code = asked.provider.memory.code(question, session)
    return _back(asked.provider, question.redirect_uri, question.state, cookie=cookie, code=code)


def _back(provider: Provider, address: str, state: str, cookie: str | None = None, **said: str) -> Answer:
    """Back to the site; `iss` says who answers (RFC 9207)."""
    query = urlencode({**said, "state": state, "iss": provider.issuer})
    glue = "&" if "?" in address else "?"
    return Answer(status=HTTPStatus.SEE_OTHER, location=f"{address}{glue}{query}", cookie=cookie)


def _after_sign_out(asked: Asked) -> str:
    """Where a site wants people to go on; empty when it did not say, or may not."""
    wanted = asked.fields.get("post_logout_redirect_uri", "")
    try:
        client = asked.provider.clients.find(asked.fields.get("client_id", ""))
    except NoClient:
        return ""
    if wanted not in client.post_logout_redirect_uris:
        return ""
    state = asked.fields.get("state", "")
    return f"{wanted}?{urlencode({'state': state})}" if state else wanted


def _json(body: Any, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    return Answer(json.dumps(body), status, "application/json")


__all__: Sequence[str] = ["FROM_OTHER_SITES", "GET", "POST", "Answer", "Asked", "Refused"]
