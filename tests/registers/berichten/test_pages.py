"""The pages of messages and their part of the overview: what is there, and what if it is not."""

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from demo.content.residents import HENDRIK, KEES
from demo.registers.faults import FAULTS
from demo.registers.serving import Register
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection
from portal.municipalities.models import Municipality
from portal.registers import caller, content
from portal.registers.models import Breaker
from tests.mijn.conftest import body_of, connected, signed_in
from tests.mijn.test_cases import address_of
from tests.registers.conftest import brp_connection, zaken_connection

from .conftest import BSN_HELGA, berichten_connection, changed, held

PHONE = "(0999) 12 34 56"
FAULT = "Uw berichten zijn nu niet te zien."
NONE = ("U heeft geen nieuwe berichten.", "Er zijn nog geen berichten voor u.")
COMPLETE = "Uw aanvraag voor de dakkapel is compleet"
ASKS = "Wij hebben een vraag over uw dakkapel"


def part(page: str) -> str:
    return page.split('<div slot="berichten">')[1].split("</section></div>")[0]


def main_of(answer: Any) -> str:
    return body_of(answer).split("<main")[1].split("</main>")[0]


def page_of(browser: Client, subject: str) -> str:
    """The address of a message, as the list links to it."""
    found = re.search(rf'href="([^"]+)">{re.escape(subject)}<', body_of(browser.get("/mijn/berichten/")))
    assert found is not None, subject
    return found[1]


def attachment_of(browser: Client, subject: str) -> str:
    found = re.search(r'href="([^"]+/bijlagen/[^"]+)"', body_of(browser.get(page_of(browser, subject))))
    assert found is not None
    return found[1]


class TestACase:
    def test_its_messages_stand_on_its_page_and_no_others(
        self, helga: Client, zandmeer: Municipality, zaken_fake: Register, fake: Register
    ) -> None:
        connected(zandmeer, zaken_connection(zaken_fake.url))
        case = address_of(helga, "ZM-0507")
        shown = main_of(helga.get(case)).split("Berichten over deze zaak")[1].split("</section>")[0]

        assert shown.index(ASKS) < shown.index(COMPLETE), "the newest first"
        assert "parkeervergunning" not in shown
        other = main_of(helga.get(address_of(helga, "ZM-0411")))
        assert "Uw verhuizing is verwerkt" in other
        assert ASKS not in other

        fake.misbehave("500")
        shown = main_of(helga.get(case))
        assert "Niet alle berichten over deze zaak zijn nu te zien." in shown
        assert "Hoe staat het ervoor?" in shown


class TestTheOverview:
    def test_it_counts_and_shows_what_is_new_in_one_call(self, helga: Client, fake: Register) -> None:
        shown = part(body_of(helga.get("/mijn/")))

        assert "U heeft 2 nieuwe berichten." in shown
        assert shown.index(ASKS) < shown.index("Betaal uw parkeervergunning")
        assert COMPLETE not in shown
        assert fake.calls == ["GET /berichten/api/v1/berichten"]

    def test_who_has_nothing_new_reads_that(self, zandmeer: Municipality, berichten: Connection) -> None:
        connected(zandmeer, berichten)

        assert NONE[0] in part(body_of(signed_in(zandmeer, BSN(HENDRIK.bsn)).get("/mijn/")))

    def test_a_register_that_fails_is_not_no_messages(self, helga: Client, fake: Register) -> None:
        fake.misbehave("500")
        shown = part(body_of(helga.get("/mijn/")))

        assert FAULT in shown
        assert PHONE in shown
        assert NONE[0] not in shown

    def test_where_nothing_is_connected_neither_overview_nor_menu_speaks_of_it(
        self, zandmeer: Municipality
    ) -> None:
        page = body_of(signed_in(zandmeer).get("/mijn/"))

        assert 'slot name="berichten"' not in page
        assert 'href="/mijn/berichten/"' not in page

    def test_where_it_is_connected_the_menu_leads_to_it(self, helga: Client) -> None:
        assert 'href="/mijn/berichten/"' in body_of(helga.get("/mijn/contact/"))


