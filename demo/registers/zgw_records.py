"""The demo's cases and case types, worded as Zaken 1.5 and Catalogi 1.3 do.

Every key that a real Open Zaak 1.30 sends is there, also the empty ones, in the same way ("", null or []).
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from demo.content.case_types import CaseType
from demo.content.cases import CaseStory
from demo.content.residents import Resident

from .zgw_profiles import OPENZAAK, Profile

ZAKEN, CATALOGI, DOCUMENTEN = "/zaken/api/v1", "/catalogi/api/v1", "/documenten/api/v1"
BESLUITEN = "/besluiten/api/v1"
SPACE = UUID("6f0b7f0e-7a55-4f9b-9b3e-2a1f5c1d9e00")
RSIN = "999993653"
Record = dict[str, Any]


def days_of(duration: str) -> int:
    """The days of a term in whole days; 0 for any other."""
    found = re.fullmatch(r"P(\d+)D", duration)
    return int(found[1]) if found else 0


@dataclass(frozen=True)
class Words:
    """Words records for one municipality: its addresses and its day of reset."""

    root: str
    day: date
    code: str
    """Gemeentecode: each municipality has a catalogue of its own."""
    profile: Profile = OPENZAAK

    def number(self, story: CaseStory) -> str:
        """A case's number; some systems make their own out of it."""
        if not self.profile.own_numbers:
            return story.number
        digits = "".join(sign for sign in story.number if sign.isdigit())
        return f"0014ESUITE{digits}{self.on(story.started)[:4]}"

    def id(self, *what: object) -> str:
        """The same id for the same thing, at every start."""
        return str(uuid5(SPACE, "|".join(map(str, (self.code, *what)))))

    def catalogue(self, what: str, *key: object) -> str:
        """The address of a type."""
        return f"{self.root}{CATALOGI}/{what}/{self.id(what, *key)}"

    def zaken(self, what: str, *key: object) -> str:
        """The address of a case or a part of one."""
        return f"{self.root}{ZAKEN}/{what}/{self.id(what, *key)}"

    def step(self, kind: CaseType, number: int) -> str:
        """The address of a step; one with the same words may be the same for several types."""
        if self.profile.shares_steps:
            return self.catalogue("statustypen", number, kind.steps[number])
        return self.catalogue("statustypen", kind.key, number)

    def on(self, day: int) -> str:
        """A day counted from the reset."""
        return (self.day + timedelta(days=day)).isoformat()

    def at(self, day: int) -> str:
        """The morning of a day counted from the reset."""
        morning = datetime.combine(self.day + timedelta(days=day), datetime.min.time(), UTC)
        return (morning + timedelta(hours=9)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def after(self, day: int, duration: str) -> str | None:
        """The day that a term of whole days ends."""
        days = days_of(duration)
        return self.on(day + days) if days else None

    def zaak(self, story: CaseStory, kind: CaseType) -> Record:
        """A case."""
        started = self.on(story.started)
        extra = 28 if story.extended else 0
        return {
            "url": self.zaken("zaken", story.number), "uuid": self.id("zaken", story.number),
            "identificatie": self.number(story), "bronorganisatie": RSIN, "omschrijving": story.about[:80],
            "toelichting": "", "zaaktype": self.catalogue("zaaktypen", kind.key), "registratiedatum": started,
            "verantwoordelijkeOrganisatie": RSIN, "startdatum": started,
            "einddatum": self.on(story.ended) if story.ended is not None else None,
            "einddatumGepland": self.after(story.started + extra, kind.promise),
            "uiterlijkeEinddatumAfdoening": self.after(story.started + extra, kind.catalogued_term),
            "publicatiedatum": None, "laatstGemuteerd": self.at(max(story.reached, default=story.started)),
            "laatstGeopend": None, "communicatiekanaal": "", "communicatiekanaalNaam": "",
            "productenOfDiensten": [], "vertrouwelijkheidaanduiding": story.confidentiality,
            "betalingsindicatie": "", "betalingsindicatieWeergave": "", "laatsteBetaaldatum": None,
            "zaakgeometrie": None,
            "verlenging": {"reden": story.extended, "duur": "P28D"} if story.extended else None,
            "opschorting": {
                "indicatie": bool(story.waiting), "eerdereOpschorting": False, "reden": story.waiting,
            },
            "selectielijstklasse": "", "hoofdzaak": None, "deelzaken": [], "relevanteAndereZaken": [],
            "gerelateerdeZaken": [], "eigenschappen": [],
            "rollen": [self.zaken("rollen", story.number, who) for who in _roles(story)],
            "status": (
                self.zaken("statussen", story.number, len(story.reached) - 1) if story.reached else None
            ),
            "zaakinformatieobjecten": [], "zaakobjecten": [], "kenmerken": [], "archiefnominatie": None,
            "archiefstatus": "nog_te_archiveren", "archiefactiedatum": None,
            "resultaat": self.zaken("resultaten", story.number) if story.result is not None else None,
            "opdrachtgevendeOrganisatie": "", "processobjectaard": "", "startdatumBewaartermijn": None,
            "processobject": {"datumkenmerk": "", "identificatie": "", "objecttype": "", "registratie": ""},
            "_expand": {},
        }  # fmt: skip

    def statussen(self, story: CaseStory, kind: CaseType) -> list[Record]:
        """The steps that a case reached; the officer's remark is there to be left out by the portal."""
        last = len(story.reached) - 1
        return [
            {
                "url": self.zaken("statussen", story.number, number),
                "uuid": self.id("statussen", story.number, number),
                "zaak": self.zaken("zaken", story.number),
                "statustype": self.step(kind, number),
                "datumStatusGezet": self.at(day), "statustoelichting": "Interne opmerking van de behandelaar",
                "indicatieLaatstGezetteStatus": number == last, "gezetdoor": "", "zaakinformatieobjecten": [],
            }
            for number, day in enumerate(story.reached)
        ]  # fmt: skip

    def rollen(self, story: CaseStory, kind: CaseType) -> list[Record]:
        """The resident who asks, and the team that handles it."""
        asks = [self._rol(story, kind, "natuurlijk_persoon", "initiator", _person(story.resident))]
        if story.business:
            asks.append(self._rol(story, kind, "vestiging", "mede_initiator", _business(story.business)))
        if self.profile.names_employees:
            employee = {"identificatie": "", "achternaam": "", "voorletters": "", "voorvoegselAchternaam": "",
                        "volledigeNaam": "A. Behandelaar"}  # fmt: skip
            return [*asks, self._rol(story, kind, "medewerker", "behandelaar", employee)]
        team = {"identificatie": kind.key, "naam": kind.team, "isGehuisvestIn": ""}
        return [*asks, self._rol(story, kind, "organisatorische_eenheid", "behandelaar", team)]

    def _rol(
        self, story: CaseStory, kind: CaseType, who: str, general: str, identification: Record
    ) -> Record:
        role = general.removeprefix("mede_")
        return {
            "url": self.zaken("rollen", story.number, general),
            "uuid": self.id("rollen", story.number, general),
            "zaak": self.zaken("zaken", story.number), "betrokkene": "", "betrokkeneType": who,
            "afwijkendeNaamBetrokkene": "", "roltype": self.catalogue("roltypen", kind.key, role),
            "omschrijving": general.capitalize(), "omschrijvingGeneriek": general, "roltoelichting": general,
            "registratiedatum": self.at(story.started), "indicatieMachtiging": "",
            "contactpersoonRol": {"emailadres": "", "functie": "", "telefoonnummer": "", "naam": ""},
            "statussen": [], "beginGeldigheid": None, "eindeGeldigheid": None,
            "betrokkeneIdentificatie": identification, "authenticatieContext": None,
        }  # fmt: skip

    def resultaat(self, story: CaseStory, kind: CaseType) -> Record:
        """How a case ended."""
        return {
            "url": self.zaken("resultaten", story.number), "uuid": self.id("resultaten", story.number),
            "zaak": self.zaken("zaken", story.number), "toelichting": "Interne opmerking van de behandelaar",
            "resultaattype": self.catalogue("resultaattypen", kind.key, story.result),
        }  # fmt: skip


def _roles(story: CaseStory) -> list[str]:
    return ["initiator", *(["mede_initiator"] if story.business else []), "behandelaar"]


def _business(number: str) -> Record:
    return {
        "vestigingsNummer": f"0000{number}", "handelsnaam": [], "kvkNummer": number, "verblijfsadres": None,
        "subVerblijfBuitenland": None,
    }  # fmt: skip


def _person(resident: Resident) -> Record:
    return {
        "inpBsn": resident.bsn, "anpIdentificatie": "", "inpA_nummer": "", "geslachtsnaam": resident.surname,
        "voorvoegselGeslachtsnaam": resident.prefix, "voorletters": "", "voornamen": resident.first_names,
        "geslachtsaanduiding": "", "geboortedatum": "", "verblijfsadres": None, "subVerblijfBuitenland": None,
    }  # fmt: skip
