"""A resident shows an employee what they chose: nothing before the press, then both the same, and an end."""

import logging
import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from portal.accounts import sessions
from portal.accounts.models import ResidentSession
from portal.counter import handover
from portal.counter.forgetting import forget_over
from portal.counter.models import Employee, Handover, Lock
from portal.municipalities.acting import acting_for
from portal.sharing import purposes
from portal.sharing.models import ActRecord, Grant, GrantKey, PurposeVersion, Restore
from portal.usage.models import Use
from tests.sharing.browser import Browser

from .conftest import HELGA, AtCounter, employee, gets_code

pytestmark = pytest.mark.django_db
for_real = pytest.mark.django_db(transaction=True)
"""Each transaction commits by itself, as in production; slower, so only where that is what is shown."""


def asked(helga: Browser, sanne: AtCounter, **ticked: str) -> None:
    """The code was told and typed; the resident has the question on screen."""
    sanne.types_code(gets_code(helga, **ticked))
    helga.reloads()


def shown(helga: Browser, sanne: AtCounter, **ticked: str) -> None:
    asked(helga, sanne, **ticked)
    helga.presses("Laat zien")
    sanne.reloads()


def only_handover(place) -> Handover:
    with acting_for(place), transaction.atomic():
        return Handover.objects.get()


def test_nothing_is_ticked_beforehand_and_nothing_chosen_gives_no_code(helga):
    helga.goes("/mijn/delen/balie/")
    assert "Helga Huisman" in helga.text
    assert "Duinroosstraat 12" in helga.text
    form, _adds = helga.page.form_with("Geef mij een code")
    assert not any(name.startswith("with_") for name in form.fields)
    helga.presses("Geef mij een code")
    assert helga.status == 422
    assert helga.page.links["Kies iets om te laten zien. Of bel gewoon: dat mag ook."] == "#id_with_name"
    assert re.search(r'<input[^>]*name="with_name"[^>]*aria-invalid="true"', helga.page.html)
    group = r"""role="group" aria-labelledby="([a-z-]+)">\s*<h2 id="\1">Wat wilt u laten zien"""
    assert re.search(group, helga.page.html)


def test_who_came_in_while_the_brp_was_silent_gets_no_code_until_it_speaks(helga, in_zandmeer, brp_fake):
    with acting_for(in_zandmeer), transaction.atomic():
        ResidentSession.objects.update(on_earlier_word=True)
    helga.goes("/mijn/delen/balie/")
    brp_fake.misbehave("500")
    assert helga.presses("Geef mij een code", with_name="on").h1 == "Iets nieuws delen lukt nu niet"
    with acting_for(in_zandmeer), transaction.atomic():
        assert not Handover.objects.exists()
    brp_fake.misbehave("none")
    assert len(gets_code(helga)) == 6


def test_the_card_under_wat_deel_ik_leads_to_the_choice(helga):
    helga.goes("/mijn/delen/").follows("Laat zien wie u bent, met een code")
    assert helga.address == "/mijn/delen/balie/"


def test_until_the_press_the_employee_sees_nothing_and_the_resident_sees_who_it_is(helga, sanne):
    asked(helga, sanne)
    assert sanne.h1 == "Wacht op de inwoner"
    assert "Huisman" not in sanne.page.html
    assert "Sanne de Wit" in helga.text
    assert "Klantcontact" in helga.text
    assert "Functie" not in helga.text  # nobody wrote it down


def test_the_resident_reads_name_function_and_team_and_an_overseer_writes_the_function(helga, sanne, ruud):
    assert 'aria-label="Verander de functie: Sanne de Wit"' in ruud.goes("/toezicht/").page.html
    ruud.goes(re.search('href="([^"]*)"[^>]*Sanne de Wit', ruud.page.html).group(1))
    assert ruud.h1 == "Functie van Sanne de Wit"
    assert ruud.presses("Opslaan", function="x" * 101).status == 422
    ruud.presses("Opslaan", function="Medewerker klantcontact")
    assert "Medewerker klantcontact" in ruud.text
    asked(helga, sanne)
    facts = re.findall(r"<dt>(.*?)</dt>.*?value\">(?:<bdi>)?(.*?)<", helga.page.html, re.DOTALL)
    known = dict(facts)
    assert (known["Medewerker"], known["Functie"]) == ("Sanne de Wit", "Medewerker klantcontact")
    assert known["Team"] == "Klantcontact"
    assert "uw naam, functie en team" in sanne.text
    helga.presses("Laat zien")
    assert "Functie: Medewerker klantcontact. Team: Klantcontact." in helga.text


