"""Which results count: a table of results signed by us, each wrong in one way."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import example, given
from hypothesis import strategies as st

from portal.irma.accept import accept
from portal.irma.errors import Cancelled, NotFinished, ProofInvalid, Reason, TimedOut, WalletError
from portal.irma.request import Attribute, DisclosureRequest, Wanted
from portal.irma.server import IrmaServer
from portal.irma.session import Session

Claims = dict[str, Any]

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = KEY.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)
SERVER = IrmaServer(
    "http://127.0.0.1:1", "portaal", b"k" * 32, "mijn-demo", PUBLIC.decode(), "portaal-irma", "{pointer}"
)
BSN, OVER18 = "gemeente.personalData.bsn", "gemeente.personalData.over18"
STREET, NUMBER = "gemeente.address.street", "gemeente.address.houseNumber"
EMAIL = "sidn-pbdf.email.email"
NOW = int(time.time())
DAY = 24 * 3600
SESSION = Session(
    token="mine",
    pointer={"u": "http://127.0.0.1:1/irma/session/x", "irmaqr": "disclosing"},
    frontend_authorization="f",
    pairing_code=None,
    request=DisclosureRequest(
        (
            Wanted((Attribute(BSN), Attribute(OVER18, must_equal="yes"))),
            Wanted((Attribute(STREET), Attribute(NUMBER, may_be_empty=True))),
            Wanted((Attribute(EMAIL),), required=False),
        ),
        max_age=timedelta(days=30),
    ),
    started_at=datetime.now(UTC),
)


def shown(name: str, value: str | None, **other: object) -> Claims:
    status = "NULL" if value is None else "PRESENT"
    issued = NOW - DAY
    return {"id": f"mijn-demo.{name}", "rawvalue": value, "status": status, "issuancetime": issued, **other}


def good() -> Claims:
    return {
        "iss": "portaal-irma",
        "sub": "disclosing_result",
        "iat": NOW,
        "exp": NOW + DAY,  # a whole run may lie between reading this file and its last test
        "token": "mine",
        "type": "disclosing",
        "status": "DONE",
        "proofStatus": "VALID",
        "disclosed": [
            [shown(BSN, "999970458"), shown(OVER18, "yes")],
            [shown(STREET, "Duinroosstraat"), shown(NUMBER, None)],
            [shown(EMAIL, "helga@post.example")],
        ],
    }


def signed(claims: Claims) -> str:
    """Signed below the library's own checks of claims, which a server in Go does not have."""
    return jwt.api_jws.encode(json.dumps(claims).encode(), KEY, "RS256")


def changed(**other: object) -> Claims:
    return good() | other


def without(name: str) -> Claims:
    return {key: value for key, value in good().items() if key != name}


def regrouped(change: Callable[[list[Any]], object]) -> Claims:
    claims = deepcopy(good())
    change(claims["disclosed"])
    return claims


def test_a_good_result_gives_values_and_issue_times_without_scheme() -> None:
    outcome = accept(SERVER, SESSION, signed(good()))

    assert outcome.values == {
        BSN: "999970458", OVER18: "yes", STREET: "Duinroosstraat", EMAIL: "helga@post.example",
    }  # fmt: skip
    assert set(outcome.issued_at) == set(outcome.values)
    assert outcome.issued_at[BSN] == datetime.fromtimestamp(NOW - DAY, UTC)
    assert "999970458" not in repr(outcome)


def test_an_optional_group_may_be_left_out() -> None:
    outcome = accept(SERVER, SESSION, signed(regrouped(lambda groups: groups[2].clear())))

    assert EMAIL not in outcome.values


def first(groups: list[Any], **other: object) -> object:
    return groups[0][0].update(other)


