"""The named list of outgoing calls with a BSN in their address: APIs that know no other way (design rule 2).

Everywhere else it goes in a body. A call that is not on the list is refused before it is sent, so that a new
client cannot put a number in the logs on both sides without standing here, with its reason.
"""

import re
from collections.abc import Mapping

from portal.municipalities.bsn import BSN

ALLOWED: Mapping[tuple[str, str], str] = {
    ("klantinteracties", "partijen"): "finds a resident; Klantinteracties 0.9 has no _zoek",
    ("klantinteracties", "klantcontacten"): "their contacts in one call; Klantinteracties 0.9 has no _zoek",
    ("taken open-vtb", "externetaken"): "a resident's tasks; Open VTB 0.1 has no search by body",
    ("berichten", "berichten"): "a resident's messages; likewise",
    ("zaken old-1.0", "zaken"): "a person's cases; Zaken before 1.5 has no _zoek by person",
    ("zaken old-1.0", "rollen"): "whose these are, in one call; likewise",
    ("zaken esuite", "zaken"): "a person's cases; it knows no _zoek by person",
    ("zaken esuite", "rollen"): "whose these are, in one call; likewise",
}
"""By kind of connection, with its back end where it names one, and path below its address."""


OF_ORGANISATIONS = frozenset({"bronorganisatie", "verantwoordelijkeOrganisatie"})
"""Parameters that hold an RSIN, which passes the same test of its digits as a BSN does."""


_WITHIN = re.compile("__|:|,")
"""What parts a value: `urn:nld:brp:bsn:…` and `identificatie__value__exact__…` hold a number too."""


class BsnInAddress(Exception):
    """A fault of ours: this call is not on the list. The number is not in it."""


def refuse_others(kind: str, path: str, params: Mapping[str, str] | None) -> None:
    """Raises BsnInAddress for an address that holds a BSN and is not on the list."""
    where, _mark, query = path.partition("?")
    named = [value for name, value in (params or {}).items() if name not in OF_ORGANISATIONS]
    pieces = [*where.split("/"), *query.replace("=", "&").split("&"), *named]
    parts = [part for piece in pieces for part in _WITHIN.split(piece)]
    if any(map(_is_bsn, parts)) and (kind, where) not in ALLOWED:
        raise BsnInAddress(kind)


def _is_bsn(piece: str) -> bool:
    try:
        BSN(piece)
    except ValueError:
        return False
    return True