def test_a_function_is_written_by_who_oversees_and_of_colleagues_only(sanne, ruud, gerrie):
    from django.contrib.auth import get_user_model

    ids = {one.username: one.pk for one in get_user_model().objects.all()}
    assert sanne.goes(f"/toezicht/functie/{ids['sanne']}/").status == 403
    assert "Gerrie" not in ruud.goes("/toezicht/").text
    for nobody in (ids["gerrie"], 987654321):
        assert ruud.goes(f"/toezicht/functie/{nobody}/").status == 404


def test_no_page_of_a_handover_reloads_by_itself_and_each_has_a_link_to_look_again(helga, sanne):
    again = "Kijk of er iets veranderd is"
    gets_code(helga)
    moments = [helga.page]
    sanne.types_code(helga.client.cookies["__Host-balie"].value)
    moments += [sanne.page, helga.follows(again).page]
    assert helga.h1 == "Wilt u dit laten zien?"
    helga.presses("Laat zien")
    moments += [helga.page, sanne.follows(again).page]
    assert sanne.h1 == "Dit laat de inwoner u zien"
    for page in moments:
        # What the frame of Mijn adds leads to the warning before a session's end, and nowhere else.
        assert all(
            "/mijn/sessie/" in to for to in re.findall(r'http-equiv="refresh" content="([^"]*)"', page.html)
        )
        assert again in page.links
    helga.presses("Stop met laten zien")
    assert again not in helga.page.links
    assert again not in sanne.follows(again).page.links


@for_real
def test_after_the_press_both_see_the_same_values_and_no_others(helga, sanne):
    shown(helga, sanne)
    for screen in (helga, sanne):
        assert "H. Huisman" in screen.text or "Helga Huisman" in screen.text
        assert "Duinroosstraat" not in screen.text
    assert sanne.h1 == "Dit laat de inwoner u zien"
    assert lines_of(helga) == lines_of(sanne)


def lines_of(browser: Browser) -> list[tuple[str, str]]:
    return re.findall(r"<dt>(.*?)</dt>.*?<bdi>(.*?)</bdi>", browser.page.html, re.DOTALL)


def test_a_case_brings_its_number_and_what_it_is_about(helga, sanne):
    helga.goes("/mijn/delen/balie/")
    numbers = re.findall(r'name="case" value="([^"]+)"', helga.page.html)
    assert numbers
    shown(helga, sanne, case=numbers[0])
    assert [label for label, _value in lines_of(sanne)] == ["Zaaknummer", "Waar het over gaat"]
    assert numbers[0] in sanne.text


def test_a_case_of_somebody_else_cannot_be_shown(helga):
    helga.goes("/mijn/delen/balie/").presses("Geef mij een code", case="ZAAK-VAN-EEN-ANDER")
    assert helga.status == 422


def test_it_is_one_use_by_team_and_the_log_names_both(helga, sanne, in_zandmeer):
    shown(helga, sanne)
    sanne.reloads().reloads()
    with acting_for(in_zandmeer), transaction.atomic():
        use, grant = Use.objects.get(), Grant.objects.get()
        records = {one.act: one.payload for one in ActRecord.objects.all()}
    assert (use.grant_id, use.what) == (grant.id, ["name"])
    assert "Sanne" not in use.who
    # An id: residents may read every leaf, and read no employee's name.
    assert records["shown"]["employee"] == str(only_handover(in_zandmeer).employee_id)
    assert "Sanne" not in str(records)
    assert records["shown"]["subject"] == str(grant.subject_id)
    helga.goes("/mijn/delen/")
    assert "Sanne" not in helga.text
    assert "Laat zien wie u bent, met een code" in helga.text


