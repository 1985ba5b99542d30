"""What registers know is not asked: where somebody can be reached, and whether the house is their own."""

from typing import Any

import pytest
from django.test import Client

from demo.content.residents import AYSE, HELGA
from demo.registers.serving import Register
from demo.registers.zgw_store import Store
from portal.applications.content import WALLET, KnownAnswer, known_answers, with_answers
from portal.applications.known import CONTACT
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from tests.mijn.conftest import body_of, connected, signed_in
from tests.registers import own_registers
from tests.registers.klantinteracties import conftest as klanten
from tests.registers.klantinteracties.conftest import klant_connection

from .conftest import ANSWERS, applications, begin, fill, not_right, send, text_of_pdf

klant_fake = klanten.klant_fake
woz_register, woz_fake = own_registers.woz_register, own_registers.woz_fake
SILENT = "Wij kunnen uw contactgegevens nu niet ophalen"
HOUSELESS = "Wij kunnen nu niet opzoeken of u een eigen huis heeft"
FOLDED = "Iets anders invullen voor deze aanvraag"


def test_what_the_app_gave_stays_until_the_app_gives_another() -> None:
    def phone(held: dict[str, Any]) -> str:
        return known_answers(held, "wie")["phone"].value

    held = with_answers({}, "wie", {"phone": KnownAnswer("06-1", CONTACT)})
    held = with_answers(held, "wie", {"phone": KnownAnswer("06-2", WALLET)}, instead_of=[])
    assert phone(held) == "06-2"
    held = with_answers(held, "wie", {"phone": KnownAnswer("06-3", CONTACT)}, instead_of=[CONTACT])
    assert phone(held) == "06-2"
    held = with_answers(held, "wie", {"phone": KnownAnswer("06-4", WALLET)})
    assert phone(held) == "06-4"


@pytest.fixture
def knowing(mijn: Municipality, klant_fake: Register, woz_fake: Register) -> Municipality:
    """Zandmeer, with a register of contacts and the WOZ too."""
    connected(mijn, klant_connection(klant_fake.url))
    connected(mijn, own_registers.woz_connection(woz_fake.url))
    return mijn


@pytest.fixture
def helga(knowing: Municipality) -> Client:
    return signed_in(knowing, BSN(HELGA.bsn))


def page_of(browser: Client, step: str, form: str = "") -> str:
    """The main part of a step, without its title."""
    page = body_of(browser.get(f"{form or begin(browser)}{step}/"))
    return page.split("<main")[1].split("</main")[0]


def asked(page: str) -> str:
    """What a page asks without unfolding anything."""
    return page.split("<details")[0]


def test_how_to_reach_somebody_is_shown_with_its_source_and_not_asked(helga: Client) -> None:
    page = page_of(helga, "wie")

    assert HELGA.mobile in page
    assert HELGA.email in page
    assert "Bron: Uw contactgegevens" in page
    assert 'name="wie-phone"' not in asked(page)
    assert 'name="wie-email"' not in asked(page)
    assert FOLDED in page
    assert "<details open" not in page


def test_who_has_an_own_house_is_not_asked_and_nor_is_who_rents(helga: Client, knowing: Municipality) -> None:
    owner, tenant = page_of(helga, "bezit"), page_of(signed_in(knowing, BSN(AYSE.bsn)), "bezit")
    for page, words in ((owner, "Ja"), (tenant, "Nee")):
        assert "Bron: Waardering onroerende zaken (WOZ)" in page
        assert f"<bdi>{words}</bdi>" in page
        assert 'name="bezit-house"' not in asked(page)
    assert "1996" not in tenant  # her address is secret, and the house is found by it


def test_what_is_known_goes_along_with_where_it_came_from(helga: Client, store: Store) -> None:
    form = begin(helga)
    for step, given in ANSWERS.items():
        helga.get(f"{form}{step}/")
        changed = dict.fromkeys({"phone", "house"} & given.keys(), "")
        assert fill(helga, form, step, **changed).status_code == 302
    check = body_of(helga.get(f"{form}controle/"))
    send(helga, form)

    told = text_of_pdf(next(iter(store.contents.values())))
    for words in (f"{HELGA.mobile} (uit uw contactgegevens)", f"{HELGA.email} (uit uw contactgegevens)"):
        assert words in check
        assert words in told
    assert "Ja (uit de WOZ)" in check
    assert "Ja (uit de WOZ)" in told


