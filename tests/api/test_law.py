"""Reading by law: only for a running case with that person in it, seen at once, and stopped past a limit."""

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import connect
from portal.sharing import purposes, use_by_law
from portal.sharing.consumers_stopped import stop
from portal.sharing.models import Consumer, PurposeVersion, Restore
from portal.sharing.purposes.making import Person, Role
from portal.usage.models import Basis, Use
from tests.registers.conftest import brp_connection, zaken_connection
from tests.registers.conftest import brp_fake as brp_fake
from tests.registers.conftest import brp_register as brp_register
from tests.registers.conftest import zaken_fake as zaken_fake
from tests.registers.conftest import zaken_register as zaken_register
from tests.sharing.conftest import gives, somebody

from .conftest import HELGA, System

pytestmark = pytest.mark.django_db(transaction=True)
RUNS, ENDED, ANOTHERS, SECRET = "ZM-0507", "ZM-0411", "ZM-0032", "ZM-0998"
KEES = BSN("999990329")
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.fixture
def registers(offering, brp_fake, zaken_fake):
    with acting_for(offering), transaction.atomic():
        for known in (brp_connection(brp_fake.url), zaken_connection(zaken_fake.url)):
            connect(known.kind, known.name, known.base_url, known.credentials, known.parameters)
    return brp_fake, zaken_fake


def reads(system: System, zaak: str = RUNS, **headers: str):
    body = {"doel": "adres-parkeren", "burgerservicenummer": HELGA.reveal(), "zaak": zaak}
    return system.call("POST", "wettelijk-gebruik", body, **headers)


def uses(offering) -> list[Use]:
    with acting_for(offering), transaction.atomic():
        return list(Use.objects.all())


def test_what_the_purpose_names_and_no_more_is_read_and_the_resident_sees_it(
    parking, registers, helga, offering
):
    answer = reads(parking, traceparent=TRACE)
    assert answer.status_code == 200, answer.content
    assert list(answer.json()["gegevens"]) == ["address"]
    (use,) = uses(offering)
    assert (use.subject_id, use.basis, use.zaak, use.what) == (helga.subject, "law", RUNS, ["address"])
    assert (use.trace, use.span) == ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7")
    assert use.activity.endswith("/register/adres-parkeren/1/")


@pytest.mark.parametrize("zaak", [ENDED, ANOTHERS, SECRET, "ZM-bestaat-niet"])
def test_without_a_running_case_of_this_person_nothing_is_asked_of_the_brp(
    parking, registers, offering, zaak
):
    brp, _zaken = registers
    known, none = reads(parking, zaak), reads(parking, "ZM-nooit")
    assert (known.status_code, known.json()["title"]) == (403, "geen-grond")
    assert known.content == none.content
    assert not brp.calls
    assert not uses(offering)


@pytest.mark.parametrize(
    "otherwise", [{"case_types": ["bijstand"]}, {"case_types": []}, {"attributes": []}], ids=str
)
def test_a_running_case_of_another_kind_or_a_purpose_that_names_none_or_reads_nothing_gives_nothing(
    parking, registers, offering, otherwise
):
    with acting_for(offering), transaction.atomic():
        row = PurposeVersion.objects.get(purpose__slug="adres-parkeren")
        purposes.publish("adres-parkeren", {**row.content, **otherwise})
    assert (reads(parking).status_code, reads(parking).json()["title"]) == (403, "geen-grond")
    assert not registers[0].calls
    assert not uses(offering)


def test_the_right_case_of_somebody_else_gives_nothing(parking, registers, offering):
    body = {"doel": "adres-parkeren", "burgerservicenummer": somebody().reveal(), "zaak": RUNS}
    assert parking.call("POST", "wettelijk-gebruik", body).status_code == 403
    assert not uses(offering)


@pytest.mark.parametrize("which", [0, 1], ids=["brp", "zaken"])
def test_a_register_that_does_not_answer_means_no(parking, registers, offering, which):
    registers[which].misbehave("500")
    answer = reads(parking)
    assert (answer.status_code, answer.json()["title"]) == (503, "register-zwijgt")
    assert answer["Retry-After"]
    assert not uses(offering)


def test_a_municipality_without_registers_gives_nothing(parking, offering):
    assert reads(parking).status_code == 503
    assert not uses(offering)


def test_a_recalled_purpose_gives_nothing(parking, registers, offering):
    with acting_for(offering), transaction.atomic():
        purposes.recall("adres-parkeren", "De functionaris", "Het mag niet meer.")
    assert reads(parking).status_code == 403
    assert not uses(offering)


def test_a_purpose_that_needs_a_yes_is_not_read_by_law(parking, registers, offering):
    body = {"doel": "maatje-18", "burgerservicenummer": HELGA.reveal(), "zaak": RUNS}
    assert parking.call("POST", "wettelijk-gebruik", body).status_code == 403
    assert not uses(offering)


def test_the_same_call_again_is_the_same_use_and_its_key_is_for_no_other(parking, registers, offering):
    first, again = (reads(parking, **{"Idempotency-Key": "een"}) for _ in range(2))
    assert first.content == again.content
    assert len(uses(offering)) == 1
    with acting_for(offering), transaction.atomic():
        Use.objects.update(zaak="ZM-0001")
    assert reads(parking, **{"Idempotency-Key": "een"}).status_code == 409


