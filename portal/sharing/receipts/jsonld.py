"""A receipt as linked data: a consent receipt of ISO/IEC TS 27560 in the terms of DPV 2.3.

Where a law asks for the yes it is no consent in the sense of the GDPR: the same structure, but a record of
processing (`dpv:DataProcessingRecord`) on the ground of article 6(1)(e). The context stands in the file
itself, so nothing has to be fetched to read it. No value that was shared is ever in it.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from portal.municipalities.addresses import absolute
from portal.municipalities.facts import facts
from portal.sharing.purposes import Attribute, Ground

from .record import Document, Kind

Node = dict[str, Any]

SCHEMA = "https://w3id.org/dpv/schema/dpv-27560"
CATEGORIES = {
    "email": "pd:EmailAddress",
    "mobile": "pd:TelephoneNumber",
    "phone": "pd:TelephoneNumber",
    "name": "pd:Name",
    "address": "pd:PhysicalAddress",
    "birthdate": "pd:BirthDate",
    "income": "pd:Income",
    "nationality": "pd:Nationality",
    "over12": "pd:Age",
    "over16": "pd:Age",
    "over18": "pd:Age",
    "over21": "pd:Age",
    "over65": "pd:Age",
}
"""DPV's category of an attribute, by its name in the purpose; other attributes are just personal data."""
CONSENT_STATUS = {
    Kind.GIVEN: ["dpv:ConsentGiven", "dpv:ExplicitlyExpressedConsent"],
    Kind.CHANGED: ["dpv:RenewedConsentGiven", "dpv:ExplicitlyExpressedConsent"],
    Kind.STOPPED: ["dpv:ConsentWithdrawn"],
    Kind.REPLACED: ["dpv:ConsentWithdrawn"],
    Kind.GIVEN_UP: ["dpv:ConsentWithdrawn"],
    Kind.RESTORED: ["dpv:ConsentWithdrawn"],
    Kind.RECALLED: ["dpv:ConsentRevoked"],
    Kind.EXPIRED: ["dpv:ConsentExpired"],
    Kind.USED: ["dpv:ConsentExpired"],
}
RIGHTS = ("eu-gdpr:A13", "eu-gdpr:A15", "eu-gdpr:A17", "eu-gdpr:A77")


def linked_data(document: Document) -> Node:
    """The receipt as JSON-LD, not signed yet. One query, for the municipality's address."""
    consent = document.version.ground is Ground.CONSENT
    return {
        "@context": _context() | {"@language": document.version.language},
        "@id": absolute(f"/bewijs/{document.spoken}/"),
        "@type": "dpv:ConsentReceipt" if consent else "dpv:DataProcessingRecord",
        **({"dct:conformsTo": f"{SCHEMA}#receipt-eu-gdpr"} if consent else {}),
        "dct:identifier": document.spoken,
        "dct:issued": document.at.isoformat(),
        "dct:language": document.version.language,
        "bewijs:act": str(document.kind),
        "bewijs:position": document.position,
        **({"bewijs:head": document.head} if document.head else {}),
        "dpv:hasRecordOfActivity": _record(document, consent),
    }


