"""What an administrator can do with a municipality's connections, and what nobody gets done alone."""

import json
import logging
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client

from demo.registers.serving import Register
from portal.municipalities.acting import acting_for
from portal.municipalities.connections import connections
from portal.municipalities.models import ConnectionRow, Municipality
from portal.registers.models import Breaker, ConnectionAct, ProposedConnection
from tests.mijn.conftest import body_of, connected, signed_in
from tests.registers.conftest import brp_connection, zaken_connection

from .conftest import SECRET, Z, filled, row_of, text

pytestmark = pytest.mark.django_db
NEW_SECRET = "een-nieuw-geheim-van-ruim-voldoende-lengte"


def secrets(place: Municipality) -> dict[str, str]:
    with acting_for(place):
        return dict(connections("zaken")[0].credentials)


def acts(place: Municipality) -> list[tuple[str, str]]:
    with acting_for(place):
        return [(one.by_name, one.kind) for one in ConnectionAct.objects.order_by("at")]


def pages(connection: UUID) -> list[str]:
    one = f"{Z}{connection}/"
    return [Z, f"{Z}gezondheid/", f"{Z}logboek/", f"{Z}nieuw/zaken/", one, f"{one}wijzig/", f"{one}kies/",
            f"{one}soorten/"]  # fmt: skip


class TestWhoMay:
    """Fenced to the own municipality, and to administrators."""

    @pytest.mark.parametrize("who", ["tjitske", "ingrid"])
    def test_nobody_else_finds_any_of_its_pages(self, staff, zaken_id, who) -> None:
        browser = staff(who)
        for page in pages(zaken_id):
            assert browser.get(page).status_code == 404, page
        for act in ("wijzig", "test", "aan-uit", "vraag", "kies", "soorten"):
            answer = browser.post(f"{Z}{zaken_id}/{act}/", {"off": "1", "name": "x"})
            assert answer.status_code == 404, act
        assert not row_of_is_off(zaken_id)

    def test_the_administrator_finds_all_of_them(self, karim, zaken_id) -> None:
        for page in pages(zaken_id):
            assert karim.get(page).status_code == 200, page

    def test_each_confidentiality_can_be_chosen_once(self, karim, zaken_id) -> None:
        page = karim.get(f"{Z}nieuw/zaken/").content.decode()
        offered = page.split('name="max_confidentiality"')[1].split("</select>")[0]

        assert "Alleen openbaar" in offered
        assert ">openbaar<" not in offered
        assert ">beperkt openbaar<" in offered

    def test_a_connection_of_another_municipality_is_not_there_under_the_own_address(
        self, karim, veldrecht, zaken_fake
    ) -> None:
        theirs = connected(veldrecht, zaken_connection(zaken_fake.url))
        assert karim.get(f"{Z}{theirs}/").status_code == 404
        assert karim.post(f"{Z}{theirs}/aan-uit/", {"off": "1"}).status_code == 404
        assert karim.post(f"{Z}{theirs}/test/").status_code == 404
        assert not row_of(veldrecht, theirs).switched_off

    def test_what_administrators_do_not_connect_is_not_there(self, karim, zandmeer) -> None:
        irma = connected(zandmeer, zaken_connection("http://127.0.0.1:9"), "x")
        with acting_for(zandmeer):
            ConnectionRow.objects.filter(id=irma).update(kind="irma")
        assert karim.get(f"{Z}{irma}/").status_code == 404
        assert karim.get(f"{Z}nieuw/irma/").status_code == 404


def row_of_is_off(connection: UUID) -> bool:
    place = Municipality.objects.get(slug="zandmeer")
    return row_of(place, connection).switched_off


