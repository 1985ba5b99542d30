"""When a case changes: Notificaties calls, the case is asked anew, and its resident hears so, once."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from queue import Queue
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from demo.content.connections import CHANNELS
from demo.registers.notificaties import Subscription, subscriptions_file, write_subscriptions
from demo.registers.serving import Asked, Register, Reply
from demo.registers.zaken import demo_register
from portal.accounts.residents import resident_of
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection, connections
from portal.municipalities.models import ConnectionRow, Municipality
from portal.notices.models import Letter, Notice
from portal.notices.sending import send_due
from portal.registers.caller import Caller
from portal.registers.documenten import document
from portal.registers.gather import Question, ask_one
from portal.registers.klantinteracties.records import AddressKind
from portal.registers.klantinteracties.writing import prefer
from portal.registers.zaken import changes, lists, marks
from portal.registers.zaken.called import CALLED_WITH, COLLECTED
from portal.registers.zaken.changes import KEPT, forget_old, look_at_changes
from portal.registers.zaken.models import CaseNews, HeardOf
from tests.conftest import Clock
from tests.mijn.conftest import connected
from tests.registers.klantinteracties.conftest import klant, klant_fake

from .conftest import DAY, SECRET, zaken_connection

__all__ = ["klant", "klant_fake"]
pytestmark = pytest.mark.django_db

HELGA = BSN("999970458")
OURS = "Bearer what we gave with the subscription"
DAKKAPEL, PARKEREN = "ZM-0507", "ZM-0530"


@pytest.fixture
def town(zandmeer: Municipality, zaken_fake: Register) -> Municipality:
    """Zandmeer, whose case system may call us; Helga was in Mijn before."""
    zaken = zaken_connection(zaken_fake.url)
    connected(zandmeer, with_credential(zaken, OURS))
    with acting_for(zandmeer), transaction.atomic():
        resident_of(HELGA)
    return zandmeer


@pytest.fixture
def told_by_mail(town: Municipality, klant: Connection) -> Municipality:
    """And Klantinteracties, where Helga chose to hear by mail."""
    connected(town, klant)
    return town


def with_credential(zaken: Connection, value: str) -> Connection:
    return replace(zaken, credentials={**zaken.credentials, CALLED_WITH: value})


def system(town: Municipality) -> Connection:
    with acting_for(town), transaction.atomic():
        return connections("zaken")[0]


def statuses(town: Municipality, number: str) -> list[dict[str, Any]]:
    """What the case system holds of a case: its statuses, oldest first."""

    async def read(caller: Caller) -> Any:
        cases = await lists.read(caller, "zaken", {"identificatie": number})
        found = await lists.read(caller, "statussen", {"zaak": cases[0]["url"]})
        return sorted(found, key=lambda one: str(one["datumStatusGezet"]))

    with acting_for(town):
        answer = ask_one(Question(system(town), read))
    return answer.value  # type: ignore[union-attr,no-any-return]


def message(status: dict[str, Any], **other: Any) -> dict[str, Any]:
    """What Notificaties sends of a new status."""
    return {
        "kanaal": "zaken", "hoofdObject": status["zaak"], "resource": "status", "resourceUrl": status["url"],
        "actie": "create", "aanmaakdatum": "2026-11-28T09:00:00Z", "kenmerken": {}, **other,
    }  # fmt: skip


def of_document(town: Municipality, title: str) -> dict[str, Any]:
    """What Notificaties sends when that document comes into the dormer's case."""

    async def read(caller: Caller) -> Any:
        cases = await lists.read(caller, "zaken", {"identificatie": DAKKAPEL})
        links = await lists.read(caller, "zaakinformatieobjecten", {"zaak": cases[0]["url"]})
        for link in links:
            one = link["informatieobject"].rpartition("/")[2]
            if (await document(caller, UUID(one))).title == title:
                return link

    with acting_for(town):
        answer = ask_one(Question(system(town), read))
    return message(answer.value, resource="zaakinformatieobject")  # type: ignore[union-attr]


def of_decision(zaken_fake: Register) -> dict[str, Any]:
    """What it sends of the dormer's decision; not a word of the case."""
    beside = zaken_fake.respond.stores["mijn-9901"].beside  # type: ignore[attr-defined]  # the demo's Zaken
    url = next(url for url, (_story, ruling) in beside.rulings.items() if ruling.number == "B-ZM-0507")
    told = {"kanaal": "besluiten", "resource": "besluit", "hoofdObject": url}
    return message({"zaak": url, "url": url}, **told)


