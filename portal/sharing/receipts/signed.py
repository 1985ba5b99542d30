"""The signature under a receipt's linked data: a detached JWS that anybody can check, also without us.

`jws` holds a JWS with an unencoded payload (RFC 7515 appendix F, RFC 7797). Its payload is the file without
`jws`, in the canonical form of RFC 8785; docs/receipts.md shows how to check it.
"""

import base64
import json
from collections.abc import Mapping
from typing import Any

from portal.municipalities import signing
from portal.sharing.purposes import canonical

MOST = 100_000
"""Bytes of a file that is looked at; ours are a tenth of it."""


class NotGenuine(ValueError):
    """It is no receipt, or not signed by the municipality in force as it stands."""


def signed(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with the municipality's signature in it."""
    header = _header(signing.newest_key())
    _key, signature = signing.sign(header.encode() + b"." + canonical(document))
    return {**document, "jws": f"{header}..{_to_text(signature)}"}


def as_file(document: Mapping[str, Any]) -> bytes:
    """As it is downloaded, for people to read too."""
    return json.dumps(signed(document), ensure_ascii=False, indent=2).encode() + b"\n"


def number_in(file: bytes) -> str:
    """The number of the receipt in a file that the municipality in force signed. Raises NotGenuine."""
    if len(file) > MOST:
        raise NotGenuine("too large")
    try:
        document = json.loads(file.decode(), object_pairs_hook=_once_each, parse_constant=_no_constant)
        header, _nothing, signature = str(document.pop("jws")).split(".")
        key = str(json.loads(_from_text(header))["kid"])
        whole = header.encode() + b"." + canonical(document)
        number = str(document["dct:identifier"])
        genuine = header == _header(key) and not _nothing
        genuine = genuine and signing.is_ours(key, _from_text(signature), whole)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
        raise NotGenuine(type(fault).__name__) from None
    if not genuine:
        raise NotGenuine("signature")
    return number


def _header(key: str) -> str:
    """The one form of header that we write and take, so that nothing in it can be chosen by others."""
    return _to_text(canonical({"alg": "EdDSA", "b64": False, "crit": ["b64"], "kid": key}))


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names each stand there once: two readers of a doubled name could read two things."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands there twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _to_text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _from_text(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
