"""Filling in a form: nothing known is asked, nothing typed is lost, and one click or two send it once."""

import re
from io import BytesIO
from threading import Thread
from time import monotonic, sleep
from uuid import uuid4

import pypdf
import pytest
from django.db import connection, transaction
from django.test import Client

from demo.registers.serving import Register
from demo.registers.zgw_store import Store
from portal.accounts.residents import resident_of
from portal.applications.models import Application, Write
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from tests.conftest import Clock
from tests.mijn.conftest import AYSE, HELGA, KEES, body_of, signed_in

from .conftest import ANSWERS, applications, begin, fill, filled_in, not_right, send


def test_a_whole_form_becomes_a_case_with_everything_in_it(
    helga: Client, mijn: Municipality, store: Store
) -> None:
    known = set(store.zaken)
    answer = send(helga, filled_in(helga))

    page = body_of(helga.get(answer["Location"]))
    (application,) = applications(mijn)
    assert "Uw aanvraag is binnen" in page
    assert application.number in page
    (url,) = set(store.zaken) - known
    assert store.zaken[url]["identificatie"] == application.number
    assert application.number in body_of(helga.get("/mijn/zaken/"))


def test_it_has_one_name_from_the_first_answer_to_the_case(helga: Client) -> None:
    name = "Kwijtschelding gemeentelijke belasting"
    form = filled_in(helga)
    assert f">{name}</a>" in body_of(helga.get("/mijn/zaken/")), "unfinished"
    in_english = body_of(helga.get("/en/mijn/")).replace(f'href="/en{form}"', f'href="{form}"')
    assert f'<h3 class="mijn-card__title" lang="nl"><a href="{form}">{name}' in in_english
    assert name in body_of(helga.get(send(helga, form)["Location"])), "the receipt"

    cases = body_of(helga.get("/mijn/zaken/"))
    (case,) = re.findall(rf'<a href="([^"]+)">{name}</a>', cases)
    page = body_of(helga.get(case)).split("<main")[1].split("</main")[0]
    assert page.split("<h2")[0].count(name) == 1, "the case's description says nothing more"


def test_what_the_brp_knows_is_shown_with_its_source_and_not_asked(helga: Client) -> None:
    form = begin(helga)
    page = body_of(helga.get(f"{form}wie/"))

    assert "20 december 1987" in page
    assert "Duinroosstraat 12" in page
    assert "Bron: Basisregistratie Personen (BRP)" in page
    assert 'name="wie-phone"' in page
    assert 'name="wie-name"' not in page


def test_the_household_is_filled_in_from_the_brp(helga: Client, mijn: Municipality) -> None:
    def household(browser: Client) -> str:
        form = begin(browser)
        browser.get(f"{form}wie/")
        return body_of(browser.get(f"{form}huishouden/"))

    mother_of_three, married = household(helga), household(signed_in(mijn, AYSE))
    assert "Harry" in mother_of_three
    assert 'value="3"' in mother_of_three
    assert "checked" not in mother_of_three
    assert "Bernard" in married
    assert 'value="partner" checked' in married


def test_while_the_brp_is_down_the_resident_types_it_and_is_told_why(
    helga: Client, brp_fake: Register
) -> None:
    brp_fake.misbehave("500")
    form = begin(helga)
    page = body_of(helga.get(f"{form}wie/"))
    assert "Wij kunnen uw gegevens nu niet ophalen" in page

    assert "Er klopt iets nog niet" in not_right(helga, form, "wie")
    typed = {"name": "Helga Huisman", "born": "20-12-1987", "address": "Duinroosstraat 12, Zandmeer"}
    assert fill(helga, form, "wie", **typed)["Location"] == f"{form}huishouden/"


