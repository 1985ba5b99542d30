"""The whole way without a wallet and without JavaScript, and every way to leave it or to come back."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from portal.municipalities.acting import acting_for
from portal.sharing import acts, purposes, use
from portal.sharing.models import Disclosure, Duty, Grant, GrantKey, PurposeVersion, Sharing
from portal.usage.models import Use

from .browser import Browser
from .conftest import HELGA, gives, somebody

pytestmark = pytest.mark.django_db(transaction=True)

START = "/mijn/delen/starten/digitaal-bericht/"


@pytest.fixture
def helga_at(offering) -> Browser:
    return Browser(offering, HELGA)


def types(browser: Browser, email: str = "helga@voorbeeld.example") -> Browser:
    browser.goes(START).presses("Verder").presses("Verder", way="typed")
    return browser.presses("Stuur mij de code", email=email)


def code() -> str:
    return re.search(r"\b(\d{6})\b", mail.outbox[-1].body).group(1)


def shares(browser: Browser) -> Browser:
    return types(browser).presses("Ja, delen", code_email=code())


def test_that_it_went_well_is_said_just_after_the_yes_and_on_no_later_visit(helga_at, clock):
    shares(helga_at)
    clock.move(minutes=3)
    assert helga_at.reloads().h1 == "Bewijs van delen"


def test_typed_and_confirmed_by_a_code_ends_in_a_receipt_with_everything_on_it(helga_at):
    shares(helga_at)
    assert helga_at.h1 == "Gelukt. Dit is uw bewijs"
    with acting_for(helga_at.municipality), transaction.atomic():
        grant = Grant.objects.select_related("version").get()
    for words in (
        "Gemeente Zandmeer, team Dienstverlening", "E-mailadres", "Tot u stopt", "U zei ja.", "Uzelf",
        "Algemene wet bestuursrecht, artikel 2:8", "Getypt, met een code", "Substantieel",
        "Plaats in het logboek 1", grant.version.content_hash, "Versie 1 (NL)", "Nog niet gebruikt",
    ):  # fmt: skip
        assert words in helga_at.text, words


def test_an_address_that_no_mail_can_go_to_is_said_to_be_wrong(helga_at):
    types(helga_at, email=f"helga@{'ä' * 60}.nl")
    assert "Dit e-mailadres klopt niet" in helga_at.text
    assert not mail.outbox


def test_the_values_are_shown_before_the_yes(helga_at):
    types(helga_at)
    assert helga_at.h1 == "Dit gaat u delen"
    assert "helga@voorbeeld.example" in helga_at.text


def test_the_explanation_has_the_fixed_order_of_headings_and_two_equal_buttons_with_no_first(helga_at):
    helga_at.goes(START)
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", helga_at.page.html)
    asked = ["Wie vraagt het?", "Wat wilt u delen?", "Waarvoor?", "Hoe lang?", "Wat als u nee zegt?",
             "Stoppen kan altijd"]  # fmt: skip
    assert [heading for heading in headings if heading in asked] == asked
    form, _adds = helga_at.page.form_with("Verder")
    assert [label for label, _ in form.buttons] == ["Nee, niet delen", "Verder"]


def test_no_screen_of_the_way_has_more_than_130_words(helga_at):
    """The aim is 120; the frame around is not counted."""
    shown = [helga_at.goes(START), helga_at.presses("Verder"), helga_at.presses("Verder", way="typed")]
    for browser in shown:
        main = re.search(r"<main.*?</main>", browser.page.html, re.S).group(0)
        assert len(re.sub(r"<[^>]+>", " ", main).split()) <= 130


def test_optional_attributes_start_unticked(helga_at):
    helga_at.goes(START).presses("Verder")
    form, _adds = helga_at.page.form_with("Verder")
    assert "with_mobile" not in form.fields


def test_the_desk_reads_it_and_the_page_shows_that_it_was_used(helga_at, desk_at):
    shares(helga_at)
    with acting_for(helga_at.municipality), transaction.atomic():
        assert use.read(desk_at.row, Grant.objects.get().id).values == {"email": "helga@voorbeeld.example"}
    used = helga_at.reloads().page.html
    assert 'lang="nl">Team Dienstverlening</h' in used
    assert '<span lang="nl">Bericht per e-mail of sms</span>' in used


def test_stopping_takes_two_clicks_and_says_before_the_last_what_goes_and_what_stays(
    helga_at,
):
    shares(helga_at).goes("/mijn/delen/")
    helga_at.clicks = 0
    helga_at.follows("Stop met delen")
    for words in ("Dit vernietigen wij meteen", "E-mailadres", "Team Dienstverlening van gemeente Zandmeer",
                  "Dit blijft", "Berichten die al verstuurd zijn"):  # fmt: skip
        assert words in helga_at.text
    helga_at.presses("Ja, stop met delen")
    assert helga_at.clicks == 2
    assert helga_at.h1 == "U deelt dit niet meer"
    with acting_for(helga_at.municipality), transaction.atomic():
        assert Grant.objects.get().values is None
        assert not GrantKey.objects.exists()


def test_stopping_says_how_long_the_proof_stays_and_by_which_day_the_receiver_erases(helga_at):
    with acting_for(helga_at.municipality), transaction.atomic():
        row = PurposeVersion.objects.get(purpose__slug="digitaal-bericht")
        purposes.publish("digitaal-bericht", {**row.content, "proof_years": 7, "erase_within_days": 9})
    shares(helga_at).goes("/mijn/delen/").follows("Stop met delen")
    day = localtime(timezone.now() + timedelta(days=9))
    assert f"Uiterlijk op {date_format(day, 'j F Y')}" in helga_at.text
    assert "Ook uw bewijs blijft. Nog 7 jaar." in helga_at.text
    assert row.content["texts"]["nl"]["kept"] not in helga_at.text


def test_both_receipts_can_be_seen_again_later(helga_at):
    shares(helga_at).follows("Stop met delen").presses("Ja, stop met delen")
    helga_at.goes("/mijn/delen/").follows("Bekijk uw bewijs")
    assert "Bewijs van stoppen" in helga_at.text
    assert "Nog niet bevestigd" in helga_at.text
    assert helga_at.follows("Bekijk het bewijs van delen").h1 == "Bewijs van delen"


def test_the_overview_says_who_what_why_until_when_and_last_used(helga_at):
    shares(helga_at).goes("/mijn/delen/")
    for words in (
        "Met wie",
        "Wat",
        "Waarvoor",
        "Tot wanneer Tot u stopt",
        "Laatst gebruikt Nog niet gebruikt",
    ):
        assert words in helga_at.text


@pytest.mark.parametrize("step", [0, 1, 2, 3])
def test_a_no_at_each_step_ends_on_a_clear_page_and_keeps_nothing(helga_at, step):
    ways = [lambda: helga_at.goes(START), lambda: helga_at.presses("Verder"),
            lambda: helga_at.presses("Verder", way="typed"),
            lambda: helga_at.presses("Stuur mij de code", email="h@voorbeeld.example")]  # fmt: skip
    for go in ways[: step + 1]:
        go()
    helga_at.presses("Nee, niet delen")
    assert (helga_at.status, helga_at.h1) == (200, "Er is niets gedeeld")
    assert "U krijgt dezelfde hulp, even snel." in helga_at.text
    with acting_for(helga_at.municipality), transaction.atomic():
        assert not Disclosure.objects.exists()
        assert not Grant.objects.exists()
    assert helga_at.follows("Toch delen? Begin hier opnieuw").h1 == "Bericht per e-mail of sms"


def test_reloading_and_going_back_at_each_step_shows_a_page_and_a_way_on(helga_at):
    been = []
    for go in (
        lambda: helga_at.goes(START),
        lambda: helga_at.presses("Verder"),
        lambda: helga_at.presses("Verder", way="typed"),
        lambda: helga_at.presses("Stuur mij de code", email="h@voorbeeld.example"),
        lambda: helga_at.presses("Ja, delen", code_email=code()),
    ):
        here = go().h1
        assert helga_at.reloads().h1 == here
        been.append(helga_at.address)
    for address in been:
        helga_at.goes(address)
        assert helga_at.status == 200
    assert helga_at.goes(been[3]).h1 == "Gelukt. Dit is uw bewijs"


def test_a_yes_pressed_twice_is_one_grant(helga_at):
    types(helga_at)
    form, adds = helga_at.page.form_with("Ja, delen")
    sent = {**form.fields, **adds, "code_email": code()}
    first = helga_at.client.post(helga_at.address, sent)
    second = helga_at.client.post(helga_at.address, sent)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    with acting_for(helga_at.municipality), transaction.atomic():
        assert Grant.objects.count() == 1


def test_two_tabs_may_share_twice_and_the_last_one_holds(helga_at):
    other_tab = Browser(helga_at.municipality, HELGA)
    other_tab.client.cookies, other_tab.session = helga_at.client.cookies, helga_at.session
    types(helga_at, "een@voorbeeld.example")
    first_code = code()
    types(other_tab, "twee@voorbeeld.example").presses("Ja, delen", code_email=code())
    helga_at.presses("Ja, delen", code_email=first_code)
    with acting_for(helga_at.municipality), transaction.atomic():
        assert Grant.objects.filter(withdrawn=None).count() == 1
    assert "U deelt dit al" in other_tab.goes(START).text


def test_a_text_that_was_published_meanwhile_is_shown_before_going_on(helga_at):
    helga_at.goes(START)
    with acting_for(helga_at.municipality), transaction.atomic():
        content = PurposeVersion.objects.get(purpose__slug="digitaal-bericht").content
        content["texts"]["nl"]["how_long"] = "Een week."
        purposes.publish("digitaal-bericht", content)
    helga_at.presses("Verder")
    assert (helga_at.status, helga_at.h1) == (409, "Bericht per e-mail of sms")
    assert "Deze tekst is net veranderd" in helga_at.text
    assert "Een week." in helga_at.text
    assert helga_at.presses("Verder").h1 == "Wat wilt u delen?"


@pytest.mark.parametrize("wrong", ["geen adres", "a@b", "helga@voorbeeld.example\nBcc: x@y.example", ""])
def test_an_address_that_cannot_be_right_is_refused_with_a_clear_message_and_no_mail(helga_at, wrong):
    types(helga_at, wrong)
    assert helga_at.status == 422
    assert "Dit e-mailadres klopt niet" in helga_at.text or "Vul uw e-mailadres in." in helga_at.text
    assert not mail.outbox


def test_the_mail_names_only_the_municipality_and_the_code_and_no_name_or_purpose(helga_at):
    types(helga_at)
    sent = mail.outbox[-1]
    assert sent.to == ["helga@voorbeeld.example"]
    words = sent.subject + sent.body
    assert "Zandmeer" in words
    assert all(hidden not in words for hidden in ("Helga", "Huisman", "Bericht per", HELGA.reveal()))


def test_in_english_the_pages_go_on_in_english(helga_at):
    types_in_english = helga_at.goes("/en" + START)
    assert types_in_english.h1 == "Messages by e-mail or text"
    assert 'lang="en"' in helga_at.page.html


def test_a_wrong_code_may_be_corrected_and_five_wrong_ones_end_it(helga_at):
    types(helga_at)
    wrong = "000000" if code() != "000000" else "111111"
    for _ in range(4):
        helga_at.presses("Ja, delen", code_email=wrong)
        assert (helga_at.status, "Deze code klopt niet" in helga_at.text) == (422, True)
    helga_at.presses("Ja, delen", code_email=wrong)
    assert "Deze code geldt niet meer" in helga_at.text
    assert helga_at.presses("Ja, delen", code_email=code()).status == 422
    helga_at.follows("Geen code?")
    helga_at.presses("Stuur mij de code", email="h@voorbeeld.example").presses("Ja, delen", code_email=code())
    assert helga_at.h1 == "Gelukt. Dit is uw bewijs"


def test_a_code_may_be_typed_with_spaces(helga_at):
    types(helga_at)
    helga_at.presses("Ja, delen", code_email=f" {code()[:3]} {code()[3:]} ")
    assert helga_at.h1 == "Gelukt. Dit is uw bewijs"


def test_codes_cannot_be_asked_without_end(helga_at):
    types(helga_at)
    for number in range(4):
        helga_at.follows("Geen code?")
        helga_at.presses("Stuur mij de code", email=f"h{number}@voorbeeld.example")
    last = code()
    helga_at.follows("Geen code?")
    helga_at.presses("Stuur mij de code", email="nog@voorbeeld.example")
    assert (helga_at.status, len(mail.outbox)) == (429, 5)
    assert "U vroeg te vaak een code" in helga_at.text
    assert (
        helga_at.follows("Ik heb al een code").presses("Ja, delen", code_email=last).h1.startswith("Gelukt")
    )


def test_nobodys_letterbox_is_flooded_by_many_residents(offering):
    for _ in range(7):
        types(Browser(offering, somebody()), "slachtoffer@voorbeeld.example")
    assert len(mail.outbox) == 5


def test_a_mobile_number_gets_its_own_code_by_text_message(helga_at, text_messages):
    helga_at.goes(START).presses("Verder").presses("Verder", way="typed", with_mobile="on")
    helga_at.presses("Stuur mij de code", email="h@voorbeeld.example", mobile="06 12 34 56 78")
    to, text = text_messages[-1]
    assert to == "+31612345678"
    by_text = re.search(r"\b(\d{6})\b", text).group(1)
    helga_at.presses("Ja, delen", code_email=code(), code_mobile=by_text)
    assert "E-mailadres, Mobiel nummer" in helga_at.text


def test_when_no_message_can_be_sent_nothing_is_lost_and_nothing_shared(helga_at, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    types(helga_at)
    assert (helga_at.status, helga_at.h1) == (503, "Vul in wat u wilt delen")
    assert "De code kon niet weg" in helga_at.text


def test_after_fifteen_minutes_every_step_says_so_and_begins_anew(helga_at):
    types(helga_at)
    with acting_for(helga_at.municipality), transaction.atomic():
        Sharing.objects.update(begun=F("begun") - acts.UNCONFIRMED)
    helga_at.presses("Ja, delen", code_email=code())
    assert (helga_at.status, helga_at.h1) == (410, "Dit duurde te lang")
    assert helga_at.follows("Begin opnieuw").h1 == "Bericht per e-mail of sms"


def test_another_resident_gets_the_same_page_for_a_foreign_sharing_as_for_none(helga_at, offering):
    types(helga_at)
    other = Browser(offering, somebody())
    for page in ("keuze", "wallet", "typen", "controle", "niet-gedeeld", "stand", "terug"):
        foreign = re.sub(r"[^/]+/$", f"{page}/", helga_at.address)
        none = re.sub(r"[0-9a-f]{8}-", "00000000-", foreign)
        assert other.goes(foreign).status == other.goes(none).status == 404
        assert other.h1 == "Deze pagina kennen wij niet"


def test_another_resident_cannot_end_or_see_a_grant(helga_at, offering):
    shares(helga_at)
    other = Browser(offering, somebody())
    for address in (helga_at.address, helga_at.address.replace("bewijs", "stoppen")):
        assert other.goes(address).status == 404
    assert other.client.post(helga_at.address.replace("bewijs", "gestopt")).status_code in (403, 405)
    with acting_for(offering), transaction.atomic():
        assert Grant.objects.get().withdrawn is None


def test_who_is_signed_out_meanwhile_is_asked_to_sign_in_and_has_shared_nothing(helga_at):
    types(helga_at)
    helga_at.client.cookies.clear()
    helga_at.goes(helga_at.address)
    assert "/mijn/inloggen/" in helga_at.address


def test_the_event_for_the_desk_is_written_with_the_yes(helga_at):
    shares(helga_at)
    with acting_for(helga_at.municipality), transaction.atomic():
        assert Duty.objects.get().event == "gegeven"


def test_what_can_be_shared_is_offered_and_what_is_shared_is_not_offered_again(helga_at):
    assert {"Bericht per e-mail of sms", "Maatje worden"} <= set(helga_at.goes("/mijn/delen/").page.links)
    shares(helga_at).goes("/mijn/delen/")
    assert "Maatje worden" in helga_at.page.links
    assert "Bericht per e-mail of sms" not in helga_at.page.links


def test_a_receipt_shows_the_newest_uses_and_pages_lead_to_the_rest(helga_at, desk_at):
    with acting_for(helga_at.municipality), transaction.atomic():
        grant = gives(helga_at.session)
        for minute in range(45):
            reading = use.read(desk_at.row, grant.id)
            Use.objects.filter(id=reading.id).update(
                who=f"Team {minute:02}", at=F("at") + timedelta(minutes=minute)
            )
    seen = []
    helga_at.goes(f"/mijn/delen/bewijs/{grant.id}/")
    for page in (1, 2, 3):
        assert f"Bladzijde {page} van 3" in helga_at.text
        seen.append(re.findall(r"Team \d\d", helga_at.text))
        if page < 3:
            helga_at.follows("Ouder gebruik")
    assert [len(set(one)) for one in seen] == [20, 20, 5]
    assert sorted({one for page in seen for one in page}, reverse=True) == [
        f"Team {n:02}" for n in range(44, -1, -1)
    ]
    assert min(seen[0]) > max(seen[1]) > max(seen[2])
    helga_at.follows("Nieuwer gebruik")
    assert "Bladzijde 2 van 3" in helga_at.text
