"""The signature: another library finds it good, and nothing that was changed or made up passes."""

import base64
import json
import subprocess
import sys
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.municipalities import signing
from portal.sharing.purposes import canonical
from portal.sharing.receipts import jsonld, signed, verify
from tests.sharing.conftest import gives

from .conftest import last_of

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).resolve().parents[3] / "docs" / "check_receipt.py"


@pytest.fixture
def file(helga, desk) -> bytes:
    return signed.as_file(jsonld.linked_data(last_of(gives(helga))))


def text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def test_another_library_finds_the_signature_good_with_the_published_key(file):
    document = json.loads(file)
    jws = document.pop("jws")
    key = jwt.PyJWK(signing.key_set()["keys"][0])
    jwt.api_jws.decode(jws, key, algorithms=["EdDSA"], detached_payload=canonical(document))


def test_our_own_file_is_genuine_also_when_it_was_written_out_anew(file):
    assert verify.file_is_genuine(file)
    assert verify.file_is_genuine(json.dumps(json.loads(file), sort_keys=True).encode())


@pytest.mark.parametrize(
    "change",
    [
        lambda it: it | {"dct:issued": "2020-01-01T00:00:00+00:00"},
        lambda it: it | {"bewijs:position": 2},
        lambda it: it | {"more": 1},
        lambda it: {name: value for name, value in it.items() if name != "@context"},
        lambda it: {name: value for name, value in it.items() if name != "jws"},
        lambda it: it | {"jws": it["jws"].replace("..", ".e30.")},
        lambda it: it | {"jws": it["jws"] + "AA"},
        lambda it: it | {"jws": 7},
    ],
)
def test_what_was_changed_is_not_genuine(file, change):
    assert not verify.file_is_genuine(json.dumps(change(json.loads(file))).encode())


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "HS256"},
        {"alg": "EdDSA", "b64": True},
        {"alg": "EdDSA", "crit": ["b64", "exp"]},
        {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": ""}},
    ],
)
def test_a_header_of_another_form_is_not_taken(file, header):
    document = json.loads(file)
    ours = json.loads(base64.urlsafe_b64decode(document["jws"].split(".")[0] + "=="))
    signature = document["jws"].split(".")[2]
    document["jws"] = f"{text(canonical(ours | header))}..{signature}"
    assert not verify.file_is_genuine(json.dumps(document).encode())


def test_who_signs_with_a_key_of_their_own_is_not_believed(file):
    document = json.loads(file)
    header = document.pop("jws").split(".")[0]
    forged = Ed25519PrivateKey.generate().sign(header.encode() + b"." + canonical(document))
    document["jws"] = f"{header}..{text(forged)}"
    assert not verify.file_is_genuine(json.dumps(document).encode())


def test_a_name_that_stands_there_twice_is_not_taken(file):
    twice = file.replace(b'{\n  "@context"', b'{\n  "bewijs:act": "given",\n  "@context"', 1)
    assert json.loads(twice) == json.loads(file)
    assert not verify.file_is_genuine(twice)


@pytest.mark.parametrize(
    "nonsense",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"jws": "a..b"}', b"[" * 50_000, b'{"jws":"..","a":NaN}',
     b'{"jws":"e30..","a":' + b"9" * 5_000 + b"}", b'{"a":"\\ud800","jws":"e30.."}', b" " * 100_001],
)  # fmt: skip
def test_nonsense_is_not_genuine_and_breaks_nothing(in_zandmeer, nonsense):
    assert not verify.file_is_genuine(nonsense)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_flipped_bit_changes_what_it_says_and_stays_genuine(file, place, bit):
    at = int(place * len(file))
    flipped = file[:at] + bytes([file[at] ^ (1 << bit)]) + file[at + 1 :]
    if verify.file_is_genuine(flipped):
        assert json.loads(flipped) == json.loads(file)  # white space between words


def test_the_script_in_docs_finds_it_genuine_without_the_portal_and_sees_a_change(file, tmp_path):
    receipt, keys = tmp_path / "bewijs.json", tmp_path / "sleutels.json"
    keys.write_text(json.dumps(signing.key_set()))
    script = [sys.executable, "-I", SCRIPT, receipt, keys]
    for content, said in ((file, "genuine"), (file.replace(b"given", b"taken", 1), "NOT genuine")):
        receipt.write_bytes(content)
        assert subprocess.run(script, capture_output=True, text=True).stdout.strip() == said
    receipt.write_text('{"bladen": []}')
    told = subprocess.run(script, capture_output=True, text=True)
    assert (told.stdout.strip(), told.stderr, told.returncode) == ("NOT genuine", "", 1)
    told = subprocess.run(script[:-1], capture_output=True, text=True)
    assert told.stderr.startswith("Checks a receipt for computers without the portal")
