"""Records that were made over the API, with every key that a real Open Zaak 1.30 gives them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from demo.day import today

from .zgw_records import BESLUITEN, DOCUMENTEN, ZAKEN, Record, days_of

Body = Mapping[str, Any]


def made_zaak(root: str, body: Body, kind: Record) -> Record:
    """A case without status, as it is right after POST."""
    id, started = str(uuid4()), date.fromisoformat(body["startdatum"])
    return {
        "url": f"{root}{ZAKEN}/zaken/{id}", "uuid": id,
        "identificatie": body.get("identificatie") or f"ZAAK-{id[:8]}",
        "bronorganisatie": body["bronorganisatie"], "omschrijving": body.get("omschrijving", ""),
        "toelichting": body.get("toelichting", ""), "zaaktype": body["zaaktype"],
        "registratiedatum": today().isoformat(),
        "verantwoordelijkeOrganisatie": body["verantwoordelijkeOrganisatie"],
        "startdatum": body["startdatum"], "einddatum": None,
        "einddatumGepland": _after(started, kind["servicenorm"]),
        "uiterlijkeEinddatumAfdoening": _after(started, kind["doorlooptijd"]),
        "publicatiedatum": None, "laatstGemuteerd": _now(), "laatstGeopend": None,
        "communicatiekanaal": "", "communicatiekanaalNaam": "", "productenOfDiensten": [],
        "vertrouwelijkheidaanduiding": body.get("vertrouwelijkheidaanduiding")
        or kind["vertrouwelijkheidaanduiding"],
        "betalingsindicatie": "", "betalingsindicatieWeergave": "", "laatsteBetaaldatum": None,
        "zaakgeometrie": None, "verlenging": None,
        "opschorting": {"indicatie": False, "eerdereOpschorting": False, "reden": ""},
        "selectielijstklasse": "", "hoofdzaak": None, "deelzaken": [], "relevanteAndereZaken": [],
        "gerelateerdeZaken": [], "eigenschappen": [], "rollen": [], "status": None,
        "zaakinformatieobjecten": [], "zaakobjecten": [], "kenmerken": [], "archiefnominatie": None,
        "archiefstatus": "nog_te_archiveren", "archiefactiedatum": None, "resultaat": None,
        "opdrachtgevendeOrganisatie": "", "processobjectaard": "", "startdatumBewaartermijn": None,
        "processobject": {"datumkenmerk": "", "identificatie": "", "objecttype": "", "registratie": ""},
        "_expand": {},
    }  # fmt: skip


PARTIES: Mapping[str, Record] = {
    "natuurlijk_persoon": {
        "inpBsn": "", "anpIdentificatie": "", "inpA_nummer": "", "geslachtsnaam": "",
        "voorvoegselGeslachtsnaam": "", "voorletters": "", "voornamen": "", "geslachtsaanduiding": "",
        "geboortedatum": "", "verblijfsadres": None, "subVerblijfBuitenland": None,
    },
    "organisatorische_eenheid": {"identificatie": "", "naam": "", "isGehuisvestIn": ""},
}  # fmt: skip
"""Who can take part (betrokkeneType), with every key that is told of them."""


def made_role(root: str, body: Body, kind: Record) -> Record:
    """Somebody's part in a case."""
    id = str(uuid4())
    return {
        "url": f"{root}{ZAKEN}/rollen/{id}", "uuid": id, "zaak": body["zaak"], "betrokkene": "",
        "betrokkeneType": body["betrokkeneType"], "afwijkendeNaamBetrokkene": "",
        "roltype": body["roltype"], "omschrijving": kind["omschrijving"],
        "omschrijvingGeneriek": kind["omschrijvingGeneriek"],
        "roltoelichting": body.get("roltoelichting", ""), "registratiedatum": _now(),
        "indicatieMachtiging": "",
        "contactpersoonRol": {"emailadres": "", "functie": "", "telefoonnummer": "", "naam": ""},
        "statussen": [], "beginGeldigheid": None, "eindeGeldigheid": None,
        "betrokkeneIdentificatie": {
            **PARTIES[body["betrokkeneType"]], **body["betrokkeneIdentificatie"],
        },
        "authenticatieContext": body.get("authenticatieContext"),
    }  # fmt: skip


def made_fact(root: str, body: Body, kind: Record) -> Record:
    """A property of a case."""
    id, zaak = str(uuid4()), body["zaak"].rpartition("/")[2]
    return {
        "url": f"{root}{ZAKEN}/zaken/{zaak}/zaakeigenschappen/{id}", "uuid": id, "zaak": body["zaak"],
        "eigenschap": body["eigenschap"], "naam": kind["naam"], "waarde": body["waarde"],
    }  # fmt: skip


