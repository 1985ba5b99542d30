"""Records of Klantinteracties 0.9, with every key that a real Open Klant 2.18 sends."""

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

Record = dict[str, Any]
ROOT = "/klantinteracties/api/v1"
_BLANK_ADDRESS = {
    "nummeraanduidingId": "",
    "straatnaam": "",
    "huisnummer": None,
    "huisnummertoevoeging": "",
    "postcode": "",
    "stad": "",
    "adresregel1": "",
    "adresregel2": "",
    "adresregel3": "",
    "land": "",
}
_BLANK_NAME = {"voorletters": "", "voornaam": "", "voorvoegselAchternaam": "", "achternaam": ""}
OF_A_PERSON = {"codeObjecttype": "natuurlijk_persoon", "codeSoortObjectId": "bsn", "codeRegister": "brp"}


def id_of(*words: object) -> str:
    """The same words have the same id, at every start."""
    return str(uuid5(NAMESPACE_URL, " ".join(map(str, words))))


def link(server: str, what: str, uuid: str) -> Record:
    """How one record names another."""
    return {"uuid": uuid, "url": f"{server}{ROOT}/{what}/{uuid}"}


def partij(server: str, uuid: str, bsn: str, name: Record | None = None) -> Record:
    """A person, identified by a BSN."""
    named = {**_BLANK_NAME, **(name or {})}
    full = " ".join(
        named[part] for part in ("voornaam", "voorvoegselAchternaam", "achternaam") if named[part]
    )
    own = link(server, "partijen", uuid)
    identified = {
        **link(server, "partij-identificatoren", id_of(uuid, "bsn")),
        "identificeerdePartij": own,
        "anderePartijIdentificator": "",
        "partijIdentificator": {**OF_A_PERSON, "objectId": bsn},
        "subIdentificatorVan": None,
    }
    return {
        **own,
        "nummer": None,
        "interneNotitie": "",
        "betrokkenen": [],
        "categorieRelaties": [],
        "digitaleAdressen": [],
        "voorkeursDigitaalAdres": None,
        "vertegenwoordigden": [],
        "rekeningnummers": [],
        "voorkeursRekeningnummer": None,
        "partijIdentificatoren": [identified],
        "soortPartij": "persoon",
        "indicatieGeheimhouding": False,
        "voorkeurstaal": "nld",
        "indicatieActief": True,
        "bezoekadres": dict(_BLANK_ADDRESS),
        "correspondentieadres": dict(_BLANK_ADDRESS),
        "partijIdentificatie": {"contactnaam": named, "volledigeNaam": full},
    }


def digitaaladres(server: str, uuid: str, owner: str | None, told: Record) -> Record:
    """An e-mail address or a number."""
    return {
        **link(server, "digitaleadressen", uuid),
        "verstrektDoorBetrokkene": None,
        "verstrektDoorPartij": link(server, "partijen", owner) if owner else None,
        "adres": told["adres"],
        "soortDigitaalAdres": told["soortDigitaalAdres"],
        "isStandaardAdres": told.get("isStandaardAdres", False),
        "omschrijving": told.get("omschrijving", ""),
        "referentie": told.get("referentie", ""),
        "verificatieDatum": told.get("verificatieDatum"),
    }


def klantcontact(server: str, uuid: str, told: Record) -> Record:
    """A contact; who and what it was about are records of their own."""
    return {
        **link(server, "klantcontacten", uuid),
        "gingOverOnderwerpobjecten": [],
        "hadBetrokkenActoren": told.get("hadBetrokkenActoren", []),
        "omvatteBijlagen": [],
        "hadBetrokkenen": [],
        "leiddeTotInterneTaken": [],
        "nummer": told.get("nummer"),
        "referentienummer": told.get("referentienummer"),
        "kanaal": told["kanaal"],
        "onderwerp": told["onderwerp"],
        "inhoud": told.get("inhoud", ""),
        "reactie": told.get("reactie", ""),
        "indicatieContactGelukt": told.get("indicatieContactGelukt"),
        "hoofdOnderwerpType": told.get("hoofdOnderwerpType", ""),
        "verdereActieOndernomen": told.get("verdereActieOndernomen", False),
        "taal": told["taal"],
        "vertrouwelijk": told["vertrouwelijk"],
        "plaatsgevondenOp": told["plaatsgevondenOp"],
        "metadata": told.get("metadata", {}),
    }


def betrokkene(server: str, uuid: str, contact: str, owner: str | None, told: Record) -> Record:
    """Somebody's part in a contact."""
    return {
        **link(server, "betrokkenen", uuid),
        "wasPartij": link(server, "partijen", owner) if owner else None,
        "hadKlantcontact": link(server, "klantcontacten", contact),
        "digitaleAdressen": [],
        "bezoekadres": dict(_BLANK_ADDRESS),
        "correspondentieadres": dict(_BLANK_ADDRESS),
        "contactnaam": dict(_BLANK_NAME),
        "volledigeNaam": "",
        "rol": told["rol"],
        "organisatienaam": told.get("organisatienaam", ""),
        "initiator": told["initiator"],
    }


def onderwerpobject(server: str, uuid: str, contact: str, told: Record) -> Record:
    """What a contact was about: something elsewhere, or an earlier contact."""
    earlier = told.get("wasKlantcontact")
    named = told.get("onderwerpobjectidentificator") or {}
    codes = ("objectId", "codeObjecttype", "codeRegister", "codeSoortObjectId")
    return {
        **link(server, "onderwerpobjecten", uuid),
        "klantcontact": link(server, "klantcontacten", contact),
        "wasKlantcontact": link(server, "klantcontacten", earlier["uuid"]) if earlier else None,
        "onderwerpobjectidentificator": {code: named.get(code, "") for code in codes},
    }


def actor(server: str, name: str, kind: str) -> Record:
    """Who of the municipality was in a contact: a team or an employee."""
    team = {"omschrijving": "", "emailadres": "", "faxnummer": "", "telefoonnummer": ""}
    person = {"functie": "", "emailadres": "", "telefoonnummer": ""}
    codes = ("objectId", "codeObjecttype", "codeRegister", "codeSoortObjectId")
    return {
        **link(server, "actoren", id_of(server, kind, name)),
        "naam": name,
        "soortActor": kind,
        "indicatieActief": True,
        "actoridentificator": dict.fromkeys(codes, ""),
        "actorIdentificatie": team if kind == "organisatorische_eenheid" else person,
    }


def is_uuid(text: object) -> bool:
    """Whether it is one; anything else names nothing."""
    try:
        return isinstance(text, str) and str(UUID(text)) == text.lower()
    except ValueError:
        return False
