"""Mail of what is new: only after a yes by mail, once a day, never twice, and stopped in one click."""

import re
import smtplib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_string
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.test import Client
from django.utils import timezone

from demo.content.publications import Address, Published
from demo.registers.serving import Register
from portal.municipalities import keys
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.municipalities.turns import take_turn
from portal.notices import returns
from portal.publications import fetching, mailing, subscription_views, wording
from portal.publications.mailing import mail_due
from portal.publications.models import Publication, Subscription
from portal.publications.subscribing import next_morning
from portal.settings.environment import more_languages
from tests.conftest import Clock

from .conftest import fetched, kept

pytestmark = pytest.mark.django_db
FORM = "/bekendmakingen/mail/"
ADDRESS = "buur@voorbeeld.example"
TREE = Published(0, "kapvergunning", "Kappen van een eik", "", (Address("Weg", "1", "1996AB", "Zandmeer"),))
STREET = Published(
    0, "verkeersbesluit", "Eenrichting Duinweg", "", (Address("Weg", "2", "1996BD", "Zandmeer"),)
)
RULE = Published(0, "beleidsregel", "Beleidsregel honden", "")


class Broken(EmailBackend):
    """A mail server that does not do as it is asked."""

    fault: BaseException
    asked = 0

    def send_messages(self, _messages: Any) -> int:
        Broken.asked += 1
        raise Broken.fault


@pytest.fixture
def broken(settings: Any) -> type[Broken]:
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    Broken.asked = 0
    return Broken


@pytest.fixture
def visitor(zandmeer: Municipality, source: Register) -> Client:
    return Client(headers={"host": zandmeer.host})


@pytest.fixture
def ask(visitor: Client, zandmeer: Municipality) -> Callable[..., str]:
    """Ask for mail, and give the link that comes."""

    def ask(address: str = ADDRESS, postcode: str = "", kinds: tuple[str, ...] = ()) -> str:
        mail.outbox.clear()
        answer = visitor.post(FORM, {"email": address, "postcode": postcode, "kinds": kinds})
        assert answer["Location"] == f"{FORM}gevraagd/"
        mail_due(zandmeer)
        return link(mail.outbox[-1].body) if mail.outbox else ""

    return ask


@pytest.fixture
def subscribe(ask: Callable[..., str], visitor: Client, zandmeer: Municipality) -> Callable[..., UUID]:
    """As `ask`, and the yes; gives the id of the subscription."""

    def subscribe(*asked: Any, **more: Any) -> UUID:
        there = ask(*asked, **more)
        visitor.post(there)
        mail.outbox.clear()
        return UUID(there.rstrip("/").rpartition("/")[2])

    return subscribe


@pytest.fixture
def day_later(
    zandmeer: Municipality, source: Register, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], list[Any]]:
    """Fetch, wait for the next morning, and give the mails that go."""
    monkeypatch.setattr(fetching, "WINDOW", fetching.KEPT + timedelta(days=1))
    clock.time = timezone.localtime(clock.time).replace(hour=12, minute=0)

    def day_later() -> list[Any]:
        mail.outbox.clear()
        clock.move(hours=1)
        fetched(zandmeer, 2)
        morning = timezone.localtime(clock.time + timedelta(days=1)).replace(hour=8, minute=30)
        clock.time = morning
        while mail_due(zandmeer):
            pass
        return mail.outbox

    return day_later


def link(text: str) -> str:
    """The path of the link in a mail that asks."""
    return re.findall(r"http://zandmeer\.localhost(/bekendmakingen/mail/\S+)", text)[0]


def rows(municipality: Municipality) -> list[Subscription]:
    with acting_for(municipality), transaction.atomic():
        return list(Subscription.objects.order_by("asked"))


def test_nothing_is_mailed_before_somebody_follows_the_link_and_says_yes(
    ask: Callable[..., str],
    visitor: Client,
    publish: Callable[..., None],
    day_later: Callable[[], list[Any]],
    clock: Clock,
) -> None:
    there = ask()
    (asked,) = mail.outbox
    assert asked.to == [ADDRESS]
    assert asked.subject == "Wilt u mails over bekendmakingen van gemeente Zandmeer?"
    publish("gmb-2026-1", "Zandmeer", timezone.localdate(), TREE)

    assert visitor.get(there).status_code == 200, "programs that look at mail follow links"
    assert day_later() == []
    clock.move(hours=4)
    assert "Deze link werkt niet meer" in visitor.get(there).content.decode(), "a day is over"


