"""What is due goes out: by mail where the resident chose it, else by post; also past bad luck."""

import re
import smtplib
from datetime import date, timedelta
from html import unescape

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from portal.notices.kinds import Kind
from portal.notices.models import Letter, Notice, State
from portal.notices.sending import LEASE, MOST_ATTEMPTS, send_due
from portal.notices.telling import tell
from portal.sharing import grants, purposes
from portal.usage.models import Use
from tests.sharing.conftest import gives, new_session

pytestmark = pytest.mark.django_db


class Broken(EmailBackend):
    """A mail server that does not do as it is asked."""

    fault: Exception
    asked = 0

    def send_messages(self, _messages) -> int:
        Broken.asked += 1
        raise Broken.fault


@pytest.fixture
def broken(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    Broken.asked = 0
    return Broken


@pytest.fixture
def reached(desk, helga, in_zandmeer):
    """Helga chose mail, and what she heard of that is out already."""
    gives(helga)
    send_due(in_zandmeer)
    mail.outbox.clear()
    return helga


def only() -> Notice:
    return Notice.objects.exclude(kind=Kind.OVERVIEW).latest("made")


def test_who_chose_mail_gets_mail_and_sees_the_use_of_the_address(reached, in_zandmeer):
    before = Use.objects.count()
    tell(reached.subject, Kind.REQUEST, date(2027, 1, 8))
    assert send_due(in_zandmeer) == 1
    (sent,) = mail.outbox
    assert sent.to == ["helga@voorbeeld.example"]
    assert "een vraag aan u" in sent.body
    assert "8 januari 2027" in sent.body
    assert only().state == State.SENT
    assert Use.objects.count() == before + 1
    use = Use.objects.latest("at")
    assert (use.who, use.what) == ("Berichten van gemeente Zandmeer", ["email"])
    assert not Letter.objects.exists()


def test_a_mail_says_that_no_person_sent_it_and_comes_back_to_an_address_of_its_own(reached, in_zandmeer):
    tell(reached.subject, Kind.INSIGHT)
    send_due(in_zandmeer)
    message = mail.outbox[0].message()
    assert message["From"] == "Gemeente Zandmeer <berichten@localhost>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert mail.outbox[0].from_email == f"berichten+9901.{only().id.hex}@localhost"
    assert not [name for name in message if name.lower().startswith("list-")]
    assert message.get_content_type() == "multipart/alternative"


def test_a_mail_in_brand_says_the_same_and_fetches_nothing(reached, in_zandmeer):
    tell(reached.subject, Kind.REQUEST, date(2027, 1, 8))
    send_due(in_zandmeer)
    plain, branded = mail.outbox[0].message().get_payload()
    assert plain.get_content_type() == "text/plain"
    html = branded.get_payload(decode=True).decode()
    words = unescape(re.sub(r"<title>.*?</title>|<[^>]+>", " ", html))
    assert words.split() == f"Gemeente Zandmeer {mail.outbox[0].body}".split()
    assert "background-color:#00606b" in html
    assert not re.search(r"<(img|a|link|script|style|iframe)\b|\b(src|href|background)=|url\(", html)


def test_who_did_not_choose_mail_gets_a_letter(helga, in_zandmeer):
    tell(helga.subject, Kind.INSIGHT)
    assert send_due(in_zandmeer) == 1
    assert not mail.outbox
    assert only().state == State.BY_LETTER
    assert Letter.objects.get().subject_id == helga.subject


def test_a_kind_that_the_yes_does_not_name_goes_by_post(reached, in_zandmeer, clock):
    content = {**purposes_content(), "notices": [Kind.REQUEST]}
    purposes.publish("digitaal-bericht", content)
    clock.move(minutes=1)
    gives(reached)
    tell(reached.subject, Kind.REQUEST)
    tell(reached.subject, Kind.INSIGHT)
    send_due(in_zandmeer)
    assert len(mail.outbox) == 1
    assert set(Letter.objects.values_list("kind", flat=True)) == {"changed", "insight"}


def purposes_content() -> dict:
    from tests.texts import message_by_email

    return message_by_email("Zandmeer", "(0999) 12 34 56")


def test_that_mail_was_stopped_is_told_by_letter(reached, in_zandmeer):
    grants.withdraw(reached, grants.Grant.objects.get().id)
    send_due(in_zandmeer)
    assert not mail.outbox
    assert Letter.objects.get().kind == Kind.STOPPED


def test_nothing_goes_before_its_time(helga, in_zandmeer, clock):
    tell(helga.subject, Kind.REMINDER, at=clock.time + timedelta(days=1))
    assert send_due(in_zandmeer) == 0
    clock.move(days=1)
    assert send_due(in_zandmeer) == 1


def test_a_mail_server_that_is_down_is_asked_once_a_turn_and_loses_nothing(
    reached, in_zandmeer, broken, clock, settings
):
    broken.fault = ConnectionRefusedError()
    for _number in range(3):
        tell(reached.subject, Kind.INSIGHT)
    send_due(in_zandmeer)
    assert broken.asked == 1
    assert send_due(in_zandmeer) == 0
    assert broken.asked == 1

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock.move(hours=1)
    assert send_due(in_zandmeer) == 3
    assert len(mail.outbox) == 3


def test_asking_again_is_no_second_use(reached, in_zandmeer, broken, clock):
    broken.fault = smtplib.SMTPServerDisconnected()
    before = Use.objects.count()
    tell(reached.subject, Kind.INSIGHT)
    for _turn in range(3):
        send_due(in_zandmeer)
        clock.move(hours=1)
    assert broken.asked == 3
    assert Use.objects.count() == before + 1


def test_after_a_day_of_trying_a_letter_goes(reached, in_zandmeer, broken, clock):
    broken.fault = smtplib.SMTPAuthenticationError(535, b"who are you?")
    tell(reached.subject, Kind.INSIGHT)
    for _attempt in range(MOST_ATTEMPTS - 1):
        send_due(in_zandmeer)
        clock.move(hours=1)
    assert only().state == State.QUEUED
    send_due(in_zandmeer)
    assert only().state == State.DEAD
    assert Letter.objects.get().state == Letter.QUEUED


@pytest.mark.parametrize(
    "fault",
    [
        smtplib.SMTPRecipientsRefused({"helga@voorbeeld.example": (550, b"no such user")}),
        smtplib.SMTPDataError(554, b"no"),
    ],
)
def test_an_address_that_is_refused_for_good_is_a_bounce_and_a_letter(reached, in_zandmeer, broken, fault):
    broken.fault = fault
    tell(reached.subject, Kind.INSIGHT)
    send_due(in_zandmeer)
    assert only().state == State.BOUNCED
    assert Letter.objects.count() == 1


def test_one_that_cannot_be_made_into_a_mail_holds_up_no_other(reached, in_zandmeer, clock):
    """Where it goes may be another register's word, in which anything can stand."""
    tell(reached.subject, Kind.CASE, address="helga@voorbeeld.example\nBcc: ander@voorbeeld.example")
    tell(reached.subject, Kind.REQUEST, date(2027, 1, 8))

    assert send_due(in_zandmeer) == 1
    assert [one.to for one in mail.outbox] == [["helga@voorbeeld.example"]]
    left = Notice.objects.get(kind=Kind.CASE)
    assert (left.state, left.leased_until) == (State.QUEUED, None), "another time, and once a letter goes"
    assert left.due > clock()


def test_a_full_letterbox_is_tried_again(reached, in_zandmeer, broken):
    broken.fault = smtplib.SMTPRecipientsRefused({"helga@voorbeeld.example": (452, b"full")})
    tell(reached.subject, Kind.INSIGHT)
    send_due(in_zandmeer)
    assert only().state == State.QUEUED
    assert only().due > timezone.now()


def test_what_a_killed_worker_had_is_taken_again_after_its_lease(helga, in_zandmeer, clock):
    tell(helga.subject, Kind.INSIGHT)
    Notice.objects.update(leased_until=clock.time + LEASE)
    assert send_due(in_zandmeer) == 0
    clock.move(seconds=LEASE.total_seconds() + 1)
    assert send_due(in_zandmeer) == 1


def test_what_was_told_two_years_ago_is_forgotten_and_what_waits_is_not(helga, in_zandmeer, clock):
    tell(helga.subject, Kind.INSIGHT)
    send_due(in_zandmeer)
    tell(helga.subject, Kind.REMINDER, at=clock.time + timedelta(days=1000))
    clock.move(days=732)
    send_due(in_zandmeer)
    assert not Letter.objects.exists()
    assert list(Notice.objects.values_list("kind", flat=True)) == ["reminder"]


def test_somebody_elses_yes_reaches_nobody_else(reached, in_zandmeer):
    other = new_session()
    tell(other.subject, Kind.INSIGHT)
    send_due(in_zandmeer)
    assert not mail.outbox
    assert Letter.objects.get().subject_id == other.subject
