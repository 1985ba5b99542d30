"""What came since somebody's previous visit says so, wherever it stands; what was there before does not."""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from demo.registers import berichten as demo_berichten
from demo.registers import objecten as demo_objecten
from demo.registers import taken as demo_taken
from demo.registers.serving import Register
from portal.accounts.models import Resident
from portal.accounts.residents import resident_of
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from portal.registers.zaken.marks import mark
from portal.registers.zaken.models import CaseNews
from tests.registers.berichten.conftest import berichten_connection
from tests.registers.conftest import DAY, zaken_connection
from tests.registers.klantinteracties.conftest import klant, klant_connection, klant_fake
from tests.registers.taken.conftest import objecten_connection, vtb_connection

from .conftest import HELGA, KEES, body_of, connected, signed_in
from .test_cases import address_of

__all__ = ["klant", "klant_fake"]

NEWS = "Nieuw sinds uw vorige bezoek"
AFTER_ALL = 6  # days after the day of the demo's records; the last of them is of the fifth
TOKENS = {f"token of {code}": code for code in ("9901", "9902")}


@pytest.fixture
def objecten() -> Iterator[Register]:
    with demo_objecten.demo_register(TOKENS, DAY) as register:
        yield register


@pytest.fixture
def berichten() -> Iterator[Register]:
    with demo_berichten.demo_register(TOKENS, DAY) as register:
        yield register


@pytest.fixture
def whole(mijn: Municipality, objecten: Register, berichten: Register, klant_fake: Register) -> Municipality:
    """Zandmeer with all that has a moment."""
    connected(mijn, objecten_connection(objecten))
    connected(mijn, berichten_connection(berichten))
    connected(mijn, klant_connection(klant_fake.url))
    return mijn


def back(here: Municipality, day: int, bsn: BSN = HELGA) -> Client:
    """Somebody who was here on the morning of that day before, counted from the day of the demo's records."""
    at = timezone.make_aware(datetime.combine(DAY + timedelta(days=day), time(9, 30)))
    with acting_for(here), transaction.atomic():
        Resident.objects.filter(id=resident_of(bsn).id).update(visited=at)
    return signed_in(here, bsn)


def part(page: str, kind: str) -> str:
    return page.split(f'<div slot="{kind}">')[1].split("</section>")[0]


def marked(text: str, pattern: str) -> set[str]:
    """What stands in pieces of a page that say so."""
    return {
        one[1] for piece in text.split("</article>") if NEWS in piece for one in re.finditer(pattern, piece)
    }


LINK = r'<a href="[^"]*">([^<]+)</a>'


def test_a_question_on_the_overview_says_in_which_language_it_is(whole: Municipality) -> None:
    page = body_of(signed_in(whole).get("/en/mijn/"))
    questions = part(page, "klantinteracties")

    assert '<h3 class="mijn-card__title" lang="nl">' in questions
    assert 'mijn-badge--info" lang="en">' in questions


def test_on_the_overview_each_part_marks_what_came_later(whole: Municipality) -> None:
    page = body_of(back(whole, -22).get("/mijn/"))

    assert marked(part(page, "zaken"), LINK) == {"Omgevingsvergunning dakkapel", "Parkeervergunning bewoners"}
    assert len(marked(part(page, "taken"), LINK)) == 3
    assert marked(part(page, "berichten"), LINK)


@pytest.mark.parametrize(("hours", "new"), [(-1, False), (1, True)])
def test_a_document_or_decision_counts_as_well_on_the_overview_and_in_the_list(
    whole: Municipality, hours: int, new: bool
) -> None:
    """Long after the case came to its step; `marks` is told by Notificaties, see the tests of that."""
    helga = back(whole, AFTER_ALL)
    _mijn, _zaken, connection, zaak = address_of(helga, "ZM-0507").strip("/").split("/")
    visited = timezone.make_aware(datetime.combine(DAY + timedelta(days=AFTER_ALL), time(9, 30)))
    with acting_for(whole), transaction.atomic():
        CaseNews.objects.create(
            resident_id=resident_of(HELGA).id,
            connection=connection,
            zaak=zaak,
            came=visited + timedelta(hours=hours),
        )
    told = {"Omgevingsvergunning dakkapel"} if new else set()

    assert marked(part(body_of(back(whole, AFTER_ALL).get("/mijn/")), "zaken"), LINK) == told
    assert marked(body_of(back(whole, AFTER_ALL).get("/mijn/zaken/")), LINK) == told


