"""An employee helps a resident without a device: looks up, checks, reads aloud, writes down, stops."""

import json
import re
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from demo.content.purposes import home_care_plan, message_by_email
from portal.accounts import door
from portal.accounts.models import Resident
from portal.accounts.residents import resident_of
from portal.counter.forgetting import forget_over
from portal.counter.models import Employee, Help
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.sharing import purposes, requests, use
from portal.sharing.models import ActRecord, Consumer, Duty, Grant, GrantKey, Request, Sharing
from portal.sharing.states import Answer
from portal.usage.models import Use
from tests.sharing.browser import Browser

from .conftest import HELGA, MEETINA, AtCounter, employee

pytestmark = pytest.mark.django_db
for_real = pytest.mark.django_db(transaction=True)
PLAN = "Twee keer per week hulp bij het douchen"


def at_answer(gerrie: AtCounter, **more: str) -> AtCounter:
    """Looked up, checked, read aloud and filled in; the question is on screen."""
    gerrie.looks_up().checks().follows("Uw afspraken naar de thuiszorg")
    return gerrie.presses("Verder naar ja of nee", **{"help": PLAN, **more})


def says_yes(gerrie: AtCounter) -> AtCounter:
    return at_answer(gerrie).presses("De inwoner zegt ja", signed="on")


def gerries_id(place) -> str:
    """How the log knows her: no name, since residents may read their leaves."""
    with acting_for(place), transaction.atomic():
        return str(Employee.objects.get(name="Gerrie Postma").id)


def one(model, place):
    with acting_for(place), transaction.atomic():
        return model.objects.get()


@for_real
def test_a_yes_at_the_kitchen_table_is_a_grant_like_any_other(gerrie, in_veldrecht):
    says_yes(gerrie)
    assert gerrie.h1 == "Opgeschreven. Dit is het bewijs"
    assert "Dorpenteam" in gerrie.text
    with acting_for(in_veldrecht), transaction.atomic():
        grant = Grant.objects.select_related("version", "sharing").get()
        record = ActRecord.objects.get()
        carer = Consumer.objects.get(slug="thuiszorg-de-vesting")
        read = use.read(carer, grant.id)
        assert Duty.objects.filter(grant=grant, event="gegeven").exists()
    assert (grant.channel, grant.level, grant.employee) == ("counter", "balie", "Gerrie Postma")
    assert grant.actor_id == grant.subject_id == grant.sharing.subject_id
    assert read.values["help"] == PLAN
    assert "Kierkegaard" in read.values["name"]
    assert set(read.values) == {"name", "address", "help"}
    said = record.payload
    assert (said["employee"], said["team"], said["channel"]) == (
        gerries_id(in_veldrecht),
        "Dorpenteam",
        "counter",
    )
    assert (said["subject"], said["signed"]) == (str(grant.subject_id), True)
    assert said["version"] == grant.version.content_hash
    assert MEETINA.reveal() not in json.dumps(said)
    assert PLAN not in json.dumps(said)


