"""Asking a question: it arrives once, about the right case, and what was typed is never lost."""

import logging
import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection as database
from django.db import transaction
from django.test import Client

from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from tests.mijn.conftest import KEES, body_of, signed_in
from tests.registers.conftest import failing

from .conftest import HELGA, contacts_held
from .test_contact_page import case_of

GENERAL = "/mijn/contact/vraag/"
ASKED = {"subject": "Afvalpas", "text": "Waar haal ik een nieuwe afvalpas?"}


def key_in(page: str) -> str:
    found = re.search(r'name="key" value="([0-9a-f-]{36})"', page)
    assert found, page
    return found[1]


def form_of(browser: Client, path: str = GENERAL) -> dict[str, str]:
    return {**ASKED, "key": key_in(body_of(browser.get(path)))}


def questions(register: Register) -> list[dict[str, Any]]:
    """Those about the bin pass, as the register holds them."""
    return [one for one in contacts_held(register) if one["inhoud"] == ASKED["text"]]


def test_a_question_arrives_and_its_receipt_says_so(helga: Client, klant_fake: Register) -> None:
    answer = helga.post(GENERAL, form_of(helga), follow=True)
    page = body_of(answer)

    (held,) = questions(klant_fake)
    assert answer.redirect_chain == [(f"/mijn/contact/vragen/{held['referentienummer']}/", 302)]
    assert "Uw vraag is binnen" in page
    assert ASKED["text"] in page
    assert str(held["referentienummer"]) in page
    assert (held["kanaal"], held["onderwerp"], held["vertrouwelijk"]) == (
        "contactformulier",
        "Afvalpas",
        False,
    )


def test_a_question_stands_open_until_its_answer_is_there(helga: Client, klant_fake: Register) -> None:
    helga.post(GENERAL, form_of(helga))
    assert ASKED["text"] in body_of(helga.get("/mijn/contact/")).split("Eerder contact")[0]

    (held,) = questions(klant_fake)
    held["reactie"] = "Bij de milieustraat."
    receipt = body_of(helga.get(f"/mijn/contact/vragen/{held['referentienummer']}/"))

    assert "Antwoord op uw vraag" in receipt
    assert "Bij de milieustraat." in receipt
    assert "Bij de milieustraat." in body_of(helga.get("/mijn/contact/")).split("Eerder contact")[1]


def test_a_double_click_asks_once(helga: Client, klant_fake: Register) -> None:
    form = form_of(helga)
    first, second = helga.post(GENERAL, form), helga.post(GENERAL, form)

    assert first["Location"] == second["Location"]
    assert len(questions(klant_fake)) == 1


def test_a_new_form_asks_a_new_question(helga: Client, klant_fake: Register) -> None:
    for _twice in range(2):
        helga.post(GENERAL, form_of(helga))

    assert len(questions(klant_fake)) == 2


def test_who_was_never_met_can_ask_too(hans: Client, klant_fake: Register) -> None:
    hans.post(GENERAL, form_of(hans))

    assert ASKED["text"] in body_of(hans.get("/mijn/contact/"))


def test_a_question_about_a_case_names_that_case(with_cases: Municipality, klant_fake: Register) -> None:
    helga = signed_in(with_cases, HELGA)
    case = case_of(helga, "ZM-0411")
    address = case.replace("/zaken/", "/contact/vraag/")
    form = {"text": ASKED["text"], "key": key_in(body_of(helga.get(address)))}

    helga.post(address, form)

    (held,) = questions(klant_fake)
    store = klant_fake.respond.stores["token of 9901"]  # type: ignore[attr-defined]
    (about,) = [store.held["onderwerpobjecten"][one["uuid"]] for one in held["gingOverOnderwerpobjecten"]]
    assert held["onderwerp"] == "Vraag over zaak ZM-0411"
    assert about["onderwerpobjectidentificator"]["objectId"] == case.strip("/").split("/")[-1]
    assert ASKED["text"] in body_of(helga.get(case))


def test_nobody_asks_about_somebody_elses_case(with_cases: Municipality, klant_fake: Register) -> None:
    address = case_of(signed_in(with_cases, HELGA), "ZM-0411").replace("/zaken/", "/contact/vraag/")
    kees = signed_in(with_cases, KEES)
    form = {"text": ASKED["text"], "key": str(uuid4())}

    for answer in (kees.get(address), kees.post(address, form), kees.get(f"{GENERAL}{uuid4()}/{uuid4()}/")):
        assert answer.status_code == 404
        assert "Deze zaak vinden wij niet" in body_of(answer)
    assert not questions(klant_fake)


def test_a_case_that_cannot_be_looked_up_leads_to_a_question_without_it(
    with_cases: Municipality, zaken_fake: Register
) -> None:
    helga = signed_in(with_cases, HELGA)
    address = case_of(helga, "ZM-0411").replace("/zaken/", "/contact/vraag/")
    zaken_fake.misbehave("500")
    answer = helga.get(address)

    assert answer.status_code == 503
    assert f'href="{GENERAL}"' in body_of(answer)


