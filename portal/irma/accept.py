"""Whether a result of the IRMA server counts: pure, strict, and any doubt means no.

A valid signature says nothing about success: cancelled and unfinished sessions are signed too, status and
proof status are independent, and every result of our server verifies, also one of another's session.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from .errors import Cancelled, NotFinished, ProofInvalid, Reason, TimedOut
from .request import Attribute, DisclosureRequest, Wanted
from .server import IrmaServer
from .session import Outcome, Session, Status

CLOCKS = timedelta(seconds=5)  # how far clocks may differ
KIND = "disclosing"


def accept(server: IrmaServer, session: Session, result: str, *, now: datetime | None = None) -> Outcome:
    """Check a signed result against the session it must belong to; `now` only judges issue times.

    Fit for what was fetched and for what a callback brought alike.
    Raises NotFinished, Cancelled, TimedOut, ProofInvalid.
    """
    claims = _signed_by(server, result)
    if (claims.get("token"), claims.get("type"), claims["sub"]) != (session.token, KIND, f"{KIND}_result"):
        raise ProofInvalid(Reason.OTHER_SESSION)
    _ended_well(claims)
    groups = claims.get("disclosed")
    if not isinstance(groups, list) or len(groups) != len(session.request.wanted):
        raise ProofInvalid(Reason.NOT_AS_ASKED)
    given = [
        found
        for wanted, group in zip(session.request.wanted, groups, strict=True)
        for found in _group(server.scheme, wanted, group)
    ]
    issued_at = {name: _issued(session.request, when, now or datetime.now(UTC)) for name, _, when in given}
    return Outcome({name: value for name, value, _ in given}, issued_at)


def _signed_by(server: IrmaServer, result: str) -> Mapping[str, Any]:
    try:
        claims: Mapping[str, Any] = jwt.decode(
            result,
            server.public_key,
            algorithms=["RS256"],
            issuer=server.issuer,
            leeway=CLOCKS,
            options={"require": ["exp", "iat", "iss", "sub"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
        raise ProofInvalid(Reason.SIGNATURE) from None
    return claims


def _ended_well(claims: Mapping[str, Any]) -> None:
    try:
        status = Status(claims.get("status", ""))
    except ValueError:
        raise ProofInvalid(Reason.MALFORMED) from None
    if not status.final:
        raise NotFinished(status.value)
    if status is Status.CANCELLED:
        raise Cancelled
    if status is Status.TIMEOUT:
        raise TimedOut
    proof = claims.get("proofStatus")
    if proof == "EXPIRED":
        raise ProofInvalid(Reason.EXPIRED)
    if proof != "VALID":
        raise ProofInvalid(Reason.PROOF)


def _group(scheme: str, wanted: Wanted, group: Any) -> Iterator[tuple[str, str, int]]:
    """Name, value and issue time (Unix seconds) of each attribute of one group that has a value."""
    if not isinstance(group, list) or not all(isinstance(found, dict) for found in group):
        raise ProofInvalid(Reason.MALFORMED)
    if not group and not wanted.required:
        return
    by_name = {found.get("id"): found for found in group if isinstance(found.get("id"), str)}
    asked = {f"{scheme}.{attribute.name}": attribute for attribute in wanted.attributes}
    if len(by_name) != len(group) or by_name.keys() != asked.keys():
        raise ProofInvalid(Reason.NOT_AS_ASKED)
    for name, attribute in asked.items():
        value = _value(attribute, by_name[name])
        if value:
            issued = by_name[name].get("issuancetime")
            if type(issued) is not int or issued <= 0:
                raise ProofInvalid(Reason.MALFORMED)
            yield attribute.name, value, issued


def _value(attribute: Attribute, found: Mapping[str, Any]) -> str | None:
    status, value = found.get("status"), found.get("rawvalue")
    if status not in ("PRESENT", "NULL"):  # EXTRA: shown, but not asked
        raise ProofInvalid(Reason.NOT_AS_ASKED)
    if status == "NULL" or value is None or value == "":
        if attribute.may_be_empty:
            return None
        raise ProofInvalid(Reason.EMPTY)
    if not isinstance(value, str):
        raise ProofInvalid(Reason.MALFORMED)
    if attribute.must_equal is not None and value != attribute.must_equal:
        raise ProofInvalid(Reason.WRONG_VALUE)
    return value


def _issued(request: DisclosureRequest, seconds: int, now: datetime) -> datetime:
    try:
        issued = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        raise ProofInvalid(Reason.MALFORMED) from None
    if issued > now + CLOCKS:
        raise ProofInvalid(Reason.FROM_THE_FUTURE)
    if request.max_age is not None and issued < now - request.max_age:
        raise ProofInvalid(Reason.TOO_OLD)
    return issued
