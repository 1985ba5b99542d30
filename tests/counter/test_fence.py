"""The counter is a host apart, and an employee of one municipality reaches nothing of another."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client

from portal.counter.models import Help
from portal.municipalities.acting import acting_for
from portal.municipalities.middleware import AT_COUNTER
from portal.sharing.models import Grant
from tests.sharing.browser import Browser

from .conftest import COUNTER, HELGA, PASSWORD, AtCounter, employee, gets_code

pytestmark = pytest.mark.django_db
CMS = "cms.localhost"


def test_who_is_not_signed_in_meets_the_sign_in_page_and_comes_back(in_zandmeer):
    visitor = Client(HTTP_HOST=COUNTER)
    for path in ("/", "/code/", "/helpen/", "/brieven/", "/toezicht/"):
        assert visitor.get(path)["Location"].startswith("/inloggen/?next=")
    assert visitor.post("/code/", {"code": "123456"}).status_code == 302


@pytest.mark.parametrize("path", ["/mijn/", "/admin/", "/api/v1/", "/mijn/delen/", "/documents/1/x", "/en/"])
def test_nothing_of_mijn_the_cms_or_the_sites_is_there(sanne, path):
    assert sanne.goes(path).status == 404


def test_the_counter_is_nowhere_on_other_hosts(in_zandmeer):
    for path in ("/code/", "/helpen/", "/inloggen/"):
        assert Client(HTTP_HOST=CMS).get(path).status_code == 404
        assert Client(HTTP_HOST=in_zandmeer.host).get(path).status_code == 404


def test_a_wrong_password_tells_nothing_and_tries_are_limited(in_zandmeer):
    employee("sanne", in_zandmeer)
    browser = Browser.__new__(AtCounter)
    browser.client = Client(HTTP_HOST=COUNTER)
    browser.address, browser.clicks = "/inloggen/", 0
    for name in ("sanne", "niemand"):
        browser.goes("/inloggen/").presses("Inloggen", username=name, password="mis")
        assert browser.status == 422
        assert "Dit klopt niet samen" in browser.text
    for _try in range(5):
        browser.goes("/inloggen/").presses("Inloggen", username="sanne", password="mis")
    browser.goes("/inloggen/").presses("Inloggen", username="sanne", password=PASSWORD)
    assert browser.status == 422


def test_signing_in_leads_nowhere_else(in_zandmeer):
    employee("sanne", in_zandmeer)
    visitor = Client(HTTP_HOST=COUNTER)
    typed = {"username": "sanne", "password": PASSWORD, "next": "https://elders.example/"}
    assert visitor.post("/inloggen/", typed)["Location"] == "/"


@pytest.mark.parametrize("wanted", ["foo", "mijn/", "https://elders.example/", "//elders.example/", "/\\x"])
def test_who_is_signed_in_goes_on_from_the_sign_in_page_to_a_page_of_the_counter(sanne, wanted):
    assert sanne.client.get("/inloggen/", {"next": wanted})["Location"] == "/"
    assert sanne.client.get("/inloggen/", {"next": "/code/"})["Location"] == "/code/"


def test_a_session_of_one_host_of_staff_is_nobody_on_the_other(sanne, in_zandmeer):
    cookie = sanne.client.cookies["__Host-staff"].value
    at_cms = Client(HTTP_HOST=CMS)
    at_cms.cookies["__Host-staff"] = cookie
    assert "login" in at_cms.get("/admin/")["Location"]

    editor = Client(HTTP_HOST=CMS)
    user = get_user_model().objects.get(username="sanne")
    editor.force_login(user)
    assert AT_COUNTER not in editor.session
    at_counter = Client(HTTP_HOST=COUNTER)
    at_counter.cookies["__Host-staff"] = editor.cookies["__Host-staff"].value
    assert at_counter.get("/")["Location"].startswith("/inloggen/")
    assert sanne.goes("/").status == 200


def test_signing_out_ends_it(sanne):
    sanne.goes("/").presses("Uitloggen")
    assert sanne.goes("/").h1 == "Inloggen als medewerker"


def test_who_has_no_team_or_two_does_not_work(in_zandmeer, in_veldrecht):
    get_user_model().objects.create_user("los", password=PASSWORD)
    get_user_model().objects.create_superuser("beheer", password=PASSWORD)
    employee("dubbel", in_zandmeer).groups.add(*employee("gerrie", in_veldrecht).groups.all())
    for name in ("los", "beheer", "dubbel"):
        browser = AtCounter(name)
        assert browser.status == 403, name
        assert browser.h1 == "U heeft hier geen functie"
        assert browser.goes("/code/").status == 403


def test_who_was_put_out_is_out_at_the_next_click(sanne):
    get_user_model().objects.filter(username="sanne").update(is_active=False)
    assert sanne.goes("/code/").h1 == "Inloggen als medewerker"


def test_a_team_does_only_what_it_may(sanne, ruud, gerrie):
    assert sanne.goes("/helpen/").status == sanne.goes("/brieven/").status == 403
    assert sanne.goes("/toezicht/").status == 403
    assert ruud.goes("/helpen/").status == 403
    assert gerrie.goes("/toezicht/").status == 403
    assert "Toezicht" not in gerrie.goes("/").text


def test_a_code_of_one_municipality_is_no_code_in_another(helga, sanne, gerrie):
    code = gets_code(helga)
    assert "Deze code werkt niet" in gerrie.types_code(code).text
    assert sanne.types_code(code).h1 == "Wacht op de inwoner"


def test_addresses_of_another_municipality_are_not_there(helga, sanne, gerrie, in_veldrecht):
    sanne.types_code(gets_code(helga))
    helga.reloads().presses("Laat zien")
    assert gerrie.goes(sanne.address).status == 404
    token = gerrie.goes("/code/").page.form_with("Verder")[0].fields
    assert gerrie.client.post(f"{sanne.address}stoppen/", token).status_code == 404
    assert sanne.reloads().h1 == "Dit laat de inwoner u zien"

    gerrie.looks_up().checks()
    employee("anna", sanne_place(sanne), "Zorg", "Anna Bos", may_record=True)
    anna = AtCounter("anna")
    assert anna.goes(gerrie.address).status == 404
    assert "Kierkegaard" not in anna.page.html


def sanne_place(sanne):
    from portal.municipalities.models import Municipality

    return Municipality.objects.get(slug="zandmeer")


def test_a_lock_of_another_municipality_is_neither_seen_nor_opened(sanne, ruud, in_veldrecht):
    employee("els", in_veldrecht, "Toezicht", "Els Kok", may_oversee=True)
    for _try in range(5):
        sanne.types_code("000000")
    ruud.goes("/toezicht/")
    target = ruud.page.form_with("Open voor deze medewerker")[0].action
    els = AtCounter("els")
    assert "Sanne" not in els.goes("/toezicht/").page.html
    els.client.post(target, els.page.form_with("Uitloggen")[0].fields)
    assert sanne.goes("/code/").status == 403


def test_the_same_person_in_two_municipalities_is_two_residents(gerrie, in_veldrecht, in_zandmeer):
    gerrie.looks_up().checks()
    with acting_for(in_zandmeer), transaction.atomic():
        assert not Help.objects.exists()
        assert not Grant.objects.exists()


def test_pages_wear_the_look_of_the_employees_municipality_and_are_never_stored(sanne, gerrie):
    for browser, slug in ((sanne, "zandmeer"), (gerrie, "veldrecht")):
        for path in ("/", "/code/"):
            browser.goes(path)
            assert f"themes/{slug}" in browser.page.html
            assert browser.answer["Cache-Control"] == "no-store"
            assert "unsafe" not in browser.answer["Content-Security-Policy"]
            assert browser.answer["X-Frame-Options"] == "DENY"
    assert "no-store" in sanne.goes("/weg/").answer["Cache-Control"]


def test_a_form_that_is_too_old_gets_an_answer(sanne):
    assert sanne.client.post("/code/", {"code": "123456"}).status_code == 403


def test_a_resident_cannot_hand_over_what_is_not_their_own(in_zandmeer):
    helga = Browser(in_zandmeer, HELGA)
    helga.goes("/mijn/delen/balie/").presses("Geef mij een code", with_address="on", with_zaak="on", name="x")
    assert "Zaaknummer" not in helga.text
    assert "Duinroosstraat" in helga.text