def test_who_says_yes_gets_what_is_new_once_and_no_mail_without_news(
    subscribe: Callable[..., UUID], publish: Callable[..., None], day_later: Callable[[], list[Any]]
) -> None:
    subscribe()
    publish("gmb-2026-1", "Zandmeer", timezone.localdate(), TREE)
    (sent,) = day_later()

    assert sent.to == [ADDRESS]
    assert sent.subject == "Nieuwe bekendmakingen van gemeente Zandmeer"
    assert "Kappen van een eik\nBouwen, slopen en kappen, " in sent.body
    assert "/gmb-2026-1.html" in sent.body
    assert "Uw keuze is: alle soorten, in de hele gemeente." in sent.body
    assert "Duinroosstraat" in sent.body, "published in the week before, and fetched since"
    assert "Beleidsregel ligplaatsen" not in sent.body, "half a year of old ones is no news"
    assert day_later() == []


def test_nothing_of_another_municipality_or_of_another_choice_is_mailed(
    subscribe: Callable[..., UUID],
    publish: Callable[..., None],
    day_later: Callable[[], list[Any]],
    veldrecht: Municipality,
    source: Register,
) -> None:
    source.respond.records.clear()  # type: ignore[attr-defined]
    subscribe("een@voorbeeld.example", postcode="1996 ab")
    subscribe("twee@voorbeeld.example", kinds=("verkeer", "regels"))
    subscribe("drie@voorbeeld.example", postcode="1996", kinds=("regels",))
    today = timezone.localdate()
    for number, story in enumerate((TREE, STREET, RULE)):
        publish(f"gmb-2026-{number}", "Zandmeer", today, story)
    publish("gmb-2026-9", "Veldrecht", today, TREE)
    fetched(veldrecht)
    sent = {one.to[0].partition("@")[0]: one.body for one in day_later()}

    assert set(sent) == {"een", "twee"}
    assert TREE.title in sent["een"]
    assert STREET.title not in sent["een"]
    assert "in postcode 1996 AB" in sent["een"]
    assert (STREET.title in sent["twee"], RULE.title in sent["twee"]) == (True, True)
    assert TREE.title not in sent["twee"]


def test_a_mail_is_in_brand_fetches_nothing_and_has_the_headers_to_stop(
    subscribe: Callable[..., UUID], publish: Callable[..., None], day_later: Callable[[], list[Any]]
) -> None:
    subscription = subscribe()
    publish("gmb-2026-1", "Zandmeer", timezone.localdate(), TREE)
    (sent,) = day_later()
    message = message_from_string(sent.message().as_string())
    stop = f"http://zandmeer.localhost{FORM}{subscription}/stoppen/"

    assert message["List-Unsubscribe"].strip() == f"<{stop}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"] == "Gemeente Zandmeer <berichten@localhost>"
    assert sent.from_email == f"berichten+9901.{subscription.hex}@localhost"
    _plain, branded = sent.message().get_payload()
    html = branded.get_payload(decode=True).decode()
    assert f'<a href="{stop}"' in html
    assert not re.search(r"<(img|link|script|style|iframe)\b|\bsrc=|url\(", html)
    words = unescape(re.sub(r"<title>.*?</title>|<[^>]+>", " ", html)).split()
    without_links = re.sub(r"^http\S+$", "", sent.body, flags=re.MULTILINE).split()
    assert words == ["Gemeente", "Zandmeer", *without_links]