@for_real
@pytest.mark.parametrize("who", ["resident", "employee"])
def test_whoever_stops_stops_both_at_once_and_the_values_are_gone(helga, sanne, in_zandmeer, who):
    shown(helga, sanne)
    if who == "resident":
        helga.presses("Stop met laten zien")
    else:
        sanne.presses("Ik ben klaar")
    sanne.reloads()
    helga.reloads()
    assert sanne.h1 == "U ziet niets meer"
    assert helga.h1 == "Niemand kijkt meer mee"
    reason = "De inwoner stopte met laten zien." if who == "resident" else "U koos “Ik ben klaar”."
    assert reason in sanne.text
    assert ("De medewerker is klaar." in helga.text) == (who == "employee")
    assert helga.follows("Bekijk uw bewijs").status == 200
    assert "Huisman" not in sanne.page.html
    with acting_for(in_zandmeer), transaction.atomic():
        assert Grant.objects.get().withdrawn
        assert not GrantKey.objects.exists()


def test_the_no_shows_nothing_and_keeps_nothing(helga, sanne, in_zandmeer):
    asked(helga, sanne)
    helga.presses("Nee, niet laten zien")
    assert helga.h1 == "U liet niets zien"
    assert "Er is niets gedeeld" in helga.text
    assert sanne.reloads().h1 == "U ziet niets meer"
    assert "De inwoner zei nee." in sanne.text
    row = only_handover(in_zandmeer)
    assert (row.values, row.code_hash, row.grant_id) == (None, None, None)


def test_a_code_that_nobody_typed_is_gone_and_that_is_what_the_page_says(helga):
    gets_code(helga)
    helga.presses("Stop, gooi de code weg")
    assert helga.h1 == "De code is weg"
    assert "Niemand kijkt meer mee" not in helga.page.html


def test_a_stop_under_wat_deel_ik_is_the_residents_stop_whatever_follows(helga, sanne, clock):
    shown(helga, sanne)
    helga.goes("/mijn/delen/").follows("Stop met delen").presses("Ja, stop met delen")
    sanne.presses("Ik ben klaar")  # on a page that knew nothing yet
    assert "De inwoner stopte met laten zien." in sanne.text
    clock.move(minutes=11)
    assert "De inwoner stopte met laten zien." in sanne.reloads().text


def test_the_code_is_read_out_digit_by_digit(helga):
    code = gets_code(helga)
    assert " ".join(code) in helga.text
    assert re.search("<samp>[^<]*</samp>", helga.page.html)  # large, as nothing else on the page


def test_the_counter_says_under_which_name_the_resident_finds_the_code(sanne):
    assert "Daar heet het “Laat zien wie u bent, met een code”." in sanne.goes("/code/").text


def test_what_is_promised_of_showing_is_so(helga):
    helga.goes("/mijn/delen/balie/")
    assert "tot u of de medewerker stopt" in helga.text
    assert "ophangt" not in helga.text


def test_a_second_press_shows_the_same_and_makes_one_grant(helga, sanne, in_zandmeer):
    asked(helga, sanne)
    form, adds = helga.page.form_with("Laat zien")
    for _click in range(2):
        helga.client.post(form.action, {**form.fields, **adds})
    with acting_for(in_zandmeer), transaction.atomic():
        assert Grant.objects.count() == 1
        assert [one.act for one in ActRecord.objects.order_by("entry__position")] == ["given", "shown"]


def test_a_code_works_once(helga, sanne, in_zandmeer):
    employee("piet", in_zandmeer, name="Piet Vos")
    code = gets_code(helga)
    assert sanne.types_code(code).h1 == "Wacht op de inwoner"
    assert "Deze code werkt niet" in AtCounter("piet").types_code(code).text
    assert "Deze code werkt niet" in sanne.types_code(code).text


def test_a_code_is_over_after_ten_minutes(helga, sanne, clock):
    code = gets_code(helga)
    clock.move(minutes=10)
    assert "Deze code werkt niet" in sanne.types_code(code).text
    assert helga.reloads().h1 == "De code is weg"
    assert "De tien minuten zijn om." in helga.text


def test_showing_is_over_after_ten_minutes(helga, sanne, clock):
    shown(helga, sanne)
    clock.move(minutes=9, seconds=59)
    assert sanne.reloads().h1 == "Dit laat de inwoner u zien"
    clock.move(seconds=1)
    assert sanne.reloads().h1 == "U ziet niets meer"
    assert "De tien minuten zijn om." in sanne.text
    assert "Huisman" not in sanne.page.html