def test_the_whole_explanation_is_on_the_screen_in_the_order_of_reading(gerrie):
    gerrie.looks_up().checks().follows("Uw afspraken naar de thuiszorg")
    text = gerrie.text
    places = [
        text.index(words)
        for words in (
            "Lees dit hardop voor", "Wie vraagt het?", "Wat wilt u delen?", "Waarvoor?", "Hoe lang?",
            "Wat als u nee zegt?", "Stoppen kan altijd", "Dit is nodig", "Dit mag ook",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    form, _adds = gerrie.page.form_with("Verder naar ja of nee")
    assert "with_phone" not in form.fields
    assert "Uw app" not in text


def test_what_is_not_chosen_is_not_shared_and_what_is_must_be_said(gerrie, in_veldrecht):
    gerrie.looks_up().checks().follows("Uw afspraken naar de thuiszorg")
    gerrie.presses("Verder naar ja of nee", help=PLAN, with_phone="on")
    assert gerrie.status == 422
    assert "Vul in: Telefoonnummer. Of haal het vinkje weg." in gerrie.text
    gerrie.reloads().presses("Verder naar ja of nee", help=PLAN)
    assert "Telefoonnummer" not in gerrie.text
    gerrie.presses("De inwoner zegt ja", signed="on")
    assert one(Grant, in_veldrecht).chosen == ["name", "address", "help"]


def test_a_bsn_typed_among_other_words_goes_to_nobody(gerrie, in_veldrecht):
    gerrie.looks_up().checks().follows("Uw afspraken naar de thuiszorg")
    gerrie.presses("Verder naar ja of nee", help="Hulp bij wassen. BSN 999990329")
    assert gerrie.status == 422
    assert "Hier staat een burgerservicenummer in" in gerrie.text
    with acting_for(in_veldrecht), transaction.atomic():
        assert not Grant.objects.exists()


def test_what_is_sensitive_is_confirmed_twice(gerrie, in_veldrecht):
    at_answer(gerrie).presses("De inwoner zegt ja")
    assert gerrie.status == 422
    assert "Er is nog geen handtekening" in gerrie.text
    with acting_for(in_veldrecht), transaction.atomic():
        assert not Grant.objects.exists()
    gerrie.presses("De inwoner zegt ja", signed="on")
    assert gerrie.h1 == "Opgeschreven. Dit is het bewijs"


def test_what_must_be_signed_is_not_asked_by_phone(gerrie):
    gerrie.looks_up(channel="phone").checks("asked", "")
    assert "Uw afspraken naar de thuiszorg" not in gerrie.text
    assert gerrie.goes(f"{gerrie.address.rpartition('keuze/')[0]}doel/thuiszorg-plan/").status == 404


@for_real
def test_a_no_is_written_down_and_nothing_is_kept_of_it(gerrie, in_veldrecht):
    at_answer(gerrie).presses("De inwoner zegt nee")
    assert gerrie.h1 == "De inwoner zei nee. Er is niets gedeeld."
    assert "De brief van de gemeente is genoeg" in gerrie.text
    with acting_for(in_veldrecht), transaction.atomic():
        assert not Grant.objects.exists()
        assert Sharing.objects.get().state == "refused"
        row = Help.objects.get()
    assert len(row.said_no) == 1
    assert row.draft is None


@for_real
def test_two_presses_at_once_make_one_grant(gerrie, in_veldrecht):
    at_answer(gerrie)
    form, adds = gerrie.page.form_with("De inwoner zegt ja")
    sent = {**form.fields, **adds, "signed": "on"}
    answers = []

    def presses() -> None:
        answers.append(gerrie.client.post(gerrie.address, sent).status_code)
        connection.close()

    clicks = [threading.Thread(target=presses) for _ in range(2)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()
    assert answers == [302, 302]
    with acting_for(in_veldrecht), transaction.atomic():
        assert Grant.objects.count() == ActRecord.objects.count() == 1


@for_real
def test_another_text_by_now_is_read_first(gerrie, in_veldrecht):
    at_answer(gerrie)
    content = home_care_plan("Veldrecht", "(0998) 12 34 56")
    content["texts"]["nl"]["what_for"] = "Voor iets heel anders."
    with acting_for(in_veldrecht), transaction.atomic():
        purposes.publish("thuiszorg-plan", content)
    gerrie.presses("De inwoner zegt ja", signed="on")
    assert "Voor iets heel anders." in gerrie.text
    with acting_for(in_veldrecht), transaction.atomic():
        assert not Grant.objects.exists()


def test_values_that_changed_in_another_tab_are_not_agreed_to(gerrie, in_veldrecht):
    at_answer(gerrie)
    form, adds = gerrie.page.form_with("De inwoner zegt ja")
    address = gerrie.address
    gerrie.follows("Terug naar de uitleg").presses("Verder naar ja of nee", help="Iets anders")
    told = gerrie.client.post(address, {**form.fields, **adds, "signed": "on"}, follow=True)
    assert "Er is intussen iets veranderd. Er is niets gedeeld." in told.content.decode()
    assert "Er is intussen iets veranderd" not in gerrie.goes(told.request["PATH_INFO"]).text
    with acting_for(in_veldrecht), transaction.atomic():
        assert not Grant.objects.exists()


def test_what_was_said_without_its_tick_is_not_dropped_in_silence(gerrie, in_veldrecht):
    gerrie.looks_up().checks().follows("Uw afspraken naar de thuiszorg")
    assert "Ja, dit delen: Telefoonnummer" in gerrie.text
    gerrie.presses("Verder naar ja of nee", help=PLAN, phone="0998 11 22 33")
    assert gerrie.status == 422
    assert marked_wrong(gerrie) == ["with_phone"]
    assert "Zet ook het vinkje. Of maak dit veld leeg: Telefoonnummer." in gerrie.page.links
    gerrie.presses("Verder naar ja of nee", with_phone="on")
    assert "0998 11 22 33" in gerrie.text
    gerrie.presses("De inwoner zegt ja", signed="on")
    assert one(Grant, in_veldrecht).chosen == ["name", "address", "help", "phone"]


def marked_wrong(browser: AtCounter) -> list[str]:
    """The fields that carry the mark for the ear, each reached by a link in the summary of what is wrong."""
    html = browser.page.html
    marked = [tag for tag in re.findall(r"<input[^>]*>", html) if 'aria-invalid="true"' in tag]
    for tag in marked:
        assert "#" + attribute(tag, "id") in browser.page.links.values()
    return [attribute(tag, "name") for tag in marked]


def attribute(tag: str, name: str) -> str:
    return re.search(f' {name}="([^"]*)"', tag).group(1)


def test_what_must_be_filled_in_is_named_and_linked(gerrie):
    gerrie.looks_up().checks().follows("Uw afspraken naar de thuiszorg").presses("Verder naar ja of nee")
    assert gerrie.status == 422
    assert "Vul in: Welke hulp, en hoe vaak." in gerrie.page.links
    assert "vinkje weg" not in gerrie.text
    assert marked_wrong(gerrie) == ["help"]


def test_a_missing_signature_and_an_unticked_check_are_linked(gerrie):
    gerrie.looks_up().presses("Verder", document="passport", document_end="4F21")
    assert marked_wrong(gerrie) == ["same"]
    at_answer(gerrie).presses("De inwoner zegt ja")
    assert marked_wrong(gerrie) == ["signed"]
    assert "Daarom tekent de inwoner ook op papier" in gerrie.text


def test_where_something_must_be_ticked_the_link_leads_to_the_first_box_of_a_named_group(
    gerrie, in_veldrecht
):
    with acting_for(in_veldrecht), transaction.atomic():
        purposes.publish("digitaal-bericht", message_by_email("Veldrecht", "(0998) 12 34 56"))
    gerrie.looks_up().checks().follows("Bericht per e-mail")
    assert re.search(r"""role="group" aria-labelledby="([a-z-]+)">\s*<h2 id="\1">""", gerrie.page.html)
    gerrie.presses("Verder naar ja of nee", email="meetina@voorbeeld.example")
    assert gerrie.status == 422
    assert "Zet minstens één vinkje. Of kies “Niet verder”." in gerrie.page.links
    assert marked_wrong(gerrie) == ["with_mail_questions"]


def test_a_yes_to_nothing_is_no_yes_where_each_part_is_chosen_apart(gerrie, in_veldrecht):
    content = home_care_plan("Veldrecht", "(0998) 12 34 56")
    content["attributes"] = [{**part, "required": False} for part in content["attributes"]]
    with acting_for(in_veldrecht), transaction.atomic():
        purposes.publish("thuiszorg-plan", content)
    gerrie.looks_up().checks().follows("Uw afspraken naar de thuiszorg").presses("Verder naar ja of nee")
    assert gerrie.status == 422
    assert marked_wrong(gerrie) == ["with_name"]


def test_that_it_went_well_is_said_just_after_the_yes_or_the_stop_and_never_later(gerrie, clock):
    assert says_yes(gerrie).h1 == "Opgeschreven. Dit is het bewijs"
    clock.move(minutes=3)
    assert gerrie.reloads().h1 == "Bewijs van delen"
    gerrie.follows("Terug naar deze inwoner").follows("Stop met delen").presses("Ja, stop met delen")
    assert gerrie.h1 == "Gestopt. Dit is het bewijs"
    clock.move(minutes=3)
    assert gerrie.reloads().h1 == "Bewijs van stoppen"


def test_that_the_receipt_goes_by_post_is_where_the_page_opens(gerrie):
    says_yes(gerrie).presses("Stuur dit bewijs met de post")
    assert gerrie.answer.redirect_chain[-1][0].endswith("#post")
    assert re.search(
        r'<div id="post" role="status" tabindex="-1">.*staat klaar voor de post', gerrie.page.html, re.S
    )
    assert re.search(r"<title>\s*Klaar voor de post", gerrie.page.html)
    assert gerrie.presses("Klaar met deze inwoner").h1 == "Een inwoner helpen"


@for_real
def test_stopping_by_phone_takes_two_clicks_and_works_at_once(gerrie, in_veldrecht):
    says_yes(gerrie)
    gerrie.follows("Terug naar deze inwoner").presses("Klaar met deze inwoner")
    gerrie.looks_up(channel="phone", reason="stop").checks("asked", "")
    clicks = gerrie.clicks
    gerrie.follows("Stop met delen")
    assert "Vraag niet waarom" in gerrie.text
    gerrie.presses("Ja, stop met delen")
    assert gerrie.clicks - clicks == 2
    assert gerrie.h1 == "Gestopt. Dit is het bewijs"
    with acting_for(in_veldrecht), transaction.atomic():
        assert Grant.objects.get().withdrawn
        assert not GrantKey.objects.exists()
        said = ActRecord.objects.get(act="withdrawn").payload
    assert (said["employee"], said["team"], said["channel"]) == (
        gerries_id(in_veldrecht),
        "Dorpenteam",
        "phone",
    )


def test_the_resident_sees_it_in_mijn_with_how_and_by_which_team_never_by_name(gerrie, in_veldrecht):
    says_yes(gerrie)
    meetina = Browser(in_veldrecht, MEETINA)
    meetina.goes("/mijn/delen/")
    assert "Uw afspraken naar de thuiszorg" in meetina.text
    assert "Aan de balie of bij u thuis, opgeschreven door: Dorpenteam" in meetina.text
    assert "Gerrie" not in meetina.page.html
    meetina.follows("Bekijk uw bewijs")
    assert meetina.status == 200
    assert "Niet ingelogd: een medewerker keek wie u bent" in meetina.text
    assert "Gerrie" not in meetina.page.html
    meetina.goes("/mijn/delen/").follows("Stop met delen").presses("Ja, stop met delen")
    assert meetina.h1 == "U deelt dit niet meer"


def test_the_look_up_is_a_use_by_law_with_its_reason(gerrie, in_veldrecht):
    gerrie.looks_up(reason="stop")
    row = one(Use, in_veldrecht)
    assert row.basis == "law"
    assert row.who == "Dorpenteam, gemeente Veldrecht"
    assert "stoppen met delen" in row.purpose
    assert "artikel" in row.ground
    assert row.activity.endswith("/register/taak/opzoeken/1/")


def test_the_name_and_date_are_shown_to_compare_and_the_bsn_is_in_no_address_or_page(gerrie, in_veldrecht):
    gerrie.looks_up()
    assert "Kierkegaard" in gerrie.text
    assert MEETINA.reveal() not in gerrie.page.html + gerrie.address
    row = one(Help, in_veldrecht)
    assert MEETINA.reveal().encode() not in bytes(row.person)
    assert b"Kierkegaard" not in bytes(row.person)


def test_nothing_goes_on_before_the_identity_was_checked(gerrie):
    gerrie.looks_up()
    here = gerrie.address
    for page in ("keuze/", "doel/thuiszorg-plan/", "ja-of-nee/"):
        assert gerrie.goes(f"{here}{page}").h1 == "Is dit de inwoner?"
    form, _adds = gerrie.page.form_with("Verder")
    gerrie.client.post(f"{here}ja-of-nee/", {**form.fields, "answer": "yes", "shown": "x", "signed": "on"})
    assert gerrie.goes(f"{here}keuze/").h1 == "Is dit de inwoner?"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"document": "passport", "document_end": "", "same": "on"}, "laatste vier letters of cijfers"),
        ({"document": "passport", "document_end": "NX12345", "same": "on"}, "Meer bewaren wij niet"),
        ({"document": "passport", "document_end": "4F21"}, "Ga dan niet verder"),
        ({"document": "asked", "document_end": "", "same": "on"}, "document"),
        ({"document_end": "4F21", "same": "on"}, "Kies het document"),
    ],
)
def test_a_check_that_is_not_whole_does_not_count(gerrie, in_veldrecht, typed, says):
    gerrie.looks_up().presses("Verder", **typed)
    assert gerrie.status == 422
    assert says in gerrie.text
    assert one(Help, in_veldrecht).checked is None


