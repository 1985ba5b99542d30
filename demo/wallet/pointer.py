"""Reads what a QR or an app link says."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qs, unquote, urlsplit

LONGEST = 2000  # characters; a pointer has about a hundred


class NoPointer(ValueError):
    """The text is no session of a server on this machine."""


def read_pointer(text: str) -> Mapping[str, str]:
    """The pointer in a QR's text, or in a link that opens the wallet. Raises NoPointer."""
    text = text.strip()
    if len(text) > LONGEST:
        raise NoPointer
    if text.startswith(("http://", "https://")):
        link = urlsplit(text)
        text = parse_qs(link.query).get("qr", [unquote(link.fragment)])[0]
    try:
        found = json.loads(text)
        pointer = {"u": found["u"], "irmaqr": found["irmaqr"]}
        host = urlsplit(pointer["u"]).hostname or ""
    except (ValueError, TypeError, KeyError, AttributeError):
        raise NoPointer from None
    if not (host == "127.0.0.1" or host == "localhost" or host.endswith(".localhost")):
        raise NoPointer  # the demo's wallet never leaves this machine
    if pointer["irmaqr"] not in ("disclosing", "issuing"):
        raise NoPointer
    return pointer