class TestTwoPeople:
    """Where data goes is decided by two."""

    @pytest.mark.parametrize(
        ("changes"),
        [
            {"base_url": "https://zaken.example/zaken/api/v1/"},
            {"base_url": "http://127.0.0.1:9/zaken/api/v1/"},
            {"base_url": "http://localhost/zaken/api/v1/"},
            {"documenten_url": "http://elders.example/documenten/"},
            {"fsc_grant_hash": "$1$4$another-contract"},
        ],
        ids=["scheme", "port", "host", "another API's host", "the outway's contract"],
    )
    def test_another_destination_needs_the_key_anew_and_waits(
        self, karim, zandmeer, zaken_id, changes
    ) -> None:
        row = row_of(zandmeer, zaken_id)
        wanted = filled(row, **changes)

        refused = karim.post(f"{Z}{zaken_id}/wijzig/", wanted)
        assert "Vul daarom de sleutel opnieuw in" in text(refused)
        assert "aria-describedby" in text(refused)

        secret = {"secret-client_id": "mijn-2", "secret-secret": NEW_SECRET}
        answer = karim.post(f"{Z}{zaken_id}/wijzig/", wanted | secret)

        assert "/voorstel/" in answer["Location"]
        after = row_of(zandmeer, zaken_id)
        assert (after.base_url, after.parameters) == (row.base_url, row.parameters)
        assert secrets(zandmeer)["secret"] == SECRET  # the old one keeps working

    def test_a_second_administrator_makes_it_work_and_the_old_key_is_gone(
        self, karim, lotte, zandmeer, zaken_id
    ) -> None:
        proposal = self.proposed(karim, zandmeer, zaken_id)

        alone = karim.post(proposal, {"step": "approve"}, follow=True)
        assert "Een andere beheerder moet het goedkeuren" in text(alone)
        assert secrets(zandmeer)["secret"] == SECRET

        assert lotte.post(proposal, {"step": "approve"}).status_code == 302

        assert row_of(zandmeer, zaken_id).base_url == "https://zaken.example/zaken/api/v1/"
        assert secrets(zandmeer) == {"client_id": "mijn-2", "secret": NEW_SECRET}
        assert acts(zandmeer) == [("Karim", "proposed"), ("Lotte", "approved")]
        assert lotte.get(proposal).status_code == 404

    def test_a_no_leaves_everything_as_it_was(self, karim, lotte, zandmeer, zaken_id) -> None:
        lotte.post(self.proposed(karim, zandmeer, zaken_id), {"step": "reject"})
        assert secrets(zandmeer)["secret"] == SECRET
        assert acts(zandmeer)[-1] == ("Lotte", "rejected")

    def test_nobody_of_another_municipality_agrees(self, karim, staff, zandmeer, zaken_id) -> None:
        proposal = self.proposed(karim, zandmeer, zaken_id)
        tjitske = staff("tjitske")
        for address in (proposal, proposal.replace("zandmeer", "veldrecht")):
            assert tjitske.post(address, {"step": "approve"}).status_code == 404
        assert secrets(zandmeer)["secret"] == SECRET

    def test_while_one_waits_there_is_no_way_round_it(self, karim, zandmeer, zaken_id) -> None:
        self.proposed(karim, zandmeer, zaken_id)
        row = row_of(zandmeer, zaken_id)
        answer = karim.post(f"{Z}{zaken_id}/wijzig/", filled(row, team="Anders"))
        assert "/voorstel/" in answer["Location"]
        assert "team" not in row_of(zandmeer, zaken_id).parameters

    def test_what_stays_where_it_is_changes_at_once(self, karim, zandmeer, zaken_id) -> None:
        row = row_of(zandmeer, zaken_id)
        karim.post(
            f"{Z}{zaken_id}/wijzig/",
            filled(row, **{"team": "Team Vergunningen", "secret-secret": NEW_SECRET}),
        )
        assert row_of(zandmeer, zaken_id).parameters["team"] == "Team Vergunningen"
        assert secrets(zandmeer) == {"client_id": "mijn-9901", "secret": NEW_SECRET}
        assert acts(zandmeer) == [("Karim", "secret"), ("Karim", "settings")]

    def test_a_new_connection_is_not_used_before_a_second_one_agrees(self, karim, lotte, zandmeer) -> None:
        sent = {
            "name": "BRP", "base_url": "https://brp.example/api", "secret-api_key": NEW_SECRET,
            "new_header": "X-Gateway", "new_header_value": "nog-een-geheim",
        }  # fmt: skip
        proposal = karim.post(f"{Z}nieuw/brp/", sent)["Location"]
        with acting_for(zandmeer):
            assert connections("brp") == []
        lotte.post(proposal, {"step": "approve"})
        with acting_for(zandmeer):
            (brp,) = connections("brp")
        assert brp.base_url == "https://brp.example/api/"
        assert brp.credentials == {"api_key": NEW_SECRET, "header:X-Gateway": "nog-een-geheim"}

    @staticmethod
    def proposed(browser: Client, place: Municipality, connection: UUID) -> str:
        wanted = filled(
            row_of(place, connection),
            **{
                "base_url": "https://zaken.example/zaken/api/v1/",
                "secret-client_id": "mijn-2",
                "secret-secret": NEW_SECRET,
            },
        )
        return str(browser.post(f"{Z}{connection}/wijzig/", wanted)["Location"])


