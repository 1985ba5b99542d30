"""The pages of tasks, their part of the overview and of a case's page: what is there, and what if not."""

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from demo.content.residents import HENDRIK, KEES
from demo.registers.faults import FAULTS
from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from portal.registers import caller
from portal.registers.models import Breaker
from tests.mijn.conftest import acting_for_another, body_of, connected, signed_in
from tests.registers.conftest import brp_connection, zaken_connection

from .conftest import Place, objecten_connection, vtb_connection

PHONE = "(0999) 12 34 56"
NOTHING = "U hoeft nu niets te doen."
WORDS = ("nu niet te zien", "nog niet verstuurd")
"""What is said where something did not come."""


EITHER = pytest.mark.parametrize("place", ["objecten"], indirect=True)
"""Where it makes no difference in which back end the tasks are."""


def part(page: str) -> str:
    return page.split('<div slot="taken">')[1].split("</section></div>")[0]


def case_of(browser: Client, number: str) -> str:
    page = body_of(browser.get("/mijn/zaken/"))
    return next(one for one in page.split("<article")[1:] if number in one).split('href="')[1].split('"')[0]


def page_of(browser: Client, title: str) -> str:
    """The address of a task, as the list links to it."""
    found = re.search(rf'href="([^"]+)">{re.escape(title)}<', body_of(browser.get("/mijn/taken/")))
    assert found is not None, title
    return found[1]


def main_of(answer: Any) -> str:
    return body_of(answer).split("<main")[1].split("</main>")[0]


class TestTheOverview:
    def test_what_must_be_done_soonest_stands_first_of_all_parts(
        self, zandmeer: Municipality, vtb: Register
    ) -> None:
        connected(zandmeer, vtb_connection(vtb))
        page = body_of(signed_in(zandmeer, BSN(KEES.bsn)).get("/mijn/"))
        shown = part(page)

        titles = ("Betaal de kopie", "Stuur ons de jaarcijfers", "Vertel ons wanneer")
        assert [title for title in titles if title in shown] == list(titles)
        assert sorted(titles, key=shown.index) == list(titles)
        assert "U bent te laat: de laatste dag was 22 november 2026." in shown
        assert "Doe het uiterlijk 29 november 2026." in shown
        assert "Er is nog 1 ding dat u moet doen." in shown
        assert "Maak een afspraak" not in shown
        assert page.index('<slot name="taken">') < page.index('<slot name="zaken">')

    def test_it_asks_the_register_once(self, resident: Client, place: Place) -> None:
        body_of(resident.get("/mijn/"))

        assert place.register.calls == [place.paths[0]]

    @EITHER
    def test_who_has_nothing_to_do_reads_that(self, zandmeer: Municipality, place: Place) -> None:
        connected(zandmeer, place.connection)

        assert NOTHING in part(body_of(signed_in(zandmeer, BSN(HENDRIK.bsn)).get("/mijn/")))

    @EITHER
    def test_a_register_that_fails_is_not_nothing_to_do(self, resident: Client, place: Place) -> None:
        place.register.misbehave("500")
        shown = part(body_of(resident.get("/mijn/")))

        assert "Of u iets moet doen, is nu niet te zien." in shown
        assert PHONE in shown
        assert NOTHING not in shown

    def test_of_two_registers_one_that_fails_costs_its_own_part(
        self, zandmeer: Municipality, objecten: Register, vtb: Register
    ) -> None:
        connected(zandmeer, objecten_connection(objecten))
        connected(zandmeer, vtb_connection(vtb, "9901"), "Taken (Open VTB)")
        browser = signed_in(zandmeer)
        vtb.misbehave("500")
        shown = part(body_of(browser.get("/mijn/")))

        assert "Beantwoord onze vraag over uw dakkapel" in shown
        assert "Misschien moet u nog meer doen." in shown

    def test_where_nothing_is_connected_neither_overview_nor_menu_speaks_of_it(
        self, zandmeer: Municipality
    ) -> None:
        page = body_of(signed_in(zandmeer).get("/mijn/"))

        assert 'slot name="taken"' not in page
        assert "/mijn/taken/" not in page
        assert "/mijn/taken/" not in body_of(signed_in(zandmeer).get("/mijn/contact/"))

    @EITHER
    def test_where_it_is_connected_the_menu_leads_to_it(self, resident: Client) -> None:
        for path in ("/mijn/", "/mijn/contact/"):
            assert 'href="/mijn/taken/"' in body_of(resident.get(path))


