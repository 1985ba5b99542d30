"""The kinds of ID token that must be refused, by the reason to refuse them; each with a sentence.

A row takes what the real token would be, and breaks one thing.
"""

import json

from .conftest import new_key, public_jwk
from .forging import BSN, SAML, Forge, Forgery, b64

CLIENT = "mijn-zandmeer"
REAL, OTHERS = new_key(), new_key()
DAY = 86_400


def _parts(forge: Forge) -> list[str]:
    return forge.token().split(".")


def _claims_text(forge: Forge, **added: str) -> str:
    """The claims as text, with members added as they are."""
    return (
        json.dumps(forge.claims)[:-1] + "".join(f', "{name}": {text}' for name, text in added.items()) + "}"
    )


def _flipped(forge: Forge) -> str:
    head, body, signature = _parts(forge)
    return f"{head}.{body}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"


def _swapped(forge: Forge) -> str:
    """Another person's claims under the signature of these."""
    head, _body, signature = _parts(forge)
    return f"{head}.{b64(json.dumps({**forge.claims, 'bsn': '999991747'}).encode())}.{signature}"


BY_REASON: dict[str, list[tuple[str, Forgery]]] = {
    "form": [
        ("has no signature and says so", lambda f: f.unsigned("none")),
        ("says None, with a capital", lambda f: f.unsigned("None")),
        ("has an empty signature", lambda f: ".".join([*_parts(f)[:2], ""])),
        ("is empty", lambda _f: ""),
        ("is one word", lambda _f: "token"),
        ("has two parts", lambda f: ".".join(_parts(f)[:2])),
        ("has four parts", lambda f: f.token() + ".AAAA"),
        ("has five parts, as encrypted ones have", lambda f: f.token() + ".AAAA.AAAA"),
        ("has three empty parts", lambda _f: ".."),
        ("is very long", lambda f: f.token(more="x" * 20_000)),
        ("holds a letter that is not of the alphabet", lambda f: f.token() + "é"),
        ("holds a space", lambda f: " " + f.token()),
        ("ends in a new line", lambda f: f.token() + "\n"),
        ("is padded", lambda f: f.token() + "="),
        ("holds half a letter pair in its header", lambda f: f.under(b'{"alg":"RS256","kid":"\\ud800"}')),
        ("has a header that is no JSON", lambda f: f.under(b"{alg")),
        ("has a header that is a list", lambda f: f.under(b'["RS256"]')),
        ("has a header that is no text", lambda f: f.under(b"\xff\xfe")),
        ("says its algorithm twice", lambda f: f.under(b'{"alg":"none","alg":"RS256","kid":"real"}')),
        ("has claims that are no JSON", lambda f: f.raw("{")),
        ("has claims that are a list", lambda f: f.raw(f"[{json.dumps(f.claims)}]")),
        ("has claims that are text", lambda f: f.raw('"claims"')),
        ("has claims that are no text", lambda f: f.signed(f.header, b"\xff\xfe{}")),
        ("says who it is for twice", lambda f: f.raw(_claims_text(f, aud='"another"'))),
        ("says whose number it is twice", lambda f: f.raw(_claims_text(f, bsn='"999991747"'))),
        ("has a time that is no number", lambda f: f.raw(_claims_text(f, more="NaN"))),
        ("is a thousand lists deep", lambda f: f.raw(_claims_text(f, more="[" * 1500 + "]" * 1500))),
        ("holds half a letter pair in a name", lambda f: f.token(name="\ud800")),
    ],
    "alg": [
        ("says nOnE, and has a signature", lambda f: f.unsigned("nOnE", _parts(f)[2])),
        ("says an empty algorithm", lambda f: f.unsigned("", _parts(f)[2])),
        ("says null for its algorithm", lambda f: f.unsigned(None, _parts(f)[2])),
        ("says a list of algorithms", lambda f: f.unsigned(["RS256"], _parts(f)[2])),
        ("has no algorithm", lambda f: f.token({"alg": ...})),
        ("is a MAC with the public key as the secret", lambda f: f.with_public_key_as_secret()),
    ],
    "signature": [
        ("is signed by another key under the real key's name", lambda f: f.by(OTHERS)),
        ("has a signature with one bit changed", _flipped),
        ("has half a signature", lambda f: f.token()[:-170]),
        ("has other claims than were signed", _swapped),
    ],
    "kid": [
        ("says RS512 over a signature of RS256", lambda f: f.token({"alg": "RS512"})),
        ("says PS256 over a signature of RS256", lambda f: f.token({"alg": "PS256"})),
        ("says ES256, for which the provider has no key", lambda f: f.token({"alg": "ES256"})),
        ("names a key that the provider does not have", lambda f: f.token({"kid": "unknown"})),
        ("names no key where the provider has two", lambda f: f.token({"kid": ...})),
        ("names null for a key", lambda f: f.token({"kid": None})),
        ("names a list of keys", lambda f: f.token({"kid": ["real"]})),
        ("names a path for a key", lambda f: f.token({"kid": "../../../dev/null"})),
        ("names the provider's key for encryption", lambda f: f.by(OTHERS, {"kid": "for-encryption"})),
    ],
    "header": [
        ("brings its own key", lambda f: f.by(OTHERS, {"jwk": public_jwk(OTHERS)})),
        ("brings a key, though the real one signed", lambda f: f.token({"jwk": public_jwk(REAL)})),
        ("says where to fetch its key", lambda f: f.token({"jku": "https://elders.example/jwks"})),
        ("says where to fetch its certificate", lambda f: f.token({"x5u": "https://elders.example/cert"})),
        ("brings its own certificate", lambda f: f.token({"x5c": ["MIIB"]})),
        ("has a critical header that we do not know", lambda f: f.token({"crit": ["b64"], "b64": False})),
        ("says that its claims are not encoded", lambda f: f.token({"b64": False})),
        ("says that a token lies inside it", lambda f: f.token({"cty": "JWT"})),
        ("is compressed", lambda f: f.token({"zip": "DEF"})),
    ],
    "typ": [
        ("is a token for access, not of identity", lambda f: f.token({"typ": "at+jwt"})),
        ("is a token to sign somebody out", lambda f: f.token({"typ": "logout+jwt"})),
        ("has a list for its type", lambda f: f.token({"typ": ["JWT"]})),
        ("has an object for its type", lambda f: f.token({"typ": {}})),
    ],
    "no id_token": [
        ("is not there", lambda _f: ...),
        ("is null", lambda _f: None),
        ("is a number", lambda _f: 7),
        ("is an object", lambda f: f.claims),
        ("is a list of tokens", lambda f: [f.token()]),
    ],
    "aud": [
        ("is for another", lambda f: f.token(aud="mijn-veldrecht")),
        ("is for nobody", lambda f: f.token(aud=...)),
        ("is for an empty name", lambda f: f.token(aud="")),
        ("is for nobody, in a list", lambda f: f.token(aud=[])),
        ("is for us and another", lambda f: f.token(aud=[CLIENT, "another"])),
        ("is for us twice", lambda f: f.token(aud=[CLIENT, CLIENT])),
        ("is for us in a list in a list", lambda f: f.token(aud=[[CLIENT]])),
        ("is for an object", lambda f: f.token(aud={CLIENT: True})),
        ("is for us in other letters", lambda f: f.token(aud=CLIENT.upper())),
        ("is for us with a space", lambda f: f.token(aud=CLIENT + " ")),
    ],
    "iss": [
        ("is from another", lambda f: f.token(iss="https://elders.example")),
        ("is from nobody", lambda f: f.token(iss=...)),
        ("is from null", lambda f: f.token(iss=None)),
        ("is from the provider with a slash more", lambda f: f.token(iss=f.issuer + "/")),
        ("is from the provider in capitals", lambda f: f.token(iss=f.issuer.upper())),
        ("is from the provider in a list", lambda f: f.token(iss=[f.issuer])),
        ("is from a page of the provider", lambda f: f.token(iss=f.issuer + "/realms/other")),
        ("is from a name that looks the same", lambda f: f.token(iss=f.issuer.replace("1", "\u0661"))),
        ("is from the provider with an unseen letter", lambda f: f.token(iss=f.issuer + "\u200b")),
    ],
    "azp": [
        ("was asked by another", lambda f: f.token(azp="another")),
        ("was asked by null", lambda f: f.token(azp=None)),
        ("was asked by a list", lambda f: f.token(azp=[CLIENT])),
    ],
    "exp": [
        ("is over", lambda f: f.token(exp=f.now - 60, iat=f.now - 300)),
        ("ended a day ago", lambda f: f.token(exp=f.now - DAY)),
        ("never ends", lambda f: f.token(exp=...)),
        ("ends at true", lambda f: f.token(exp=True)),
        ("ends at a text", lambda f: f.token(exp=str(f.now + 300))),
        ("ends at a fraction", lambda f: f.token(exp=f.now + 300.5)),
        ("ends at null", lambda f: f.token(exp=None)),
        ("ends before 1970", lambda f: f.token(exp=-1)),
        ("ends beyond all time", lambda f: f.token(exp=10**30)),
    ],
    "iat": [
        ("was never made", lambda f: f.token(iat=...)),
        ("was made at true", lambda f: f.token(iat=True)),
        ("was made at a text", lambda f: f.token(iat=str(f.now))),
        ("was made at a fraction", lambda f: f.token(iat=float(f.now))),
        ("will be made in an hour", lambda f: f.token(iat=f.now + 3600)),
        ("was made an hour ago", lambda f: f.token(iat=f.now - 3600)),
    ],
    "nbf": [
        ("may not be used yet", lambda f: f.token(nbf=f.now + 3600)),
        ("may be used from null", lambda f: f.token(nbf=None)),
        ("may be used from a text", lambda f: f.token(nbf=str(f.now))),
    ],
    "auth_time": [
        ("is of somebody who signed in yesterday", lambda f: f.token(auth_time=f.now - DAY)),
        ("is of somebody who will sign in", lambda f: f.token(auth_time=f.now + 3600)),
        ("does not say when they signed in", lambda f: f.token(auth_time=...)),
        ("says a text for when they signed in", lambda f: f.token(auth_time=str(f.now))),
    ],
    "nonce": [
        ("has no nonce", lambda f: f.token(nonce=...)),
        ("has an empty nonce", lambda f: f.token(nonce="")),
        ("has the nonce of another sign-in", lambda f: f.token(nonce="n" * 43)),
        ("has the nonce in a list", lambda f: f.token(nonce=[f.nonce])),
        ("has true for a nonce", lambda f: f.token(nonce=True)),
        ("has a nonce with a letter more", lambda f: f.token(nonce=f.nonce + "a")),
        ("has a nonce that is no ASCII", lambda f: f.token(nonce=f.nonce[:-1] + "é")),
    ],
    "at_hash": [
        ("goes with another access token", lambda f: f.token(at_hash=b64(b"x" * 16))),
        ("has an empty hash of the access token", lambda f: f.token(at_hash="")),
        ("has a number for that hash", lambda f: f.token(at_hash=1)),
        ("has letters that are no ASCII in that hash", lambda f: f.token(at_hash="é")),
    ],
    "sub": [
        ("names nobody", lambda f: f.token(sub=...)),
        ("names an empty subject", lambda f: f.token(sub="")),
        ("names a number as its subject", lambda f: f.token(sub=7)),
        ("names a list of subjects", lambda f: f.token(sub=["helga"])),
        ("names a subject that is too long", lambda f: f.token(sub="s" * 256)),
        ("names a subject that is no ASCII", lambda f: f.token(sub="h\u0435lga")),
        ("names a subject with a zero byte", lambda f: f.token(sub="helga\x00")),
    ],
    "sid": [
        ("has a session that is no text", lambda f: f.token(sid=7)),
    ],
    "level": [
        ("has a level that is too low", lambda f: f.token(acr=SAML + "PasswordProtectedTransport")),
        ("has a level that nobody knows", lambda f: f.token(acr="heel-hoog")),
        ("has an empty level", lambda f: f.token(acr="")),
        ("has a level with a space", lambda f: f.token(acr=" hoog")),
    ],
    "acr": [
        ("has no level", lambda f: f.token(acr=...)),
        ("has a list of levels", lambda f: f.token(acr=["hoog"])),
        ("has a number for its level", lambda f: f.token(acr=4)),
    ],
    "bsn": [
        ("has no BSN", lambda f: f.token(bsn=...)),
        ("has an empty BSN", lambda f: f.token(bsn="")),
        ("has a BSN that fails the eleven-test", lambda f: f.token(bsn="999970459")),
        ("has a BSN of zeros", lambda f: f.token(bsn="000000000")),
        ("has a BSN with spaces", lambda f: f.token(bsn=f" {BSN} ")),
        ("has a BSN with dots", lambda f: f.token(bsn="9999.70.458")),
        ("has a BSN in other digits", lambda f: f.token(bsn=BSN.replace("9", "\uff19"))),
        ("has a BSN that is a number", lambda f: f.token(bsn=int(BSN))),
        ("has a list of BSNs", lambda f: f.token(bsn=[BSN])),
        ("has a BSN with a new line", lambda f: f.token(bsn=BSN + "\n")),
    ],
}  # fmt: skip
FORGERIES = [(reason, words, made) for reason, rows in BY_REASON.items() for words, made in rows]