class TestSecrets:
    """They go in, and never come out."""

    def test_no_page_no_answer_and_no_log_holds_one(self, karim, lotte, zandmeer, zaken_id, caplog) -> None:
        caplog.set_level(logging.DEBUG)
        seen = [text(karim.get(page)) for page in pages(zaken_id)]
        row = row_of(zandmeer, zaken_id)
        typed = {"secret-client_id": "mijn-2", "secret-secret": NEW_SECRET, "new_header": "X-Key"}
        typed |= {"new_header_value": "kopsleutel-geheim", "certificate_key": "sleutel-zonder-vorm"}
        elsewhere = {"base_url": "https://zaken.example/zaken/api/v1/"}
        seen.append(text(karim.post(f"{Z}{zaken_id}/wijzig/", filled(row, **elsewhere, **typed))))
        del typed["certificate_key"]
        made = karim.post(f"{Z}{zaken_id}/wijzig/", filled(row, **elsewhere, **typed))["Location"]
        seen += [text(lotte.get(made)), text(lotte.post(made, {"step": "approve"}, follow=True))]
        seen += [text(karim.get(page)) for page in pages(zaken_id)]
        with acting_for(zandmeer):
            stored = [json.dumps(list(model.objects.values()), default=repr)
                      for model in (ConnectionRow, ProposedConnection, ConnectionAct)]  # fmt: skip
        for secret in (SECRET, NEW_SECRET, "kopsleutel-geheim", "sleutel-zonder-vorm"):
            assert not [one for one in [*seen, *stored, caplog.text] if secret in one], secret
        assert "Er staat een sleutel" in seen[5]
        assert "X-Key" in seen[-3]  # that it is there, is told

    def test_an_extra_header_and_a_contract_go_along_with_each_call(self, zandmeer, zaken_fake) -> None:
        from portal.registers.connecting import headers_of

        known = zaken_connection(zaken_fake.url, **{"header:X-Gateway": "abc"})
        known.parameters["fsc_grant_hash"] = "$1$4$x"  # type: ignore[index]  # a dict, in tests
        assert headers_of(known) == {"X-Gateway": "abc", "Fsc-Grant-Hash": "$1$4$x"}

    @pytest.mark.parametrize(
        "header", ["Host", "authorization", "X-Forwarded-Host", "Fsc-Grant-Hash", "a b", "x:y"]
    )
    def test_a_header_that_could_lead_a_call_elsewhere_is_refused(
        self, karim, zandmeer, zaken_id, header
    ) -> None:
        wanted = filled(row_of(zandmeer, zaken_id), new_header=header, new_header_value="x")
        assert "Deze header kunnen wij niet meesturen" in text(karim.post(f"{Z}{zaken_id}/wijzig/", wanted))

    @pytest.mark.parametrize(
        "address",
        [
            "https://niet.example/",
            "http://zaken.example@evil.example/",
            "http://127.0.0.1.:9/",
            "zaken",
            "file:///x",
        ],
    )
    def test_an_address_that_the_operator_did_not_list_is_refused(
        self, karim, zandmeer, zaken_id, settings, address
    ) -> None:
        settings.OUTGOING_HOSTS = ["http://127.0.0.1:*", "https://zaken.example"]
        wanted = filled(row_of(zandmeer, zaken_id), base_url=address)
        page = text(karim.post(f"{Z}{zaken_id}/wijzig/", wanted))
        assert "Dit adres staat niet op de lijst" in page or "Dit is geen adres" in page