class TestAllTasks:
    @EITHER
    def test_what_is_done_stands_below_what_must_be_done(self, resident: Client, place: Place) -> None:
        todo, done = body_of(resident.get("/mijn/taken/")).split("Gedaan of voorbij")

        assert place.title("form") in todo
        assert place.title("done") in done
        assert "Klaar" in done

    @EITHER
    def test_nothing_that_is_not_for_residents_is_there(self, resident: Client) -> None:
        assert "Nooit aan een inwoner getoond" not in body_of(resident.get("/mijn/taken/"))

    def test_where_nothing_is_connected_the_page_says_so(self, zandmeer: Municipality) -> None:
        answer = signed_in(zandmeer).get("/mijn/taken/")

        assert answer.status_code == 503
        assert "Uw gemeente laat dit nog niet op deze site zien." in body_of(answer)

    @EITHER
    def test_when_the_register_fails_later_what_came_earlier_is_there_with_its_age(
        self, resident: Client, place: Place, zandmeer: Municipality, brp_fake: Register
    ) -> None:
        connected(zandmeer, brp_connection(brp_fake.url))
        for path in ("/mijn/", "/mijn/taken/"):
            place.register.misbehave("none")
            body_of(resident.get(path))
            place.register.misbehave("500")
            page = body_of(resident.get(path))

            assert "Dit is wat wij om " in page
            assert place.title("form") in page
            assert NOTHING not in page


class TestOneTask:
    def test_a_link_is_shown_with_whose_page_it_leads_to(self, resident: Client, place: Place) -> None:
        page = body_of(resident.get(page_of(resident, place.title("link"))))
        host = "afval.zandmeer.example" if place.back_end == "objecten" else "formulieren.veldrecht.example"

        assert f'href="https://{host}/' in page
        assert f'<bdi dir="ltr">{host}</bdi>' in page

    @pytest.mark.parametrize(
        "address", ["http://afval.example/", "javascript:alert(1)", "https://a@b.example/"]
    )
    def test_a_link_that_is_not_safe_is_no_link(
        self, zandmeer: Municipality, objecten: Register, address: str
    ) -> None:
        store = objecten.respond.stores["token of 9901"]  # type: ignore[attr-defined]
        for one in store.objects.values():
            if "url" in one["record"]["data"]:
                one["record"]["data"]["url"]["uri"] = address
        connected(zandmeer, objecten_connection(objecten))
        browser = signed_in(zandmeer)
        page = body_of(browser.get(page_of(browser, "Kies een dag voor het ophalen van uw grofvuil")))

        assert address not in page
        assert "De link bij deze taak klopt niet." in page

    def test_a_payment_is_shown_in_euros_with_where_to_pay(
        self, zandmeer: Municipality, vtb: Register, objecten: Register
    ) -> None:
        pay = "https://betalen.example/?kenmerk={reference}"
        connected(zandmeer, objecten_connection(objecten, pay_url=pay))
        connected(zandmeer, vtb_connection(vtb), "Taken (Open VTB)")
        helga, kees = signed_in(zandmeer), signed_in(zandmeer, BSN(KEES.bsn))
        hers = body_of(helga.get(page_of(helga, "Betaal uw parkeervergunning")))
        his = body_of(kees.get(page_of(kees, "Betaal de kopie van uw bouwtekening")))

        assert "€\N{NO-BREAK SPACE}48,00" in hers
        assert 'href="https://betalen.example/?kenmerk=ZM-0530-1"' in hers
        assert "€\N{NO-BREAK SPACE}12,50" in his
        assert "NL69 INGB 0123 4567 89" in his
        assert "VR-KOPIE-88" in his
        assert "U haalde de kopie op aan de balie." in his
        assert "U bent te laat: de laatste dag was 22 november 2026." in his

    @EITHER
    def test_the_pages_title_does_not_say_what_it_is_about(self, resident: Client, place: Place) -> None:
        page = body_of(resident.get(page_of(resident, place.title("form"))))

        assert place.title("form") not in page.split("</title>")[0]
        assert place.title("form") in page

    @EITHER
    def test_somebody_elses_and_one_that_is_not_there_look_the_same(
        self, resident: Client, place: Place, zandmeer: Municipality
    ) -> None:
        address = page_of(resident, place.title("form"))
        stranger = signed_in(zandmeer, BSN(HENDRIK.bsn))
        nowhere = address[:-13] + "000000000000/"
        theirs, nobodys = stranger.get(address), stranger.get(nowhere)

        assert theirs.status_code == nobodys.status_code == 404
        assert main_of(theirs) == main_of(nobodys)

    @EITHER
    def test_another_municipality_does_not_know_it(
        self, resident: Client, place: Place, veldrecht: Municipality
    ) -> None:
        """The same person, and the same address."""
        connect = objecten_connection if place.back_end == "objecten" else vtb_connection
        connected(veldrecht, connect(place.register, "9903"))
        address = page_of(resident, place.title("form"))

        assert signed_in(veldrecht, place.bsn).get(address).status_code == 404
        assert place.title("form") not in body_of(signed_in(veldrecht, place.bsn).get("/mijn/taken/"))