@pytest.mark.parametrize(
    "typed", ["", "123456789", "99999002", "9999900201", "abcdefghi", "９９９９９００２０", "999\x0090020"]
)
def test_what_is_no_bsn_is_said_beside_its_field_and_asks_nobody(gerrie, brp_fake, typed):
    brp_fake.calls.clear()
    gerrie.goes("/helpen/").presses("Zoek op in de BRP", bsn=typed, channel="counter", reason="give")
    assert gerrie.status == 422
    assert not brp_fake.calls


def test_a_resident_of_another_municipality_is_not_shown_and_leaves_nothing(gerrie, in_veldrecht):
    gerrie.looks_up(HELGA)
    assert "woont niet in uw gemeente" in gerrie.text
    assert "Huisman" not in gerrie.page.html
    with acting_for(in_veldrecht), transaction.atomic():
        assert not Help.objects.exists()


@pytest.mark.parametrize("bsn", ["999970999", "111222333"])
def test_who_cannot_say_yes_here_is_not_helped_on_this_page(gerrie, in_veldrecht, bsn):
    gerrie.looks_up(BSN(bsn))
    assert gerrie.status == 422
    assert "Dit lukt niet" in gerrie.text
    with acting_for(in_veldrecht), transaction.atomic():
        assert not Help.objects.exists()