class TestOffAndOn:
    """A register can be switched off while everything runs."""

    def test_residents_are_told_at_their_next_page_and_nothing_is_asked(
        self, karim, zandmeer, zaken_id, zaken_fake: Register
    ) -> None:
        helga = signed_in(zandmeer)
        assert "dakkapel" in body_of(helga.get("/mijn/zaken/"))

        karim.post(f"{Z}{zaken_id}/aan-uit/", {"off": "1"})
        zaken_fake.calls.clear()

        for page in ("/mijn/zaken/", "/mijn/"):
            shown = body_of(helga.get(page))
            assert "dakkapel" not in shown  # nor what this session saw of it earlier
            assert "Wij tonen dit nu niet" in shown
            assert "(0999) 12 34 56" in shown
            assert "geen lopende zaken" not in shown
        assert zaken_fake.calls == []

        karim.post(f"{Z}{zaken_id}/aan-uit/", {"off": "0"})
        assert "dakkapel" in body_of(helga.get("/mijn/zaken/"))
        assert acts(zandmeer) == [("Karim", "switched_off"), ("Karim", "switched_on")]


class TestHealth:
    """How each connection is, in words."""

    def test_times_faults_and_the_breaker_are_told_in_words(
        self, karim, zandmeer, zaken_id, zaken_fake: Register
    ) -> None:
        helga = signed_in(zandmeer)
        helga.get("/mijn/zaken/")
        page = text(karim.get(f"{Z}gezondheid/"))
        assert "Werkt" in page
        assert "milliseconden" in page
        assert "Dicht: wij vragen gewoon" in page

        zaken_fake.misbehave("500")
        helga.get("/mijn/zaken/")
        page = text(karim.get(f"{Z}gezondheid/"))
        assert "Storing" in page
        assert "Onverwacht antwoord" in page

        with acting_for(zandmeer):
            from django.utils import timezone

            later = timezone.now() + timezone.timedelta(minutes=5)
            Breaker.objects.create(connection=zaken_id, municipality=zandmeer, closed_until=later)
        page = text(karim.get(f"{Z}gezondheid/"))
        assert "Open: wij wachten tot" in page
        assert "Wordt even niet gevraagd" in page

    def test_more_connections_cost_no_more_queries(
        self, karim, zandmeer, zaken_id, django_assert_max_num_queries, django_assert_num_queries
    ) -> None:
        karim.get(f"{Z}gezondheid/")
        with django_assert_max_num_queries(30) as first:
            karim.get(f"{Z}gezondheid/")
        for number in range(6):
            connected(zandmeer, brp_connection("http://127.0.0.1:9"), f"BRP {number}")
        with django_assert_num_queries(len(first)):
            karim.get(f"{Z}gezondheid/")


class TestCaseTypes:
    """What a municipality shows of each kind of case."""

    def test_a_kind_that_is_not_shown_is_nowhere_and_comes_back(
        self, karim, zandmeer, zaken_id, zaken_fake: Register
    ) -> None:
        helga = signed_in(zandmeer)
        key = self.key(karim, zaken_id, "dakkapel")
        case = self.case_of(helga)
        assert "dakkapel" in body_of(helga.get(case))

        karim.post(f"{Z}{zaken_id}/soorten/?soort={key}", {"phone": ""})
        assert "dakkapel" not in body_of(helga.get("/mijn/zaken/"))
        assert helga.get(case).status_code == 404

        karim.post(f"{Z}{zaken_id}/soorten/?soort={key}", {"shown": "on"})
        assert helga.get(case).status_code == 200
        assert row_of(zandmeer, zaken_id).parameters.get("case_type_choices", {}) == {}
        assert acts(zandmeer) == [("Karim", "case_type")] * 2

    def test_whom_to_call_is_what_the_municipality_chose(self, karim, zandmeer, zaken_id) -> None:
        helga = signed_in(zandmeer)
        key = self.key(karim, zaken_id, "dakkapel")
        sent = {
            "shown": "on",
            "team": "Team Bouwen",
            "phone": "(0999) 77 77 77",
            "email": "bouwen@zandmeer.example",
        }
        karim.post(f"{Z}{zaken_id}/soorten/?soort={key}", sent)
        page = body_of(helga.get(self.case_of(helga)))
        assert "Team Bouwen" in page
        assert "(0999) 77 77 77" in page
        assert "bouwen@zandmeer.example" in page

    def test_a_number_that_is_none_is_refused_at_its_field(self, karim, zaken_id) -> None:
        key = self.key(karim, zaken_id, "dakkapel")
        page = text(karim.post(f"{Z}{zaken_id}/soorten/?soort={key}", {"phone": "bel maar", "email": "x"}))
        assert "Vul een telefoonnummer in" in page
        assert "nog niet bewaard" in page

    def test_a_catalogue_that_does_not_answer_is_told_and_nothing_is_lost(
        self, karim, zaken_id, zaken_fake: Register
    ) -> None:
        zaken_fake.misbehave("500")
        page = text(karim.get(f"{Z}{zaken_id}/soorten/"))
        assert "Daarom weten wij nu niet welke soorten er zijn" in page

    @staticmethod
    def key(karim: Client, connection: UUID, title: str) -> str:
        from urllib.parse import quote

        rows = karim.get(f"{Z}{connection}/soorten/").context["rows"]
        return quote(next(one.key for one, _choice in rows if title in one.title))

    @staticmethod
    def case_of(helga: Client) -> str:
        page = body_of(helga.get("/mijn/zaken/"))
        card = next(one for one in page.split("<article")[1:] if "dakkapel" in one)
        return card.partition('href="')[2].partition('"')[0]


