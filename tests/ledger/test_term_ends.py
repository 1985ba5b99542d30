"""When the term of a grant is over nothing ties its leaves to anybody, and all that is left still works."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Event, Thread
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import DatabaseError

from portal.counter.models import Handover
from portal.municipalities.acting import acting_for
from portal.municipalities.models import TenantModel
from portal.municipalities.postgresql.roles import as_owner
from portal.sharing import access, feed, given, grants, purposes, requests, sweeper, terms, use
from portal.sharing.ledger import faults
from portal.sharing.models import (
    ActRecord,
    Duty,
    ForgottenUse,
    Grant,
    LogRecord,
    PurposeVersion,
    Receipt,
    RecordKey,
    Request,
    Sharing,
    ToNote,
)
from portal.sharing.states import Answer
from portal.sharing.terms import forget_over
from portal.usage import questions
from portal.usage.models import LdvLine, Use, UseQuestion
from tests.benchmarks.filling import filling
from tests.benchmarks.many_grants import copied
from tests.sharing.browser import Browser
from tests.sharing.conftest import HELGA, gives, new_session
from tests.sharing.test_questions import asks

from .conftest import triggers_off

pytestmark = pytest.mark.django_db(transaction=True)
HANGS_ON_IT = (Grant, Sharing, Request, Receipt, Duty, ActRecord, RecordKey, Use, UseQuestion, LdvLine)


class Past:
    """Helga shared something years ago: asked for, read, asked about, stopped; her consumer was told."""

    def __init__(self, offering, desk, clock, years: int = 7) -> None:
        self.municipality, self.desk, self.clock = offering, desk, clock
        now = clock.time
        clock.time = now.replace(year=now.year - years)
        with transaction.atomic():
            self.session = new_session(HELGA)
            self.question = asks(self.session, clock, desk)
            self.grant = gives(self.session)
            self.use = use.read(desk.row, self.grant.id, use.Caller("eens")).id
            self.asked = questions.ask(self.session.subject, self.use, "Waarom?")
            questions.answer(self.asked, "Voor uw afspraak.", "F. de Vries")
            self.receipt = Receipt.objects.get().number
        clock.move(hours=1)
        with transaction.atomic():
            grants.withdraw(self.session, self.grant.id)
        clock.move(days=3)
        self.tidies()
        with transaction.atomic():
            Duty.objects.filter(kind=Duty.TELL_CONSUMER).update(done=clock())
        clock.time = now

    def tidies(self) -> None:
        """The worker's turn, as one that has just started."""
        sweeper._tended.clear()
        sweeper.tidy(self.municipality)


@pytest.fixture
def past(offering, desk_at, clock) -> Iterator[Past]:
    with acting_for(offering):
        yield Past(offering, desk_at, clock)


def everywhere(wanted: set[UUID]) -> set[str]:
    """The tables in which one of these ids stands, in whatever column."""
    found = set()
    with transaction.atomic(), connection.cursor() as cursor:
        for model in apps.get_models():
            if issubclass(model, TenantModel) and model._meta.managed:
                cursor.execute(f"SELECT to_jsonb(t)::text FROM {model._meta.db_table} t")
                rows = " ".join(row for (row,) in cursor.fetchall())
                if any(str(one) in rows for one in wanted):
                    found.add(model._meta.label)
    return found


def left() -> dict[str, int]:
    with transaction.atomic():
        return {model.__name__: number for model in HANGS_ON_IT if (number := model.objects.count())}


def test_at_the_end_of_the_term_nothing_is_left_of_a_grant_but_its_leaves(past):
    of_it = {past.grant.id, past.grant.sharing_id, past.question.id, past.asked}
    assert len(left()) == len(HANGS_ON_IT)
    past.tidies()
    assert left() == {}
    assert everywhere(of_it) <= {"notices.Notice"}  # which has a term of its own
    assert everywhere({past.session.subject}) <= {
        "accounts.Resident", "accounts.ResidentLookup", "accounts.ResidentSession", "notices.Notice",
        "notices.Letter",
    }  # fmt: skip
    with transaction.atomic():
        assert ForgottenUse.objects.get().id == past.use
        assert not ToNote.objects.exists()
        said = LogRecord.objects.get(kind=LogRecord.FORGOTTEN).payload
        assert said["terms"] == {"P5Y": [0, 1]}
        assert sum(said["uses"].values()) == 1
        assert faults() == []


