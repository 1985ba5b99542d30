"""What rooms say to each other about a case: offers on its page, and whether it is the resident's."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection as database
from django.db import transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from demo.content.residents import HELGA, KEES
from demo.registers.serving import Register
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from portal.registers import about_case, beside
from portal.registers.about_case import AboutCase, CaseRef, KnownCase, asked_about, question_for
from portal.registers.answers import Found
from portal.registers.beside import Line
from portal.registers.brp.section import ask as ask_brp
from portal.registers.gather import ask_one
from portal.registers.sections import sections
from tests.mijn.conftest import acting_for_another, body_of, connected, signed_in
from tests.registers.conftest import brp_connection, zaken_connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def zaken_id(zandmeer: Municipality, zaken_fake: Register) -> UUID:
    return connected(zandmeer, zaken_connection(zaken_fake.url))


@pytest.fixture
def helga(zandmeer: Municipality, zaken_id: UUID) -> Client:
    return signed_in(zandmeer)


@pytest.fixture(params=[-1, 1])
def offer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AboutCase:
    """A room that knows the resident's name beside every case, above or below the case's own parts."""
    one = AboutCase(
        kind="brp",
        place=request.param,
        title="x",
        ask=lambda brp, bsn, _case: ask_brp(brp, bsn),
        template="registers/call.html",
        show=lambda case, answered: {"case": case, "answered": answered},
    )
    monkeypatch.setattr(about_case, "_offered", {"brp": one})
    return one


def case_of(browser: Client) -> str:
    """The address of a case, as the list links to it."""
    page = body_of(browser.get("/mijn/zaken/"))
    links = [one.split('"')[0] for one in page.split('href="')[1:]]
    return next(one for one in links if one.startswith("/mijn/zaken/") and len(one) > 60)


def test_an_offer_is_asked_beside_the_case_and_stands_in_its_place(
    helga: Client, zandmeer: Municipality, brp_fake: Register, offer: AboutCase
) -> None:
    connected(zandmeer, brp_connection(brp_fake.url))
    context: Any = helga.get(case_of(helga)).context

    (part,) = context["above" if offer.place < 0 else "below"]
    ((_connection, answer),) = part["shown"]["answered"]
    assert isinstance(answer, Found)
    assert answer.value.name == "Helga Huisman"
    assert not context["below" if offer.place < 0 else "above"]


def test_an_offer_that_fails_leaves_the_case_whole(
    helga: Client, zandmeer: Municipality, brp_fake: Register, offer: AboutCase
) -> None:
    connected(zandmeer, brp_connection(brp_fake.url))
    brp_fake.misbehave("500")

    answer = helga.get(case_of(helga))

    assert answer.status_code == 200
    assert "Hoe staat het ervoor?" in body_of(answer)


def test_what_a_municipality_has_not_connected_is_not_offered(
    zandmeer: Municipality, zaken_id: UUID, offer: AboutCase
) -> None:
    with acting_for(zandmeer), transaction.atomic(), CaptureQueriesContext(database) as asked:
        assert asked_about(CaseRef(zaken_id, uuid4()), BSN(HELGA.bsn)) == []
    assert len([one for one in asked if "SELECT" in one["sql"]]) <= 1


def test_a_case_is_known_to_its_own_resident_only(
    helga: Client, zandmeer: Municipality, zaken_id: UUID
) -> None:
    zaak = UUID(case_of(helga).rstrip("/").rpartition("/")[2])

    def found(connection: UUID, bsn: str) -> KnownCase | None:
        with acting_for(zandmeer), transaction.atomic():
            question = question_for(CaseRef(connection, zaak), BSN(bsn))
            answer = ask_one(question) if question else Found(None)
        assert isinstance(answer, Found)
        known: KnownCase | None = answer.value
        return known

    mine = found(zaken_id, HELGA.bsn)
    assert mine is not None
    assert mine.number.startswith("ZM-")
    assert found(zaken_id, KEES.bsn) is None
    assert found(uuid4(), HELGA.bsn) is None


def test_who_acts_for_another_sees_of_a_room_what_it_opens_to_them(
    helga: Client,
    zandmeer: Municipality,
    brp_fake: Register,
    offer: AboutCase,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected(zandmeer, brp_connection(brp_fake.url))
    draft = Line("Een begonnen aanvraag", "nl", "/mijn/", "", "Nog niet verstuurd", "info", "", "")
    monkeypatch.setattr(beside, "_tellers", [lambda _resident: [draft]])
    helper = acting_for_another(zandmeer, BSN(HELGA.bsn))
    address, asked = case_of(helga), len(brp_fake.calls)

    context: Any = helper.get(address).context

    assert [*context["above"], *context["below"], *context["added"]] == []
    assert context["may_add"] is False
    assert len(brp_fake.calls) == asked
    assert draft.title not in body_of(helper.get("/mijn/zaken/"))
    assert draft.title in body_of(helga.get("/mijn/zaken/"))
    monkeypatch.setattr(about_case, "_offered", {"brp": replace(offer, for_another=True)})
    opened: Any = helper.get(address).context
    assert len([*opened["above"], *opened["below"]]) == 1


def test_a_part_of_a_case_is_open_where_the_page_of_its_room_is() -> None:
    rooms = {one.kind: one.for_another for one in sections()}
    parts = {kind: one.for_another for kind, one in about_case._offered.items()}
    assert parts == {kind: rooms[kind] for kind in parts}
    assert set(parts.values()) == {True, False}
