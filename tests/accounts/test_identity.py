"""The demo's identity provider is a real one: strict with clients, and clear to whoever stands before it."""

import base64
import hashlib
import secrets
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest

from demo.content.residents import MEETINA, RESIDENTS

from .browser import Browser
from .conftest import Identity, new_key, public_jwk

KEY, OTHERS = new_key(), new_key()
BACK, OUT = "http://127.0.0.1:9/back", "http://127.0.0.1:9/out"
CLIENT = "a-site"
BY_KEY = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@pytest.fixture
def provider(identity: Identity) -> Identity:
    def client(name: str, key: Any) -> dict[str, Any]:
        jwks = {"keys": [public_jwk(key)]}
        uris = {"redirect_uris": [BACK], "post_logout_redirect_uris": [OUT]}
        return {"name": name, "jwks": jwks, **uris}

    identity.knows(**{CLIENT: client("Een site", KEY), "another": client("Een andere site", OTHERS)})
    return identity


class Asking:
    """A client's question, and its verifier."""

    def __init__(self, **changed: Any) -> None:
        self.verifier = secrets.token_urlsafe(32)
        digest = hashlib.sha256(self.verifier.encode()).digest()
        right = {
            "client_id": CLIENT,
            "redirect_uri": BACK,
            "response_type": "code",
            "scope": "openid",
            "state": secrets.token_urlsafe(32),
            "nonce": secrets.token_urlsafe(32),
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        self.fields = {name: value for name, value in {**right, **changed}.items() if value is not ...}

    def opens(self, visitor: Browser, provider: Identity) -> httpx.Response:
        return visitor.get(f"{provider.url}/authorize", params=self.fields, follow_redirects=False)


def answer_in(response: httpx.Response) -> dict[str, str]:
    """What the provider says to the site."""
    location = response.headers["location"]
    assert location.startswith(BACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def chooses(visitor: Browser, provider: Identity, asking: Asking, **fields: str) -> dict[str, str]:
    page = visitor.get(provider.url + asking.opens(visitor, provider).headers["location"])
    return answer_in(visitor.submit(page, follow=False, **({"person": "helga-huisman"} | fields)))


def assertion(provider: Identity, key: Any = KEY, **changed: Any) -> str:
    now = int(time.time())
    right = {"iss": CLIENT, "sub": CLIENT, "aud": f"{provider.url}/token", "exp": now + 60}
    claims = {**right, "jti": secrets.token_urlsafe(), **changed}
    return jwt.encode({name: value for name, value in claims.items() if value is not ...}, key, "RS256")


def exchanges(provider: Identity, asking: Asking, given: str, **changed: Any) -> httpx.Response:
    right = {
        "grant_type": "authorization_code",
        "code": given,
        "redirect_uri": BACK,
        "code_verifier": asking.verifier,
        "client_id": CLIENT,
        "client_assertion_type": BY_KEY,
        "client_assertion": assertion(provider),
    }
    form = {name: value for name, value in {**right, **changed}.items() if value is not ...}
    return httpx.post(f"{provider.url}/token", data=form)


def claims_of(provider: Identity, tokens: httpx.Response) -> dict[str, Any]:
    assert tokens.status_code == 200, tokens.text
    keys = jwt.PyJWKSet.from_dict(httpx.get(f"{provider.url}/jwks.json").json())
    claims: dict[str, Any] = jwt.decode(
        tokens.json()["id_token"], keys.keys[0], ["RS256"], audience=CLIENT, issuer=provider.url
    )
    return claims


def test_what_it_publishes_is_what_it_does(provider: Identity) -> None:
    told = httpx.get(f"{provider.url}/.well-known/openid-configuration").json()

    assert told["issuer"] == provider.url
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint"):
        assert told[name].startswith(provider.url + "/")
        assert httpx.get(told[name]).status_code != 404 or name == "token_endpoint"
    public = httpx.get(told["jwks_uri"]).json()["keys"][0]
    assert set(public) == {"kty", "n", "e", "use", "alg", "kid"}


def test_a_site_gets_who_it_is_how_surely_and_nothing_twice(provider: Identity, visitor: Browser) -> None:
    asking = Asking()

    answer = chooses(visitor, provider, asking, level="hoog")
    claims = claims_of(provider, exchanges(provider, asking, answer["code"]))

    assert answer["state"] == asking.fields["state"]
    assert answer["iss"] == provider.url
    assert claims["nonce"] == asking.fields["nonce"]
    assert claims["name"] == "Helga Huisman"
    assert claims["bsn"] == "999970458"
    assert claims["acr"].endswith("SmartcardPKI")
    assert exchanges(provider, asking, answer["code"]).json() == {"error": "invalid_grant"}


def test_two_sites_know_the_same_person_by_different_names(provider: Identity, visitor: Browser) -> None:
    first, second = Asking(), Asking(client_id="another")
    one = claims_of(provider, exchanges(provider, first, chooses(visitor, provider, first)["code"]))
    code = chooses(visitor, provider, second, go_on="1")["code"]
    told = exchanges(
        provider, second, code, client_id="another",
        client_assertion=assertion(provider, OTHERS, iss="another", sub="another"),
    )  # fmt: skip

    assert told.status_code == 200
    other = jwt.decode(told.json()["id_token"], options={"verify_signature": False})
    assert other["bsn"] == one["bsn"]
    assert other["sub"] != one["sub"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "unknown"}, {"client_id": ...},
        {"redirect_uri": "https://elders.example/"}, {"redirect_uri": ...},
    ],
    ids=str,
)  # fmt: skip
def test_it_sends_nobody_to_an_address_that_no_site_registered(
    provider: Identity, visitor: Browser, wrong: dict[str, Any]
) -> None:
    page = Asking(**wrong).opens(visitor, provider)

    assert page.status_code == 400
    assert "location" not in page.headers


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"code_challenge": ...}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"nonce": ...}, "invalid_request"),
        ({"state": "short"}, "invalid_request"),
        ({"max_age": "-1"}, "invalid_request"),
        ({"max_age": "²"}, "invalid_request"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
    ],
    ids=str,
)
def test_a_question_that_is_not_right_goes_back_to_the_site(
    provider: Identity, visitor: Browser, wrong: dict[str, Any], error: str
) -> None:
    assert answer_in(Asking(**wrong).opens(visitor, provider))["error"] == error


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"code_verifier": "v" * 43}, "invalid_grant"),
        ({"code_verifier": ...}, "invalid_grant"),
        ({"redirect_uri": OUT}, "invalid_grant"),
        ({"code": "unknown"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion": ...}, "invalid_client"),
        ({"client_assertion": "x.y.z"}, "invalid_client"),
        ({"client_assertion_type": "password"}, "invalid_client"),
        ({"client_id": "another"}, "invalid_client"),
        ({"client_secret": "secret", "client_assertion": ...}, "invalid_client"),
    ],
    ids=str,
)
def test_a_code_is_only_for_the_site_that_asked(
    provider: Identity, visitor: Browser, wrong: dict[str, Any], error: str
) -> None:
    asking = Asking()
    code = chooses(visitor, provider, asking)["code"]

    assert exchanges(provider, asking, code, **wrong).json() == {"error": error}


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": OTHERS}, {"aud": "https://elders.example"}, {"exp": 1}, {"exp": ...}, {"jti": ...},
        {"sub": "another"}, {"iss": "unknown"}, {"exp": 2**33},
    ],
    ids=lambda wrong: ", ".join(wrong),
)  # fmt: skip
def test_a_site_proves_itself_with_its_key_or_not_at_all(
    provider: Identity, visitor: Browser, wrong: dict[str, Any]
) -> None:
    asking = Asking()
    code = chooses(visitor, provider, asking)["code"]

    proof = assertion(provider, **wrong)

    assert exchanges(provider, asking, code, client_assertion=proof).json() == {"error": "invalid_client"}