def test_another_answer_counts_for_this_application_and_can_be_taken_back(
    helga: Client, klant_fake: Register
) -> None:
    form = begin(helga)
    helga.get(f"{form}wie/")
    calls = [one for one in klant_fake.calls if not one.startswith("GET")]
    assert fill(helga, form, "wie", phone="0201234567").status_code == 302
    page = page_of(helga, "wie", form)
    assert "<details open" in page
    assert 'value="0201234567"' in page
    for step in ("huishouden", "inkomen", "bezit", "rekening"):
        fill(helga, form, step)
    check = body_of(helga.get(f"{form}controle/"))
    assert "0201234567" in check
    assert "0201234567 (uit" not in check
    # The register is not written to.
    assert [one for one in klant_fake.calls if not one.startswith("GET")] == calls

    fill(helga, form, "wie", phone="")
    assert HELGA.mobile in body_of(helga.get(f"{form}controle/"))


def test_a_wrong_other_answer_is_told_where_it_can_be_seen(helga: Client) -> None:
    form = begin(helga)
    helga.get(f"{form}wie/")
    page = not_right(helga, form, "wie", phone="12", email="geen adres")

    assert "<details open" in page
    assert "Vul een telefoonnummer van tien cijfers in" in page
    assert "Dit e-mailadres klopt niet" in page


@pytest.mark.parametrize("fault", ["500", "hang", "401", "schema", "broken"])
def test_while_a_register_is_silent_it_is_asked_with_a_word_and_nothing_is_lost(
    knowing: Municipality, helga: Client, klant_fake: Register, woz_fake: Register, fault: str
) -> None:
    form = begin(helga)
    klant_fake.misbehave(fault)
    woz_fake.misbehave(fault)
    who, house = page_of(helga, "wie", form), page_of(helga, "bezit", form)
    assert SILENT in who
    assert HOUSELESS in house
    for page, name in ((who, "wie-phone"), (who, "wie-email"), (house, "bezit-house")):
        assert f'name="{name}"' in asked(page)

    assert "Kies of u een eigen huis heeft." in not_right(helga, form, "bezit", house="")  # now it must be
    assert fill(helga, form, "bezit").status_code == 302
    klant_fake.misbehave("none")
    woz_fake.misbehave("none")
    again = page_of(signed_in(knowing, BSN(HELGA.bsn)), "bezit", form)
    assert 'value="nee" checked' in again  # what was typed goes before what is known now


def test_what_was_told_before_stays_while_the_register_is_silent(
    knowing: Municipality, helga: Client, klant_fake: Register
) -> None:
    form = begin(helga)
    page_of(helga, "wie", form)
    klant_fake.misbehave("500")
    page = page_of(helga, "wie", form)

    assert HELGA.mobile in page
    assert SILENT not in page


def test_what_the_register_forgot_is_asked(helga: Client, klant_fake: Register) -> None:
    form = begin(helga)
    assert HELGA.mobile in page_of(helga, "wie", form)
    for store in klant_fake.respond.stores.values():  # type: ignore[attr-defined]  # the demo's
        for one in store.all("digitaleadressen"):
            one["soortDigitaalAdres"] = "overig"
    page = page_of(helga, "wie", form)

    assert 'name="wie-phone"' in asked(page)
    assert SILENT not in page


def test_somebody_else_s_house_is_never_taken_for_one_s_own(knowing: Municipality) -> None:
    """Of Hans, with whom Helga lives: the WOZ names her as owner, and who knows whose the money is."""
    hans = signed_in(knowing, BSN("999970446"))
    page = page_of(hans, "bezit")

    assert 'name="bezit-house"' in asked(page)
    assert HOUSELESS not in page


def test_without_those_registers_it_is_asked_without_a_word(mijn: Municipality) -> None:
    browser = signed_in(mijn)
    form = begin(browser)
    who, house = page_of(browser, "wie", form), page_of(browser, "bezit", form)

    assert 'name="wie-phone"' in asked(who)
    assert 'name="bezit-house"' in asked(house)
    assert SILENT not in who
    assert HOUSELESS not in house


def test_what_registers_told_lies_encrypted(helga: Client, knowing: Municipality) -> None:
    page_of(helga, "wie")
    (row,) = applications(knowing)

    assert HELGA.email.encode() not in bytes(row.content or b"")