def test_signing_out_midway_ends_it(helga, sanne, in_zandmeer):
    shown(helga, sanne)
    with acting_for(in_zandmeer), transaction.atomic():
        sessions.end(helga.session.id)
    assert sanne.reloads().h1 == "U ziet niets meer"
    assert "De inwoner is uitgelogd." in sanne.text
    with acting_for(in_zandmeer), transaction.atomic():
        assert Grant.objects.get().withdrawn


def test_signing_out_before_the_press_makes_the_code_worthless(helga, sanne, in_zandmeer):
    code = gets_code(helga)
    with acting_for(in_zandmeer), transaction.atomic():
        sessions.end(helga.session.id)
    assert "Deze code werkt niet" in sanne.types_code(code).text


def test_another_session_of_the_same_resident_can_neither_see_nor_press(helga, sanne, in_zandmeer):
    asked(helga, sanne)
    address = helga.address
    other = Browser(in_zandmeer, HELGA)
    assert other.goes(address).status == 404
    other.goes("/mijn/delen/balie/")
    token = other.page.form_with("Geef mij een code")[0].fields["csrfmiddlewaretoken"]
    to = str(only_handover(in_zandmeer).employee_id)
    sent = {"answer": "yes", "to": to, "csrfmiddlewaretoken": token}
    assert other.client.post(f"{address.split('?')[0]}antwoord/", sent).status_code == 404
    assert sanne.reloads().h1 == "Wacht op de inwoner"


def test_the_press_counts_for_the_employee_who_was_on_screen_only(helga, sanne, in_zandmeer):
    asked(helga, sanne)
    form, adds = helga.page.form_with("Laat zien")
    helga.client.post(form.action, {**form.fields, **adds, "to": "00000000-0000-4000-8000-000000000000"})
    assert sanne.reloads().h1 == "Wacht op de inwoner"


def test_a_press_before_anybody_typed_the_code_does_nothing(helga, in_zandmeer):
    gets_code(helga)
    form, _adds = helga.page.form_with("Stop, gooi de code weg")
    helga.client.post(form.action, {**form.fields, "answer": "yes", "to": "None"})
    with acting_for(in_zandmeer), transaction.atomic():
        assert not Grant.objects.exists()


def test_a_colleague_does_not_look_along(helga, sanne, in_zandmeer):
    shown(helga, sanne)
    employee("piet", in_zandmeer, name="Piet Vos")
    piet = AtCounter("piet")
    for address in (sanne.address, f"{sanne.address}stand/"):
        assert piet.goes(address).status == 404
        assert "Huisman" not in piet.page.html


def test_who_loses_the_role_midway_sees_nothing_more(helga, sanne, in_zandmeer):
    from django.contrib.auth import get_user_model

    shown(helga, sanne)
    get_user_model().objects.get(username="sanne").groups.clear()
    assert sanne.reloads().status == 403
    assert "Huisman" not in sanne.page.html


@for_real
def test_five_wrong_codes_lock_and_alarm_until_somebody_else_opens(helga, sanne, ruud, in_zandmeer, caplog):
    code = gets_code(helga)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    with caplog.at_level(logging.ERROR, logger="portal.counter.locks"):
        for _try in range(4):
            assert "Deze code werkt niet" in sanne.types_code(wrong).text
        assert not caplog.records
        assert sanne.types_code(wrong).status == 403
    assert "alarm" in caplog.text
    assert "sanne" not in caplog.text.lower()
    assert sanne.goes("/code/").status == 403
    assert not sanne.page.forms or "Verder" not in sanne.text

    assert "Sanne de Wit" in ruud.goes("/toezicht/").text
    ruud.presses("Open voor deze medewerker")
    assert "Geopend door Ruud Terpstra" in ruud.text
    assert sanne.types_code(code).h1 == "Wacht op de inwoner"


def test_a_lock_holds_though_the_right_code_is_sent_around_the_page(helga, sanne):
    code = gets_code(helga)
    sanne.goes("/code/")
    form, _adds = sanne.page.form_with("Verder")
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _try in range(5):
        sanne.client.post("/code/", {**form.fields, "code": wrong})
    assert sanne.client.post("/code/", {**form.fields, "code": code}).status_code == 403
    helga.reloads()
    assert helga.h1 == "Zeg deze code tegen de medewerker"


