"""Messages to consumers: CloudEvents without attributes (NL GOV profile), signed (RFC 9421), tried for a day.

A message says only that there is something to see; what, the consumer asks itself. It may come twice.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.municipalities import outgoing, signing
from portal.municipalities.models import Municipality

from .feed import Event


def cloud_event(event: Event, municipality: Municipality) -> dict[str, Any]:
    """The event as the NL GOV profile for CloudEvents 1.0 wants it."""
    about = {"toestemming": event.grant, "verzoek": event.reference}
    return {
        "specversion": "1.0",
        "id": str(event.id),
        "source": f"urn:nld:gemeentecode:{municipality.code}:systeem:mijn",
        "type": f"nl.{municipality.slug}.toestemming.{event.kind}",
        "time": event.at.isoformat(),
        "sequence": str(event.number),
        "datacontenttype": "application/json",
        "data": {name: str(value) for name, value in about.items() if value},
    }


@dataclass(frozen=True, slots=True)
class Message:
    """A signed event on its way to a consumer."""

    url: str
    body: bytes
    headers: Mapping[str, str]


def prepared(url: str, event: Event, municipality: Municipality, at: datetime) -> Message:
    """The message, signed by the municipality in force."""
    body = json.dumps(cloud_event(event, municipality)).encode()
    headers = {
        "Content-Type": "application/cloudevents+json",
        "Content-Digest": f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:",
    }
    return Message(url, body, {**headers, **signed("POST", url, headers, at)})


def send(message: Message) -> None:
    """Tell one consumer, outside a transaction. Raises httpx.HTTPError, httpx.InvalidURL."""
    answer = outgoing.post(message.url, content=message.body, headers=message.headers)
    answer.raise_for_status()


def signed(method: str, url: str, headers: Mapping[str, str], at: datetime) -> dict[str, str]:
    """The two headers that sign method, address, kind and digest with the municipality's key."""
    covered = [("@method", method), ("@target-uri", url)]
    covered += [(name.lower(), value) for name, value in sorted(headers.items())]
    key = signing.newest_key()
    parameters = f'{_names(covered)};created={int(at.timestamp())};keyid="{key}";alg="ed25519"'
    _key, signature = signing.sign(signature_base(covered, parameters))
    return {
        "Signature-Input": f"mijn={parameters}",
        "Signature": f"mijn=:{base64.b64encode(signature).decode()}:",
    }


def signature_base(covered: Sequence[tuple[str, str]], parameters: str) -> bytes:
    """RFC 9421 §2.5: what is signed."""
    lines = [f'"{name}": {value}' for name, value in covered]
    return "\n".join([*lines, f'"@signature-params": {parameters}']).encode()


def _names(covered: Sequence[tuple[str, str]]) -> str:
    return "(" + " ".join(f'"{name}"' for name, _value in covered) + ")"