def test_an_entry_has_a_day_and_no_moment_that_would_tie_it_to_its_act(past):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.attname, format_type(a.atttypid, NULL) FROM pg_attribute a"
            " WHERE a.attrelid = 'sharing_ledgerentry'::regclass AND a.attnum > 0 AND NOT a.attisdropped"
        )
        kinds = dict(cursor.fetchall())
    assert kinds["day"] == "date"
    assert not any("time" in kind for kind in kinds.values())


def test_before_the_term_all_of_it_stays_and_the_database_refuses_to_delete_it(offering, desk_at, clock):
    with acting_for(offering):
        past = Past(offering, desk_at, clock, years=4)
        past.tidies()
        assert len(left()) == len(HANGS_ON_IT)
        for table in ("usage_use", "sharing_duty", "sharing_request", "sharing_receipt", "sharing_grant"):
            with pytest.raises(DatabaseError, match=r"stays|never change"), transaction.atomic():
                run(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", ["usage_use", "sharing_duty", "sharing_receipt", "sharing_grant"])
def test_after_the_term_it_goes_only_when_what_opens_the_entries_is_destroyed(past, table):
    with pytest.raises(DatabaseError, match=r"stays|never change"), transaction.atomic():
        run("UPDATE sharing_duty SET done = now()", f"DELETE FROM {table}")
    with pytest.raises(DatabaseError, match=r"stays|never change"), transaction.atomic():
        run("DELETE FROM sharing_actrecord", f"DELETE FROM {table}")
    with pytest.raises(DatabaseError, match=r"stays|never change"), transaction.atomic():
        run("DELETE FROM sharing_recordkey", f"DELETE FROM {table}")


def test_a_use_goes_only_when_its_leaf_is_in_its_place_and_a_grant_only_after_its_uses(past):
    destroyed = ("DELETE FROM sharing_actrecord", "DELETE FROM sharing_recordkey")
    for table in ("usage_use", "sharing_grant"):
        with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
            run(*destroyed, f"DELETE FROM {table}")


def test_nothing_after_the_term_may_be_changed_instead_of_deleted(past):
    for table in ("sharing_receipt", "sharing_actrecord", "sharing_grant"):
        with pytest.raises(DatabaseError, match=r"only ends|never change"), transaction.atomic():
            run(f"UPDATE {table} SET id = gen_random_uuid()")


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for one in statements:
            cursor.execute(one)


def test_a_use_that_somebody_took_away_is_not_passed_off_as_forgotten(past):
    with triggers_off():
        with transaction.atomic():
            run(
                "INSERT INTO sharing_forgottenuse (id, municipality_id, day, leaf)"
                " SELECT id, municipality_id, (at AT TIME ZONE 'Europe/Amsterdam')::date, '\\x00'"
                " FROM usage_use",
                "DELETE FROM usage_usequestion", "DELETE FROM usage_ldvline", "DELETE FROM usage_use",
            )  # fmt: skip
            found = faults()
            transaction.set_rollback(True)
        assert any("1 uses of" in one and "0 were forgotten in their time" in one for one in found)
        assert any("are not those that were sealed" in one for one in found)
        past.tidies()
        for change in ("DELETE FROM sharing_forgottenuse", "UPDATE sharing_forgottenuse SET leaf = '\\x00'"):
            with transaction.atomic():
                assert faults() == []
                run(change)
                assert any("are not those that were sealed" in one for one in faults())
                transaction.set_rollback(True)


def test_the_log_stays_whole_between_the_forgetting_and_its_note(past, monkeypatch):
    monkeypatch.setattr("portal.sharing.terms.note_forgotten", lambda at: None)  # the worker is killed here
    assert forget_over(past.clock()) == 1
    with transaction.atomic():
        assert faults() == []
        assert ToNote.objects.count() == 1
    monkeypatch.undo()
    monkeypatch.setattr("django.utils.timezone.now", past.clock)
    forget_over(past.clock())
    with transaction.atomic():
        assert not ToNote.objects.exists()
        assert LogRecord.objects.filter(kind=LogRecord.FORGOTTEN).count() == 1
        assert faults() == []


def test_pages_export_and_consumers_go_on_without_it(past):
    with transaction.atomic():
        kept = gives(new_session(resident=past.session.subject))
    past.tidies()
    browser = Browser(past.municipality, HELGA)
    assert browser.goes("/mijn/delen/").status == 200
    gone = browser.goes(f"/mijn/delen/gestopt/{past.grant.id}/")
    assert gone.status == 404
    assert "Is de tijd om dat wij het bewaren? Dan hebben wij het gewist." in gone.text
    assert browser.goes("/mijn/gebruik/").status == 200
    with transaction.atomic():
        assert [one.id for one in given.given_to(past.session.subject, "nl")] == [kept.id]
        assert [one["id"] for one in access.everything(past.session.subject)["sharing.Grant"]] == [kept.id]
        for call in (use.read, use.confirm_erased):
            with pytest.raises(use.UnknownGrant):
                call(past.desk.row, past.grant.id)


def test_a_number_of_the_feed_never_comes_back(past):
    with transaction.atomic():
        before = feed.after(past.desk.row, 0, 10, ["digitaal-bericht"])
    past.tidies()
    with transaction.atomic():
        assert feed.after(past.desk.row, 0, 10, ["digitaal-bericht"]) == []
        gives(new_session())
        (event,) = feed.after(past.desk.row, before[-1].number, 10, ["digitaal-bericht"])
        assert event.number == before[-1].number + 1


def test_an_open_question_about_a_use_keeps_its_grant_until_it_is_answered(past):
    with transaction.atomic():
        UseQuestion.objects.update(state="open", answer=None, answered=None)
    assert forget_over(past.clock()) == 0
    with transaction.atomic():
        questions.answer(past.asked, "Voor uw afspraak.", "F. de Vries")
    assert forget_over(past.clock()) == 1


def test_what_is_not_done_yet_keeps_its_grant(past):
    with transaction.atomic():
        Duty.objects.filter(kind=Duty.LIST_ERASURE).update(done=None)
    assert forget_over(past.clock()) == 0


def test_each_grant_goes_by_itself_and_one_that_cannot_holds_up_no_other(past):
    now = past.clock.time
    past.clock.time = now.replace(year=now.year - 6)
    with transaction.atomic():
        other = new_session()
        second = gives(other)
        grants.withdraw(other, second.id)
        Duty.objects.update(done=past.clock())
        Handover.objects.create(
            municipality=past.municipality, subject_id=other.subject, session=other.id,
            version_id=second.version_id, grant=second, made=now, until=now,
        )  # fmt: skip
    past.clock.time = now
    assert forget_over(now) == 1
    with transaction.atomic():
        assert Grant.objects.get().id == second.id
        assert ActRecord.objects.filter(grant=second).count() == 2
        assert faults() == []
        Handover.objects.all().delete()
    assert forget_over(now) == 1


def test_what_cannot_be_forgotten_comes_after_all_others(past, monkeypatch):
    """As many as fit in a turn: on each of them something still hangs."""
    with transaction.atomic():
        Handover.objects.create(
            municipality=past.municipality, subject_id=past.session.subject, session=past.session.id,
            version_id=past.grant.version_id, grant=past.grant, made=past.clock(), until=past.clock(),
        )  # fmt: skip
    now = past.clock.time
    past.clock.time = now.replace(year=now.year - 6)
    with transaction.atomic():
        other = new_session()
        grants.withdraw(other, gives(other).id)
        Duty.objects.update(done=past.clock())
    past.clock.time = now
    assert [forget_over(now, most=1) for _ in range(3)] == [0, 1, 0]
    with transaction.atomic():
        assert Grant.objects.get().id == past.grant.id
        Handover.objects.all().delete()
    assert forget_over(now, most=1) == 1


def test_a_question_goes_with_its_yes_also_where_it_was_asked_under_a_text_with_a_longer_term(
    offering, desk_at, clock
):
    now: datetime = clock.time
    with acting_for(offering):
        clock.time = now.replace(year=now.year - 6)
        with transaction.atomic():
            content = PurposeVersion.objects.get(purpose__slug="digitaal-bericht").content
            purposes.publish("digitaal-bericht", content | {"proof_years": 10})
            session = new_session(HELGA)
            question = asks(session, clock, desk_at)
            purposes.publish("digitaal-bericht", content)
            grant = gives(session)
            assert grant.request_id == question.id
            grants.withdraw(session, grant.id)
            refused = asks(session, clock, desk_at, version_id=question.version_id)
            requests.answer(refused.id, Answer.REJECT)
            Duty.objects.update(done=clock())
        clock.time = now
        assert forget_over(now) == 1
        with transaction.atomic():
            assert not Grant.objects.exists()
            assert Request.objects.get().id == refused.id
            with pytest.raises(DatabaseError), transaction.atomic():
                refused.delete()


def test_while_somebody_holds_its_question_a_grant_stays_so_that_both_go(past):
    held, let_go = Event(), Event()

    def holds_it() -> None:
        with acting_for(past.municipality), transaction.atomic():
            Request.objects.select_for_update().get(id=past.question.id)
            held.set()
            let_go.wait(30)
        connection.close()

    other = Thread(target=holds_it)
    other.start()
    held.wait(30)
    assert forget_over(past.clock()) == 0
    let_go.set()
    other.join()
    assert forget_over(past.clock()) == 1
    assert left() == {}


def test_a_grant_whose_records_went_before_this_goes_as_well(past):
    with transaction.atomic():
        run("DELETE FROM sharing_actrecord", "DELETE FROM sharing_recordkey")
    assert forget_over(past.clock()) == 1
    assert left() == {}


@pytest.mark.parametrize("years", [4, 7])
def test_a_question_without_a_yes_has_the_same_term(offering, desk_at, clock, years):
    now: datetime = clock.time
    with acting_for(offering):
        clock.time = now.replace(year=now.year - years)
        with transaction.atomic():
            session = new_session(HELGA)
            requests.answer(asks(session, clock, desk_at).id, Answer.REJECT)
            asks(session, clock, desk_at, expires=clock() + timedelta(days=14))
        clock.move(days=20)
        with transaction.atomic():
            requests.end_over(clock())
            Duty.objects.update(done=clock())
        clock.time = now
        forget_over(now)
        with transaction.atomic():
            assert (Request.objects.count(), Duty.objects.count()) == ((0, 0) if years == 7 else (2, 2))


def test_a_receipt_leads_to_the_yes_before_it_as_long_as_that_is_there(offering, desk_at, clock):
    now: datetime = clock.time
    with acting_for(offering):
        clock.time = now.replace(year=now.year - 7)
        with transaction.atomic():
            gives(new_session(HELGA))
            clock.move(days=1)
            later = gives(new_session(HELGA))
            Duty.objects.update(done=clock())
        clock.time = now
        browser = Browser(offering, HELGA)
        page = f"/mijn/delen/bewijs/{later.id}/"
        assert "Bekijk het bewijs van uw eerdere ja" in browser.goes(page).text
        assert forget_over(now) == 1
        assert browser.goes(page).status == 200
        assert "Bekijk het bewijs van uw eerdere ja" not in browser.text


def test_among_many_that_are_not_over_what_is_over_is_found_by_its_index(past):
    sharing, own = "md5('sharing' || copy)::uuid", "md5('own' || copy)::uuid"
    lately = {"id": own, "sharing_id": sharing, "withdrawn": "now()"}
    refused = {"id": own, "reference": own, "state": "'rejected'", "answered": "now()"}
    with filling() as cursor:
        copied(cursor, "sharing_sharing", {"id": sharing}, "id = %(value)s", 5000, past.grant.sharing_id)
        copied(cursor, "sharing_grant", lately, "id = %(value)s", 5000, past.grant.id)
        copied(cursor, "sharing_request", refused, "id = %(value)s", 5000, past.question.id)
    connection.close()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.close()
    for found, index in (
        (terms._grants, "ended_grants_of_a_version"),
        (terms._questions, "requests_without_a_yes"),
    ):
        with transaction.atomic():
            plan = found(past.clock(), 5, past.grant.version_id)[:200].explain()
        assert index in plan, plan
        assert not re.search("Seq Scan on sharing_(grant|request)", plan), plan