def test_what_one_types_never_says_that_the_app_said_it_and_officers_read_dutch(
    helga: Client, brp_fake: Register, store: Store
) -> None:
    brp_fake.misbehave("500")
    form = begin(helga).replace("/mijn/", "/en/mijn/")
    claim = "Koning Willem (uit uw Yivi-app)"
    typed = {"name": claim, "born": "20-12-1987", "address": "Paleis 1, Den Haag"}
    assert fill(helga, form, "wie", **typed).status_code == 302
    for step in list(ANSWERS)[1:]:
        assert fill(helga, form, step).status_code == 302
    send(helga, form)

    (content,) = store.contents.values()
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages).split())
    assert f"Uw naam {claim} (zelf ingevuld)" in text
    assert "Your name" not in text


def test_who_keeps_the_address_secret_does_not_find_it_here(mijn: Municipality) -> None:
    ayse = signed_in(mijn, AYSE)
    form = begin(ayse)
    page = body_of(ayse.get(f"{form}wie/"))

    assert "omdat u om geheimhouding vroeg" in page
    assert "1996" not in page.split("<main")[1].split("</main")[0]


def test_a_wrong_answer_comes_back_with_all_that_was_typed(helga: Client) -> None:
    form = begin(helga)
    page = not_right(helga, form, "inkomen", income="veel", housing="600,00")

    assert "Vul een bedrag in, zoals 850 of 850,50." in page
    assert "Er klopt iets nog niet" in page.split("</title>")[0]
    assert 'value="veel"' in page
    assert 'value="600,00"' in page
    assert 'value="uwv" checked' in page


def test_what_was_right_before_and_is_left_empty_now_is_told_to_be_empty(helga: Client) -> None:
    form = filled_in(helga)
    page = not_right(helga, form, "rekening", iban="")

    assert "Vul uw rekeningnummer in." in page
    assert "NL91" not in page.split("<form")[1]
    assert helga.get(f"{form}controle/")["Location"] == f"{form}rekening/"


def test_two_wrong_answers_of_a_kind_are_told_apart(helga: Client) -> None:
    form = begin(helga)
    page = not_right(helga, form, "inkomen", allowances="", housing="")
    summary = page.split('id="error-summary"')[1].split("</ul>")[0]
    assert "Hoeveel toeslagen krijgt u per maand? Vul een bedrag in." in summary
    assert "Hoeveel huur of hypotheek betaalt u per maand? Vul een bedrag in." in summary
    alone = not_right(helga, form, "inkomen", housing="")
    assert ">Vul een bedrag in." in alone.split('id="error-summary"')[1].split("</ul>")[0]


def test_what_a_car_is_worth_is_not_said_to_be_needless_for_who_has_one(helga: Client) -> None:
    form = begin(helga)
    page = body_of(helga.get(f"{form}bezit/"))
    assert "(hoeft niet)" not in page
    assert "Alleen als u een auto of motor heeft." in page


def test_what_is_kept_for_later_is_there_in_another_session_even_when_it_is_wrong(
    helga: Client, mijn: Municipality
) -> None:
    form = begin(helga)
    kept = fill(helga, form, "inkomen", income="veel", later="1")
    assert "Uw aanvraag is bewaard" in body_of(helga.get(kept["Location"]))

    elsewhere = signed_in(mijn)
    listed = body_of(elsewhere.get("/mijn/zaken/"))
    assert "Nog niet verstuurd" in listed
    assert form in listed
    page = body_of(elsewhere.get(form, follow=True))
    assert 'value="veel"' in page
    assert "Er klopt iets nog niet" not in page, "it was not sent yet"


def test_of_what_nobody_types_little_is_kept(helga: Client, mijn: Municipality) -> None:
    form = begin(helga)
    huge = "9" * 500_000
    for step, name in (("wie", "phone"), ("inkomen", "income"), ("rekening", "iban")):
        fill(helga, form, step, later="1", **{name: huge, "anders": huge})
    (row,) = applications(mijn)
    assert row.content is not None
    assert len(row.content) < 30_000

    fill(helga, form, "bezit", later="1", savings="x" * 300)
    assert "x" * 300 in helga.get(f"{form}bezit/").content.decode()