def sent_on(zaken_fake: Register, monkeypatch: pytest.MonkeyPatch, day: date | None) -> None:
    """The dormer's decision is sent on that day."""
    honest = zaken_fake.respond

    def respond(asked: Asked) -> Reply:
        reply = honest(asked)
        rows = reply.body.get("results", [reply.body]) if isinstance(reply.body, dict) else []
        for one in rows:
            if one.get("identificatie") == "B-ZM-0507":
                one["verzenddatum"] = day.isoformat() if day else None
        return reply

    monkeypatch.setattr(zaken_fake, "respond", respond)


def call(
    town: Municipality, body: Any, authorization: str | None = OURS, connection: UUID | None = None
) -> int:
    headers = {"host": town.host} | ({"authorization": authorization} if authorization is not None else {})
    content = body if isinstance(body, str) else json.dumps(body)
    path = f"/api/notificaties/{connection or system(town).id}/"
    return Client(headers=headers).post(path, content, content_type="application/json").status_code


def heard(town: Municipality) -> list[HeardOf]:
    with acting_for(town), transaction.atomic():
        return list(HeardOf.objects.order_by("heard"))


def notices(town: Municipality) -> list[Notice]:
    with acting_for(town), transaction.atomic():
        return list(Notice.objects.all())


def in_the_list(town: Municipality) -> dict[UUID, datetime]:
    """Which of Helga's cases have more that is new than their step, and since when."""
    with acting_for(town), transaction.atomic():
        rows = CaseNews.objects.filter(resident_id=resident_of(HELGA).id)
        return {one.zaak: one.came for one in rows}


class TestBeingCalled:
    def test_a_new_status_is_written_down_once_however_often_it_is_sent(self, town: Municipality) -> None:
        last = statuses(town, DAKKAPEL)[-1]

        assert [call(town, message(last)) for _again in range(3)] == [204, 204, 204]
        assert [str(one.news) for one in heard(town)] == [last["url"].rpartition("/")[2]]

    @pytest.mark.parametrize("given", [None, "", "Bearer another", OURS + " ", OURS.lower()])
    def test_who_does_not_know_the_value_is_refused(self, town: Municipality, given: str | None) -> None:
        assert call(town, message(statuses(town, DAKKAPEL)[-1]), given) == 403
        assert heard(town) == []

    def test_the_test_of_a_new_subscription_is_answered_and_does_nothing(self, town: Municipality) -> None:
        assert call(town, {"kanaal": "test", "resource": "test", "actie": "create"}, None) == 204
        assert heard(town) == []

    def test_no_connection_and_one_without_a_value_or_with_a_short_one_are_not_there(
        self, town: Municipality, zaken_fake: Register
    ) -> None:
        one = message(statuses(town, DAKKAPEL)[-1])
        assert call(town, one, connection=uuid4()) == 404
        for value in ("", "short"):
            other = with_credential(zaken_connection(zaken_fake.url), value)
            assert call(town, one, value, connected(town, other, f"with {value!r}")) == 404
        assert heard(town) == []

    def test_another_municipality_s_connection_is_not_there(
        self, town: Municipality, veldrecht: Municipality
    ) -> None:
        assert call(veldrecht, message(statuses(town, DAKKAPEL)[-1]), connection=system(town).id) == 404

    @pytest.mark.parametrize(
        "other",
        [
            {"kanaal": "documenten"},
            {"resource": "rol"},
            {"actie": "destroy"},
            {"hoofdObject": "https://zaken.example/zaken/api/v1/zaken/"},
            {"hoofdObject": None},
            {"resourceUrl": "https://zaken.example/x/../../etc"},
            {"resourceUrl": ["a"]},
            {"resource": "zaakinformatieobject"},
            {"kanaal": "besluiten", "resource": "besluit"},
            {"kanaal": "besluiten", "resource": "besluit", "actie": "destroy"},
        ],
    )
    def test_what_does_not_concern_us_is_taken_and_left(
        self, town: Municipality, other: dict[str, Any]
    ) -> None:
        assert call(town, message(statuses(town, DAKKAPEL)[-1], **other)) == 204
        assert heard(town) == []

    @pytest.mark.parametrize("body", ["", "no json", "[]", "{" * 10_000, '"' + "z" * 30_000 + '"'])
    def test_nonsense_is_refused_and_breaks_nothing(self, town: Municipality, body: str) -> None:
        assert call(town, body) == 400
        assert heard(town) == []

    def test_no_address_in_a_message_is_ever_called(self, town: Municipality, clock: Clock) -> None:
        last = statuses(town, DAKKAPEL)[-1]
        elsewhere = {name: f"http://169.254.169.254{last[key][last[key].index('/zaken/'):]}"
                     for name, key in (("hoofdObject", "zaak"), ("resourceUrl", "url"))}  # fmt: skip
        assert call(town, message(last, **elsewhere)) == 204
        clock.move(minutes=11)
        assert look_at_changes(town) == 1
        assert len(notices(town)) == 1, "the case itself was asked where the municipality says it is"