class TestAllMessages:
    def test_the_newest_stands_first_and_new_ones_are_marked(self, helga: Client) -> None:
        page = main_of(helga.get("/mijn/berichten/"))

        assert page.index(ASKS) < page.index(COMPLETE) < page.index("Uw verhuizing is verwerkt")
        assert page.count("Nieuw<") == 2
        assert "Nooit aan een inwoner getoond" not in page
        assert "Uw adres blijft geheim" not in page

    def test_a_long_list_comes_in_pages(self, helga: Client, fake: Register) -> None:
        store = fake.respond.stores["token of 9901"]  # type: ignore[attr-defined]
        old = held(fake)["Uw verhuizing is verwerkt"]
        for number in range(25):
            uuid = f"00000000-0000-4000-8000-{number:012}"
            told = {"uuid": uuid, "onderwerp": f"Oud {number}.", "publicatiedatum": "2020-01-01T09:00:00Z"}
            store.records[uuid] = {**old, **told}
        first, second = (main_of(helga.get(f"/mijn/berichten/?bladzijde={page}")) for page in (1, 2))

        assert "Bladzijde 1 van 2" in first
        assert first.count("Oud ") + second.count("Oud ") == 25
        assert ASKS in first
        assert ASKS not in second

    def test_who_has_none_reads_what_would_come_here(
        self, zandmeer: Municipality, berichten: Connection
    ) -> None:
        connected(zandmeer, berichten)

        assert NONE[1] in main_of(signed_in(zandmeer, BSN(HENDRIK.bsn)).get("/mijn/berichten/"))

    def test_where_nothing_is_connected_the_page_says_so(self, zandmeer: Municipality) -> None:
        answer = signed_in(zandmeer).get("/mijn/berichten/")

        assert answer.status_code == 503
        assert "Uw gemeente laat dit nog niet op deze site zien." in body_of(answer)

    def test_when_the_register_fails_later_what_came_earlier_is_there_with_its_age(
        self, helga: Client, zandmeer: Municipality, fake: Register, brp_fake: Register
    ) -> None:
        connected(zandmeer, brp_connection(brp_fake.url))
        for path in ("/mijn/", "/mijn/berichten/"):
            fake.misbehave("none")
            body_of(helga.get(path))
            fake.misbehave("500")
            page = body_of(helga.get(path))

            assert "Dit is wat wij om " in page
            assert ASKS in page
            assert not any(one in page for one in NONE)


class TestOneMessage:
    def test_its_text_is_there_and_its_subject_not_in_the_title(self, helga: Client) -> None:
        page = body_of(helga.get(page_of(helga, COMPLETE)))

        assert "<strong>U hoeft nu niets te doen.</strong>" in page
        assert COMPLETE in page
        assert COMPLETE not in page.split("</title>")[0]

    def test_html_of_the_register_is_text(self, helga: Client, fake: Register) -> None:
        changed(fake, COMPLETE, berichtTekst='<img src=x onerror="x"> **<b>**', onderwerp="<i>x</i>")
        address = re.findall(r'href="([^"]+)">&lt;i&gt;x', body_of(helga.get("/mijn/berichten/")))[0]
        page = main_of(helga.get(address))

        assert "<img" not in page
        assert "<b>" not in page
        assert "<i>" not in page
        assert "&lt;img" in page

    def test_it_is_read_by_opening_it(self, helga: Client, fake: Register) -> None:
        helga.get(page_of(helga, ASKS))

        assert held(fake)[ASKS]["geopendOp"] is not None
        assert "U heeft 1 nieuw bericht." in part(body_of(helga.get("/mijn/")))

    @pytest.mark.parametrize("ahead", [{"Sec-Purpose": "prefetch"}, {"Sec-Fetch-Dest": "empty"}])
    def test_it_is_not_read_by_what_a_browser_fetches_ahead(
        self, helga: Client, fake: Register, ahead: dict[str, str]
    ) -> None:
        answer = helga.get(page_of(helga, ASKS), headers=ahead)

        assert answer.status_code == 200
        assert held(fake)[ASKS]["geopendOp"] is None

    def test_it_leads_to_its_case_where_the_resident_has_it(
        self, helga: Client, zandmeer: Municipality, zaken_fake: Register
    ) -> None:
        address = page_of(helga, COMPLETE)
        assert "Dit bericht gaat over uw zaak" not in body_of(helga.get(address))

        connected(zandmeer, zaken_connection(zaken_fake.url))
        page = body_of(helga.get(address))

        assert "Omgevingsvergunning dakkapel</span> (<bdi>ZM-0507</bdi>)" in page

    def test_somebody_elses_and_one_that_is_not_there_look_the_same(
        self, helga: Client, zandmeer: Municipality
    ) -> None:
        stranger, address = signed_in(zandmeer, BSN(KEES.bsn)), page_of(helga, COMPLETE)
        theirs, nobodys = stranger.get(address), stranger.get(address[:-13] + "000000000000/")

        assert theirs.status_code == nobodys.status_code == 404
        assert main_of(theirs) == main_of(nobodys)

    def test_another_municipality_does_not_know_it(
        self, helga: Client, fake: Register, veldrecht: Municipality
    ) -> None:
        connected(veldrecht, berichten_connection(fake, code="9902"))
        there = signed_in(veldrecht, BSN_HELGA)

        assert there.get(page_of(helga, COMPLETE)).status_code == 404
        assert COMPLETE not in body_of(there.get("/mijn/berichten/"))


