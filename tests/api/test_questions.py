"""A professional asks a resident: once for an id, without learning whom the municipality knows."""

import json
from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.models import Resident
from portal.accounts.residents import resident_of_whoever
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import holds_one
from portal.notices.models import Notice
from portal.sharing import acts, asking, purposes, requests
from portal.sharing.models import FURTHEST_END, Consumer, Grant, Muted, PurposeVersion, Request
from portal.sharing.models.grants import FURTHEST
from portal.sharing.states import Answer
from tests.sharing.conftest import somebody

from .conftest import HELGA, System, question

pytestmark = pytest.mark.django_db(transaction=True)


def answers(helga, offering, given=True) -> Grant | None:
    """Helga answers the one open question, as the pages do."""
    with acting_for(offering), transaction.atomic():
        row = requests.open_for(helga).get()
        version = purposes.newest(row.version.purpose.slug, "nl")
        sharing = acts.begin(helga, version, row)
        if not given:
            acts.refuse(helga, sharing.id)
            return None
        acts.choose(helga, sharing.id, ["email"])
        disclosure = acts.ask(helga, sharing.id, "other_device")
        acts.prove(sharing.id, disclosure.id, {"email": "helga@voorbeeld.example"})
        return acts.agree(helga, sharing.id, disclosure.id)


def test_the_same_question_again_is_the_same_question(system):
    asked = question()
    first, again = system.call("POST", "toestemmingsverzoeken", asked), system.asks(**asked)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    assert first.json()["toestand"] == "aangemaakt"


def test_the_same_id_for_another_question_is_refused(system):
    asked = question()
    system.asks(**asked)
    for other in ({"burgerservicenummer": somebody().reveal()}, {"zaak": "ZAAK-1"}, {"doel": "maatje-18"}):
        answer = system.asks(**{**asked, **other})
        assert (answer.status_code, answer.json()["title"]) == (409, "al-gebruikt")


def test_what_only_the_resident_begins_is_asked_of_nobody_with_the_same_answer_for_any_bsn(
    system, offering, helga
):
    with acting_for(offering), transaction.atomic():
        row = PurposeVersion.objects.get(purpose__slug="maatje-18")
        purposes.publish("maatje-18", {**row.content, "initiative": "resident"})
    known, unknown = (
        system.asks(doel="maatje-18", versie=2, burgerservicenummer=bsn.reveal())
        for bsn in (HELGA, somebody())
    )
    assert (known.status_code, known["Content-Type"]) == (403, "application/problem+json")
    assert known.json()["title"] == "inwoner-begint"
    assert known.content == unknown.content
    with acting_for(offering), transaction.atomic():
        assert not Request.objects.exists()
        assert not Notice.objects.exists()
        purposes.publish("maatje-18", {**row.content, "initiative": "municipality"})
    assert system.asks(doel="maatje-18", versie=3).status_code == 201


def test_the_number_of_the_resident_is_kept_nowhere(system, offering):
    system.asks()
    with acting_for(offering), transaction.atomic():
        kept = json.dumps(list(Request.objects.values()), default=str)
        assert HELGA.reveal() not in kept


def test_whether_somebody_is_known_makes_no_difference_in_answer_or_work(system, offering, helga):
    unknown = somebody()

    def work(bsn) -> int:
        with acting_for(offering), transaction.atomic(), CaptureQueriesContext(connection) as done:
            resident_of_whoever(bsn)
        return len(done)

    known, stranger = system.asks(), system.asks(burgerservicenummer=unknown.reveal())
    drop = ("id", "aangemaaktOp", "verlooptOp", "antwoordAdres")
    left = [{k: v for k, v in answer.json().items() if k not in drop} for answer in (known, stranger)]
    assert left[0] == left[1]
    assert known.status_code == stranger.status_code == 201
    assert work(HELGA) == work(somebody())
    with acting_for(offering), transaction.atomic():
        before = Resident.objects.count()
        resident_of_whoever(HELGA)
        assert Resident.objects.count() == before