class TestTelling:
    def changed(self, town: Municipality, clock: Clock, *numbers: str) -> None:
        for number in numbers:
            assert call(town, message(statuses(town, number)[-1])) == 204
        clock.move(seconds=COLLECTED.total_seconds() + 1)

    def test_a_resident_who_chose_mail_hears_that_there_is_news_and_nothing_of_it(
        self, told_by_mail: Municipality, clock: Clock
    ) -> None:
        prefers(told_by_mail, AddressKind.EMAIL)
        self.changed(told_by_mail, clock, DAKKAPEL)
        assert look_at_changes(told_by_mail) == 1
        assert send_due(told_by_mail) == 1

        (sent,) = mail.outbox
        assert sent.to == ["helga.huisman@voorbeeld.example"]
        assert "nieuws over uw zaak" in sent.body
        assert not any(
            word in sent.subject + sent.body for word in ("dakkapel", "Dakkapel", DAKKAPEL, "Helga")
        )
        (row,) = notices(told_by_mail)
        assert (row.state, row.address) == ("sent", None)

    def test_an_address_that_cannot_be_read_holds_up_no_other(
        self, told_by_mail: Municipality, clock: Clock
    ) -> None:
        prefers(told_by_mail, AddressKind.EMAIL)
        for number in (DAKKAPEL, PARKEREN):
            self.changed(told_by_mail, clock, number)
            look_at_changes(told_by_mail)
        first = notices(told_by_mail)[0]
        with acting_for(told_by_mail), transaction.atomic():
            Notice.objects.filter(id=first.id).update(address=b"of another key")
        send_due(told_by_mail)

        assert [one.to for one in mail.outbox] == [["helga.huisman@voorbeeld.example"]]

    def test_nobody_hears_before_the_time_of_collecting_is_over(self, town: Municipality) -> None:
        call(town, message(statuses(town, DAKKAPEL)[-1]))

        assert look_at_changes(town) == 0
        assert notices(town) == []

    def test_several_changes_are_told_in_one(self, town: Municipality, clock: Clock) -> None:
        for one in statuses(town, DAKKAPEL):
            call(town, message(one))
        self.changed(town, clock, PARKEREN)

        assert look_at_changes(town) == 2
        assert len(notices(town)) == 1
        assert look_at_changes(town) == 0

    def test_a_worker_that_was_too_slow_tells_no_more_what_another_told(
        self, town: Municipality, clock: Clock
    ) -> None:
        self.changed(town, clock, DAKKAPEL)
        with acting_for(town), transaction.atomic():
            (slow,) = changes._take(clock())
        clock.move(seconds=changes.LEASE.total_seconds() + 1)
        assert look_at_changes(town) == 1
        with acting_for(town):
            changes._look(system(town), slow, set())

        assert len(notices(town)) == 1

    def test_who_chose_another_way_than_mail_gets_neither_mail_nor_letter(
        self, told_by_mail: Municipality, clock: Clock
    ) -> None:
        prefers(told_by_mail, AddressKind.PHONE)
        self.changed(told_by_mail, clock, DAKKAPEL)

        assert look_at_changes(told_by_mail) == 1
        assert notices(told_by_mail) == []

    def test_who_never_said_yes_to_mail_gets_no_letter_for_it(self, town: Municipality, clock: Clock) -> None:
        self.changed(town, clock, DAKKAPEL)
        look_at_changes(town)
        send_due(town)

        assert notices(town) == []
        with acting_for(town), transaction.atomic():
            assert not Letter.objects.exists()

    def test_who_was_never_in_mijn_is_not_written_down(
        self, zandmeer: Municipality, zaken_fake: Register, clock: Clock
    ) -> None:
        connected(zandmeer, with_credential(zaken_connection(zaken_fake.url), OURS))
        self.changed(zandmeer, clock, DAKKAPEL)

        assert look_at_changes(zandmeer) == 1
        assert notices(zandmeer) == []

    @pytest.mark.parametrize("fault", ["500", "404", "page", "broken", "schema", "truncated", "401"])
    def test_while_the_case_system_fails_it_waits_and_then_it_is_told_once(
        self, town: Municipality, clock: Clock, zaken_fake: Register, fault: str
    ) -> None:
        self.changed(town, clock, DAKKAPEL)
        zaken_fake.misbehave(fault)
        waits = fault != "404"  # a case that is not there any more is no news
        assert look_at_changes(town) == (0 if waits else 1)
        assert notices(town) == []
        zaken_fake.misbehave("none")
        clock.move(hours=1)
        look_at_changes(town)
        look_at_changes(town)

        assert len(notices(town)) == (1 if waits else 0)

    def test_what_could_not_be_looked_at_for_a_day_is_no_news(
        self, town: Municipality, clock: Clock, zaken_fake: Register
    ) -> None:
        self.changed(town, clock, DAKKAPEL)
        zaken_fake.misbehave("500")
        clock.move(hours=25)
        look_at_changes(town)

        assert heard(town)[0].done
        assert notices(town) == []

    def test_what_was_heard_is_forgotten_after_a_month(self, town: Municipality, clock: Clock) -> None:
        self.changed(town, clock, DAKKAPEL)
        clock.move(seconds=KEPT.total_seconds())
        with acting_for(town), transaction.atomic():
            forget_old(clock())

        assert heard(town) == []


