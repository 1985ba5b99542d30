"""When a register is down: what this session fetched earlier, with its age; else a plain word, not "none"."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils.timezone import localtime

from demo.content.residents import AYSE as AYSE_OF_THE_STORY
from demo.registers import berichten as demo_berichten
from demo.registers import objecten as demo_objecten
from demo.registers.serving import Asked, Register, Reply
from portal.accounts.middleware import COOKIE
from portal.municipalities.acting import acting_for
from portal.municipalities.connections import connection
from portal.municipalities.models import ConnectionRow, Municipality
from portal.municipalities.turns import take_turn
from portal.registers import caller
from portal.registers.earlier import Memory
from portal.registers.models import Breaker, KeptAnswer
from portal.registers.sections import sections
from tests.conftest import Clock
from tests.registers.berichten.conftest import berichten_connection
from tests.registers.conftest import DAY
from tests.registers.klantinteracties.conftest import klant, klant_fake
from tests.registers.taken.conftest import objecten_connection

from .conftest import AYSE, HELGA, KEES, body_of, connected, signed_in
from .test_cases import address_of
from .test_overview import NO_CASES, PHONE, part
from .test_what_is_new import TOKENS

__all__ = ["klant", "klant_fake"]

EARLIER = "Dit is wat wij om "
KINDS = {"zaken": "Omgevingsvergunning dakkapel", "brp": "20 december 1987", "klantinteracties": "Dakkapel"}
FAULTS = ("500", "401", "404", "broken", "schema", "truncated", "hang")


def visited(browser: Client, *paths: str) -> None:
    for path in paths or ("/mijn/",):
        body_of(browser.get(path))


def kept(here: Municipality) -> list[KeptAnswer]:
    with acting_for(here), transaction.atomic():
        return list(KeptAnswer.objects.order_by("what"))


def fails(register: Register, fault: str, here: Municipality) -> None:
    with acting_for(here), transaction.atomic():
        Breaker.objects.all().delete()
    register.misbehave(fault)


def all_that_is_kept(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What will be written, as it is before it is sealed."""
    written: list[bytes] = []
    seal = Memory._seal
    monkeypatch.setattr(
        Memory, "_seal", lambda self, row, plain: written.append(plain) or seal(self, row, plain)
    )
    return written


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_a_register_does_later_what_came_earlier_stands_there_with_its_age(
    helga: Client,
    mijn: Municipality,
    zaken_fake: Register,
    brp_fake: Register,
    fault: str,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visited(helga)
    then = f"{localtime(clock.time):%H:%M} uur"
    clock.move(minutes=4)
    # Shorter only now: a busy machine must not lose what comes first.
    monkeypatch.setattr(caller, "LIMIT", 0.4)
    for register in (zaken_fake, brp_fake):
        fails(register, fault, mijn)
    page = body_of(helga.get("/mijn/"))

    for kind in ("zaken", "brp"):
        assert EARLIER in part(page, kind), kind
        assert KINDS[kind] in part(page, kind)
        assert PHONE in part(page, kind)
        assert f'data-again="/mijn/onderdeel/{kind}/"' in part(page, kind)
    assert then in part(page, "zaken"), "on the clock of the Netherlands"


def test_each_part_says_so_below_its_own_heading(
    mijn: Municipality, zaken_fake: Register, brp_fake: Register, klant_fake: Register, klant
) -> None:
    """Else who reads by headings hears it with the part above."""
    connected(mijn, klant)
    with (
        demo_objecten.demo_register(TOKENS, DAY) as tasks,
        demo_berichten.demo_register(TOKENS, DAY) as messages,
    ):
        connected(mijn, objecten_connection(tasks))
        connected(mijn, berichten_connection(messages))
        helga = signed_in(mijn)
        visited(helga)
        for register in (zaken_fake, brp_fake, klant_fake, tasks, messages):
            fails(register, "500", mijn)
        page = body_of(helga.get("/mijn/"))

    for one in sections():
        told = part(page, one.kind)
        assert told.index("</h2>") < told.index(EARLIER), one.kind
        assert f'aria-label="Probeer het opnieuw: {one.title}"' in told


def test_pages_of_all_cases_own_data_and_contact_show_it_too(
    helga: Client, mijn: Municipality, zaken_fake: Register, brp_fake: Register, klant_fake: Register, klant
) -> None:
    connected(mijn, klant)
    told = {
        "/mijn/zaken/": (zaken_fake, "Omgevingsvergunning dakkapel"),
        "/mijn/gegevens/": (brp_fake, "Duinroosstraat 12"),
        "/mijn/contact/": (klant_fake, "<article"),
    }
    visited(helga, "/mijn/gegevens/", *told)
    for path, (register, words) in told.items():
        fails(register, "500", mijn)
        answer = helga.get(path)
        page = body_of(answer)

        assert answer.status_code == 200, path
        assert EARLIER in page, path
        assert words in page, path
        assert "nu niet te zien" not in page


def test_the_list_of_cases_falls_back_on_the_overview_and_says_that_there_may_be_more(
    helga: Client, mijn: Municipality, zaken_fake: Register
) -> None:
    visited(helga)
    fails(zaken_fake, "500", mijn)
    page = body_of(helga.get("/mijn/zaken/"))

    assert "Omgevingsvergunning dakkapel" in page
    assert "Misschien heeft u meer zaken dan u hier ziet." in page
    assert NO_CASES not in page


@pytest.mark.parametrize("path", ["/mijn/", "/mijn/zaken/"])
def test_what_an_administrator_changed_since_is_not_shown_from_memory(
    helga: Client, mijn: Municipality, zaken_fake: Register, path: str
) -> None:
    visited(helga, "/mijn/", "/mijn/zaken/")
    with acting_for(mijn), transaction.atomic():
        row = ConnectionRow.objects.get(kind="zaken")
        row.parameters = row.parameters | {"case_types": {"any": {"shown": False}}}
        row.save()
    fails(zaken_fake, "500", mijn)
    page = body_of(helga.get(path))

    assert "Omgevingsvergunning dakkapel" not in page
    assert EARLIER not in page
    assert "niet te zien" in page


def test_what_did_not_come_before_is_said_not_to_be_there_now(
    helga: Client, mijn: Municipality, zaken_fake: Register
) -> None:
    fails(zaken_fake, "500", mijn)
    page = part(body_of(helga.get("/mijn/")), "zaken")

    assert EARLIER not in page
    assert "Uw zaken zijn nu niet te zien." in page
    assert PHONE in page
    assert 'data-again="/mijn/onderdeel/zaken/"' in page


def test_that_there_were_no_cases_is_never_told_from_memory(mijn: Municipality, zaken_fake: Register) -> None:
    kees = signed_in(mijn, KEES)
    visited(kees)
    assert NO_CASES in part(body_of(kees.get("/mijn/")), "zaken")
    fails(zaken_fake, "500", mijn)

    page = part(body_of(kees.get("/mijn/")), "zaken")
    assert NO_CASES not in page
    assert "Uw zaken zijn nu niet te zien." in page


def section(page: str, name: str) -> str:
    return page.split(f'id="{name}"')[1].split("</section>")[0]


class TestACase:
    def test_that_was_looked_at_stands_there_whole_with_its_age(
        self, helga: Client, mijn: Municipality, zaken_fake: Register, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written = all_that_is_kept(monkeypatch)
        one, other = address_of(helga, "ZM-0507"), address_of(helga, "ZM-0411")
        visited(helga)
        fresh = body_of(helga.get(one))
        fails(zaken_fake, "500", mijn)
        answer = helga.get(one)
        page = body_of(answer)

        assert answer.status_code == 200
        assert EARLIER in page
        assert PHONE in page
        assert f'data-again="{one}"' in page
        for name in ("termijn", "stappen", "documenten", "bellen", "gegevens"):
            assert section(page, name) == section(fresh, name)
        assert HELGA.reveal().encode() not in b"".join(written), "who takes part is not kept"
        assert helga.get(other).status_code == 503
        assert "Dit is wat wij" not in body_of(signed_in(mijn).get(one))

    def test_that_is_no_longer_the_resident_s_is_forgotten(
        self, helga: Client, mijn: Municipality, zaken_fake: Register, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one = address_of(helga, "ZM-0507")
        visited(helga, "/mijn/", one)
        honest = zaken_fake.respond
        monkeypatch.setattr(
            zaken_fake, "respond", lambda asked: Reply(404, {}) if asked.method == "GET" else honest(asked)
        )
        assert helga.get(one).status_code == 404
        monkeypatch.setattr(zaken_fake, "respond", honest)
        fails(zaken_fake, "500", mijn)

        assert helga.get(one).status_code == 503

    def test_of_many_the_last_ones_are_kept(
        self, helga: Client, mijn: Municipality, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("portal.registers.earlier.MOST_ONES", 1)
        cases = [address_of(helga, number) for number in ("ZM-0507", "ZM-0411")]
        visited(helga, "/mijn/", *cases)

        assert len([row for row in kept(mijn) if row.what.startswith("one:")]) == 1


class TestItDiesWithTheSession:
    def test_another_session_of_the_same_resident_sees_nothing_of_it(
        self, helga: Client, mijn: Municipality, zaken_fake: Register
    ) -> None:
        visited(helga)
        fails(zaken_fake, "500", mijn)

        assert EARLIER not in body_of(signed_in(mijn).get("/mijn/"))
        assert EARLIER not in body_of(signed_in(mijn, KEES).get("/mijn/"))

    def test_signing_out_takes_it_along(self, helga: Client, mijn: Municipality) -> None:
        visited(helga)
        assert {row.what for row in kept(mijn)} == {"brp", "zaken"}

        helga.post("/mijn/uitloggen/")
        assert kept(mijn) == []

    def test_so_does_idling(self, helga: Client, mijn: Municipality, clock: Clock) -> None:
        visited(helga)
        clock.move(minutes=settings.IDLE_MINUTES, seconds=1)
        helga.get("/mijn/")

        assert kept(mijn) == []

    def test_what_came_just_after_the_end_goes_with_the_worker_s_turn(
        self, helga: Client, mijn: Municipality, clock: Clock
    ) -> None:
        visited(helga)
        with acting_for(mijn), transaction.atomic():
            row = KeptAnswer.objects.first()
        helga.post("/mijn/uitloggen/")
        with acting_for(mijn), transaction.atomic():
            row.save(force_insert=True)  # type: ignore[union-attr]
        clock.move(minutes=settings.SESSION_MINUTES)
        with acting_for(mijn):
            take_turn(clock())

        assert kept(mijn) == []

    def test_a_page_that_ends_after_signing_out_keeps_nothing(
        self, helga: Client, mijn: Municipality
    ) -> None:
        streaming = helga.get("/mijn/")
        helga.post("/mijn/uitloggen/")
        body_of(streaming)

        assert kept(mijn) == []

    def test_the_database_alone_opens_none_of_it(self, helga: Client, mijn: Municipality) -> None:
        """Under a key made of the cookie; with another cookie for the same row it does not open."""
        visited(helga)
        rows = b"".join(bytes(row.sealed) for row in kept(mijn))
        assert b"dakkapel" not in rows.lower()

        other = signed_in(mijn)
        with acting_for(mijn), transaction.atomic():
            from portal.accounts import sessions

            theirs = sessions.find(other.cookies[COOKIE].value, activity=False)
            assert theirs
            KeptAnswer.objects.update(session=theirs.id)
        # Moved to another session, as who writes in the database could.
        from portal.registers.zaken.section import KEEPS

        with acting_for(mijn), transaction.atomic():
            assert KeptAnswer.objects.filter(what="zaken").exists()
            assert Memory(theirs).earlier(KEEPS, connection("zaken"), None) is None


class TestASecretAddress:
    def test_is_never_kept_and_so_nothing_else_of_this_resident(
        self, mijn: Municipality, brp_fake: Register, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written = all_that_is_kept(monkeypatch)
        ayse = signed_in(mijn, AYSE)
        visited(ayse, "/mijn/", "/mijn/gegevens/", "/mijn/zaken/", address_of(ayse, "ZM-"))
        body_of(ayse.post("/mijn/gegevens/adres/"))

        assert [row.what for row in kept(mijn)] == ["brp"]
        assert written
        for plain in written:
            assert AYSE_OF_THE_STORY.street.encode() not in plain
            assert AYSE_OF_THE_STORY.postcode.encode() not in plain

        fails(brp_fake, "500", mijn)
        page = body_of(ayse.post("/mijn/gegevens/adres/"))
        assert "Bilgiç" in page
        assert "Zeewindhof" not in page
        assert "wij onthouden het nooit" in page

    def test_that_becomes_secret_is_forgotten_at_once(
        self, helga: Client, mijn: Municipality, brp_fake: Register, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        visited(helga, "/mijn/", address_of(helga, "ZM-0507"))
        honest = brp_fake.respond

        def secret(asked: Asked) -> Reply:
            reply = honest(asked)
            reply.body["personen"][0]["geheimhoudingPersoonsgegevens"] = True
            return reply

        monkeypatch.setattr(brp_fake, "respond", secret)
        visited(helga, "/mijn/gegevens/")
        assert [row.what for row in kept(mijn)] == ["brp"]

        fails(brp_fake, "500", mijn)
        assert "Duinroosstraat" not in body_of(helga.get("/mijn/gegevens/"))

    def test_while_it_is_not_known_whether_it_is_secret_nothing_is_kept(
        self, helga: Client, mijn: Municipality, brp_fake: Register
    ) -> None:
        fails(brp_fake, "500", mijn)
        visited(helga)

        assert kept(mijn) == []


class TestThePartAsksAgainByItself:
    def test_and_is_whole_when_the_register_is_back(
        self, helga: Client, mijn: Municipality, zaken_fake: Register
    ) -> None:
        again = {"X-Automatic": "1"}
        fails(zaken_fake, "500", mijn)
        broken = helga.get("/mijn/onderdeel/zaken/", headers=again)
        zaken_fake.misbehave("none")
        whole = helga.get("/mijn/onderdeel/zaken/", headers=again)

        assert "data-again" in body_of(broken)
        assert "data-again" not in body_of(whole)
        assert "Omgevingsvergunning dakkapel" in part(body_of(whole) + "</section></div>", "zaken")
        assert whole["Cache-Control"] == "no-store"

    def test_which_does_not_count_as_being_there(
        self, helga: Client, mijn: Municipality, clock: Clock
    ) -> None:
        visited(helga)
        for _time in range(4):
            clock.move(minutes=settings.IDLE_MINUTES / 4, seconds=1)
            answer = helga.get("/mijn/onderdeel/zaken/", headers={"X-Automatic": "1"})

        assert answer.status_code == 302
        assert "/mijn/inloggen/" in answer["Location"]

    def test_nobody_opens_it_as_a_page(self, helga: Client) -> None:
        assert helga.get("/mijn/onderdeel/zaken/")["Location"] == "/mijn/"
        answer = helga.get("/mijn/onderdeel/anders/", headers={"X-Automatic": "1"})
        assert answer.status_code == 404


def test_pages_that_are_looked_at_often_write_seldom(helga: Client, mijn: Municipality, clock: Clock) -> None:
    visited(helga)
    first = {row.what: row.fetched for row in kept(mijn)}
    clock.move(seconds=30)
    visited(helga)
    assert {row.what: row.fetched for row in kept(mijn)} == first

    clock.move(seconds=31)
    visited(helga)
    assert {row.fetched - first[row.what] for row in kept(mijn)} == {timedelta(seconds=61)}