def test_going_back_keeps_what_was_typed(helga: Client) -> None:
    form = begin(helga)
    back = fill(helga, form, "huishouden", living="", children="2", wizard_goto_step="wie")
    assert back["Location"] == f"{form}wie/"

    assert 'value="2"' in body_of(helga.get(f"{form}huishouden/"))


def test_the_check_shows_all_answers_and_any_can_be_changed_and_leads_back(helga: Client) -> None:
    form = filled_in(helga)
    page = body_of(helga.get(f"{form}controle/"))
    for words in (
        "€ 1.450,50",
        "Loon, Uitkering van UWV",
        "NL91 ABNA 0417 1643 00",
        "Met mijn partner",
        "Duinroosstraat",
    ):
        assert words in page
    for step in ANSWERS:
        assert f'href="{form}{step}/"' in page

    changed = fill(helga, form, "bezit", savings="5")
    assert changed["Location"] == f"{form}controle/"
    assert "€ 5,00" in body_of(helga.get(f"{form}controle/"))


def test_the_way_back_from_the_receipt_leads_nowhere_that_a_browser_cannot_go(helga: Client) -> None:
    form = filled_in(helga)
    not_right(helga, form, "controle")
    assert helga.get(f"{form}controle/?fout=1").status_code == 200
    receipt = send(helga, form)["Location"]

    assert helga.get(f"{form}controle/?fout=1")["Location"] == receipt


def test_the_check_comes_only_when_all_before_it_is_right(helga: Client) -> None:
    form = begin(helga)
    helga.get(f"{form}wie/")
    fill(helga, form, "wie")

    assert helga.get(f"{form}controle/")["Location"] == f"{form}huishouden/"
    assert send(helga, form)["Location"] == f"{form}huishouden/"


def test_looking_never_sends(helga: Client, mijn: Municipality) -> None:
    form = filled_in(helga)
    for address in ("controle/", "done/", "ontvangst/", "", "onzin/"):
        helga.get(form + address, follow=True)
    assert "Zet een vinkje als alles klopt" in not_right(helga, form, "controle")

    assert [one.state for one in applications(mijn)] == [Application.DRAFT]


def test_sending_twice_is_one_application_and_back_leads_to_the_receipt(
    helga: Client, mijn: Municipality, store: Store
) -> None:
    before = len(store.zaken)
    form = filled_in(helga)
    first, second = send(helga, form), send(helga, form)

    assert first["Location"] == second["Location"] == f"{form}ontvangst/"
    assert helga.get(f"{form}inkomen/")["Location"] == f"{form}ontvangst/"
    assert fill(helga, form, "inkomen")["Location"] == f"{form}ontvangst/"
    assert len(store.zaken) == before + 1
    assert len(applications(mijn)) == 1


def test_beginning_twice_is_one_form(helga: Client, mijn: Municipality) -> None:
    assert begin(helga) == begin(helga)
    assert "U was al begonnen" in body_of(helga.get("/mijn/aanvragen/kwijtschelding/"))
    assert len(applications(mijn)) == 1


def test_a_form_can_be_thrown_away(helga: Client, mijn: Municipality) -> None:
    form = begin(helga)
    assert "Wilt u weggooien" in body_of(helga.get(f"{form}weggooien/"))
    assert len(applications(mijn)) == 1

    helga.post(f"{form}weggooien/")
    assert applications(mijn) == []
    assert helga.get(form).status_code == 404


def test_somebody_else_s_form_is_not_there(helga: Client, mijn: Municipality) -> None:
    form = filled_in(helga)
    other = signed_in(mijn, KEES)

    for address in ("", "wie/", "controle/", "ontvangst/", "bewaard/", "weggooien/"):
        assert other.get(form + address).status_code == 404
    assert send(other, form).status_code == 404
    assert other.post(f"{form}weggooien/").status_code == 404
    assert [one.state for one in applications(mijn)] == [Application.DRAFT]


def test_the_brp_is_asked_nothing_about_a_form_that_is_not_there(helga: Client, brp_fake: Register) -> None:
    helga.get("/mijn/")
    asked = len(brp_fake.calls)

    assert helga.get(f"/mijn/aanvragen/{uuid4()}/wie/").status_code == 404
    assert len(brp_fake.calls) == asked