def test_a_proof_counts_once(provider: Identity, visitor: Browser) -> None:
    asking, proof = Asking(), assertion(provider)
    code = chooses(visitor, provider, asking)["code"]

    assert exchanges(provider, asking, code, client_assertion=proof).status_code == 200
    assert exchanges(provider, asking, code, client_assertion=proof).status_code == 401


def test_who_is_signed_in_may_go_on_unless_the_site_wants_it_anew(
    provider: Identity, visitor: Browser
) -> None:
    chooses(visitor, provider, Asking())

    assert "code" in chooses(visitor, provider, Asking(), go_on="1")
    assert "code" in answer_in(Asking(prompt="none").opens(visitor, provider))
    for anew in ({"prompt": "login"}, {"max_age": "0"}):
        page = visitor.get(provider.url + Asking(**anew).opens(visitor, provider).headers["location"])
        assert "Verder als" not in page.text


def test_a_link_alone_signs_nobody_out(provider: Identity, visitor: Browser) -> None:
    chooses(visitor, provider, Asking())
    where = {"client_id": CLIENT, "post_logout_redirect_uri": OUT, "state": "nl"}

    asks = visitor.get(f"{provider.url}/sign-out", params=where)
    assert "code" in answer_in(Asking(prompt="none").opens(visitor, provider))
    end = visitor.submit(asks, follow=False)

    assert end.headers["location"] == f"{OUT}?state=nl"
    assert answer_in(Asking(prompt="none").opens(visitor, provider))["error"] == "login_required"
    assert visitor.get(asks.url, follow_redirects=False).headers["location"] == f"{OUT}?state=nl"


