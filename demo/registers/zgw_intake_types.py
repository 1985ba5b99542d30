"""What the demo's catalogue says of new cases: their properties, and the documents that come in with them."""

from collections.abc import Mapping, Sequence

from demo.content.case_types import CaseType

from .zgw_records import Record, Words

PROPERTIES: Mapping[str, Sequence[str]] = {
    "kwijtschelding": ("Huishouden", "Inkomen per maand", "Rekeningnummer"),
    "verbetering": ("Gegeven",),
}
"""By key of the case type."""

APPLICATION = "aanvraag"


def eigenschappen(words: Words, kind: CaseType) -> list[Record]:
    """What cases of a kind know by themselves."""
    return [
        {
            "url": words.catalogue("eigenschappen", kind.key, name), "naam": name, "definitie": name,
            "specificatie": {
                "groep": "", "formaat": "tekst", "lengte": "255", "kardinaliteit": "1",
                "waardenverzameling": [],
            },
            "toelichting": "", "zaaktype": words.catalogue("zaaktypen", kind.key),
            "zaaktypeIdentificatie": kind.key, "catalogus": words.catalogue("catalogussen"),
            "statustype": None, "beginGeldigheid": None, "eindeGeldigheid": None,
            "beginObject": None, "eindeObject": None,
        }
        for name in PROPERTIES.get(kind.key, ())
    ]  # fmt: skip


def incoming(words: Words, kind: CaseType) -> list[Record]:
    """Which documents may come in with cases of a kind (zaaktype-informatieobjecttypen)."""
    return [
        {
            "url": words.catalogue("zaaktype-informatieobjecttypen", kind.key),
            "zaaktype": words.catalogue("zaaktypen", kind.key), "zaaktypeIdentificatie": kind.key,
            "informatieobjecttype": words.catalogue("informatieobjecttypen", APPLICATION),
            "volgnummer": 1, "richting": "inkomend", "statustype": None,
            "catalogus": words.catalogue("catalogussen"),
        }
    ]  # fmt: skip