def test_a_silent_brp_is_said_and_nothing_is_written_down(gerrie, in_veldrecht, brp_fake):
    brp_fake.misbehave("500")
    gerrie.looks_up()
    assert "De BRP geeft nu geen antwoord" in gerrie.text
    with acting_for(in_veldrecht), transaction.atomic():
        assert not Use.objects.exists()


@for_real
def test_ready_means_that_what_the_brp_said_is_gone(gerrie, in_veldrecht):
    gerrie.looks_up().checks()
    address = gerrie.address
    gerrie.presses("Klaar met deze inwoner")
    assert gerrie.goes(address).status == 404
    row = one(Help, in_veldrecht)
    assert (row.person, row.draft) == (None, None)


def test_an_hour_later_it_is_gone_by_itself(gerrie, in_veldrecht, clock):
    gerrie.looks_up().checks()
    clock.move(minutes=60)
    assert gerrie.reloads().status == 404
    with acting_for(in_veldrecht), transaction.atomic():
        forget_over(timezone.now())
    assert one(Help, in_veldrecht).person is None
    with acting_for(in_veldrecht), transaction.atomic():
        forget_over(timezone.now() + timedelta(days=367))
        assert not Help.objects.exists()


def test_a_colleague_meets_nothing_of_a_help_that_is_not_theirs(gerrie, in_veldrecht):
    says_yes(gerrie)
    own = re.match(r"/helpen/[0-9a-f-]+/", gerrie.address).group()
    employee("piet", in_veldrecht, "Dorpenteam", "Piet Vos")
    piet = AtCounter("piet")
    grant = one(Grant, in_veldrecht).id
    for page in ("", "keuze/", "doel/thuiszorg-plan/", "ja-of-nee/", f"bewijs/{grant}/", f"stoppen/{grant}/"):
        assert piet.goes(f"{own}{page}").status == 404, page
        assert "Kierkegaard" not in piet.page.html


