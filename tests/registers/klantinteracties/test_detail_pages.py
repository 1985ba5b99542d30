"""Contact details: proven by a code, told to the old address, and nothing lost or overwritten."""

import re
import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from demo.content.residents import HELGA as HELGA_OF_DEMO
from demo.registers.serving import Register
from portal.accounts import sessions
from portal.codes.sending import CodeNotSent, send_text
from portal.municipalities.acting import acting_for
from portal.municipalities.keys import forget_cached_keys
from portal.municipalities.models import Municipality
from portal.municipalities.turns import take_turn
from portal.registers.klantinteracties import pending
from portal.registers.klantinteracties.models import PendingAddress
from tests.conftest import Clock
from tests.mijn.conftest import body_of, signed_in
from tests.registers.conftest import failing

from .conftest import AYSE, HANS, HELGA, addresses

DETAILS, EMAIL = "/mijn/contact/gegevens/", "/mijn/contact/gegevens/e-mail/"
CODE, PHONE, CHANNEL = f"{EMAIL}code/", f"{DETAILS}telefoon/", f"{DETAILS}bericht/"
OLD, NEW = HELGA_OF_DEMO.email, "nieuw@voorbeeld.example"


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page
    return found[1]


def ask_code(browser: Client, address: str = NEW) -> Any:
    was = hidden(body_of(browser.get(EMAIL)), "was")
    return browser.post(EMAIL, {"email": address, "was": was})


def code_sent(address: str = NEW) -> str:
    sent = next(one for one in reversed(mail.outbox) if one.to == [address])
    found = re.search(r"\b\d{6}\b", sent.body)
    assert found
    return found[0]


def type_code(browser: Client, code: str) -> Any:
    return browser.post(CODE, {"code": code, "pending": hidden(body_of(browser.get(CODE)), "pending")})


def told(address: str = OLD) -> list[str]:
    """What an address was told of changes."""
    return [one.body for one in mail.outbox if one.to == [address] and "wijzigt" in one.body]


def kept(here: Municipality) -> list[PendingAddress]:
    with acting_for(here), transaction.atomic():
        return list(PendingAddress.objects.all())


def test_the_page_shows_what_the_register_knows(helga: Client) -> None:
    page = body_of(helga.get(DETAILS))

    assert OLD in page
    assert "Bevestigd op" in page
    assert HELGA_OF_DEMO.mobile in page
    assert "Per brief, met de post" in page
    assert "een vraag aan u" in page
    assert OLD not in page.split("</title>")[0]


def test_who_was_never_met_can_add_an_address(hans: Client, klant_fake: Register) -> None:
    assert "Wij hebben geen e-mailadres van u." in body_of(hans.get(DETAILS))
    ask_code(hans)

    answer = type_code(hans, code_sent())

    assert answer["Location"].startswith(f"{DETAILS}?gewijzigd=e-mail%3A")
    assert NEW in body_of(hans.get(DETAILS))
    assert addresses(klant_fake)[NEW]["verificatieDatum"] == timezone.localdate().isoformat()


def test_nothing_changes_before_the_code_is_right(helga: Client, klant_fake: Register) -> None:
    assert ask_code(helga)["Location"] == CODE
    assert OLD in addresses(klant_fake)
    assert not told()

    wrong = type_code(helga, f"{(int(code_sent()) + 1) % 10**6:06}")

    assert wrong.status_code == 422
    assert "Deze code klopt niet." in body_of(wrong)
    assert OLD in addresses(klant_fake)


def test_the_right_code_changes_it_and_the_old_address_is_told(
    helga: Client, klant_fake: Register, reachable: Municipality
) -> None:
    ask_code(helga)
    answer = type_code(helga, code_sent())

    assert "Uw e-mailadres is bewaard en bevestigd." in body_of(helga.get(answer["Location"]))
    assert (NEW in addresses(klant_fake), OLD in addresses(klant_fake)) == (True, False)
    (message,) = told()
    assert "(0999) 12 34 56" in message
    assert NEW not in message
    assert "Huisman" not in message
    assert kept(reachable) == []