@pytest.mark.parametrize(
    "other",
    [
        {"doel": "bestaat-niet"},
        {"versie": 2},
        {"doel": "adres-parkeren"},
    ],
    ids=["no such purpose", "no such version", "another consumer's"],
)
def test_what_a_consumer_may_not_ask_is_refused_alike(system, offering, other):
    with acting_for(offering), transaction.atomic():
        row = Consumer.objects.get(slug="demo-balie")
        row.purposes = [*row.purposes, "bestaat-niet"]
        row.save()
    answer = system.asks(**other)
    assert (answer.status_code, answer.json()["title"]) == (403, "doel-niet-toegestaan")


def test_a_moment_is_written_out_and_is_no_number_of_seconds(system):
    tomorrow = timezone.now() + timedelta(days=1)
    for moment in (int(tomorrow.timestamp()), str(int(tomorrow.timestamp())), tomorrow.date().isoformat()):
        assert system.asks(antwoordVoor=moment).status_code == 400
    assert system.asks(antwoordVoor=tomorrow.isoformat()).status_code == 201


@pytest.mark.parametrize(
    "other",
    [
        {"burgerservicenummer": "123456789"},
        {"burgerservicenummer": "9999704580"},
        {"burgerservicenummer": None},
        {"id": "x"},
        {"versie": 0},
        {"versie": "1e9"},
        {"zaak": "a\x00b"},
        {"zaak": "ZM-\u202e7050"},
        {"zaak": "ZM\u200b-0507"},
        {"zaak": "ZM-0507\x85"},
        {"zaak": "999970458"},
        {"zaak": "Z 999970458"},
        {"zaak": "ZM-9999.704.58/a"},
        {"zaak": "zaak ９９９９７０４５８"},
        {"zaak": "zaak ⁹⁹⁹⁹⁷⁰⁴⁵⁸"},
        {"zaak": "Z 9999\u00ad70458"},
        {"zaak": "\u00ad\u3164\U000e0041"},
        {"zaak": "\U000e0041"},
        {"zaak": "ZM\u3164"},
        {"zaak": " \u3000"},
        {"versie": True},
        {"versie": "1"},
        {"zaak": "x" * 101},
        {"terugUrl": "https://elders.example/"},
        {"terugUrl": "javascript:alert(1)"},
        {"antwoordVoor": "2020-01-01T00:00:00Z"},
        {"antwoordVoor": "2999-01-01T00:00:00Z"},
        {"antwoordVoor": "2027-01-01T00:00:00"},
        {"gewenstEinde": "2020-01-01T00:00:00Z"},
        {"gewenstEinde": "9999-12-31T23:59:59-14:00"},
        {"gewenstEinde": "9999-12-31T23:59:59Z"},
        {"gewenstEinde": "0001-01-01T00:00:00+14:00"},
        {"antwoordVoor": "9999-12-31T23:59:59-14:00"},
        {"antwoordVoor": "0001-01-01T00:00:00+14:00"},
        {"onbekend": 1},
    ],
    ids=str,
)
def test_a_question_that_is_not_well_formed_gets_a_clear_no_without_what_was_sent(system, offering, other):
    answer = system.asks(**other)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert set(answer.json()) <= {"type", "title", "status", "detail", "instance"}
    assert "999970458" not in answer.content.decode()
    assert "elders" not in answer.content.decode()
    with acting_for(offering), transaction.atomic():
        assert not Request.objects.exists()


def test_no_longer_than_the_purpose_allows(system):
    late = (timezone.now() + timedelta(days=400)).isoformat()
    assert system.asks(doel="maatje-18", gewenstEinde=late).status_code == 400


def test_where_the_purpose_has_no_end_no_more_than_ten_years_are_asked(system, clock):
    furthest = clock() + FURTHEST_END
    assert system.asks(gewenstEinde=furthest.isoformat()).status_code == 201
    answer = system.asks(gewenstEinde=(furthest + timedelta(microseconds=1)).isoformat())
    assert (answer.status_code, "tien jaar" in answer.json()["detail"]) == (400, True)