def test_a_grant_of_another_resident_cannot_be_stopped_from_this_help(gerrie, in_veldrecht):
    with acting_for(in_veldrecht), transaction.atomic():
        from tests.sharing.conftest import gives, new_session

        other = gives(new_session())
    gerrie.looks_up().checks()
    own = gerrie.address.removesuffix("keuze/")
    for page in (f"stoppen/{other.id}/", f"bewijs/{other.id}/"):
        assert gerrie.goes(f"{own}{page}").status == 404
    gerrie.goes(f"{own}keuze/")
    token = gerrie.page.form_with("Klaar met deze inwoner")[0].fields
    assert gerrie.client.post(f"{own}stoppen/{other.id}/", token).status_code == 404
    assert one(Grant, in_veldrecht).withdrawn is None


@for_real
def test_a_crash_while_writing_down_leaves_nothing_half(gerrie, in_veldrecht, monkeypatch):
    from portal.sharing import ledger

    at_answer(gerrie)

    def breaks(*_all):
        raise OSError("the machine stopped")

    monkeypatch.setattr(ledger, "append", breaks)
    gerrie.client.raise_request_exception = False
    form, adds = gerrie.page.form_with("De inwoner zegt ja")
    sent = {**form.fields, **adds, "signed": "on"}
    assert gerrie.client.post(gerrie.address, sent).status_code == 500
    monkeypatch.undo()
    with acting_for(in_veldrecht), transaction.atomic():
        assert [Grant.objects.count(), Sharing.objects.count(), Duty.objects.count()] == [0, 0, 0]
    assert gerrie.presses("De inwoner zegt ja", signed="on").h1 == "Opgeschreven. Dit is het bewijs"