@pytest.mark.parametrize("fault", ["500", "404", "broken", "hang"])
def test_when_the_register_fails_what_was_typed_is_still_there(
    helga: Client, klant_fake: Register, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = form_of(helga)
    with failing(klant_fake, fault):
        answer = helga.post(GENERAL, form)
    page = body_of(answer)

    assert answer.status_code == 503
    assert "Uw vraag is nog niet verstuurd" in page
    assert ASKED["text"] in page
    assert "(0999) 12 34 56" in page
    assert key_in(page) == form["key"]
    monkeypatch.setattr("portal.registers.breakers.left_alone", lambda _connections: {})
    assert helga.post(GENERAL, form).status_code == 302
    assert len(questions(klant_fake)) == 1


def test_a_question_that_arrived_though_its_answer_was_late_is_not_there_twice(
    helga: Client, klant_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The register writes it, and then says nothing in time."""
    monkeypatch.setattr("portal.registers.breakers.left_alone", lambda _connections: {})
    form, honest = form_of(helga), klant_fake.respond

    def written_and_silent(asked: Asked) -> Reply:
        reply: Reply = honest(asked)
        if asked.method == "POST":
            klant_fake.misbehave("hang", 60)
        return reply

    written_and_silent.stores = honest.stores  # type: ignore[attr-defined]
    monkeypatch.setattr(klant_fake, "respond", written_and_silent)
    page = body_of(helga.post(GENERAL, form))
    klant_fake.misbehave("none")
    monkeypatch.setattr(klant_fake, "respond", honest)

    assert "Misschien is uw vraag toch aangekomen." in page
    assert helga.post(GENERAL, form).status_code == 302
    assert len(questions(klant_fake)) == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text": ""}, "Schrijf uw vraag op."),
        ({"subject": ""}, "Schrijf in een paar woorden waar uw vraag over gaat."),
        ({"text": "x" * 1001}, "Uw vraag is te lang."),
        ({"text": "Ik ben 999970458."}, "Hier staat een burgerservicenummer in."),
        ({"subject": "9999 70 458"}, "Hier staat een burgerservicenummer in."),
    ],
)
def test_what_cannot_be_asked_is_told_beside_the_field(
    helga: Client, klant_fake: Register, change: dict[str, str], says: str
) -> None:
    before = len(contacts_held(klant_fake))
    answer = helga.post(GENERAL, {**form_of(helga), **change})

    assert answer.status_code == 422
    assert says in body_of(answer)
    assert len(contacts_held(klant_fake)) == before


def test_a_telephone_number_is_no_bsn(helga: Client, klant_fake: Register) -> None:
    answer = helga.post(GENERAL, {**form_of(helga), "text": "Bel mij op 06 12345678 of 0612345678."})

    assert answer.status_code == 302


def test_who_asks_very_often_is_asked_to_wait_and_loses_nothing(helga: Client) -> None:
    for _each in range(10):
        assert helga.post(GENERAL, form_of(helga)).status_code == 302
    answer = helga.post(GENERAL, form_of(helga))

    assert answer.status_code == 429
    assert ASKED["text"] in body_of(answer)


def test_somebody_elses_question_has_no_page(
    helga: Client, reachable: Municipality, klant_fake: Register
) -> None:
    receipt = helga.post(GENERAL, form_of(helga))["Location"]
    other = signed_in(reachable, KEES).get(receipt)

    assert other.status_code == 404
    assert ASKED["text"] not in body_of(other)


def test_what_was_asked_is_in_no_log_and_no_table(
    helga: Client, reachable: Municipality, klant_fake: Register, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    form = form_of(helga)
    klant_fake.misbehave("500")
    helga.post(GENERAL, form)
    klant_fake.misbehave("none")
    helga.post(GENERAL, form)

    with acting_for(reachable), transaction.atomic(), database.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS one WHERE one::text ILIKE %s', ["%afvalpas?%"])
            assert cursor.fetchone() == (0,), table
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith("django.db")]
    for hidden in (ASKED["text"], HELGA.reveal()):
        assert not [one for one in ours if hidden in one]


def test_who_is_not_signed_in_signs_in_first(reachable: Municipality) -> None:
    browser = Client(headers={"host": reachable.host})

    for path in (GENERAL, "/mijn/contact/", "/mijn/contact/gegevens/", "/mijn/contact/gegevens/e-mail/"):
        assert browser.get(path)["Location"].startswith("/mijn/inloggen/")


def test_a_receipts_address_holds_a_number_and_nothing_else(helga: Client) -> None:
    receipt = helga.post(GENERAL, form_of(helga))["Location"]

    assert re.fullmatch(r"/mijn/contact/vragen/[1-9][0-9]{9}/", receipt)