def test_where_no_case_system_takes_it_the_page_names_another_way(
    zandmeer: Municipality, brp_id: object
) -> None:
    answer = signed_in(zandmeer).get("/mijn/aanvragen/kwijtschelding/")

    assert answer.status_code == 404
    assert "aan de telefoon of aan de balie" in body_of(answer)
    assert "Kwijtschelding aanvragen" not in body_of(signed_in(zandmeer).get("/mijn/"))


def test_the_overview_offers_it_and_shows_what_was_begun(helga: Client) -> None:
    assert 'href="/mijn/aanvragen/kwijtschelding/"' in body_of(helga.get("/mijn/"))
    form = begin(helga)
    assert form in body_of(helga.get("/mijn/"))


def test_a_correction_of_own_data_is_asked_in_the_same_way(
    helga: Client, mijn: Municipality, store: Store
) -> None:
    assert 'href="/mijn/aanvragen/verbetering/"' in body_of(helga.get("/mijn/gegevens/"))
    form = begin(helga, "verbetering")
    helga.get(f"{form}wie/")
    fill(helga, form, "wie", "verbetering")
    fill(
        helga,
        form,
        "gegeven",
        "verbetering",
        fact="familie",
        right="Harold is geboren op 18-11-2023",
        proof="nee",
    )
    answer = fill(helga, form, "controle", "verbetering", true="on")

    assert "Uw aanvraag is binnen" in body_of(helga.get(answer["Location"]))
    (made,) = [one for one in store.zaken.values() if one["identificatie"].startswith("M-")]
    assert made["omschrijving"] == "Verbetering van gegevens in de BRP"


def test_who_sent_a_few_today_is_asked_to_call_and_begins_again_another_day(
    helga: Client, mijn: Municipality, clock: Clock
) -> None:
    clock.move(minutes=-1)
    with acting_for(mijn), transaction.atomic():
        helga_here = resident_of(HELGA).id
        for number in range(3):
            Application.objects.create(
                resident_id=helga_here, kind="kwijtschelding", state="filed", number=f"MIJN-{number}",
                begun=clock(), changed=clock(), sent=clock(), filed=clock(),
            )  # fmt: skip
    again = helga.post("/mijn/aanvragen/kwijtschelding/")
    page = body_of(again)

    assert again.status_code == 429
    assert "U stuurde deze aanvraag al een paar keer" in page
    assert "Bel ons" in page
    assert "Begin met de aanvraag" not in page
    assert len(applications(mijn)) == 3
    assert begin(helga, "verbetering"), "another kind is another thing"

    clock.move(days=1, minutes=2)
    other_day = signed_in(mijn)
    assert "U vroeg dit al eens aan" in body_of(other_day.get("/mijn/aanvragen/kwijtschelding/"))
    assert begin(other_day)


def somebody_waits_for_a_lock() -> bool:
    ends = monotonic() + 20
    while monotonic() < ends:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return True
        sleep(0.02)
    return False


@pytest.mark.django_db(transaction=True)
def test_what_is_being_sent_in_one_tab_is_not_thrown_away_in_another(
    helga: Client, mijn: Municipality
) -> None:
    form, answers = begin(helga), []

    def other_tab() -> None:
        try:
            answers.append(helga.post(f"{form}weggooien/"))
        finally:
            connection.close()

    tab = Thread(target=other_tab)
    with acting_for(mijn), transaction.atomic():
        row = Application.objects.select_for_update().get()
        tab.start()
        assert somebody_waits_for_a_lock()
        row.state, row.sent = Application.SENT, row.begun
        row.save()
        Write.objects.create(municipality=mijn, application=row, place=0, piece="case")
    tab.join(30)

    assert [one["Location"] for one in answers] == [f"{form}ontvangst/"]
    assert [one.state for one in applications(mijn)] == [Application.SENT]
