"""Who used Ayse's data: the fourteen uses of her time line, one of which she does not recognise.

Days count from T, the day of reset. None is by a yes of hers: what she shares she does herself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid4, uuid5
from zoneinfo import ZoneInfo

from portal.accounts import sessions
from portal.accounts.level import Level
from portal.municipalities.acting import current_municipality
from portal.municipalities.addresses import absolute
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from portal.usage.models import Basis, Use

from .residents import AYSE

HOME = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Purpose:
    """What data was used for, as the register of processing activities words it."""

    slug: str
    title: str
    ground: str


BRP = Purpose("brp-bijhouden", "Uw gegevens bijhouden", "Wet BRP, artikel 1.4")
SECRET = Purpose("geheimhouding", "Uw gegevens geheim houden", "Wet BRP, artikel 2.59")
PARKING = Purpose("adres-parkeren", "Nieuw adres, zelfde vergunning", "Wet BRP, artikel 1.7")
TAXES = Purpose("afvalstoffenheffing", "Aanslag voor afval", "Wet milieubeheer, artikel 15.33")
VOTING = Purpose("stempas", "Stempas versturen", "Kieswet, artikel J 7")
PASSPORT = Purpose("paspoort", "Paspoort maken", "Paspoortwet, artikel 28")
PROOF = Purpose("uittreksel", "Uittreksel maken", "Wet BRP, artikel 2.55")


@dataclass(frozen=True)
class Used:
    """One use."""

    day: int
    clock: time
    team: str
    purpose: Purpose
    what: Sequence[str]
    zaak: str = ""


NAME, ADDRESS, BIRTH, FAMILY = "Naam", "Adres", "Geboortedatum", "Wie op uw adres woont"
USES: Sequence[Used] = (
    Used(-302, time(10, 12), "Team Burgerzaken", BRP, (NAME, ADDRESS, FAMILY), "ZM-0032"),
    Used(-301, time(9, 5), "Team Burgerzaken", SECRET, (NAME, ADDRESS), "ZM-0032"),
    Used(-300, time(14, 41), "Team Burgerzaken", SECRET, (NAME,), "ZM-0032"),
    Used(-296, time(11, 30), "Team Belastingen", TAXES, (NAME, ADDRESS, FAMILY)),
    Used(-241, time(15, 2), "Team Burgerzaken", PROOF, (NAME, BIRTH)),
    Used(-204, time(8, 55), "Team Verkiezingen", VOTING, (NAME, ADDRESS, BIRTH)),
    Used(-160, time(13, 20), "Team Burgerzaken", PASSPORT, (NAME, BIRTH)),
    Used(-158, time(10, 8), "Team Burgerzaken", PASSPORT, (NAME,)),
    Used(-97, time(9, 47), "Team Verkiezingen", VOTING, (NAME, ADDRESS, BIRTH)),
    Used(-61, time(16, 15), "Team Burgerzaken", PROOF, (NAME, BIRTH)),
    Used(-33, time(11, 3), "Team Burgerzaken", SECRET, (NAME, ADDRESS)),
    Used(-12, time(10, 26), "Team Belastingen", TAXES, (NAME, ADDRESS, FAMILY)),
    # She has no car and no permit: this is the one she does not recognise.
    Used(-5, time(21, 48), "Team Parkeren", PARKING, (NAME, ADDRESS)),
    Used(-1, time(9, 14), "Team Burgerzaken", BRP, (NAME, ADDRESS, FAMILY)),
)


def load(day: date) -> None:
    """Write the uses of the municipality in force, once."""
    here = current_municipality()
    rows = [_row(here, number, used, day) for number, used in enumerate(USES)]
    if Use.objects.filter(id=rows[0].id).exists():
        return
    # To the portal she is who signs in with her number; so she does, for as long as this takes.
    session, _cookie = sessions.begin(BSN(AYSE.bsn), AYSE.name, Level.BASIS, uuid4(), "demo", "")
    sessions.end(session.id)
    for row in rows:
        row.subject_id = session.subject
        row.save(force_insert=True)


def _row(here: Municipality, number: int, used: Used, day: date) -> Use:
    return Use(
        id=uuid5(NAMESPACE_URL, f"{here.id} use {number}"),
        municipality=here,
        who=used.team,
        purpose=used.purpose.title,
        ground=used.purpose.ground,
        basis=Basis.LAW,
        activity=absolute(f"/register/{used.purpose.slug}/1/"),
        zaak=used.zaak,
        what=list(used.what),
        labels=list(used.what),
        at=datetime.combine(day + timedelta(days=used.day), used.clock, HOME),
    )