# A question of a consumer


def asked_of_who_is_helped(place, **other) -> Request:
    """An open question of the carer to who is at the counter now."""
    with acting_for(place), transaction.atomic():
        version = purposes.newest("thuiszorg-plan", "nl")
        made = {"zaak": "Z-12", "created": timezone.now(), "expires": timezone.now() + timedelta(days=14)}
        return Request.objects.create(
            municipality=place, consumer=Consumer.objects.get(slug="thuiszorg-de-vesting"),
            version_id=version.id, subject_id=Help.objects.get().subject_id, reference=uuid4(),
            body_hash="x", **(made | other),
        )  # fmt: skip


def test_an_open_question_is_on_the_screen_and_a_yes_answers_it(gerrie, in_veldrecht):
    gerrie.looks_up().checks()
    question = asked_of_who_is_helped(in_veldrecht)
    gerrie.reloads()
    assert "vroeg dit op" in gerrie.text
    gerrie.follows("Uw afspraken naar de thuiszorg")
    assert "Dit is een vraag aan de inwoner" in gerrie.text
    assert "Z-12" in gerrie.text
    assert one(Request, in_veldrecht).state == "presented"
    gerrie.presses("Verder naar ja of nee", help=PLAN)
    assert "vroeg dit op" in gerrie.text
    gerrie.presses("De inwoner zegt ja", signed="on")
    assert one(Request, in_veldrecht).state == "approved"
    assert one(Grant, in_veldrecht).request_id == question.id
    with acting_for(in_veldrecht), transaction.atomic():
        assert Duty.objects.get(event="gegeven").request_id == question.id


def test_a_no_answers_the_open_question_and_who_asked_hears_it(gerrie, in_veldrecht):
    gerrie.looks_up().checks()
    question = asked_of_who_is_helped(in_veldrecht)
    gerrie.follows("Uw afspraken naar de thuiszorg").presses("Verder naar ja of nee", help=PLAN)
    gerrie.presses("De inwoner zegt nee")
    assert one(Request, in_veldrecht).state == "rejected"
    with acting_for(in_veldrecht), transaction.atomic():
        assert Duty.objects.get(event="geweigerd").request_id == question.id


def test_a_question_taken_back_before_the_yes_gives_nothing_and_the_text_is_read_again(gerrie, in_veldrecht):
    gerrie.looks_up().checks()
    question = asked_of_who_is_helped(in_veldrecht)
    gerrie.follows("Uw afspraken naar de thuiszorg").presses("Verder naar ja of nee", help=PLAN)
    with acting_for(in_veldrecht), transaction.atomic():
        requests.answer(question.id, Answer.TAKE_BACK)
    gerrie.presses("De inwoner zegt ja", signed="on")
    assert "Lees dit hardop voor" in gerrie.text
    assert "Dit is een vraag aan de inwoner" not in gerrie.text
    with acting_for(in_veldrecht), transaction.atomic():
        assert not Grant.objects.exists()


def test_the_end_that_is_read_aloud_is_the_end_that_is_agreed_to(gerrie, in_veldrecht):
    gerrie.looks_up().checks()
    end = timezone.now() + timedelta(days=9)
    asked_of_who_is_helped(in_veldrecht, wanted_until=end)
    said = f"Tot {date_format(localtime(end), 'j F Y, H:i')}."
    gerrie.follows("Uw afspraken naar de thuiszorg")
    assert said in gerrie.text
    gerrie.presses("Verder naar ja of nee", help=PLAN)
    assert said in gerrie.text
    gerrie.presses("De inwoner zegt ja", signed="on")
    assert one(Grant, in_veldrecht).until == end


@pytest.mark.parametrize(("bsn", "left"), [("999970999", 0), ("999990020", 1)])
def test_a_refusal_that_the_desk_hears_counts_at_the_door_of_mijn_too(gerrie, in_veldrecht, bsn, left):
    with acting_for(in_veldrecht), transaction.atomic():
        door.let_in(resident_of(BSN(bsn)).id)
    gerrie.looks_up(BSN(bsn))
    with acting_for(in_veldrecht), transaction.atomic():
        assert Resident.objects.filter(let_in__isnull=False).count() == left