def test_a_right_code_in_between_takes_no_wrong_one_away(helga, sanne, in_zandmeer):
    for place in range(5):
        code = gets_code(helga)
        if place == 2:
            sanne.types_code(code)
        sanne.types_code(f"{(int(code) + 1) % 10**6:06}")
    assert sanne.status == 403


def test_an_hour_later_the_lock_and_the_wrong_codes_are_over(helga, sanne, clock, in_zandmeer):
    for _try in range(5):
        sanne.types_code("000000" if gets_code(helga) != "000000" else "000001")
    assert sanne.status == 403
    clock.move(minutes=60)
    assert sanne.goes("/code/").status == 200


def test_nobody_opens_their_own_lock(ruud, in_zandmeer):
    ruud.goes("/code/")
    with acting_for(in_zandmeer), transaction.atomic():
        mine = Employee.objects.get()
        lock = Lock.objects.create(municipality=in_zandmeer, employee=mine, at=timezone.now())
    ruud.goes("/toezicht/").presses("Open voor deze medewerker")
    with acting_for(in_zandmeer), transaction.atomic():
        assert Lock.objects.get(id=lock.id).lifted is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "12\x0034"])
def test_what_cannot_be_a_code_is_said_and_not_counted(sanne, in_zandmeer, typed):
    for _try in range(6):
        sanne.types_code(typed)
        assert sanne.status == 422
    with acting_for(in_zandmeer), transaction.atomic():
        assert Employee.objects.get().wrong_codes == 0


def test_the_code_is_nowhere_in_the_database(helga, in_zandmeer):
    code = gets_code(helga)
    with acting_for(in_zandmeer), transaction.atomic():
        [row] = Handover.objects.values()
    assert code not in str({name: value for name, value in row.items() if name != "values"})
    assert b"Huisman" not in bytes(row["values"])


def test_what_is_over_is_forgotten_by_the_worker(helga, sanne, in_zandmeer):
    gets_code(helga)
    soon, tomorrow = timezone.now() + timedelta(minutes=10), timezone.now() + timedelta(days=2)
    with acting_for(in_zandmeer), transaction.atomic():
        forget_over(soon)
        row = Handover.objects.get()
        assert (row.values, row.code_hash) == (None, None)
        forget_over(tomorrow)
        assert not Handover.objects.exists()


@for_real
def test_a_crash_in_the_press_leaves_all_as_it_was(helga, sanne, in_zandmeer, monkeypatch):
    from portal.sharing import ledger

    asked(helga, sanne)
    real = ledger.append

    def breaks(act, *more):
        if act == "shown":
            raise OSError("the machine stopped")
        return real(act, *more)

    monkeypatch.setattr(ledger, "append", breaks)
    helga.client.raise_request_exception = False
    form, adds = helga.page.form_with("Laat zien")
    assert helga.client.post(form.action, {**form.fields, **adds}).status_code == 500
    monkeypatch.undo()
    with acting_for(in_zandmeer), transaction.atomic():
        assert not Grant.objects.exists()
        assert not ActRecord.objects.exists()
    assert helga.reloads().presses("Laat zien").h1 == "Sanne de Wit kijkt mee"


@for_real
def test_after_a_restore_the_employee_sees_nothing_more(helga, sanne, in_zandmeer):
    shown(helga, sanne)
    with acting_for(in_zandmeer), transaction.atomic():
        Restore.objects.create(municipality=in_zandmeer, found=timezone.now(), why="backup")
    assert "Huisman" not in sanne.reloads().text
    assert sanne.status == 200


@for_real
@pytest.mark.parametrize("meanwhile", ["taken back", "asked anew"])
def test_a_purpose_that_changes_in_the_moment_of_the_press_shows_nothing(
    helga, sanne, in_zandmeer, monkeypatch, meanwhile
):
    asked(helga, sanne)
    yes = handover._yes

    def late(session, version, values):
        if meanwhile == "taken back":
            purposes.recall(version.slug, "Mila de Wit", "De tekst klopte niet.")
        else:
            content = PurposeVersion.objects.get(id=version.id).content
            purposes.publish(version.slug, content | {"substantial": True})
        return yes(session, version, values)

    monkeypatch.setattr(handover, "_yes", late)
    helga.presses("Laat zien")
    assert helga.status == 200
    with acting_for(in_zandmeer), transaction.atomic():
        assert not Grant.objects.exists()
        assert Handover.objects.get().state == Handover.State.CLAIMED