INVALID: dict[str, tuple[Claims, Reason]] = {
    "another issuer": (changed(iss="iemand"), Reason.SIGNATURE),
    "no issuer": (without("iss"), Reason.SIGNATURE),
    "issuer in a list": (changed(iss=["portaal-irma"]), Reason.SIGNATURE),
    "no subject": (without("sub"), Reason.SIGNATURE),
    "no issue time of the result": (without("iat"), Reason.SIGNATURE),
    "no end": (without("exp"), Reason.SIGNATURE),
    "past its end": (changed(iat=NOW - 900, exp=NOW - 600), Reason.SIGNATURE),
    "signed in the future": (changed(iat=NOW + DAY), Reason.SIGNATURE),
    "another session": (changed(token="other"), Reason.OTHER_SESSION),
    "no token": (without("token"), Reason.OTHER_SESSION),
    "a result of signing": (changed(type="signing"), Reason.OTHER_SESSION),
    "a result of issuing": (changed(type="issuing", sub="issuing_result"), Reason.OTHER_SESSION),
    "the old form": (changed(sub="disclosure_result"), Reason.OTHER_SESSION),
    "an unknown status": (changed(status="FINE"), Reason.MALFORMED),
    "a status in a list": (changed(status=["DONE"]), Reason.MALFORMED),
    "no status": (without("status"), Reason.MALFORMED),
    "INVALID": (changed(proofStatus="INVALID"), Reason.PROOF),
    "INVALID_TIMESTAMP": (changed(proofStatus="INVALID_TIMESTAMP"), Reason.PROOF),
    "UNMATCHED_REQUEST": (changed(proofStatus="UNMATCHED_REQUEST"), Reason.PROOF),
    "MISSING_ATTRIBUTES": (changed(proofStatus="MISSING_ATTRIBUTES"), Reason.PROOF),
    "EXPIRED": (changed(proofStatus="EXPIRED"), Reason.EXPIRED),
    "no proof status": (without("proofStatus"), Reason.PROOF),
    "proof status true": (changed(proofStatus=True), Reason.PROOF),
    "nothing disclosed": (without("disclosed"), Reason.NOT_AS_ASKED),
    "disclosed is null": (changed(disclosed=None), Reason.NOT_AS_ASKED),
    "a group fewer": (regrouped(lambda groups: groups.pop()), Reason.NOT_AS_ASKED),
    "an extra group": (regrouped(lambda groups: groups.append([shown("a.b.c", "x")])), Reason.NOT_AS_ASKED),
    "groups in another order": (regrouped(lambda groups: groups.reverse()), Reason.NOT_AS_ASKED),
    "a required group left out": (regrouped(lambda groups: groups[0].clear()), Reason.NOT_AS_ASKED),
    "an attribute fewer": (regrouped(lambda groups: groups[0].pop()), Reason.NOT_AS_ASKED),
    "an extra attribute": (
        regrouped(lambda groups: groups[2].append(shown("sidn-pbdf.email.domain", "x"))), Reason.NOT_AS_ASKED,
    ),
    "one twice": (
        regrouped(lambda groups: groups[0].append(shown(BSN, "999990329"))), Reason.NOT_AS_ASKED,
    ),
    "another attribute": (regrouped(lambda groups: first(groups, id="mijn-demo.a.b.c")), Reason.NOT_AS_ASKED),
    "the same of another scheme": (
        regrouped(lambda groups: first(groups, id=f"irma-demo.{BSN}")), Reason.NOT_AS_ASKED,
    ),
    "a name that is a number": (regrouped(lambda groups: first(groups, id=7)), Reason.NOT_AS_ASKED),
    "EXTRA": (regrouped(lambda groups: first(groups, status="EXTRA")), Reason.NOT_AS_ASKED),
    "no attribute status": (regrouped(lambda groups: first(groups, status=None)), Reason.NOT_AS_ASKED),
    "a group that is no list": (regrouped(lambda groups: groups.__setitem__(0, {})), Reason.MALFORMED),
    "an attribute that is text": (regrouped(lambda groups: groups[0].append("x")), Reason.MALFORMED),
    "NULL": (regrouped(lambda groups: first(groups, status="NULL", rawvalue=None)), Reason.EMPTY),
    "NULL with a value": (regrouped(lambda groups: first(groups, status="NULL")), Reason.EMPTY),
    "present without a value": (regrouped(lambda groups: first(groups, rawvalue=None)), Reason.EMPTY),
    "an empty text": (regrouped(lambda groups: first(groups, rawvalue="")), Reason.EMPTY),
    "a value that is a number": (
        regrouped(lambda groups: first(groups, rawvalue=999970458)), Reason.MALFORMED,
    ),
    "no instead of yes": (
        regrouped(lambda groups: groups[0][1].update(rawvalue="no")), Reason.WRONG_VALUE,
    ),
    "Yes instead of yes": (
        regrouped(lambda groups: groups[0][1].update(rawvalue="Yes")), Reason.WRONG_VALUE,
    ),
    "NULL instead of yes": (
        regrouped(lambda groups: groups[0][1].update(rawvalue=None, status="NULL")), Reason.EMPTY,
    ),
    "issued too long ago": (
        regrouped(lambda groups: first(groups, issuancetime=NOW - 31 * DAY)), Reason.TOO_OLD,
    ),
    "issued in the future": (
        regrouped(lambda groups: first(groups, issuancetime=NOW + DAY)), Reason.FROM_THE_FUTURE,
    ),
    "no issue time": (regrouped(lambda groups: groups[0][0].pop("issuancetime")), Reason.MALFORMED),
    "issue time zero": (regrouped(lambda groups: first(groups, issuancetime=0)), Reason.MALFORMED),
    "issue time true": (regrouped(lambda groups: first(groups, issuancetime=True)), Reason.MALFORMED),
    "issue time in text": (regrouped(lambda groups: first(groups, issuancetime=str(NOW))), Reason.MALFORMED),
    "an endless issue time": (regrouped(lambda groups: first(groups, issuancetime=10**30)), Reason.MALFORMED),
}  # fmt: skip