class TestDocumentsAndDecisions:
    @pytest.mark.parametrize(
        ("title", "told"),
        [
            ("Ontvangstbevestiging", 1),
            ("Tekening van de voorgevel", 0),
            ("Concept van het besluit", 0),
            ("Advies van de adviseur", 0),
        ],
        ids=["from the municipality", "what the resident sent", "a draft", "confidential"],
    )
    def test_a_document_that_the_page_shows_and_that_is_from_us_is_told(
        self, town: Municipality, clock: Clock, title: str, told: int
    ) -> None:
        assert [call(town, of_document(town, title)) for _again in range(2)] == [204, 204]
        clock.move(minutes=11)

        assert look_at_changes(town) == 1
        assert len(notices(town)) == told
        assert len(in_the_list(town)) == told

    def test_a_step_is_not_marked_since_the_case_says_when(self, town: Municipality, clock: Clock) -> None:
        call(town, message(statuses(town, DAKKAPEL)[-1]))
        clock.move(minutes=11)
        look_at_changes(town)

        assert len(notices(town)) == 1
        assert in_the_list(town) == {}

    def test_the_mark_of_a_case_is_of_the_newest_and_goes_in_the_end(
        self, town: Municipality, clock: Clock, zaken_fake: Register, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        decided = of_decision(zaken_fake)
        call(town, of_document(town, "Ontvangstbevestiging"))
        clock.move(minutes=11)
        look_at_changes(town)
        sent_on(zaken_fake, monkeypatch, clock().date())
        call(town, decided)
        look_at_changes(town)
        clock.move(minutes=11)
        look_at_changes(town)
        assert list(in_the_list(town).values()) == [clock()]

        clock.move(seconds=marks.KEPT.total_seconds() + 1)
        with acting_for(town), transaction.atomic():
            marks.forget_marks(clock())
        assert in_the_list(town) == {}

    def test_a_decision_is_told_together_with_what_else_is_new_in_its_case(
        self, town: Municipality, clock: Clock, zaken_fake: Register, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        decided = of_decision(zaken_fake)
        call(town, message(statuses(town, DAKKAPEL)[-1]))
        sent_on(zaken_fake, monkeypatch, clock().date())
        call(town, decided)
        assert look_at_changes(town) == 0, "only its case is looked for"
        clock.move(minutes=11)

        assert look_at_changes(town) == 1
        assert len(notices(town)) == 1
        assert all(one.done for one in heard(town))

    def test_one_that_is_not_sent_is_told_when_it_is(
        self, town: Municipality, clock: Clock, zaken_fake: Register, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        decided = of_decision(zaken_fake)
        sent_on(zaken_fake, monkeypatch, None)
        call(town, decided)
        look_at_changes(town)
        assert heard(town) == [], "forgotten, so that its change is news"

        sent_on(zaken_fake, monkeypatch, clock().date() + timedelta(days=2))
        call(town, {**decided, "actie": "partial_update"})
        look_at_changes(town)
        clock.move(minutes=11)
        call(town, message(statuses(town, DAKKAPEL)[-1]))
        clock.move(minutes=11)
        look_at_changes(town)
        assert len(notices(town)) == 1, "the step; the decision waits for its day"

        clock.move(days=2)
        look_at_changes(town)
        assert len(notices(town)) == 2

    @pytest.mark.parametrize("fault", ["500", "page"])
    def test_one_whose_system_gives_no_answer_is_looked_for_again(
        self,
        town: Municipality,
        clock: Clock,
        zaken_fake: Register,
        fault: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        decided = of_decision(zaken_fake)
        sent_on(zaken_fake, monkeypatch, clock().date())
        call(town, decided)
        zaken_fake.misbehave(fault)
        look_at_changes(town)
        assert [one.zaak for one in heard(town)] == [None]
        zaken_fake.misbehave("none")
        for _turn in range(2):
            clock.move(minutes=11)
            look_at_changes(town)

        assert len(notices(town)) == 1

    def test_a_decision_that_is_nowhere_is_no_news(self, town: Municipality, clock: Clock) -> None:
        url = f"https://elsewhere.example/besluiten/api/v1/besluiten/{uuid4()}"
        told = {"kanaal": "besluiten", "resource": "besluit", "hoofdObject": url}
        assert call(town, message({"zaak": url, "url": url}, **told)) == 204
        look_at_changes(town)

        assert heard(town) == []
        assert notices(town) == []

    def test_where_a_system_cannot_say_of_what_to_tell_the_municipality_s_choice_holds_for_all(
        self, town: Municipality, clock: Clock
    ) -> None:
        with acting_for(town), transaction.atomic():
            row = ConnectionRow.objects.get(kind="zaken")
            row.parameters = {**row.parameters, "capabilities": {"informs": False}}
            row.save()
        call(town, of_document(town, "Ontvangstbevestiging"))
        clock.move(minutes=11)
        look_at_changes(town)

        assert notices(town) == []
        assert len(in_the_list(town)) == 1, "nobody is mailed; who comes by sees it"


class TestTheWholeWay:
    def test_what_a_caseworker_of_the_demo_does_is_told_by_mail_once_and_never_of_what(
        self, zandmeer: Municipality, klant: Connection, clock: Clock, tmp_path: Path
    ) -> None:
        """The demo's Notificaties sends as a real one; the test hands its messages to the portal."""
        heard_of: Queue[Asked] = Queue()

        def take(asked: Asked) -> Reply:
            heard_of.put(asked)
            return Reply(204, None)

        told = subscriptions_file(tmp_path, "zaken")
        with (
            Register("portal", take) as portal,
            demo_register({"mijn-9901": SECRET}, DAY, subscriptions=told) as system,
        ):
            one = connected(zandmeer, with_credential(zaken_connection(system.url), OURS))
            connected(zandmeer, klant)
            with acting_for(zandmeer), transaction.atomic():
                resident_of(HELGA)
            prefers(zandmeer, AddressKind.EMAIL)
            ours = Subscription(f"{portal.url}/api/notificaties/{one}/", OURS, CHANNELS)
            write_subscriptions(tmp_path, "zaken", {"mijn-9901": ours})
            store = system.respond.stores["mijn-9901"]  # type: ignore[attr-defined]  # the demo's Zaken
            (zaak,) = [one for one in store.zaken.values() if one["identificatie"] == DAKKAPEL]
            for act in ("stap", "brief", "besluit"):
                form = {"client": "mijn-9901", "zaak": zaak["uuid"], "doe": act}
                assert httpx.post(f"{system.url}/_werk", data=form).status_code == 303
                asked = heard_of.get(timeout=20)
                assert call(zandmeer, asked.body, asked.headers["authorization"]) == 204
            kinds = {row.what for row in heard(zandmeer)}
            look_at_changes(zandmeer)
            clock.move(minutes=11)
            look_at_changes(zandmeer)
            send_due(zandmeer)

        assert kinds == {"status", "document", "decision"}
        (sent,) = mail.outbox
        assert sent.to == ["helga.huisman@voorbeeld.example"]
        assert not any(word in sent.subject + sent.body for word in ("akkapel", DAKKAPEL, "brief", "Helga"))


def prefers(town: Municipality, kind: AddressKind) -> None:
    """Helga chooses how to hear, as Mijn writes it."""
    with acting_for(town):
        with transaction.atomic():
            klant = connections("klantinteracties")[0]
        ask_one(Question(klant, lambda caller: prefer(caller, HELGA, kind)))
