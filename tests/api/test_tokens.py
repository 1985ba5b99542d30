"""A token for a signature: what a signature must be, and what a token is good for."""

import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.test import Client
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.sharing.consumers import TOKEN_LIVES
from portal.sharing.forgetting import forget_tokens
from portal.sharing.models import AccessToken, Consumer
from tests.sharing.conftest import Desk

pytestmark = pytest.mark.django_db(transaction=True)
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def token(host: str, assertion: str, **other: str):
    form = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION}
    form |= {"client_assertion": assertion, **other}
    kind = "application/x-www-form-urlencoded"
    body = "&".join(f"{name}={value}" for name, value in form.items())
    return Client(HTTP_HOST=host).post("/api/v1/token", body, content_type=kind)


def reaches(host: str, value: str) -> int:
    headers = {"Authorization": f"Bearer {value}"}
    return Client(HTTP_HOST=host).get("/api/v1/gebeurtenissen", headers=headers).status_code


def test_a_signature_gives_a_token_for_ten_minutes_with_the_consumers_scopes(offering, desk_at, clock):
    answer = token(offering.host, desk_at.assertion())
    assert answer.status_code == 200
    given = answer.json()
    assert (given["token_type"], given["expires_in"]) == ("Bearer", 600)
    assert "toestemming:gebruiken:digitaal-bericht" in given["scope"].split()
    assert (answer["Cache-Control"], answer["API-Version"]) == ("no-store", "1.0.0")
    assert reaches(offering.host, given["access_token"]) == 200
    clock.time += TOKEN_LIVES
    assert reaches(offering.host, given["access_token"]) == 401
    with acting_for(offering), transaction.atomic():
        forget_tokens(timezone.now() + TOKEN_LIVES)
        assert not AccessToken.objects.exists()


def test_the_token_itself_is_kept_nowhere(offering, desk_at):
    given = token(offering.host, desk_at.assertion()).json()["access_token"]
    with acting_for(offering), transaction.atomic():
        assert given not in json.dumps(list(AccessToken.objects.values_list("hashed", flat=True)))


def test_a_token_of_one_municipality_is_nobodys_in_another(offering, veldrecht, desk_at):
    Desk("demo-balie", veldrecht)
    given = token(offering.host, desk_at.assertion()).json()["access_token"]
    assert reaches(veldrecht.host, given) == 401


def test_a_scope_of_another_purpose_is_refused(offering, desk_at):
    for scope in ("toestemming:gebruiken:geheim", "alles", "toestemming:gebruiken"):
        answer = token(offering.host, desk_at.assertion(), scope=scope)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")
    given = token(offering.host, desk_at.assertion(), scope="toestemming:lezen:maatje-18").json()
    assert given["scope"] == "toestemming:lezen:maatje-18"


def test_what_is_taken_from_a_consumer_is_gone_from_its_tokens_too(offering, desk_at):
    header = desk_at.header()
    with acting_for(offering), transaction.atomic():
        Consumer.objects.update(purposes=[])
    body = json.dumps({"id": "0b0e3a5e-53a5-4a3c-9a57-0d6a9e1c2f11", "doel": "maatje-18", "versie": 1,
                       "burgerservicenummer": "999970458"})  # fmt: skip
    answer = Client(HTTP_HOST=offering.host).post(
        "/api/v1/toestemmingsverzoeken", body, content_type="application/json",
        headers={"Authorization": header},
    )  # fmt: skip
    assert answer.status_code == 403


def _with(**claims):
    return lambda desk: desk.assertion(**claims)


def _signed(key, algorithm, desk):
    claims = jwt.decode(desk.assertion(), options={"verify_signature": False})
    return jwt.encode(claims, key, algorithm, headers={"kid": "1"})


BAD = {
    "none": lambda desk: "",
    "nonsense": lambda desk: "x.y.z",
    "too long": lambda desk: desk.assertion(padding="x" * 5000),
    "another's key": lambda desk: _signed(Ed25519PrivateKey.generate(), "EdDSA", desk),
    "unsigned": lambda desk: _signed(None, "none", desk),
    "signed with a secret": lambda desk: _signed("x" * 32, "HS256", desk),
    "signed with its own public key as a secret": lambda desk: _signed(
        desk.row.jwks["keys"][0]["x"].ljust(43, "="), "HS256", desk
    ),
    "over": _with(exp=int(time.time()) - 10),
    "lives too long": _with(exp=int(time.time()) + 3600),
    "made in the future": lambda desk: desk.assertion(iat=int(time.time()) + 600),
    "for another municipality": _with(aud="http://veldrecht.localhost/api/v1"),
    "for several": _with(aud=["http://zandmeer.localhost/api/v1", "http://x/"]),
    "of nobody we know": _with(iss="onbekend"),
    "about another": _with(sub="andere-balie"),
    "issuer is no text": _with(iss=["demo-balie"]),
    "without a number of its own": _with(jti=""),
    "number is no text": _with(jti=12345678),
    "issuer holds a NUL": _with(iss="demo\0balie"),
    "number holds a NUL": _with(jti="12345678\0"),
    "end is text": _with(exp="over een minuut"),
    "end is infinite": _with(exp=float("inf")),
    "end is not a number": _with(exp=float("nan")),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_signature_that_does_not_prove_who_asks_gets_no_token(offering, desk_at, kind):
    answer = token(offering.host, BAD[kind](desk_at))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    with acting_for(offering), transaction.atomic():
        assert not AccessToken.objects.exists()


def test_a_signature_counts_once_whatever_else_is_wrong(offering, desk_at):
    once, refused = desk_at.assertion(), desk_at.assertion()
    assert [token(offering.host, once).status_code for _ in range(2)] == [200, 401]
    assert token(offering.host, refused, scope="alles").status_code == 400
    assert token(offering.host, refused).status_code == 401


def test_a_key_that_is_no_longer_the_consumers_signs_for_nobody(offering, desk_at):
    with acting_for(offering), transaction.atomic():
        Consumer.objects.update(jwks={"keys": []})
    assert token(offering.host, desk_at.assertion()).status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Basic eDp5", "Bearer", "Bearer x", "Bearer " + "x" * 5000, "Bearer \u00e9"]
)
def test_a_call_without_a_good_token_gets_nothing(offering, header):
    answer = Client(HTTP_HOST=offering.host).get("/api/v1/gebeurtenissen", headers={"Authorization": header})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_signature_in_the_address_or_twice_is_not_read(offering, desk_at):
    client, kind = Client(HTTP_HOST=offering.host), "application/x-www-form-urlencoded"
    body = f"grant_type=client_credentials&client_assertion_type={ASSERTION}&client_assertion="
    signed = desk_at.assertion()
    assert client.post(f"/api/v1/token?{body}{signed}", "x=1", content_type=kind).status_code == 400
    twice = f"{body}{signed}&client_assertion={signed}"
    assert client.post("/api/v1/token", twice, content_type=kind).status_code == 400
    assert client.post("/api/v1/token", "{}", content_type="application/json").status_code == 415
