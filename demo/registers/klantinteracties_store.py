"""What one municipality's Klantinteracties holds: seeded from the demo's stories, and written to by Mijn."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from threading import RLock
from typing import Self
from uuid import uuid4

from demo.content.contacts import CONTACTS, REACHED, ContactStory
from demo.content.residents import CODES, Resident

from . import klantinteracties_records as records
from .klantinteracties_records import Record, id_of
from .zgw_records import Words

KINDS = {
    "partijen": {"digitaleAdressen": "digitaleadressen", "betrokkenen": "betrokkenen"},
    "klantcontacten": {
        "hadBetrokkenen": "betrokkenen",
        "gingOverOnderwerpobjecten": "onderwerpobjecten",
        "leiddeTotInterneTaken": "",
        "omvatteBijlagen": "",
    },
    "betrokkenen": {"wasPartij": "partijen", "hadKlantcontact": "klantcontacten", "digitaleAdressen": ""},
    "digitaleadressen": {},
    "onderwerpobjecten": {},
}
"""What each kind of record can expand, and of which kind that is; nothing where the demo has none."""


class Store:
    """Records by kind and uuid. Everything that looks or writes holds the lock."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.lock = RLock()
        self.held: dict[str, dict[str, Record]] = {kind: {} for kind in KINDS}

    @classmethod
    def of(cls, server: str, day: date, code: str, stories: Sequence[ContactStory] = CONTACTS) -> Self:
        """What the municipality with this code has on this day."""
        store, words = cls(server), Words(server, day, code)
        for resident in REACHED:
            if CODES[resident.municipality][0] == code:
                store._reached(resident, day)
        for number, story in enumerate(stories):
            if CODES[story.resident.municipality][0] == code:
                store._told(story, number, day, words)
        return store

    def all(self, kind: str) -> list[Record]:
        """The newest first, as a real one gives them."""
        return list(reversed(self.held[kind].values()))

    def keep(self, kind: str, record: Record) -> Record:
        """Add a record, and its link in the records it belongs to."""
        self.held[kind][record["uuid"]] = record
        for name, other, listed in (
            ("verstrektDoorPartij", "partijen", "digitaleAdressen"),
            ("wasPartij", "partijen", "betrokkenen"),
            ("hadKlantcontact", "klantcontacten", "hadBetrokkenen"),
            ("klantcontact", "klantcontacten", "gingOverOnderwerpobjecten"),
        ):
            if owner := record.get(name):
                named = {"uuid": record["uuid"], "url": record["url"]}
                self.held[other][owner["uuid"]][listed].append(named)
        return record

    def forget_address(self, uuid: str) -> None:
        """An address goes, and with it that it was preferred."""
        gone = self.held["digitaleadressen"].pop(uuid)
        owner = self.held["partijen"].get((gone["verstrektDoorPartij"] or {}).get("uuid", ""))
        if owner:
            owner["digitaleAdressen"] = [one for one in owner["digitaleAdressen"] if one["uuid"] != uuid]
            if (owner["voorkeursDigitaalAdres"] or {}).get("uuid") == uuid:
                owner["voorkeursDigitaalAdres"] = None

    def new_contact(self, told: Record, owner: str | None, about: Record | None) -> tuple[Record, ...]:
        """A contact with whose it was and what it was about; either may be absent."""
        contact = self.keep("klantcontacten", records.klantcontact(self.server, str(uuid4()), told))
        made = [contact]
        if told.get("betrokkene"):
            part = records.betrokkene(self.server, str(uuid4()), contact["uuid"], owner, told["betrokkene"])
            made.append(self.keep("betrokkenen", part))
        if about:
            made.append(
                self.keep(
                    "onderwerpobjecten",
                    records.onderwerpobject(self.server, str(uuid4()), contact["uuid"], about),
                )
            )
        return tuple(made)

    def _reached(self, resident: Resident, day: date) -> None:
        name = {
            "voornaam": resident.first_names,
            "voorvoegselAchternaam": resident.prefix,
            "achternaam": resident.surname,
        }
        owner = self.keep("partijen", records.partij(self.server, self._whose(resident), resident.bsn, name))
        verified = (day - timedelta(days=40)).isoformat()
        for kind, address in (("email", resident.email), ("telefoonnummer", resident.mobile)):
            if address:
                told = {
                    "adres": address,
                    "soortDigitaalAdres": kind,
                    "isStandaardAdres": True,
                    "omschrijving": "Mijn",
                    "verificatieDatum": verified if kind == "email" else None,
                }
                uuid = id_of(owner["uuid"], kind)
                self.keep("digitaleadressen", records.digitaaladres(self.server, uuid, owner["uuid"], told))

    def _told(self, story: ContactStory, number: int, day: date, words: Words) -> None:
        server, uuid = self.server, id_of(story.resident.bsn, number, story.subject)
        contact = self.keep("klantcontacten", records.klantcontact(server, uuid, self._contact(story, day)))
        contact["referentienummer"] = f"{8_000_000 + number}"
        owner = self._owner(story.resident)
        part = {"rol": "klant", "initiator": True}
        self.keep("betrokkenen", records.betrokkene(server, id_of(uuid, "wie"), uuid, owner, part))
        if story.case:
            case = {
                "objectId": words.id("zaken", story.case),
                "codeObjecttype": "zgw-Zaak",
                "codeRegister": "openzaak",
                "codeSoortObjectId": "uuid",
            }
            about = {"onderwerpobjectidentificator": case}
            self.keep("onderwerpobjecten", records.onderwerpobject(server, id_of(uuid, "over"), uuid, about))
        if story.answers_day is not None:
            self._answered(story, contact, owner, day)

    def _answered(self, story: ContactStory, question: Record, owner: str, day: date) -> None:
        """A later contact of the municipality, about the question."""
        answer = {
            **self._contact(story, day),
            "kanaal": "telefoon",
            "onderwerp": "Antwoord",
            "inhoud": story.answer,
            "reactie": "",
            "plaatsgevondenOp": _moment(day, story.answers_day or 0, 14),
        }
        uuid = id_of(question["uuid"], "antwoord")
        self.keep("klantcontacten", records.klantcontact(self.server, uuid, answer))
        part = {"rol": "klant", "initiator": False}
        self.keep("betrokkenen", records.betrokkene(self.server, id_of(uuid, "wie"), uuid, owner, part))
        about = {"wasKlantcontact": {"uuid": question["uuid"]}}
        self.keep("onderwerpobjecten", records.onderwerpobject(self.server, id_of(uuid, "over"), uuid, about))

    def _contact(self, story: ContactStory, day: date) -> Record:
        who = [("organisatorische_eenheid", story.team), ("medewerker", story.employee)]
        return {
            "kanaal": story.channel,
            "onderwerp": story.subject,
            "inhoud": story.text,
            "reactie": "" if story.answers_day is not None else story.answer,
            "indicatieContactGelukt": True,
            "taal": "nld",
            "vertrouwelijk": story.confidential,
            "plaatsgevondenOp": _moment(day, story.day, 10),
            "hadBetrokkenActoren": [records.actor(self.server, name, kind) for kind, name in who if name],
        }

    def _whose(self, resident: Resident) -> str:
        return id_of("partij", resident.bsn)

    def _owner(self, resident: Resident) -> str:
        """Their partij; who left no address has one too, once there was contact."""
        uuid = self._whose(resident)
        if uuid not in self.held["partijen"]:
            self.keep("partijen", records.partij(self.server, uuid, resident.bsn))
        return uuid


def _moment(day: date, after: int, hour: int) -> str:
    at = datetime.combine(day + timedelta(days=after), time(hour), UTC)
    return at.isoformat().replace("+00:00", "Z")