def made_status(root: str, body: Body) -> Record:
    """A step that a case reached."""
    id = str(uuid4())
    return {
        "url": f"{root}{ZAKEN}/statussen/{id}", "uuid": id, "zaak": body["zaak"],
        "statustype": body["statustype"], "datumStatusGezet": body["datumStatusGezet"],
        "statustoelichting": body.get("statustoelichting", ""), "indicatieLaatstGezetteStatus": True,
        "gezetdoor": "", "zaakinformatieobjecten": [],
    }  # fmt: skip


def made_result(root: str, zaak: Record, kind: Record) -> Record:
    """How a case ends."""
    id = str(uuid4())
    return {
        "url": f"{root}{ZAKEN}/resultaten/{id}", "uuid": id, "zaak": zaak["url"],
        "toelichting": "Interne opmerking van de behandelaar", "resultaattype": kind["url"],
    }  # fmt: skip


def made_decision(root: str, zaak: Record, number: str, kind: str) -> Record:
    """A decision in a case, sent on the day that it is made; `kind` is the address of its type."""
    day = today().isoformat()
    return {
        "url": f"{root}{BESLUITEN}/besluiten/{uuid4()}", "identificatie": number,
        "verantwoordelijkeOrganisatie": zaak["bronorganisatie"], "besluittype": kind, "zaak": zaak["url"],
        "datum": day, "toelichting": "Interne opmerking van de behandelaar", "bestuursorgaan": "",
        "ingangsdatum": day, "vervaldatum": None, "vervalreden": "", "vervalredenWeergave": "",
        "publicatiedatum": None, "verzenddatum": day, "uiterlijkeReactiedatum": None,
    }  # fmt: skip


def made_enclosure(root: str, body: Body) -> Record:
    """That a document belongs to a case."""
    id = str(uuid4())
    return {
        "url": f"{root}{ZAKEN}/zaakinformatieobjecten/{id}", "uuid": id,
        "informatieobject": body["informatieobject"], "zaak": body["zaak"],
        "aardRelatieWeergave": "Hoort bij, omgekeerd: kent", "titel": body.get("titel", ""),
        "beschrijving": body.get("beschrijving", ""), "registratiedatum": _now(),
        "vernietigingsdatum": None, "status": None,
    }  # fmt: skip


PART = 1_500_000  # bytes; what it takes in one part of a large document


def made_document(root: str, body: Body) -> Record:
    """A document; one whose content did not come along waits for it in parts, locked."""
    id = str(uuid4())
    waits = body.get("inhoud") is None and body["bestandsomvang"] > 0
    url = f"{root}{DOCUMENTEN}/enkelvoudiginformatieobjecten/{id}"
    return {
        "url": url, "identificatie": body.get("identificatie") or f"DOCUMENT-{id[:8]}",
        "bronorganisatie": body["bronorganisatie"], "creatiedatum": body["creatiedatum"],
        "titel": body["titel"],
        "vertrouwelijkheidaanduiding": body.get("vertrouwelijkheidaanduiding") or "zaakvertrouwelijk",
        "auteur": body["auteur"], "status": body.get("status", ""), "formaat": body.get("formaat", ""),
        "taal": body["taal"], "versie": 1, "beginRegistratie": _now(),
        "bestandsnaam": body.get("bestandsnaam", ""),
        "inhoud": None if waits else f"{url}/download?versie=1",
        "bestandsomvang": body["bestandsomvang"], "link": "", "beschrijving": body.get("beschrijving", ""),
        "ontvangstdatum": body.get("ontvangstdatum"), "verzenddatum": None,
        "indicatieGebruiksrecht": body.get("indicatieGebruiksrecht"), "verschijningsvorm": "",
        "ondertekening": None, "integriteit": body.get("integriteit"),
        "informatieobjecttype": body["informatieobjecttype"], "locked": waits,
        "bestandsdelen": _parts(root, body["bestandsomvang"]) if waits else [], "trefwoorden": [],
        "_expand": {},
    }  # fmt: skip


def _parts(root: str, size: int) -> list[Record]:
    lock = uuid4().hex
    return [
        {
            "url": f"{root}{DOCUMENTEN}/bestandsdelen/{uuid4()}", "volgnummer": number + 1,
            "omvang": min(PART, size - number * PART), "voltooid": False, "lock": lock,
        }
        for number in range(-(-size // PART))
    ]  # fmt: skip


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _after(day: date, duration: str | None) -> str | None:
    days = days_of(duration or "")
    return (day + timedelta(days=days)).isoformat() if days else None
