"""What somebody with a mandate meets in sharing: no own data, only what they may decide on; told by post."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.mandates import Reach, Represented
from portal.accounts.middleware import COOKIE
from portal.accounts.sessions import Level, Session, begin
from portal.municipalities.acting import acting_for, current_municipality
from portal.municipalities.models import Municipality
from portal.notices.kinds import Kind
from portal.notices.models import Letter, Notice, State
from portal.sharing import purposes
from portal.sharing.models import Grant, Muted, Request
from tests.texts import message_by_email

from .browser import PROVIDER, Browser
from .conftest import HELGA, Desk, gives, somebody

pytestmark = pytest.mark.django_db(transaction=True)

MAIL = "digitaal-bericht"
HER_OWN = ("helga@voorbeeld.example", "+31612345678")


class Helper(Browser):
    """Somebody's browser who came for Helga."""

    reach = Reach.SHARE

    def signs_in(self) -> Session:
        self.client.handler.enforce_csrf_checks = False
        whom = Represented(HELGA, "Helga Huisman", self.reach)
        with acting_for(self.municipality), transaction.atomic():
            session, token = begin(self.bsn, "Kees", Level.SUBSTANTIEEL, PROVIDER, "sub", "", whom)
        self.client.cookies[COOKIE] = token
        return session


class Onlooker(Helper):
    """The same, who may only look."""

    reach = Reach.LOOK


@pytest.fixture
def helga(offering: Municipality) -> Browser:
    """She shares her address, which another may decide on too; the purpose of the buddy is hers alone."""
    with acting_for(offering), transaction.atomic():
        text = message_by_email("Zandmeer", "(0999) 12 34 56")
        purposes.publish(MAIL, text | {"for_another": True})
    return Browser(offering, HELGA)


def given(browser: Browser, slug: str, values: dict[str, str] | None = None) -> Grant:
    with acting_for(browser.municipality), transaction.atomic():
        return gives(browser.session, slug, values)


def again(browser: Browser) -> Browser:
    browser.goes(f"/mijn/delen/starten/{MAIL}/").presses("Verder")
    return browser.presses("Verder", way="again", with_mobile="on")


def test_what_she_gave_earlier_can_be_given_on_and_is_not_shown(helga: Browser) -> None:
    given(helga, MAIL)
    helper = Helper(helga.municipality, somebody())

    again(helper)

    assert helper.h1 == "Dit gaat u delen"
    assert "Alleen deze persoon zelf kan het zien" in helper.text
    assert not [one for one in HER_OWN if one in helper.page.html]
    assert all(one in again(helga).text for one in HER_OWN)
    assert helper.presses("Ja, delen").h1 == "Gelukt. Dit is uw bewijs"
    assert "Iemand zei namens u opnieuw ja." in helper.text
    assert "U zei ja." not in helper.text
    assert "Hoe diegene was ingelogd Met veel controle (niveau Substantieel)" in helper.text
    assert "Hoe u was ingelogd" not in helper.text
    assert "De tekst die diegene las" in helper.text
    assert "De tekst die diegene las" in helga.goes(helper.address).text
    assert "Over wie het gaat" in helper.text


def test_only_what_another_may_give_may_another_stop_and_she_hears_by_letter(helga: Browser) -> None:
    mail, buddy = given(helga, MAIL), given(helga, "maatje-18", {"over18": "yes"})
    for who in (Helper(helga.municipality, somebody()), Onlooker(helga.municipality, somebody())):
        stop = reverse("sharing:stop", args=[buddy.id])
        for answer in (who.client.get(stop), who.client.post(stop)):
            assert answer.status_code == 403
            assert "Dit doet iemand zelf" in answer.content.decode()
    assert who.client.post(reverse("sharing:stop", args=[mail.id])).status_code == 403
    helper = Helper(helga.municipality, somebody()).goes("/mijn/delen/")
    assert stop not in helper.page.html
    assert stop in helga.goes("/mijn/delen/").page.html

    helper.goes(reverse("sharing:stop", args=[mail.id])).presses("Ja, stop met delen")

    with acting_for(helga.municipality), transaction.atomic():
        assert set(Grant.objects.exclude(withdrawn=None)) == {mail}
        assert [*Letter.objects.values_list("kind", "notice__cause")] == [(Kind.STOPPED, mail.id)]
        (told,) = Notice.objects.filter(kind=Kind.STOPPED)
        assert told.state == State.BY_LETTER


def test_a_question_counts_as_seen_by_who_may_answer_it(helga: Browser, desk_at: Desk) -> None:
    with acting_for(helga.municipality), transaction.atomic():
        question = Request.objects.create(
            municipality=current_municipality(),
            consumer=desk_at.row,
            version_id=purposes.newest(MAIL, "nl").id,
            subject_id=helga.session.subject,
            reference=uuid4(),
            body_hash="-",
            created=timezone.now(),
            expires=timezone.now() + timedelta(days=14),
        )
    states = []
    for kind in (Onlooker, Helper):
        who = kind(helga.municipality, somebody()).goes(reverse("sharing:asked", args=[question.id]))
        assert who.status == 200
        assert "Ik wil geen vragen meer van dit team" not in who.text
        assert ("kan hier ja of nee op zeggen" in who.text) is (kind is Onlooker)
        assert ("Lees de vraag en kies" in who.text) is (kind is Helper)
        with acting_for(helga.municipality), transaction.atomic():
            states.append(Request.objects.get(id=question.id).state)
    assert states == ["created", "presented"]
    hers = helga.goes(reverse("sharing:asked", args=[question.id])).text
    assert "Ik wil geen vragen meer van dit team" in hers
    assert "U kiest zelf of u deelt." in hers


def test_whom_she_wants_no_questions_of_is_hers_to_know(helga: Browser, desk_at: Desk) -> None:
    with acting_for(helga.municipality), transaction.atomic():
        Muted.objects.create(
            municipality=current_municipality(),
            subject_id=helga.session.subject,
            consumer=desk_at.row,
            since=timezone.now(),
        )
    words = "Deze teams vragen u niets meer"

    assert words in helga.goes("/mijn/delen/").text
    assert words not in Helper(helga.municipality, somebody()).goes("/mijn/delen/").text