def _record(document: Document, consent: bool) -> Node:
    record = {
        "@id": f"urn:uuid:{document.grant}",
        "@type": "dpv:ConsentRecord" if consent else "dpv:DataProcessingRecord",
        **({"dct:conformsTo": f"{SCHEMA}#record-eu-gdpr"} if consent else {}),
        "dct:identifier": str(document.grant),
        "dpv:hasDataSubject": {"@id": f"urn:uuid:{document.subject}", "@type": "dpv:DataSubject"},
        "dpv:hasDataController": _controller(document),
        "dpv:hasJurisdiction": "loc:NL",
        "dpv:hasApplicableLaw": "legal-eu:law-GDPR",
        "dpv:hasAuthority": "legal-nl:DPA-NL",
        "dpv:hasRight": [*RIGHTS, "eu-gdpr:A7-3" if consent else "eu-gdpr:A21"],
        "dpv:hasNotice": {
            "@id": document.version.activity,
            "@type": "dpv:ConsentNotice" if consent else "dpv:PrivacyNotice",
            "dct:identifier": document.version.content_hash,
            "dct:language": document.version.language,
        },
        "dpv:hasProcess": _process(document, consent),
        "dpv:hasConsentControl": {
            "@type": "dpv:WithdrawConsent" if consent else "dpv:ConsentControl",
            "dct:description": document.version.stopping,
            "dpv:isExercisedAt": absolute(f"/mijn/delen/stoppen/{document.grant}/"),
        },
        "bewijs:way": document.way,
        "bewijs:level": document.level,
        "bewijs:oneTime": document.one_time,
        ("dpv:hasConsentStatus" if consent else "dpv:hasStatus"): _events(document, consent),
    }
    if document.supersedes:
        record["dct:replaces"] = f"urn:uuid:{document.supersedes}"
    return record


def _controller(document: Document) -> Node:
    return {
        "@id": absolute("/"),
        "@type": "dpv:DataController",
        "dpv:hasName": f"Gemeente {document.controller}",
        "dpv:hasAddress": facts().get("balie", ""),
        "dpv:hasContact": document.version.contact,
    }


def _process(document: Document, consent: bool) -> Node:
    version = document.version
    until_stopped = {"@type": "dpv:UntilEventDuration", "dct:description": version.how_long}
    return {
        "@type": "dpv:Process",
        "dpv:hasPurpose": {
            "@type": "dpv:Purpose",
            "dct:identifier": version.slug,
            "dct:title": version.title,
            "dct:description": version.what_for,
        },
        "dpv:hasPersonalData": [_attribute(one) for one in document.what],
        "dpv:hasProcessing": ["dpv:Store", "dpv:MakeAvailable"],
        "dpv:hasLegalBasis": "eu-gdpr:A6-1-a" if consent else "eu-gdpr:A6-1-e",
        "bewijs:law": version.law,
        "dpv:hasRecipient": [
            {"@type": "dpv:Recipient", "dpv:hasName": one}
            for one in dict.fromkeys([document.consumer, *version.receivers])
        ],
        "dpv:hasStorageCondition": [
            {"@type": "dpv:StorageDuration", "dct:description": version.kept},
            {"@type": "dpv:StorageLocation", "dct:description": f"Gemeente {document.controller}"},
        ],
        "dpv:hasDuration": {"@type": "dpv:UntilTimeDuration", "rdf:value": document.until.isoformat()}
        if document.until
        else until_stopped,
    }


def _attribute(one: Attribute) -> Node:
    return {
        "@type": "dpv:PersonalData",
        "dct:identifier": one.name,
        "dct:title": one.label,
        "skos:broader": CATEGORIES.get(one.name, "dpv:PersonalData"),
        "dpv:hasNecessity": "dpv:Required" if one.required else "dpv:Optional",
    }


def _events(document: Document, consent: bool) -> list[Node]:
    """The yes, and the end that this receipt tells of."""
    first = Kind.CHANGED if document.supersedes else Kind.GIVEN
    events = [_event(first, consent, document.given.isoformat())]
    if document.ends:
        events.append(_event(document.kind, consent, document.at.isoformat()))
    done = events[-1]
    done |= {"bewijs:who": str(document.who), "bewijs:channel": document.channel}
    done |= {"dpv:isIndicatedBy": f"urn:uuid:{document.actor}"}
    if document.employee:
        done["bewijs:employee"] = document.employee
    if document.why:
        done["dct:description"] = document.why
    return events


def _event(kind: Kind, consent: bool, at: str) -> Node:
    return {
        "@type": CONSENT_STATUS[kind] if consent else f"bewijs:{kind}",
        "bewijs:act": str(kind),
        "dpv:isIndicatedAtTime": at,
    }


@cache
def _context() -> Node:
    context: Node = json.loads((Path(__file__).parent / "context.json").read_text())
    return context
