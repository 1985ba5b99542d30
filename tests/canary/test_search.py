"""The canary itself: it finds every guise, so that finding nothing means something."""

import base64
import hashlib
import json
from pathlib import Path
from urllib.parse import quote

import jwt
import pytest

from .search import Canary, Hit

BSN = "999970458"
GUISES = {
    "plain": f"INFO asked for {BSN} today",
    "in a link": f"/personen?bsn={BSN}",
    "percent": "".join(f"%{ord(digit):02X}" for digit in BSN),
    "hex": BSN.encode().hex(),
    "spaced": "9999.70.458",
    "json": json.dumps({"bsn": BSN}),
    "base64 at the start": base64.b64encode(BSN.encode()).decode(),
    "base64 one later": base64.b64encode(f"x{BSN}y".encode()).decode(),
    "base64 two later": base64.b64encode(f"xy{BSN}zz".encode()).decode(),
    "base64 in a url": base64.urlsafe_b64encode(f"{{'bsn':'{BSN}'}}".encode()).decode(),
    "jwt": jwt.encode({"sub": "x", "bsn": BSN}, "k" * 32),
    "md5": hashlib.md5(BSN.encode()).hexdigest(),
    "sha256": hashlib.sha256(BSN.encode()).hexdigest(),
    "sha512 in base64": base64.b64encode(hashlib.sha512(BSN.encode()).digest()).decode(),
    "quoted twice": quote(quote("".join(f"%{ord(digit):02x}" for digit in BSN), safe="%"), safe="%"),
}


@pytest.mark.parametrize("guise", GUISES)
def test_every_guise_is_found(guise: str) -> None:
    assert Canary([BSN]).hits("a log", f"before {GUISES[guise]} after".encode())


def test_raw_bytes_of_a_hash_are_found() -> None:
    assert Canary([BSN]).hits("a column", b"\x00" + hashlib.sha256(BSN.encode()).digest() + b"\x01")


def test_other_numbers_are_not_called_a_bsn() -> None:
    innocent = b"order 999970459, 2026-11-24T12:00:00Z, 0612345678, " + hashlib.sha256(b"999970459").digest()
    assert Canary([BSN]).hits("a log", innocent) == []


def test_a_keyed_hash_is_not_called_a_bsn() -> None:
    import hmac

    assert Canary([BSN]).hits("a column", hmac.digest(b"key", BSN.encode(), "sha256")) == []


def test_files_and_their_names_are_searched(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "portal.log").write_text(f"{BSN}\n")
    (tmp_path / f"{BSN}.pdf").write_bytes(b"")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "register.json").write_text(BSN)

    found = Canary([BSN]).hits_in_folder(tmp_path, leave_out=["outside"])

    assert found == [Hit("name of .", "plain"), Hit("logs/portal.log", "plain")]