def test_one_click_of_a_mail_program_stops_it_and_nothing_stays(
    subscribe: Callable[..., UUID],
    zandmeer: Municipality,
    publish: Callable[..., None],
    day_later: Callable[[], list[Any]],
) -> None:
    path = f"{FORM}{subscribe()}/stoppen/"
    program = Client(headers={"host": zandmeer.host}, enforce_csrf_checks=True)
    assert "Ja, stop met deze mails" in program.get(path).content.decode()
    assert rows(zandmeer), "to look is not to stop"
    answer = program.post(path, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")

    assert (answer.status_code, answer.cookies) == (200, {})
    assert "Wij hebben uw e-mailadres en uw keuze gewist." in answer.content.decode()
    assert rows(zandmeer) == []
    publish("gmb-2026-1", "Zandmeer", timezone.localdate(), TREE)
    assert day_later() == []
    assert program.post(path).status_code == 200


def test_a_link_of_one_municipality_is_nobodys_at_another(
    subscribe: Callable[..., UUID], zandmeer: Municipality, veldrecht: Municipality
) -> None:
    path = f"{FORM}{subscribe()}/"
    there = Client(headers={"host": veldrecht.host})
    there.post(f"{path}stoppen/")

    assert there.get(path).status_code == 404
    assert len(rows(zandmeer)) == 1


def test_an_address_lies_encrypted_and_belongs_to_nobody(
    subscribe: Callable[..., UUID], zandmeer: Municipality
) -> None:
    subscribe()
    (row,) = rows(zandmeer)

    assert ADDRESS.encode() not in bytes(row.address)
    assert ADDRESS not in repr(row.__dict__)
    names = {field.name for field in Subscription._meta.get_fields()}
    assert not {"resident", "subject", "session"} & names


def test_what_is_answered_is_the_same_for_an_address_that_is_known(
    visitor: Client, subscribe: Callable[..., UUID], zandmeer: Municipality
) -> None:
    unknown = visitor.post(FORM, {"email": "nieuw@voorbeeld.example"})
    subscribe()
    known = visitor.post(FORM, {"email": ADDRESS})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    mail.outbox.clear()
    mail_due(zandmeer)
    assert {re.sub(r"\S+/mail/\S+", "", one.body) for one in mail.outbox} == {
        re.sub(r"\S+/mail/\S+", "", mail.outbox[0].body)
    }


def test_a_new_yes_of_the_same_address_replaces_the_old_one(
    subscribe: Callable[..., UUID], zandmeer: Municipality
) -> None:
    subscribe()
    with acting_for(zandmeer), transaction.atomic():
        keys.rotate(keys.LOOKUP)
    newest = subscribe(ADDRESS.upper(), kinds=("verkeer",))

    (row,) = rows(zandmeer)
    assert (row.id, row.kinds) == (newest, ["verkeer"])


def test_a_yes_twice_is_once(ask: Callable[..., str], visitor: Client, zandmeer: Municipality) -> None:
    there = ask()
    assert visitor.post(there)["Location"] == there
    first = rows(zandmeer)[0].confirmed
    visitor.post(there)

    assert [one.confirmed for one in rows(zandmeer)] == [first]
    assert "U krijgt mails over bekendmakingen" in visitor.get(there).content.decode()


def test_nobodys_letterbox_is_flooded(ask: Callable[..., str], zandmeer: Municipality) -> None:
    for _time in range(3):
        assert ask()
    assert ask(ADDRESS.upper()) == "", "the answer is the same, and no mail goes"
    assert ask("ander@voorbeeld.example")


def test_one_connection_cannot_ask_without_end(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, zandmeer: Municipality
) -> None:
    monkeypatch.setattr(subscription_views, "MOST", 2)
    told = [visitor.post(FORM, {"email": f"nr{number}@voorbeeld.example"}) for number in range(3)]

    assert [one.status_code for one in told] == [302, 302, 429]
    assert len(rows(zandmeer)) == 2


@pytest.mark.parametrize(
    "typed",
    [
        {"email": ""},
        {"email": "geen adres"},
        {"email": "a@b.example\nBcc: c@d.example"},
        {"email": "x" * 90 + "@voorbeeld.example"},
        {"email": ADDRESS, "postcode": "hier"},
        {"email": ADDRESS, "kinds": ["geheim"]},
    ],
    ids=["nothing", "no address", "two lines", "too long", "no postcode", "no kind"],
)
def test_what_cannot_be_right_is_told_and_not_kept(
    visitor: Client, zandmeer: Municipality, typed: dict[str, Any]
) -> None:
    assert visitor.post(FORM, typed).status_code == 422
    assert rows(zandmeer) == []


def test_a_form_of_another_site_is_refused(zandmeer: Municipality, source: Register) -> None:
    strict = Client(headers={"host": zandmeer.host}, enforce_csrf_checks=True)
    assert strict.post(FORM, {"email": ADDRESS}).status_code == 403


def test_of_who_does_not_say_yes_nothing_is_kept_after_a_day(
    ask: Callable[..., str], visitor: Client, zandmeer: Municipality, clock: Clock
) -> None:
    there = ask()
    clock.move(hours=24)
    assert visitor.post(there).status_code == 404
    with acting_for(zandmeer):
        take_turn(clock.time)
    assert rows(zandmeer) == []


def test_who_said_yes_is_not_forgotten(
    subscribe: Callable[..., UUID], zandmeer: Municipality, clock: Clock
) -> None:
    subscribe()
    clock.move(days=400)
    with acting_for(zandmeer):
        take_turn(clock.time)
    assert len(rows(zandmeer)) == 1


def test_at_most_one_mail_goes_a_day(
    subscribe: Callable[..., UUID],
    publish: Callable[..., None],
    day_later: Callable[[], list[Any]],
    zandmeer: Municipality,
    clock: Clock,
) -> None:
    subscribe()
    publish("gmb-2026-1", "Zandmeer", timezone.localdate(), TREE)
    assert len(day_later()) == 1
    publish("gmb-2026-2", "Zandmeer", timezone.localdate(), STREET)
    for _hour in range(10):
        clock.move(hours=1)
        fetched(zandmeer, 1)
        mail_due(zandmeer)
    assert len(mail.outbox) == 1
    (next_day,) = day_later()
    assert (STREET.title in next_day.body, TREE.title in next_day.body) == (True, False)


def test_who_is_killed_while_sending_never_sends_the_same_again(
    subscribe: Callable[..., UUID],
    publish: Callable[..., None],
    day_later: Callable[[], list[Any]],
    zandmeer: Municipality,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    subscribe()
    publish("gmb-2026-1", "Zandmeer", timezone.localdate(), TREE)
    with monkeypatch.context() as while_killed:
        while_killed.setattr(mailing, "_sent", lambda _ready: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            day_later()
    assert mail_due(zandmeer) == 0
    publish("gmb-2026-2", "Zandmeer", timezone.localdate(), STREET)
    (sent,) = day_later()
    assert (STREET.title in sent.body, TREE.title in sent.body) == (True, False)


def test_a_mail_server_that_is_down_gets_it_later_and_whole(
    subscribe: Callable[..., UUID],
    publish: Callable[..., None],
    day_later: Callable[[], list[Any]],
    zandmeer: Municipality,
    broken: type[Broken],
    settings: Any,
    clock: Clock,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for name in ("een", "twee"):
        subscribe(f"{name}@voorbeeld.example")
    publish("gmb-2026-1", "Zandmeer", timezone.localdate(), TREE)
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    broken.fault = ConnectionRefusedError()
    assert day_later() == []
    assert broken.asked == 1, "it is asked once a turn"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock.move(hours=1)
    while mail_due(zandmeer):
        pass
    assert [TREE.title in one.body for one in mail.outbox] == [True, True]


@pytest.mark.parametrize(("code", "stays"), [(550, 0), (451, 1)])
def test_an_address_that_is_refused_for_good_is_forgotten(
    visitor: Client, zandmeer: Municipality, broken: type[Broken], code: int, stays: int
) -> None:
    broken.fault = smtplib.SMTPRecipientsRefused({ADDRESS: (code, b"no")})
    visitor.post(FORM, {"email": ADDRESS})
    mail_due(zandmeer)
    assert len(rows(zandmeer)) == stays


@pytest.mark.parametrize(("status", "stays"), [("5.1.1", 0), ("5.2.2", 1)])
def test_mail_that_came_back_stops_where_there_is_no_such_address(
    subscribe: Callable[..., UUID], zandmeer: Municipality, status: str, stays: int
) -> None:
    subscription = subscribe()
    assert returns.record(returns.Bounce("9901", subscription, status))
    assert len(rows(zandmeer)) == stays
    assert not returns.record(returns.Bounce("9901", uuid4(), status))


def test_a_site_that_is_closed_mails_nobody_and_keeps_no_address(
    subscribe: Callable[..., UUID], zandmeer: Municipality
) -> None:
    subscribe()
    zandmeer.closed = timezone.now()
    mail_due(zandmeer)
    zandmeer.closed = None
    assert rows(zandmeer) == []


def test_a_mail_names_some_of_very_many_and_says_how_many_more(
    subscribe: Callable[..., UUID],
    publish: Callable[..., None],
    day_later: Callable[[], list[Any]],
    monkeypatch: pytest.MonkeyPatch,
    source: Register,
) -> None:
    source.respond.records.clear()  # type: ignore[attr-defined]
    monkeypatch.setattr(wording, "MOST", 2)
    subscribe()
    for number in range(5):
        publish(f"gmb-2026-{number}", "Zandmeer", timezone.localdate(), TREE)
    (sent,) = day_later()

    assert "Er zijn 5 nieuwe bekendmakingen." in sent.body
    assert "En nog 3 andere\nhttp://zandmeer.localhost/bekendmakingen/" in sent.body
    assert sent.body.count(TREE.title) == 2


def test_what_came_in_the_last_minutes_waits_for_the_next_mail(
    subscribe: Callable[..., UUID],
    publish: Callable[..., None],
    day_later: Callable[[], list[Any]],
    zandmeer: Municipality,
    source: Register,
    clock: Clock,
) -> None:
    source.respond.records.clear()  # type: ignore[attr-defined]
    subscribe()
    publish("gmb-2026-1", "Zandmeer", timezone.localdate(), TREE)
    fetched(zandmeer)
    assert kept(zandmeer)
    morning = timezone.localtime(clock.time + timedelta(days=1)).replace(hour=8, minute=29)
    with acting_for(zandmeer), transaction.atomic():
        Publication.objects.update(seen=morning)
    assert day_later() == [], "another process may still be writing what came with it"
    assert len(day_later()) == 1


def test_the_next_mail_goes_between_seven_and_eight_the_next_morning() -> None:
    now = datetime(2026, 3, 28, 22, 59, tzinfo=UTC)  # the clock goes forward that night
    for _one in range(5):
        there = timezone.localtime(next_morning(uuid4(), now))
        assert (there.date().isoformat(), there.hour) == ("2026-03-29", 7)


def test_the_form_takes_over_what_was_chosen_above_the_list(visitor: Client) -> None:
    page = visitor.get(f"{FORM}?postcode=1996AB&soort=verkeer").content.decode()
    assert 'value="1996AB"' in page
    assert re.search(r'value="verkeer"[^>]* checked', page)
    assert "999970458" not in visitor.get(f"{FORM}?postcode=999970458").content.decode()


def test_in_english_mail_and_links_are_english(visitor: Client, zandmeer: Municipality) -> None:
    visitor.post(f"/en{FORM}", {"email": ADDRESS})
    mail_due(zandmeer)

    assert f"http://zandmeer.localhost/en{FORM}" in mail.outbox[-1].body
    assert mail.outbox[-1].extra_headers["Content-Language"] == "en"


def test_in_arabic_a_mail_goes_from_right_to_left(
    visitor: Client, zandmeer: Municipality, settings: Any
) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, *more_languages("ar")]
    visitor.post(f"/ar{FORM}", {"email": ADDRESS})
    mail_due(zandmeer)

    assert "نعم، أريد هذه الرسائل" in mail.outbox[-1].body
    assert '<html lang="ar" dir="rtl">' in str(mail.outbox[-1].alternatives[0][0])


def test_where_no_source_is_set_nobody_can_ask_but_everybody_can_stop(
    subscribe: Callable[..., UUID], visitor: Client, settings: Any, zandmeer: Municipality
) -> None:
    subscription = subscribe()
    settings.PUBLICATIONS_URL = ""
    assert visitor.get(FORM).status_code == 404
    assert visitor.post(f"{FORM}{subscription}/stoppen/").status_code == 200
    assert rows(zandmeer) == []


def test_the_worker_mails_where_it_waits_for_the_mail_server() -> None:
    from portal.sharing.management.commands import worker

    assert mail_due in worker.TO_OTHERS