RIGHT = {
    "objecten": {"veld-0": "ja", "veld-1": "40", "veld-2": "Op de tekening staat het ook."},
    "open-vtb": {"veld-0": "31-12-2026", "veld-1": "nee"},
}


class TestAForm:
    def test_it_is_filled_in_and_sent_on_the_page(self, resident: Client, place: Place) -> None:
        address = page_of(resident, place.title("form"))
        answer = resident.post(address, RIGHT[place.back_end])

        assert (answer.status_code, answer["Location"]) == (302, address)
        assert "Wij hebben het ontvangen" in body_of(resident.get(address))
        assert "Ontvangen" in body_of(resident.get("/mijn/taken/")).split("Gedaan of voorbij")[1]

    @EITHER
    def test_what_is_wrong_is_said_and_nothing_is_sent(self, resident: Client, place: Place) -> None:
        address = page_of(resident, place.title("form"))
        answer = resident.post(address, {"veld-2": "mijn eigen woorden"})
        page = body_of(answer)

        assert answer.status_code == 422
        assert "mijn eigen woorden" in page
        assert "Kies een antwoord: " in page
        assert not [call for call in place.register.calls if call.startswith("PATCH")]

    def test_the_second_of_two_tabs_hears_that_it_was_done(self, resident: Client, place: Place) -> None:
        address = page_of(resident, place.title("form"))
        resident.post(address, RIGHT[place.back_end])
        again = resident.post(address, RIGHT[place.back_end])

        assert again.status_code == 409
        assert "Dit is al gedaan" in body_of(again)
        assert len([call for call in place.register.calls if call.startswith("PATCH")]) == 1

    def test_two_tabs_at_the_same_moment_make_one(
        self, resident: Client, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The other one sends between our first look and our second."""
        address, respond = page_of(resident, place.title("form")), place.register.respond
        looks: list[str] = []

        def meanwhile(asked: Asked) -> Reply:
            reply = respond(asked)
            if asked.method == "GET" and address.rstrip("/").rpartition("/")[2] in asked.path:
                looks.append(asked.path)
                if len(looks) == 1:
                    before = reply.body
                    done_elsewhere(place, respond.stores.values(), asked.path.rpartition("/")[2])  # type: ignore[attr-defined]
                    return Reply(reply.status, before, reply.headers)
            return reply

        monkeypatch.setattr(place.register, "respond", meanwhile)
        answer = resident.post(address, RIGHT[place.back_end])

        assert answer.status_code == 409
        assert "Dit is al gedaan" in body_of(answer)
        assert not [call for call in place.register.calls if call.startswith("PATCH")]

    @EITHER
    @pytest.mark.parametrize("fault", ["500", "hang"])
    def test_when_it_cannot_be_sent_what_was_typed_stays(
        self, resident: Client, place: Place, fault: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address, respond = page_of(resident, place.title("form")), place.register.respond
        monkeypatch.setattr(caller, "LIMIT", 0.5)

        def fails_on_writing(asked: Asked) -> Reply:
            if asked.method == "PATCH":
                place.register.misbehave(fault)
            return respond(asked)

        monkeypatch.setattr(place.register, "respond", fails_on_writing)
        answer = resident.post(address, {**RIGHT[place.back_end], "veld-2": "mijn eigen woorden"})
        page = body_of(answer)

        assert answer.status_code == 503
        assert "Het is nog niet verstuurd" in page
        assert "mijn eigen woorden" in page
        assert ("Misschien is het toch aangekomen." in page) is (fault == "hang")

    @EITHER
    def test_one_that_we_cannot_ask_says_who_helps(
        self, resident: Client, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address = page_of(resident, place.title("form"))
        monkeypatch.setattr("portal.registers.taken.task_pages.fields_of", lambda *_: None)
        page = body_of(resident.get(address))

        assert "Dit formulier kunt u op deze site nog niet invullen." in page
        assert PHONE in page
        assert resident.post(address, RIGHT[place.back_end]).status_code == 422


def done_elsewhere(place: Place, stores: Any, uuid: str) -> None:
    (store,) = [one for one in stores if uuid in held(one)]
    one = held(store)[uuid]
    if place.back_end == "objecten":
        data = {**one["record"]["data"], "status": "afgerond"}
        held(store)[uuid] = {**one, "record": {**one["record"], "data": data}}
    else:
        held(store)[uuid] = {**one, "status": "uitgevoerd"}


def held(store: Any) -> dict[str, Any]:
    found: dict[str, Any] = getattr(store, "objects", None) or store.records
    return found


class TestTheCase:
    def test_what_must_be_done_stands_on_top_of_its_case_and_leads_back(self, helga: Client) -> None:
        case = case_of(helga, "ZM-0507")
        page = body_of(helga.get(case))
        task = page_of(helga, "Beantwoord onze vraag over uw dakkapel")

        assert f'href="{task}"' in page
        assert page.index("Beantwoord onze vraag") < page.index("Wanneer is het klaar?")
        assert "Kies een dag" not in page
        assert NOTHING not in page, "a step of the case says so where nothing is asked"
        assert f'href="{case}"' in body_of(helga.get(task))

    def test_a_case_that_is_named_by_its_number_is_found_too(
        self, zandmeer: Municipality, vtb: Register, zaken_fake: Register
    ) -> None:
        connected(zandmeer, vtb_connection(vtb))
        connected(zandmeer, zaken_connection(zaken_fake.url, "9902"))
        kees = signed_in(zandmeer, BSN(KEES.bsn))
        case = case_of(kees, "VR-0118")

        assert "Stuur ons de jaarcijfers van uw bedrijf" in body_of(kees.get(case))
        assert f'href="{case}"' in body_of(kees.get(page_of(kees, "Stuur ons de jaarcijfers van uw bedrijf")))

    def test_a_case_that_this_resident_does_not_have_is_no_link(
        self, zandmeer: Municipality, vtb: Register, zaken_fake: Register
    ) -> None:
        connected(zandmeer, vtb_connection(vtb))
        connected(zandmeer, zaken_connection(zaken_fake.url, "9901"))
        kees = signed_in(zandmeer, BSN(KEES.bsn))
        page = body_of(kees.get(page_of(kees, "Stuur ons de jaarcijfers van uw bedrijf")))

        assert "Voor uw zaak" not in page

    def test_its_page_is_whole_when_tasks_fail(self, helga: Client, objecten: Register) -> None:
        case = case_of(helga, "ZM-0507")
        objecten.misbehave("500")
        page = body_of(helga.get(case))

        assert "Of u iets moet doen voor deze zaak, is nu niet te zien." in page
        assert NOTHING not in page
        assert "Hoe staat het ervoor?" in page

    def test_a_task_is_whole_when_the_case_system_fails(self, helga: Client, zaken_fake: Register) -> None:
        task = page_of(helga, "Beantwoord onze vraag over uw dakkapel")
        zaken_fake.misbehave("500")
        answer = helga.get(task)

        assert answer.status_code == 200
        assert "Vul het formulier in" in body_of(answer)


@EITHER  # the client is tried with every fault of both
@pytest.mark.parametrize("fault", [one for one in FAULTS if one != "none"])
def test_whatever_the_register_does_nothing_worse_comes_of_it(
    resident: Client, place: Place, zandmeer: Municipality, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never an answer that is no page of ours, a word about somebody else, or broken shown as empty."""
    addresses = ["/mijn/taken/", page_of(resident, place.title("form"))]
    monkeypatch.setattr(caller, "LIMIT", 0.4)
    for address in addresses:
        place.register.misbehave(fault, 0.1)
        with acting_for(zandmeer), transaction.atomic():
            Breaker.objects.all().delete()
        answer = resident.get(address)
        page = body_of(answer)

        assert answer.status_code in {200, 503}
        assert NOTHING not in page
        if answer.status_code == 200:
            assert place.title("form") in page
            assert page.count("wie er met u meeverhuist") <= 1, "Ayse has one too"
        if answer.status_code == 503:
            assert any(one in page for one in WORDS)


def test_who_acts_for_another_sees_the_task_and_fills_in_no_form(
    zandmeer: Municipality, resident: Client, place: Place
) -> None:
    address = page_of(resident, place.title("form"))
    helper = acting_for_another(zandmeer, place.bsn)

    page = main_of(helper.get(address))
    calls = len(place.register.calls)
    sent = helper.post(address, {"naam": "x"})

    assert place.title("form") in page
    assert "Dit formulier vult iemand zelf in" in page
    assert "<form" not in page
    assert sent.status_code == 403
    assert len(place.register.calls) == calls
    assert "<form" in main_of(resident.get(address))