def test_after_signing_out_it_sends_nobody_to_an_unknown_address(
    provider: Identity, visitor: Browser
) -> None:
    where = {"client_id": CLIENT, "post_logout_redirect_uri": "https://elders.example/"}

    page = visitor.get(f"{provider.url}/sign-out", params=where, follow_redirects=False)

    assert page.status_code == 200
    assert "elders.example" not in page.text


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
def test_no_other_site_chooses_for_a_person(provider: Identity, visitor: Browser, path: str) -> None:
    for origin in ({"Origin": "http://elders.example"}, {"Origin": "null"}, {}):
        assert visitor.post(provider.url + path, data={"person": "x"}, headers=origin).status_code == 403


def test_it_answers_to_its_own_name_only(provider: Identity, visitor: Browser) -> None:
    assert visitor.get(provider.url + "/", headers={"Host": "elders.example"}).status_code == 421


def test_everyone_who_may_be_played_is_on_the_page_with_a_story_and_no_number(
    provider: Identity, visitor: Browser
) -> None:
    page = visitor.get(provider.url + Asking().opens(visitor, provider).headers["location"])

    for resident in RESIDENTS:
        assert (f"Log in als {resident.name}" in page.text) is resident.listed
        assert resident.bsn not in page.text
    assert MEETINA.name not in page.text
    assert "Bijzondere gevallen" in page.text
    assert "DigiD" not in page.text
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; form-action 'self' http://127.0.0.1:9;")
    assert "unsafe" not in policy
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("bilgic", ["Ayse Bilgiç"]),
        ("BRONWASSER", ["Robbert Sebastiaan Bronwaßer"]),
        ("ghezala", ["Rabah Ghezala", "Farid Ghezala"]),
        ("de hoop kees", ["Kees de Hoop"]),
        ("<script>", []),
    ],
)
def test_a_search_finds_whatever_the_accents(
    provider: Identity, visitor: Browser, words: str, names: list[str]
) -> None:
    page = visitor.get(provider.url + Asking().opens(visitor, provider).headers["location"])

    found = visitor.get(page.url.copy_merge_params({"q": words, "level": "hoog"}))

    shown = [resident.name for resident in RESIDENTS if f"Log in als {resident.name}" in found.text]
    assert sorted(shown) == sorted(names)
    assert '<input type="radio" name="level" value="hoog" checked>' in found.text
    assert "<script>" not in found.text
    assert ("Niemand gevonden" in found.text) is (not names)


def test_staff_are_offered_to_the_sites_of_staff_only(provider: Identity, visitor: Browser) -> None:
    page = visitor.get(provider.url + Asking().opens(visitor, provider).headers["location"])

    assert "Noor Duinker" not in page.text
    assert visitor.submit(page, follow=False, person="noor-duinker").status_code == 400


def test_nothing_of_anyone_is_in_its_log(provider: Identity, visitor: Browser) -> None:
    asking = Asking()
    code = chooses(visitor, provider, asking)["code"]
    exchanges(provider, asking, code)

    for secret in (code, asking.fields["state"], asking.verifier, "999970458", "helga"):
        assert secret not in provider.log
