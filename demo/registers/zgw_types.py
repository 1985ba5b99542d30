"""The demo's case types, worded as Catalogi 1.3 does."""

from demo.content.case_types import CaseType

from .zgw_intake_types import eigenschappen, incoming
from .zgw_records import RSIN, Record, Words

_OPEN: Record = {"beginGeldigheid": None, "eindeGeldigheid": None, "beginObject": None, "eindeObject": None}


def zaaktype(words: Words, kind: CaseType) -> Record:
    """A kind of case."""
    return {
        "url": words.catalogue("zaaktypen", kind.key), "identificatie": kind.key, "omschrijving": kind.title,
        "omschrijvingGeneriek": "", "vertrouwelijkheidaanduiding": "zaakvertrouwelijk", "doel": kind.title,
        "aanleiding": kind.title, "toelichting": "Interne toelichting",
        "indicatieInternOfExtern": "extern" if kind.external else "intern", "handelingInitiator": kind.begins,
        "onderwerp": kind.title, "handelingBehandelaar": "behandelen", "doorlooptijd": kind.catalogued_term,
        "servicenorm": kind.promise or None, "opschortingEnAanhoudingMogelijk": True,
        "verlengingMogelijk": True, "verlengingstermijn": "P28D", "trefwoorden": [],
        "publicatieIndicatie": False, "publicatietekst": "", "verantwoordingsrelatie": [],
        "productenOfDiensten": [], "selectielijstProcestype": "",
        "referentieproces": {"naam": kind.title, "link": ""}, "concept": False, "verantwoordelijke": RSIN,
        "broncatalogus": {"url": "", "domein": "", "rsin": ""},
        "bronzaaktype": {"url": "", "identificatie": "", "omschrijving": ""},
        "beginGeldigheid": "2020-01-01", "eindeGeldigheid": None, "versiedatum": "2020-01-01",
        "beginObject": "2020-01-01", "eindeObject": None, "catalogus": words.catalogue("catalogussen"),
        "statustypen": [one["url"] for one in statustypen(words, kind)],
        "resultaattypen": [one["url"] for one in resultaattypen(words, kind)],
        "eigenschappen": [one["url"] for one in eigenschappen(words, kind)],
        "informatieobjecttypen": [one["informatieobjecttype"] for one in incoming(words, kind)],
        "roltypen": [one["url"] for one in roltypen(words, kind)], "besluittypen": [], "deelzaaktypen": [],
        "gerelateerdeZaaktypen": [], "zaakobjecttypen": [],
    }  # fmt: skip


def statustypen(words: Words, kind: CaseType) -> list[Record]:
    """The steps of a kind of case."""
    last = len(kind.steps) - 1
    return [
        {
            "url": words.step(kind, number),
            "omschrijving": text.split(". ")[0].rstrip("."),
            "omschrijvingGeneriek": "", "statustekst": text,
            "zaaktype": words.catalogue("zaaktypen", kind.key),
            "zaaktypeIdentificatie": kind.key, "volgnummer": number + 1, "isEindstatus": number == last,
            "informeren": True, "doorlooptijd": None, "toelichting": "Interne toelichting",
            "checklistitemStatustype": [], "catalogus": words.catalogue("catalogussen"), "eigenschappen": [],
            "zaakobjecttypen": [], **_OPEN,
        }
        for number, text in enumerate(kind.steps)
    ]  # fmt: skip


def resultaattypen(words: Words, kind: CaseType) -> list[Record]:
    """How cases of a kind can end."""
    return [
        {
            "url": words.catalogue("resultaattypen", kind.key, number),
            "zaaktype": words.catalogue("zaaktypen", kind.key), "zaaktypeIdentificatie": kind.key,
            "omschrijving": text, "resultaattypeomschrijving": f"{words.root}/selectielijst/{number}",
            "omschrijvingGeneriek": "", "selectielijstklasse": f"{words.root}/selectielijst/klasse",
            "toelichting": "", "archiefnominatie": "vernietigen", "archiefactietermijn": "P5Y",
            "brondatumArchiefprocedure": {
                "afleidingswijze": "afgehandeld", "datumkenmerk": "", "einddatumBekend": False,
                "objecttype": "", "registratie": "", "procestermijn": None,
            },
            "procesobjectaard": "", "indicatieSpecifiek": None, "procestermijn": None,
            "catalogus": words.catalogue("catalogussen"), "besluittypen": [], "besluittypeOmschrijving": [],
            "informatieobjecttypen": [], "informatieobjecttypeOmschrijving": [], **_OPEN,
        }
        for number, text in enumerate(kind.results)
    ]  # fmt: skip


def roltypen(words: Words, kind: CaseType) -> list[Record]:
    """Who can have a part in a kind of case."""
    return [
        {
            "url": words.catalogue("roltypen", kind.key, general),
            "zaaktype": words.catalogue("zaaktypen", kind.key), "zaaktypeIdentificatie": kind.key,
            "omschrijving": general.capitalize(), "omschrijvingGeneriek": general,
            "catalogus": words.catalogue("catalogussen"), **_OPEN,
        }
        for general in ("initiator", "behandelaar")
    ]  # fmt: skip
