"""Logboek Dataverwerkingen: a use as a line of it, and as a span of OpenTelemetry.

A line holds which processing activity, when, of which data subject (a pseudonym that only this municipality
can make again) and in which trace of the caller; no value, no name, no BSN.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.municipalities.acting import current_municipality
from portal.municipalities.crypto import lookup_hash

from .models import Basis, Use

HEX = {"trace": re.compile(r"(?!0{32})[0-9a-f]{32}"), "span": re.compile(r"(?!0{16})[0-9a-f]{16}")}
NAMES = {Basis.GRANT: "gegevens lezen met toestemming", Basis.LAW: "gegevens lezen op grond van de wet"}
PSEUDONYM = "pairwise-pseudonym"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, in the words of the standard."""

    trace_id: str
    """The caller's, so that both logs can be laid side by side; our own when it named none."""
    span_id: str
    """The same each time this use is logged: a line that comes twice can be known."""
    name: str
    at: datetime
    caller: Mapping[str, str] | None
    """The caller's own operation (foreign_operation)."""
    attributes: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """As a line of a file."""
        line = {
            "trace_id": self.trace_id,
            "span_id": self.span_id,
            "status_code": "OK",
            "name": self.name,
            "start_time": self.at.isoformat(),
            "end_time": self.at.isoformat(),
            "resource": _resource(),
            "attributes": dict(self.attributes),
        }
        return line | ({"foreign_operation": dict(self.caller)} if self.caller else {})

    def as_span(self) -> dict[str, Any]:
        """As a span in OTLP's JSON."""
        moment = str(int(self.at.timestamp() * 1_000_000) * 1000)
        return {
            "traceId": self.trace_id,
            "spanId": self.span_id,
            "name": self.name,
            "kind": 2,  # SPAN_KIND_SERVER
            "startTimeUnixNano": moment,
            "endTimeUnixNano": moment,
            "status": {"code": 1},  # STATUS_CODE_OK
            "attributes": _otlp(self.attributes),
            "links": [_link(self.caller)] if self.caller else [],
        }


def line(use: Use) -> Line:
    """The line of a use of the municipality in force."""
    ours = hashlib.sha256(use.id.bytes).hexdigest()
    known = bool(HEX["trace"].fullmatch(use.trace) and HEX["span"].fullmatch(use.span))
    caller = {"trace_id": use.trace, "span_id": use.span, "entity": _entity(use)} if known else None
    return Line(
        trace_id=use.trace if known else use.id.hex,
        span_id=ours[:16],
        name=NAMES[Basis(use.basis)],
        at=use.at,
        caller=caller,
        attributes={
            "dpl.core.processing_activity_id": use.activity,
            "dpl.core.data_subject_id": _pseudonym(use),
            "dpl.core.data_subject_id_type": PSEUDONYM,
        },
    )


def as_otlp(lines: Sequence[Line]) -> dict[str, Any]:
    """A request to an OTLP receiver (`/v1/traces`)."""
    scope = {"scope": {"name": "portal.usage"}, "spans": [one.as_span() for one in lines]}
    return {"resourceSpans": [{"resource": {"attributes": _otlp(_resource())}, "scopeSpans": [scope]}]}


def _link(caller: Mapping[str, str]) -> dict[str, Any]:
    entity = _otlp({"entity": caller["entity"]})
    return {"traceId": caller["trace_id"], "spanId": caller["span_id"], "attributes": entity}


def _pseudonym(use: Use) -> str:
    """Another than any consumer knows the resident by; names its key, so that it can be made again."""
    key, digest = lookup_hash(f"pair|ldv|{use.subject_id}")
    return f"{key.hex[:8]}.{digest.hex()}"


def _entity(use: Use) -> str:
    return f"urn:uuid:{use.consumer_id}" if use.consumer_id else ""


def _resource() -> dict[str, str]:
    return {"service.name": "mijn-gemeenten", "gemeentecode": current_municipality().code}


def _otlp(attributes: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"key": key, "value": {"stringValue": value}} for key, value in attributes.items()]