class TestWhatItCan:
    """The back end is asked once, and its administrator knows better."""

    def test_the_first_test_that_works_asks_it_and_a_choice_corrects_it(
        self, karim, zandmeer, zaken_id
    ) -> None:
        page = text(karim.post(f"{Z}{zaken_id}/test/"))
        found = row_of(zandmeer, zaken_id).parameters["found"]
        assert found["back_end"] == "standard"
        assert found["capabilities"] == {"expand": True, "order": True, "page_size": 500}
        assert "Zaken zoeken zonder BSN" in page

        karim.post(f"{Z}{zaken_id}/kies/", {"expand": "no", "order": "", "informs": ""})
        with acting_for(zandmeer):
            from portal.registers.zaken.capabilities import capabilities_of

            can = capabilities_of(connections("zaken")[0].parameters)
        assert (can.expand, can.order, can.page_size) == (False, True, 500)


def test_who_is_no_administrator_anywhere_has_no_start_page(staff: Callable[[str], Client]) -> None:
    assert staff("ingrid").get("/admin/koppelingen/").status_code == 404
    assert staff("karim").get("/admin/koppelingen/")["Location"] == Z
    assert staff("karim").get(f"{Z}{uuid4()}/").status_code == 404


class TestWhatIsTyped:
    """An administrator may be an attacker, or in a hurry."""

    @pytest.mark.parametrize(
        "header",
        ["X-Original-URL", "X-Forwarded-Server", "X-HTTP-Method-Override", "Proxy-Authorization",
         "Fsc-Authorization", "If-None-Match", "Range"],
    )  # fmt: skip
    def test_a_header_by_which_a_call_becomes_another_is_not_sent_along(
        self, karim, zandmeer, zaken_id, header
    ) -> None:
        more = {"new_header": header, "new_header_value": "/admin"}
        page = text(karim.post(f"{Z}{zaken_id}/wijzig/", filled(row_of(zandmeer, zaken_id), **more)))

        assert "Deze header kunnen wij niet meesturen." in page

    def test_an_address_of_just_the_longest_length_is_no_fault_of_ours(
        self, karim, zandmeer, zaken_id
    ) -> None:
        row = row_of(zandmeer, zaken_id)
        long = row.base_url + "z" * (200 - len(row.base_url))
        for address, status in ((long, 200), (long[:-1], 302)):
            answer = karim.post(f"{Z}{zaken_id}/wijzig/", filled(row, base_url=address))
            assert answer.status_code == status, len(address)

    def test_what_goes_in_a_header_has_signs_that_can_stand_there(self, karim, zandmeer, brp_fake) -> None:
        brp = connected(zandmeer, brp_connection(brp_fake.url))
        row = row_of(zandmeer, brp)
        typed = {"name": row.name, "base_url": row.base_url}
        for more in ({"doelbinding": "Zoals \u20ac"}, {"fsc_grant_hash": "een\r\nX-Evil: 1"}):
            page = text(karim.post(f"{Z}{brp}/wijzig/", {**typed, "secret-api_key": "x", **more}))
            assert "niet in een sleutel hoort" in page, more