def test_five_wrong_codes_are_enough(helga: Client, klant_fake: Register) -> None:
    ask_code(helga)
    right = code_sent()
    wrong = f"{(int(right) + 1) % 10**6:06}"
    answers = [type_code(helga, wrong) for _each in range(5)]

    assert answers[-1].status_code == 429
    assert type_code(helga, right).status_code == 429
    assert OLD in addresses(klant_fake)


def test_after_a_quarter_of_an_hour_the_code_is_over_and_gone(
    reachable: Municipality, klant_fake: Register, clock: Clock
) -> None:
    helga = signed_in(reachable, HELGA)
    ask_code(helga)
    waiting, code = hidden(body_of(helga.get(CODE)), "pending"), code_sent()
    clock.move(minutes=8)
    helga.get(DETAILS)
    clock.move(minutes=8)

    late = helga.post(CODE, {"code": code, "pending": waiting})

    assert late["Location"] == EMAIL
    assert OLD in addresses(klant_fake)
    with acting_for(reachable), transaction.atomic():
        take_turn(timezone.now())
    assert kept(reachable) == []


def test_what_waits_is_encrypted_and_goes_with_the_session(helga: Client, reachable: Municipality) -> None:
    ask_code(helga)
    (row,) = kept(reachable)

    assert NEW.encode() not in bytes(row.sealed)
    assert code_sent().encode() not in bytes(row.sealed)
    with acting_for(reachable), transaction.atomic():
        sessions.end(row.session)
    assert kept(reachable) == []


def test_another_session_cannot_use_a_code(helga: Client, reachable: Municipality) -> None:
    ask_code(helga)
    waiting, code = hidden(body_of(helga.get(CODE)), "pending"), code_sent()
    ayse = signed_in(reachable, AYSE)
    ask_code(ayse, "ander@voorbeeld.example")

    answer = ayse.post(CODE, {"code": code, "pending": waiting})

    assert answer.status_code == 409
    assert "Deze code geldt niet meer" in body_of(answer)


def test_a_code_of_an_earlier_tab_says_that_a_later_one_counts(helga: Client, klant_fake: Register) -> None:
    ask_code(helga, "eerst@voorbeeld.example")
    earlier, code = hidden(body_of(helga.get(CODE)), "pending"), code_sent("eerst@voorbeeld.example")
    ask_code(helga)

    answer = helga.post(CODE, {"code": code, "pending": earlier})

    assert answer.status_code == 409
    assert "in een ander tabblad" in body_of(answer)
    assert OLD in addresses(klant_fake)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(helga: Client, klant_fake: Register) -> None:
    ask_code(helga)
    addresses(klant_fake)[OLD]["adres"] = "van.de.balie@voorbeeld.example"

    answer = type_code(helga, code_sent())

    assert answer.status_code == 409
    assert "Dit is intussen al gewijzigd" in body_of(answer)
    assert "van.de.balie@voorbeeld.example" in addresses(klant_fake)


@pytest.mark.parametrize("path", [EMAIL, PHONE])
def test_two_tabs_cannot_overwrite_each_other(helga: Client, klant_fake: Register, path: str) -> None:
    name, value = ("email", NEW) if path == EMAIL else ("phone", "0687654321")
    was = hidden(body_of(helga.get(path)), "was")
    first = OLD if path == EMAIL else HELGA_OF_DEMO.mobile
    addresses(klant_fake)[first]["adres"] = "x@voorbeeld.example" if path == EMAIL else "0611111111"

    answer = helga.post(path, {name: value, "was": was})

    assert answer.status_code == 409
    assert "Misschien deed u dat in een ander tabblad." in body_of(answer)