def test_a_key_of_another_call_tells_nothing_of_a_person_and_a_case_and_asks_no_register(
    parking, registers, offering
):
    key, tried = {"Idempotency-Key": "een"}, []
    with acting_for(offering), transaction.atomic():
        Consumer.objects.filter(slug="demo-balie").update(daily_limit=1)
    assert reads(parking, **key).status_code == 200
    for one in registers:
        one.calls.clear()
    for bsn, zaak in (
        (HELGA, ENDED),
        (HELGA, "ZM-nooit"),
        (KEES, RUNS),
        (KEES, ANOTHERS),
        (somebody(), RUNS),
    ):
        body = {"doel": "adres-parkeren", "burgerservicenummer": bsn.reveal(), "zaak": zaak}
        tried.append(parking.call("POST", "wettelijk-gebruik", body, **key))
    assert {one.status_code for one in tried} == {409}
    assert len({one.content for one in tried}) == 1
    assert [one.calls for one in registers] == [[], []]
    assert len(uses(offering)) == 1
    assert reads(parking, **key).status_code == 200


def test_past_the_days_limit_the_consumer_is_stopped_until_somebody_looks(
    parking, registers, offering, clock
):
    with acting_for(offering), transaction.atomic():
        Consumer.objects.filter(slug="demo-balie").update(daily_limit=2)
    assert [reads(parking).status_code for _ in range(4)] == [200, 200, 403, 403]
    with acting_for(offering), transaction.atomic():
        row = Consumer.objects.get(slug="demo-balie")
    assert row.blocked == clock.time
    assert "2 keer" in row.blocked_why
    assert len(uses(offering)) == 2
    clock.move(days=1)  # the next day does not heal it
    assert reads(parking).json()["title"] == "geblokkeerd"


def test_who_was_let_go_on_by_an_officer_reads_on_the_same_day_up_to_the_limit_again(
    parking, registers, offering, clock
):
    with acting_for(offering), transaction.atomic():
        Consumer.objects.filter(slug="demo-balie").update(daily_limit=2)
    assert [reads(parking).status_code for _ in range(3)] == [200, 200, 403]
    officer = Person(12, "Ingrid", frozenset({Role.OFFICER}))
    for _time in range(2):
        clock.move(seconds=61)  # no more than some calls a minute
        with acting_for(offering):
            with transaction.atomic():
                row = Consumer.objects.get(slug="demo-balie")
            stop(row.id, officer, "Nagevraagd: het klopte.", stops=False)
        assert [reads(parking).status_code for _ in range(3)] == [200, 200, 403]
    assert len(uses(offering)) == 6


def test_many_at_once_do_not_slip_past_the_limit(parking, registers, offering, desk_at):
    with acting_for(offering), transaction.atomic():
        Consumer.objects.filter(slug="demo-balie").update(daily_limit=3)
    at_once, got = Barrier(8), []

    def read() -> None:
        at_once.wait()
        got.append(reads(System(desk_at)).status_code)
        connection.close()

    threads = [Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(uses(offering)) == got.count(200) <= 3
    assert set(got) <= {200, 403, 503}
    with acting_for(offering), transaction.atomic():
        blocked = Consumer.objects.get(slug="demo-balie").blocked
    assert (blocked is not None) == (403 in got)


def test_who_passes_the_limit_while_its_call_is_under_way_is_stopped_too(
    parking, registers, offering, helga, monkeypatch
):
    """Another call of the same consumer took the last of the day while the registers were asked."""
    asks = use_by_law._asked

    def meanwhile(*asked):
        with transaction.atomic():
            row = Consumer.objects.get(slug="demo-balie")
            Use.objects.create(
                municipality=offering, subject_id=helga.subject, consumer_id=row.id, who=row.name,
                purpose="x", ground="x", basis=Basis.LAW, at=timezone.now(),
            )  # fmt: skip
        return asks(*asked)

    with acting_for(offering), transaction.atomic():
        Consumer.objects.filter(slug="demo-balie").update(daily_limit=1)
    monkeypatch.setattr(use_by_law, "_asked", meanwhile)
    assert reads(parking).json()["title"] == "geblokkeerd"
    with acting_for(offering), transaction.atomic():
        assert Consumer.objects.get(slug="demo-balie").blocked
    assert len(uses(offering)) == 1


def test_a_key_that_is_used_for_a_grant_at_this_very_moment_is_no_fault(
    parking, registers, offering, helga, desk_at, monkeypatch
):
    """Both calls come between looking for the key and writing the use; one waits for the other."""
    with acting_for(offering), transaction.atomic():
        grant = gives(helga).id
    key, looks, got, looked = {"Idempotency-Key": "een"}, use_by_law._same_call, [], []

    def other() -> None:
        got.append(System(desk_at).call("POST", f"toestemmingen/{grant}/gebruik", **key).status_code)
        connection.close()

    thread = Thread(target=other)

    def found(*asked):
        seen = looks(*asked)
        looked.append(seen)
        if len(looked) == 3:  # before the registers, after them, and for the use
            thread.start()
            thread.join(1)
        return seen

    monkeypatch.setattr(use_by_law, "_same_call", found)
    assert reads(parking, **key).status_code == 200
    thread.join(20)
    assert got == [404]
    assert len(uses(offering)) == 1


def test_after_a_restore_nothing_is_read_by_law_either(parking, registers, offering, clock):
    with acting_for(offering), transaction.atomic():
        Restore.objects.create(municipality=offering, found=clock.time)
    assert reads(parking).json()["title"] == "na-herstel"
    assert not uses(offering)
