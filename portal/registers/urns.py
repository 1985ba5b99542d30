"""Names of people, cases and documents as registers of the newer kind write them (RFC 8141). Pure.

Open VTB gives `urn:nld:brp:bsn:…` for a resident, `urn:nld:<organisation>:zaak:zaaknummer:…` (or `uuid`) for
a case, and `urn:nld:<organisation>:informatieobject:uuid:…` for a document.
"""

from collections.abc import Iterable
from uuid import UUID

from portal.municipalities.bsn import BSN

from .about_case import NamedCase

PERSON = "urn:nld:brp:bsn:"


def urn_of(bsn: BSN) -> str:
    """A resident; the number is in it."""
    return PERSON + bsn.reveal()


def is_person(urn: str, bsn: BSN) -> bool:
    """Whether a name is this very resident's; of the words before the number, capitals count for nothing."""
    return urn[: len(PERSON)].lower() == PERSON and urn[len(PERSON) :] == bsn.reveal()


def case_among(urns: Iterable[str]) -> NamedCase | None:
    """The first that names a case; products and what else there is are passed by."""
    for urn in urns:
        what, key, value = _last_three(urn)
        if what == "zaak" and key == "uuid" and (id := _uuid(value)):
            return NamedCase(id=id)
        if what == "zaak" and key in {"zaaknummer", "identificatie"} and value:
            return NamedCase(number=value)
    return None


def document_of(urn: str) -> UUID | None:
    """The id of a document; None for what names none."""
    what, key, value = _last_three(urn)
    return _uuid(value) if what == "informatieobject" and key == "uuid" else None


def _last_three(urn: str) -> tuple[str, str, str]:
    parts = urn.partition("#")[0].rsplit(":", 3)
    if len(parts) != 4 or not urn.lower().startswith("urn:"):
        return "", "", ""
    return parts[1].lower(), parts[2].lower(), parts[3]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
