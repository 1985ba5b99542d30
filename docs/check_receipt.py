"""Checks a receipt for computers without the portal: `python check_receipt.py bewijs.json sleutels.json`.

Needs the package `cryptography`, and opens no connection. See receipts.md beside it.
"""

import base64
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def is_genuine(receipt: dict[str, Any], keys: dict[str, Any]) -> bool:
    """Whether one of the keys signed exactly this receipt."""
    rest = {name: value for name, value in receipt.items() if name != "jws"}
    if str(receipt.get("jws")).count(".") != 2:
        return False
    header, payload, signature = receipt["jws"].split(".")
    said = json.loads(decoded(header))
    if (
        payload
        or said.keys() != {"alg", "b64", "crit", "kid"}
        or (said["alg"], said["b64"]) != ("EdDSA", False)
    ):
        return False
    canonical = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    for key in keys["keys"]:
        if key["kid"] == said["kid"]:
            try:
                Ed25519PublicKey.from_public_bytes(decoded(key["x"])).verify(
                    decoded(signature), header.encode() + b"." + canonical
                )
            except InvalidSignature:
                return False
            return True
    return False


def decoded(text: str) -> bytes:
    """Base64 for addresses, without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    receipt, keys = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:3])
    genuine = is_genuine(receipt, keys)
    print("genuine" if genuine else "NOT genuine")
    sys.exit(0 if genuine else 1)