@pytest.mark.parametrize(("claims", "reason"), INVALID.values(), ids=INVALID.keys())
def test_a_result_that_is_wrong_in_one_way_never_counts(claims: Claims, reason: Reason) -> None:
    with pytest.raises(ProofInvalid) as refused:
        accept(SERVER, SESSION, signed(claims))
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("INITIALIZED", NotFinished), ("PAIRING", NotFinished), ("CONNECTED", NotFinished),
        ("CANCELLED", Cancelled), ("TIMEOUT", TimedOut),
    ],
)  # fmt: skip
def test_valid_proof_of_a_session_that_did_not_end_well_does_not_count(
    status: str, error: type[WalletError]
) -> None:
    with pytest.raises(error):
        accept(SERVER, SESSION, signed(changed(status=status)))


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def by_hand(header: Claims, key: bytes | None) -> str:
    """A token that no library would make."""
    body = f"{encoded(json.dumps(header).encode())}.{encoded(json.dumps(good()).encode())}"
    mac = b"" if key is None else hmac.new(key, body.encode(), hashlib.sha256).digest()
    return f"{body}.{encoded(mac)}"


FORGED = {
    "no signature": by_hand({"alg": "none", "typ": "JWT"}, None),
    "None with a capital": by_hand({"alg": "None"}, None),
    "our public key as a secret": by_hand({"alg": "HS256", "typ": "JWT"}, PUBLIC),
    "the requestor's own key": jwt.encode(good(), SERVER.hmac_key, "HS256"),
    "another key": jwt.encode(good(), OTHER_KEY, "RS256"),
    "another key, sent along": jwt.encode(
        good(),
        OTHER_KEY,
        "RS256",
        {"jwk": json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(OTHER_KEY.public_key()))},
    ),
    "another algorithm with our key": jwt.encode(good(), KEY, "RS512"),
    "padding of another kind": jwt.encode(good(), KEY, "PS256"),
    "signature cut off": signed(good()).rpartition(".")[0] + ".",
    "body changed": signed(good()).replace(".", ".e30", 1),
    "nothing": "",
    "not a token": "VALID",
    "an array": jwt.api_jws.encode(b"[]", KEY, "RS256"),
    "nonsense": "\x00\xff.é.𝕏",
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED.keys())
def test_what_our_server_did_not_sign_never_counts(forged: str) -> None:
    with pytest.raises(ProofInvalid) as refused:
        accept(SERVER, SESSION, forged)
    assert refused.value.reason is Reason.SIGNATURE


def test_without_a_limit_an_old_card_is_fine() -> None:
    ancient = regrouped(lambda groups: first(groups, issuancetime=NOW - 3000 * DAY))
    no_limit = replace(SESSION, request=replace(SESSION.request, max_age=None))

    assert accept(SERVER, no_limit, signed(ancient)).values[BSN] == "999970458"


def test_the_limit_itself_still_counts() -> None:
    issued = regrouped(lambda groups: first(groups, issuancetime=NOW - 30 * DAY))
    at_the_limit = datetime.fromtimestamp(NOW, UTC)

    assert accept(SERVER, SESSION, signed(issued), now=at_the_limit)
    with pytest.raises(ProofInvalid):
        accept(SERVER, SESSION, signed(issued), now=at_the_limit + timedelta(seconds=1))


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@example(claim="exp", value=float("inf"))
@given(
    claim=st.sampled_from(
        ["token", "type", "status", "proofStatus", "disclosed", "sub", "iss", "iat", "exp"]
    ),
    value=ANYTHING,
)
def test_signed_nonsense_is_refused_and_never_an_accident(claim: str, value: object) -> None:
    claims = changed(**{claim: value})
    try:
        outcome = accept(SERVER, SESSION, signed(claims))
    except WalletError:
        return
    assert (claim in ("iat", "exp")) or claims == good(), outcome


@given(
    group=st.integers(0, 2), key=st.sampled_from(["id", "rawvalue", "status", "issuancetime"]), value=ANYTHING
)
def test_a_nonsense_attribute_is_refused_and_never_an_accident(group: int, key: str, value: object) -> None:
    claims = regrouped(lambda groups: groups[group][0].update({key: value}))
    try:
        accept(SERVER, SESSION, signed(claims))
    except WalletError:
        return
    assert key in ("rawvalue", "issuancetime")