BEYOND = "'9999-12-31T23:59:59-14:00'"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        (f"sharing_request SET wanted_until = {BEYOND}", "request_ends_within_ten_years"),
        (f"sharing_request SET expires = {BEYOND}", "request_ends_within_ten_years"),
        (
            "sharing_request SET wanted_until = created + interval '3653 days 1 second'",
            "request_ends_within_ten_years",
        ),
    ],
)
def test_the_database_keeps_no_question_with_an_end_that_nobody_can_read(
    system, offering, change, constraint
):
    system.asks()
    with (
        acting_for(offering),
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {change}")


def test_the_database_keeps_no_yes_with_an_end_that_nobody_can_read(system, helga, offering):
    system.asks()
    grant = answers(helga, offering)
    assert grant is not None
    grant.id, grant.until = uuid4(), FURTHEST
    with (
        acting_for(offering),
        pytest.raises(IntegrityError, match="grant_ends_in_the_calendar"),
        transaction.atomic(),
    ):
        grant.save(force_insert=True)


@pytest.mark.parametrize(
    "zaak", ["2026-00002", "ZM-2026-00002", "ZAAK-2026-0000000042", "Z/26/1.234", "ZM 🏡 7"]
)
def test_the_number_of_a_case_may_look_like_one_of_a_person(system, zaak):
    assert holds_one("2026-00002")
    assert system.asks(zaak=zaak).status_code == 201


def test_the_yes_lasts_no_longer_than_was_asked(system, helga, offering):
    wanted = timezone.now() + timedelta(days=5)
    asked = system.asks(gewenstEinde=wanted.isoformat()).json()
    grant = answers(helga, offering)
    assert grant is not None
    assert grant.until == wanted
    shown = system.call("GET", f"toestemmingsverzoeken/{asked['id']}").json()
    assert (shown["toestand"], shown["toestemming"]) == ("gegeven", str(grant.id))


def test_a_no_is_seen_and_a_second_answer_changes_nothing(system, helga, offering):
    asked = system.asks().json()
    answers(helga, offering, given=False)
    assert system.call("GET", f"toestemmingsverzoeken/{asked['id']}").json()["toestand"] == "geweigerd"
    assert system.call("DELETE", f"toestemmingsverzoeken/{asked['id']}").status_code == 409


def test_a_question_that_was_taken_back_cannot_be_answered(system, helga, offering):
    asked = system.asks().json()
    with acting_for(offering), transaction.atomic():
        row = requests.open_for(helga).get()
        sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"), row)
        acts.choose(helga, sharing.id, ["email"])
        disclosure = acts.ask(helga, sharing.id, "other_device")
        acts.prove(sharing.id, disclosure.id, {"email": "helga@voorbeeld.example"})
    for _ in range(2):
        assert system.call("DELETE", f"toestemmingsverzoeken/{asked['id']}").status_code == 204
    with acting_for(offering), transaction.atomic(), pytest.raises(acts.NoLongerAsked):
        acts.agree(helga, sharing.id, disclosure.id)
    with acting_for(offering), transaction.atomic():
        assert not Grant.objects.exists()
        assert not requests.open_for(helga).exists()


def test_it_is_over_at_its_end(system, helga, offering, clock):
    asked = system.asks().json()
    clock.time += asking.ANSWER_WITHIN
    assert system.call("GET", f"toestemmingsverzoeken/{asked['id']}").json()["toestand"] == "aangemaakt"
    clock.time = asking.end_of_day(clock.time)  # “tot en met” a day is the whole of it
    assert system.call("GET", f"toestemmingsverzoeken/{asked['id']}").json()["toestand"] == "verlopen"
    with acting_for(offering), transaction.atomic():
        assert not requests.open_for(helga).exists()
        assert requests.answer(Request.objects.get().id, Answer.APPROVE) is None


def test_who_is_muted_notices_nothing_and_the_resident_sees_nothing(system, helga, offering):
    with acting_for(offering), transaction.atomic():
        row = Consumer.objects.get(slug="demo-balie")
        Muted.objects.create(
            municipality=offering, subject_id=helga.subject, consumer=row, since=timezone.now()
        )
    asked = system.asks()
    assert (asked.status_code, asked.json()["toestand"]) == (201, "aangemaakt")
    with acting_for(offering), transaction.atomic():
        assert not requests.open_for(helga).exists()
        assert not Notice.objects.exists()


def test_the_resident_is_told_that_there_is_a_question(system, helga, offering):
    asked = question()
    for _ in range(2):
        system.asks(**asked)
    with acting_for(offering), transaction.atomic():
        assert Notice.objects.get().kind == "request"


def test_one_resident_is_asked_so_often_a_day_known_or_not(system, offering, helga):
    for bsn in (HELGA, somebody()):
        asked = [system.asks(burgerservicenummer=bsn.reveal()) for _ in range(6)]
        assert [one.status_code for one in asked] == [201] * asking.A_RESIDENT + [429]
        assert (asked[-1].json()["title"], asked[-1]["Retry-After"]) == ("te-vaak", "3600")


def test_another_consumers_question_is_byte_for_byte_as_unknown_as_none(system, other_system):
    asked = system.asks().json()["id"]
    with acting_for(other_system.desk.municipality), transaction.atomic():
        Consumer.objects.filter(slug="andere-balie").update(purposes=["digitaal-bericht"])
    for method in ("GET", "DELETE"):
        paths = [f"toestemmingsverzoeken/{one}" for one in (asked, uuid4())]
        foreign, none = (other_system.call(method, path) for path in paths)
        assert foreign.status_code == none.status_code == 404
        assert (foreign.content, foreign.headers) == (none.content, none.headers)


def test_a_token_for_one_purpose_reads_no_question_of_another(system):
    asked = system.asks().json()["id"]
    scope = "toestemming:lezen:maatje-18"
    assert system.call("GET", f"toestemmingsverzoeken/{asked}", None, scope).status_code == 404
    assert system.call("POST", "toestemmingsverzoeken", question(), scope).status_code == 403


def test_twenty_of_the_same_at_once_are_one(system, offering, desk_at):
    asked, at_once, got = question(), Barrier(20), []

    def ask() -> None:
        at_once.wait()
        answer = System(desk_at).asks(**asked)
        got.append((answer.status_code, answer.content))
        connection.close()

    threads = [Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(status for status, _ in got) == [200] * 19 + [201]
    assert len({content for _, content in got}) == 1
    with acting_for(offering), transaction.atomic():
        assert Request.objects.count() == 1


def test_an_answer_and_taking_back_at_once_leave_one_of_both(system, helga, offering, desk_at):
    """Whoever comes first: a grant with an answered question, or no grant and one taken back."""
    for _ in range(3):
        asked = system.asks().json()["id"]
        at_once, ended = Barrier(2), []

        def take_back(asked=asked, at_once=at_once, ended=ended) -> None:
            at_once.wait()
            ended.append(System(desk_at).call("DELETE", f"toestemmingsverzoeken/{asked}").status_code)
            connection.close()

        thread = Thread(target=take_back)
        thread.start()
        at_once.wait()
        try:
            given = answers(helga, offering)
        except (acts.TooLate, Request.DoesNotExist):
            given = None
        thread.join()
        assert ended == [204 if given is None else 409]
        with acting_for(offering), transaction.atomic():
            assert Grant.objects.filter(request__reference=UUID(asked)).exists() == (given is not None)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=6))
def test_any_row_of_ids_and_bodies_gives_each_id_to_its_first_body(desk_at, offering, calls):
    """`calls` are (which id, which body); the plain model is a dictionary."""
    system, ids = System(desk_at), [str(uuid4()) for _ in range(3)]
    bodies = [{"zaak": "ZAAK-1"}, {"zaak": "ZAAK-2"}, {"burgerservicenummer": somebody().reveal()}]
    first: dict[int, int] = {}
    for which, body in calls:
        with acting_for(offering), transaction.atomic():
            expected = 201 if which not in first else 200 if first[which] == body else 409
            Request.objects.update(created=timezone.now() - timedelta(days=2))
        assert system.asks(id=ids[which], **bodies[body]).status_code == expected
        first.setdefault(which, body)