def test_what_came_into_a_case_of_somebody_else_marks_nothing(whole: Municipality) -> None:
    helga = back(whole, AFTER_ALL)
    _mijn, _zaken, connection, zaak = address_of(helga, "ZM-0507").strip("/").split("/")
    with acting_for(whole), transaction.atomic():
        mark([resident_of(KEES).id], UUID(connection), UUID(zaak))

    assert NEWS not in part(body_of(back(whole, AFTER_ALL).get("/mijn/")), "zaken")


def test_what_was_there_before_is_not_marked(whole: Municipality) -> None:
    page = body_of(back(whole, AFTER_ALL).get("/mijn/"))

    assert "U was hier voor het laatst op" in page
    assert NEWS not in page


def test_at_a_first_visit_nothing_is_marked(whole: Municipality) -> None:
    assert NEWS not in body_of(signed_in(whole).get("/mijn/"))


def test_a_message_that_is_older_and_unread_stays_just_new(whole: Municipality) -> None:
    messages = part(body_of(back(whole, AFTER_ALL).get("/mijn/")), "berichten")

    assert ">Nieuw</span>" in messages
    assert NEWS not in messages


def test_the_pages_of_tasks_messages_and_contact_mark_it_too(whole: Municipality) -> None:
    helga = back(whole, -22)

    assert NEWS in body_of(helga.get("/mijn/taken/"))
    assert NEWS in body_of(helga.get("/mijn/berichten/"))
    assert NEWS in body_of(helga.get("/mijn/zaken/"))


def test_tasks_of_open_vtb_are_marked_from_the_day_they_begin(veldrecht: Municipality, clock: object) -> None:
    with demo_taken.demo_register(TOKENS, DAY) as vtb:
        connected(veldrecht, vtb_connection(vtb))
        later = body_of(back(veldrecht, -22, KEES).get("/mijn/taken/"))
        before = body_of(back(veldrecht, -18, KEES).get("/mijn/taken/"))

    assert NEWS in later
    assert NEWS not in before


def test_a_case_s_page_marks_the_steps_and_documents_that_came_later(mijn: Municipality) -> None:
    helga = back(mijn, -22)
    page = body_of(helga.get(address_of(helga, "ZM-0507")))
    steps = [one.split("</li>")[0] for one in page.split("<li class=") if "timeline__step" in one[:40]]
    documents = [one for one in page.split("<li") if "/documenten/" in one and NEWS in one]

    assert [NEWS in one for one in steps] == [False, True, True, False, False]
    assert len(documents) == 1
    assert "Ontvangstbevestiging" in documents[0]


def test_what_the_resident_sent_is_not_news_to_them(mijn: Municipality) -> None:
    helga = back(mijn, -30)
    page = body_of(helga.get(address_of(helga, "ZM-0507")))
    (sent,) = [one for one in page.split("<li") if "Tekening van de voorgevel" in one]

    assert NEWS not in sent


@pytest.mark.parametrize(("day", "new"), [(-201, True), (-200, True), (-199, False)])
def test_a_decision_is_marked_from_the_day_it_was_sent(
    veldrecht: Municipality, zaken_fake: Register, day: int, new: bool
) -> None:
    connected(veldrecht, zaken_connection(zaken_fake.url, "9902"))
    kees = back(veldrecht, day, KEES)
    page = body_of(kees.get(address_of(kees, "VR-0007")))

    assert (NEWS in page.split('id="besluit"')[1].split("</section>")[0]) is new


@pytest.mark.parametrize(("day", "new"), [(-4, True), (-1, False)])
def test_a_question_that_got_an_answer_is_marked(
    veldrecht: Municipality, zaken_fake: Register, klant_fake: Register, day: int, new: bool
) -> None:
    """Kees asked on the fourth day before, and was answered on the third."""
    connected(veldrecht, zaken_connection(zaken_fake.url, "9902"))
    connected(veldrecht, klant_connection(klant_fake.url, "9902"))
    kees = back(veldrecht, day, KEES)
    on_case = body_of(kees.get(address_of(kees, "VR-0118"))).split("Uw vragen over deze zaak")[1]

    assert (NEWS in part(body_of(kees.get("/mijn/")), "klantinteracties")) is new
    assert (NEWS in on_case.split("</section>")[0]) is new
    assert (NEWS in body_of(kees.get("/mijn/contact/"))) is new