@pytest.mark.parametrize("fault", ["500", "404", "broken", "hang"])
def test_a_register_that_fails_after_the_right_code_loses_nothing(
    helga: Client, klant_fake: Register, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.registers.breakers.left_alone", lambda _connections: {})
    ask_code(helga)
    code, waiting = code_sent(), hidden(body_of(helga.get(CODE)), "pending")
    with failing(klant_fake, fault):
        answer = helga.post(CODE, {"code": code, "pending": waiting})
    page = body_of(answer)

    assert answer.status_code == 503
    assert "Er is nog niets gewijzigd" in page
    assert "Uw code klopt. U hoeft hem niet nog een keer in te vullen." in page
    assert helga.post(CODE, {"pending": waiting}).status_code == 302
    assert NEW in addresses(klant_fake)
    assert len(told()) == 1


def test_an_old_address_that_cannot_be_told_stops_the_change(
    helga: Client, klant_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_code(helga)
    code, waiting = code_sent(), hidden(body_of(helga.get(CODE)), "pending")

    def down(*_: object) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    answer = helga.post(CODE, {"code": code, "pending": waiting})
    assert answer.status_code == 503
    assert "Wij laten een wijziging altijd eerst weten op uw oude adres." in body_of(answer)
    assert OLD in addresses(klant_fake)

    monkeypatch.undo()
    assert helga.post(CODE, {"pending": waiting}).status_code == 302
    assert len(told()) == 1


def test_an_address_that_cannot_be_is_told_beside_the_field(helga: Client) -> None:
    answer = ask_code(helga, "dit is geen adres")

    assert answer.status_code == 422
    assert "Dit e-mailadres klopt niet." in body_of(answer)
    assert mail.outbox == []


def test_nobodys_letterbox_is_flooded(helga: Client) -> None:
    answers = [ask_code(helga) for _each in range(6)]

    assert answers[-1].status_code == 429
    assert "U vroeg te vaak een code" in body_of(answers[-1])
    assert len(mail.outbox) == 5


def test_a_number_is_changed_and_who_had_it_is_told(helga: Client, klant_fake: Register) -> None:
    was = hidden(body_of(helga.get(PHONE)), "was")
    answer = helga.post(PHONE, {"phone": "06 8765 4321", "was": was})

    assert answer["Location"].startswith(f"{DETAILS}?gewijzigd=telefoon%3A")
    assert "+31687654321" in addresses(klant_fake)
    (message,) = told()  # by e-mail, for no message service is connected here
    assert "telefoonnummer" in message
    assert "4321" not in message


def test_nobodys_phone_or_letterbox_is_flooded_by_changing_a_number(helga: Client) -> None:
    """A number is written down unproven: it can be anybody's, who is then told of each change."""
    numbers = [f"06 8765 43{place:02}" for place in range(6)]
    answers = [
        helga.post(PHONE, {"phone": one, "was": hidden(body_of(helga.get(PHONE)), "was")}) for one in numbers
    ]

    assert [one.status_code for one in answers] == [302] * 5 + [429]
    assert "U wijzigde dit net al een paar keer" in body_of(answers[-1])
    assert len(mail.outbox) == 5


def test_an_address_that_is_none_is_not_sent_to_and_stands_in_no_log(
    zandmeer: Municipality, caplog: pytest.LogCaptureFixture
) -> None:
    with acting_for(zandmeer), pytest.raises(CodeNotSent):
        send_text("email", "jan@voorbeeld.example\nBcc: x@voorbeeld.example", "Onderwerp", "Tekst")
    assert "jan@" not in caplog.text


@pytest.mark.parametrize("number", ["112", "0900 1234", "abc", "+3"])
def test_a_number_that_cannot_be_is_told_beside_the_field(helga: Client, number: str) -> None:
    was = hidden(body_of(helga.get(PHONE)), "was")
    answer = helga.post(PHONE, {"phone": number, "was": was})

    assert answer.status_code == 422
    assert "Dit nummer klopt niet." in body_of(answer)


@pytest.mark.parametrize("what", ["e-mail", "telefoon"])
def test_an_address_is_taken_away_after_a_second_look(helga: Client, klant_fake: Register, what: str) -> None:
    path, gone = f"{DETAILS}{what}/weghalen/", OLD if what == "e-mail" else HELGA_OF_DEMO.mobile
    page = body_of(helga.get(path))
    assert gone in addresses(klant_fake)

    answer = helga.post(path, {"was": hidden(page, "was")})

    assert answer["Location"].startswith(f"{DETAILS}?gewijzigd={what}-weg%3A")
    assert gone not in addresses(klant_fake)
    assert len(told()) == 1
    assert "Er staat niets meer." in body_of(helga.get(path))


def test_nothing_else_can_be_taken_away(helga: Client) -> None:
    assert helga.get(f"{DETAILS}naam/weghalen/").status_code == 404


def test_how_to_be_told_is_chosen_among_what_is_there(helga: Client) -> None:
    answer = helga.post(CHANNEL, {"channel": "email"})
    assert answer["Location"].startswith(f"{DETAILS}?gewijzigd=bericht%3A")
    assert "Per e-mail" in body_of(helga.get(DETAILS)).split("Over uw zaken")[1]

    helga.post(CHANNEL, {"channel": "post"})
    assert "Per brief, met de post" in body_of(helga.get(DETAILS))


def test_only_what_really_comes_is_promised(helga: Client) -> None:
    page = body_of(helga.get(CHANNEL))
    assert "Dan krijgt u een mail als er iets nieuws is in uw zaak." in page
    assert "Kiest u telefoon of brief? Dan mailen wij niet." in page
    about_sharing = body_of(helga.get(DETAILS)).split("Welke berichten over delen zijn dat?")[1]
    assert "een vraag aan u" in about_sharing
    assert "nieuws over uw zaak" not in about_sharing


def test_who_left_no_address_is_told_by_post(hans: Client) -> None:
    page = body_of(hans.get(CHANNEL))

    assert 'value="post"' in page
    assert 'value="email"' not in page
    assert hans.post(CHANNEL, {"channel": "email"}).status_code == 422


def test_the_worker_forgets_what_nobody_confirmed(here_session: Any) -> None:
    municipality, session = here_session
    with acting_for(municipality), transaction.atomic():
        pending.begin(session, NEW, "none")
        take_turn(timezone.now() + timedelta(minutes=14))
        assert PendingAddress.objects.count() == 1
        take_turn(timezone.now() + timedelta(minutes=15))
        assert PendingAddress.objects.count() == 0


@pytest.fixture
def here_session(reachable: Municipality) -> tuple[Municipality, sessions.Session]:
    from uuid import uuid4

    from portal.accounts.level import Level

    with acting_for(reachable), transaction.atomic():
        session, _token = sessions.begin(HANS, "Hans", Level.SUBSTANTIEEL, uuid4(), "sub", "sid")
    return reachable, session


@pytest.mark.parametrize("path", [EMAIL, PHONE, CHANNEL, f"{DETAILS}e-mail/weghalen/"])
def test_when_the_register_fails_no_page_pretends_that_nothing_is_there(
    helga: Client, klant_fake: Register, path: str
) -> None:
    klant_fake.misbehave("500")
    answer = helga.get(path)
    page = body_of(answer)

    assert answer.status_code == 503
    assert "Er is een storing in een systeem van de gemeente." in page
    for empty in ("Voeg uw", "Er staat niets meer.", "Wij hebben geen", 'value="post"'):
        assert empty not in page.split("<main")[1].split("</main>")[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("transactional_db")
def test_every_step_opens_its_own_transaction(reachable: Municipality, klant_fake: Register) -> None:
    """Outside a test's transaction, and with no key in memory: each step reads the database for itself."""
    helga = signed_in(reachable, HELGA)
    for step in (
        lambda: ask_code(helga),
        lambda: type_code(helga, code_sent()),
        lambda: helga.post(PHONE, {"phone": "0687654321", "was": hidden(body_of(helga.get(PHONE)), "was")}),
        lambda: helga.post(CHANNEL, {"channel": "email"}),
    ):
        forget_cached_keys()
        assert step().status_code == 302
    assert {NEW, "+31687654321"} <= addresses(klant_fake).keys()


def test_a_link_that_somebody_sends_never_says_that_something_was_changed(helga: Client) -> None:
    told = helga.post(CHANNEL, {"channel": "email"})["Location"]

    assert "Gewijzigd" in body_of(helga.get(told))
    for forged in ("e-mail", "e-mail:AAAA", told.rpartition("=")[2].replace("bericht", "e-mail")):
        assert "Gewijzigd" not in body_of(helga.get(DETAILS, {"gewijzigd": forged}))