class TestAttachments:
    def test_one_comes_through_us_with_its_right_name_and_kind(self, helga: Client) -> None:
        answer = helga.get(attachment_of(helga, COMPLETE))
        body = b"".join(answer)  # type: ignore[call-overload]

        assert answer.streaming
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == 'attachment; filename="Ontvangstbevestiging.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert body.startswith(b"%PDF")
        assert len(body) == int(answer["Content-Length"])

    def test_no_address_of_a_register_is_on_the_page(
        self, helga: Client, fake: Register, zaken_fake: Register
    ) -> None:
        page = body_of(helga.get(page_of(helga, COMPLETE)))

        assert fake.url not in page
        assert zaken_fake.url not in page
        assert "urn:" not in page

    def test_somebody_else_does_not_get_it(self, helga: Client, zandmeer: Municipality) -> None:
        assert signed_in(zandmeer, BSN(KEES.bsn)).get(attachment_of(helga, COMPLETE)).status_code == 404

    def test_where_documents_are_not_connected_it_says_whom_to_call(
        self, zandmeer: Municipality, fake: Register
    ) -> None:
        connected(zandmeer, berichten_connection(fake))
        browser = signed_in(zandmeer, BSN_HELGA)
        page = main_of(browser.get(page_of(browser, COMPLETE)))

        assert "Ontvangstbevestiging" in page
        assert "/bijlagen/" not in page
        assert "U kunt de bijlagen hier nog niet openen." in page

    def test_one_that_cannot_be_fetched_says_so(self, helga: Client, zaken_fake: Register) -> None:
        address = attachment_of(helga, COMPLETE)
        zaken_fake.misbehave("500")
        answer = helga.get(address)

        assert answer.status_code == 503
        assert "Deze bijlage is nu niet te openen." in body_of(answer)
        assert PHONE in body_of(answer)


@pytest.mark.parametrize("fault", [one for one in FAULTS if one != "none"])
def test_whatever_the_register_does_nothing_worse_comes_of_it(
    helga: Client, fake: Register, zandmeer: Municipality, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never an answer that is no page of ours, a word about somebody else, or broken shown as empty."""
    addresses = ["/mijn/berichten/", page_of(helga, ASKS), attachment_of(helga, COMPLETE)]
    monkeypatch.setattr(caller, "LIMIT", 0.4)
    monkeypatch.setattr(content, "FIRST", 0.4)
    for address in addresses:
        fake.misbehave(fault, 0.1)
        with acting_for(zandmeer), transaction.atomic():
            Breaker.objects.all().delete()
        answer = helga.get(address)
        body = b"".join(answer)  # type: ignore[call-overload]
        text = body.decode(errors="replace")

        assert answer.status_code in {200, 503}
        assert "Uw adres blijft geheim" not in text
        assert not any(one in text for one in NONE)
        if answer.status_code == 200:
            assert ASKS in text or body.startswith(b"%PDF")
        if answer.status_code == 503:
            assert "nu niet te" in text
