"""Three kinds of ground, and every way to give: known to a register, shared already, confirmed twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from demo.content.purposes import PURPOSES
from demo.registers.serving import Register
from portal.municipalities.acting import acting_for
from portal.municipalities.connections import connect
from portal.periods import Period
from portal.sharing import acts, grants, purposes, requests, use
from portal.sharing.models import Consumer, Disclosure, Grant, Muted, Request
from portal.sharing.states import Answer, RequestState
from portal.sharing.values import unseal
from portal.sharing.words import NOT_KNOWN
from tests.registers.conftest import KEY, brp_fake, brp_register

from .browser import Browser
from .conftest import HELGA

__all__ = ["brp_fake", "brp_register"]
pytestmark = pytest.mark.django_db(transaction=True)

MAATJE = "/mijn/delen/starten/maatje-18/"


@pytest.fixture
def helga_at(offering, brp_fake: Register) -> Browser:
    with acting_for(offering), transaction.atomic():
        for slug, written in PURPOSES["oeverstad"].items():
            purposes.publish(slug, written("Zandmeer", "(0999) 12 34 56"))
        connect("brp", "BRP", f"{brp_fake.url}/haalcentraal/api/brp/", {"api_key": KEY},
                {"doelbinding": "BRPACT-Totaal", "verwerking": "Mijn", "gebruiker": "BurgerZelf",
                 "oin": "00000001990000000000"})  # fmt: skip
    return Browser(offering, HELGA)


def only_grant(browser: Browser) -> tuple[Grant, dict[str, str]]:
    with acting_for(browser.municipality), transaction.atomic():
        grant = grants.rows().get(withdrawn=None)
        return grant, dict(unseal(grant)) if grant.values else {}


def changes(browser: Browser, slug: str, **content: object) -> None:
    """Publish the purpose anew, with another content."""
    with acting_for(browser.municipality), transaction.atomic():
        row = purposes.newest(slug, "nl")
        assert row is not None
        written = PURPOSES["oeverstad"][slug]("Zandmeer", "(0999) 12 34 56")
        purposes.publish(slug, {**written, **content})


# Ground


def test_a_law_is_explained_with_article_reason_and_right_and_has_no_yes_or_no(helga_at):
    helga_at.goes("/mijn/delen/starten/bijstand-woz/")
    for words in ("Participatiewet, artikel 53a", "Dat mag van de wet", "Waarom", "Maak bezwaar"):
        assert words in helga_at.text, words
    assert "toestemming" not in helga_at.page.html.lower().split("<main")[1]
    assert "Ja, delen" not in helga_at.text
    assert helga_at.follows("Naar Wat deel ik?").h1 == "Wat deel ik?"


def test_nothing_begins_under_a_law_whatever_is_posted(helga_at):
    helga_at.goes("/mijn/delen/starten/digitaal-bericht/")
    form, _adds = helga_at.page.form_with("Verder")
    answer = helga_at.client.post("/mijn/delen/starten/bijstand-woz/", {**form.fields, "answer": "yes"})
    assert answer.status_code == 200
    with acting_for(helga_at.municipality), transaction.atomic():
        law = purposes.newest("bijstand-woz", "nl")
        assert law is not None
        with pytest.raises(acts.NotAsked):
            acts.begin(helga_at.session, law)


def test_what_is_used_by_law_stands_apart_in_wat_deel_ik(helga_at):
    helga_at.goes("/mijn/delen/")
    assert "Dit mogen wij van de wet gebruiken" in helga_at.text
    assert "De WOZ-waarde die bij dat adres hoort" in helga_at.text
    assert helga_at.follows("Uw woning en uw uitkering").h1 == "Uw woning en uw uitkering"


# What a register knows


def test_a_proof_of_age_comes_from_the_register_without_a_wallet_and_without_a_date_of_birth(helga_at):
    helga_at.goes(MAATJE).presses("Verder").presses("Verder", way="register")
    assert helga_at.h1 == "Dit gaat u delen"
    assert "Ja, u bent 18 jaar of ouder" in helga_at.text
    helga_at.presses("Ja, delen")
    grant, values = only_grant(helga_at)
    assert values == {"over18": "yes"}
    assert grant.way == "register"
    assert "1985" not in helga_at.page.html


def test_the_name_is_given_as_the_register_words_it(helga_at):
    helga_at.goes("/mijn/delen/starten/kwijtschelding-automatisch/").presses("Verder")
    helga_at.presses("Verder", way="register").presses("Ja, delen")
    assert only_grant(helga_at)[1]["name"].endswith("Huisman")


@pytest.mark.parametrize("fault", ["500", "broken", "404"])
def test_a_register_that_fails_loses_nothing_and_another_way_stays_open(helga_at, brp_fake, fault):
    helga_at.goes(MAATJE).presses("Verder")
    brp_fake.misbehave(fault)
    helga_at.presses("Verder", way="register")
    assert helga_at.status == 422
    assert "een andere manier" in helga_at.text
    brp_fake.misbehave("none")
    helga_at.presses("Verder", way="register")
    assert helga_at.h1 == "Dit gaat u delen"


def test_another_answer_than_the_purpose_needs_is_not_shared(helga_at):
    changes(helga_at, "buurtbudget-16", attributes=[
        {"name": "over16", "claim": "gemeente.personalData.over16", "required": True, "must_equal": "yes",
         "register": "brp.over65"},
        {"name": "lives_here", "claim": "gemeente.address.municipality", "required": True,
         "must_equal": "Zandmeer", "register": "brp.municipality"},
    ])  # fmt: skip
    helga_at.goes("/mijn/delen/starten/buurtbudget-16/").presses("Verder")
    helga_at.presses("Verder", way="register")
    assert "geeft een ander antwoord dan nodig is" in helga_at.text


def test_what_no_register_passes_on_is_said_and_another_way_stays_open(helga_at):
    changes(helga_at, "buurtbudget-16", attributes=[
        {"name": "over16", "claim": "gemeente.personalData.over16", "required": True, "must_equal": "yes",
         "register": "brp.bestaatniet"},
    ])  # fmt: skip
    helga_at.goes("/mijn/delen/starten/buurtbudget-16/").presses("Verder")
    helga_at.presses("Verder", way="register")
    assert helga_at.status < 500
    assert f"{NOT_KNOWN} U kunt ook een andere manier kiezen." in helga_at.text


# Extending and changing


def test_what_is_shared_already_can_be_given_once_more_to_extend_it(helga_at):
    helga_at.goes(MAATJE).presses("Verder").presses("Verder", way="register").presses("Ja, delen")
    first, _values = only_grant(helga_at)
    helga_at.goes("/mijn/delen/").follows("Verleng of verander").presses("Verder")
    helga_at.presses("Verder", way="again").presses("Ja, delen")
    second, values = only_grant(helga_at)
    assert second.supersedes == first.id != second.id
    assert values == {"over18": "yes"}
    assert second.until >= first.until


def test_who_shares_nothing_yet_cannot_give_it_again(helga_at):
    helga_at.goes(MAATJE).presses("Verder").presses("Verder", way="again")
    assert helga_at.status == 422
    with acting_for(helga_at.municipality), transaction.atomic():
        assert not Grant.objects.exists()


# Sensitive


def test_what_is_sensitive_is_confirmed_a_second_time(helga_at):
    changes(helga_at, "maatje-18", explicit=True)
    helga_at.goes(MAATJE)
    assert "nog een keer of u het zeker weet" in helga_at.text
    helga_at.presses("Verder").presses("Verder", way="register").presses("Ja, delen")
    assert helga_at.status == 422
    assert "Zet een vinkje als u het zeker weet" in helga_at.text
    helga_at.presses("Ja, delen", sure="on")
    assert helga_at.h1 == "Gelukt. Dit is uw bewijs"


# Recall, a newer text, one time


def read(browser: Browser, grant: Grant, **said: str) -> use.Reading:
    with acting_for(browser.municipality), transaction.atomic():
        consumer = Consumer.objects.get(id=grant.consumer_id)
        return use.read(consumer, grant.id, use.Caller(**said))


def refused(browser: Browser, grant: Grant, **said: str) -> grants.Standing:
    with pytest.raises(use.NoLongerShared) as fault:
        read(browser, grant, **said)
    return fault.value.why


def test_a_text_that_changed_in_substance_is_asked_again_and_nobody_reads_until_then(helga_at):
    helga_at.goes(MAATJE).presses("Verder").presses("Verder", way="register").presses("Ja, delen")
    grant, _values = only_grant(helga_at)
    changes(helga_at, "maatje-18", valid_days=700, substantial=True)
    assert refused(helga_at, grant) is grants.Standing.OUTDATED
    helga_at.goes("/mijn/delen/")
    assert "Kies opnieuw" in helga_at.text


def test_a_recalled_purpose_is_read_by_nobody_is_no_longer_offered_and_ends(helga_at):
    helga_at.goes(MAATJE).presses("Verder").presses("Verder", way="register").presses("Ja, delen")
    grant, _values = only_grant(helga_at)
    with acting_for(helga_at.municipality), transaction.atomic():
        purposes.recall("maatje-18", "Mila de Wit", "De tekst klopte niet.")
    assert refused(helga_at, grant) is grants.Standing.RECALLED
    assert helga_at.goes(MAATJE).status == 410
    with acting_for(helga_at.municipality), transaction.atomic():
        assert grants.end_recalled(timezone.now()) == 1
        assert Grant.objects.get(id=grant.id).values is None


def test_a_one_time_yes_is_read_once_and_the_same_call_gets_the_same_answer(helga_at):
    helga_at.goes("/mijn/delen/starten/buurtbudget-16/").presses("Verder")
    helga_at.presses("Verder", way="register").presses("Ja, delen")
    grant, _values = only_grant(helga_at)
    first = read(helga_at, grant, key="stem-1")
    assert read(helga_at, grant, key="stem-1") == first
    assert refused(helga_at, grant, key="stem-2") is grants.Standing.CONSUMED
    assert refused(helga_at, grant) is grants.Standing.CONSUMED
    helga_at.goes("/mijn/delen/")
    assert "Tot wanneer Voorbij. Het is één keer gelezen, op " in helga_at.text
    later = timezone.now() + grants.ANSWER_AGAIN
    with acting_for(helga_at.municipality), transaction.atomic():
        assert grants.erase_over(later) == 1
        assert Grant.objects.get(id=grant.id).values is None


# A question of a consumer


@pytest.fixture
def question(helga_at) -> Request:
    with acting_for(helga_at.municipality), transaction.atomic():
        version = purposes.newest("maatje-18", "nl")
        return Request.objects.create(
            municipality=helga_at.municipality, consumer=Consumer.objects.get(), version_id=version.id,
            subject_id=helga_at.session.subject, reference=uuid4(), body_hash="x", zaak="Z-12",
            created=timezone.now(), expires=timezone.now() + timedelta(days=14),
        )  # fmt: skip


def state_of(helga_at: Browser, question: Request) -> str:
    with acting_for(helga_at.municipality), transaction.atomic():
        return str(Request.objects.get(id=question.id).state)


def test_a_question_is_shown_with_who_asks_and_until_when_and_its_answer_is_kept(helga_at, question):
    helga_at.goes(f"{MAATJE}?verzoek={question.id}")
    assert "Dit is een vraag aan u" in helga_at.text
    assert "Z-12" in helga_at.text
    assert state_of(helga_at, question) == RequestState.PRESENTED
    helga_at.presses("Verder").presses("Verder", way="register").presses("Ja, delen")
    assert state_of(helga_at, question) == RequestState.APPROVED
    assert only_grant(helga_at)[0].request_id == question.id


def test_a_no_at_the_first_page_answers_the_question(helga_at, question):
    helga_at.goes(f"{MAATJE}?verzoek={question.id}").presses("Nee, niet delen")
    assert state_of(helga_at, question) == RequestState.REJECTED


@pytest.mark.parametrize(("days", "sooner"), [(30, True), (500, False)])
def test_the_end_on_screen_is_the_end_that_is_agreed_to(helga_at, question, days, sooner):
    at = timezone.now()
    with acting_for(helga_at.municipality), transaction.atomic():
        Request.objects.filter(id=question.id).update(wanted_until=at + timedelta(days=days))
    asked = date_format(localtime(at + timedelta(days=days)), "j F Y, H:i")
    helga_at.goes(f"{MAATJE}?verzoek={question.id}")
    for page in ("explanation", "check"):
        assert (f"Tot {asked}." in helga_at.text) is sooner
        assert ("Een jaar." in helga_at.text) is not sooner
        if page == "explanation":
            helga_at.presses("Verder").presses("Verder", way="register")
    helga_at.presses("Ja, delen")
    grant, _values = only_grant(helga_at)
    assert grant.until == (at + timedelta(days=days) if sooner else Period(months=12).after(grant.given))


def test_who_comes_by_itself_is_shown_the_question_and_answers_it(helga_at, question):
    helga_at.goes(MAATJE)
    assert "Dit is een vraag aan u" in helga_at.text
    helga_at.presses("Nee, niet delen")
    assert state_of(helga_at, question) == RequestState.REJECTED


def test_a_no_to_a_page_without_the_question_does_not_answer_it(helga_at, question):
    helga_at.goes(f"{MAATJE}?verzoek={question.id}")
    form, adds = helga_at.page.form_with("Nee, niet delen")
    helga_at.client.post(MAATJE, {**form.fields, **adds, "asked": ""})
    assert state_of(helga_at, question) == RequestState.PRESENTED


def test_a_question_that_is_over_muted_or_anothers_is_not_shown(helga_at, question):
    with acting_for(helga_at.municipality), transaction.atomic():
        assert requests.open_for(helga_at.session).count() == 1
        Muted.objects.create(
            municipality=helga_at.municipality, subject_id=helga_at.session.subject,
            consumer_id=question.consumer_id, since=timezone.now(),
        )  # fmt: skip
        assert requests.open_for(helga_at.session).count() == 0
    helga_at.goes(f"{MAATJE}?verzoek={question.id}")
    assert "Dit is een vraag aan u" not in helga_at.text
    assert "U krijgt geen vragen meer van dit team" in helga_at.text
    assert helga_at.goes(f"{MAATJE}?verzoek=geen-nummer").status == 200
    assert helga_at.goes(f"{MAATJE}?verzoek={uuid4()}").h1 == "Maatje worden"
    with acting_for(helga_at.municipality), transaction.atomic():
        Muted.objects.all().delete()
        requests.answer(question.id, Answer.TAKE_BACK)
    assert "Het team vraagt dit niet meer." in helga_at.goes(f"{MAATJE}?verzoek={question.id}").text


def test_a_yes_to_a_purpose_that_was_taken_back_meanwhile_gives_nothing(helga_at):
    helga_at.goes(MAATJE).presses("Verder").presses("Verder", way="register")
    with acting_for(helga_at.municipality), transaction.atomic():
        purposes.recall("maatje-18", "Mila de Wit", "De tekst klopte niet.")
    helga_at.presses("Ja, delen")
    assert helga_at.status == 410
    assert helga_at.h1 == "Dit vragen wij niet meer"
    with acting_for(helga_at.municipality), transaction.atomic():
        assert not Grant.objects.exists()


# A text that was replaced between the proof and the yes


@pytest.fixture
def at_the_yes(helga_at, question) -> Browser:
    """Proven and on screen, when a text is published that asks anew."""
    helga_at.goes(f"{MAATJE}?verzoek={question.id}").presses("Verder").presses("Verder", way="register")
    return helga_at


def test_a_yes_to_a_text_that_was_replaced_shows_the_new_one_and_proves_nothing_twice(
    at_the_yes, question, brp_fake
):
    changes(at_the_yes, "maatje-18", substantial=True, valid_months=3)
    at_the_yes.presses("Ja, delen")
    assert "Deze tekst is net veranderd" in at_the_yes.text
    assert "Dit is een vraag aan u" in at_the_yes.text
    assert state_of(at_the_yes, question) == RequestState.PRESENTED
    with acting_for(at_the_yes.municipality), transaction.atomic():
        assert not Grant.objects.exists()
    brp_fake.calls.clear()
    at_the_yes.presses("Verder")
    assert at_the_yes.h1 == "Dit gaat u delen"
    assert not brp_fake.calls
    at_the_yes.presses("Ja, delen")
    grant, values = only_grant(at_the_yes)
    assert (grant.version.number, grant.request_id, values) == (2, question.id, {"over18": "yes"})
    assert grant.until == Period(months=3).after(grant.given)


@pytest.mark.parametrize("other", [{"max_age_days": 1}, {"attributes": "stronger"}])
def test_what_the_new_text_asks_otherwise_is_given_anew(at_the_yes, other):
    if "attributes" in other:
        written = PURPOSES["oeverstad"]["maatje-18"]("Zandmeer", "(0999) 12 34 56")["attributes"]
        other = {"attributes": [{**written[0], "claim": "gemeente.personalData.over21"}]}
    changes(at_the_yes, "maatje-18", substantial=True, **other)
    at_the_yes.presses("Ja, delen").presses("Verder")
    assert at_the_yes.h1 != "Dit gaat u delen"
    with acting_for(at_the_yes.municipality), transaction.atomic():
        assert not Grant.objects.exists()


def test_a_no_to_the_new_text_forgets_what_was_proven_for_the_old(at_the_yes, question):
    changes(at_the_yes, "maatje-18", substantial=True)
    at_the_yes.presses("Ja, delen").presses("Nee, niet delen")
    assert state_of(at_the_yes, question) == RequestState.REJECTED
    with acting_for(at_the_yes.municipality), transaction.atomic():
        assert not Disclosure.objects.exists()


def test_a_small_change_of_the_text_does_not_ask_anew(at_the_yes):
    changes(at_the_yes, "maatje-18", valid_months=3)
    at_the_yes.presses("Ja, delen")
    assert only_grant(at_the_yes)[0].version.number == 1
