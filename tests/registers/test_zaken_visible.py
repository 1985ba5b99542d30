"""Which cases a resident may see, and how a case's way is worded: tables of cases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from demo.content.case_types import REPORT
from demo.registers.zgw_records import Words
from demo.registers.zgw_types import zaaktype
from portal.accounts.level import Level
from portal.municipalities.bsn import BSN
from portal.periods import Period
from portal.registers.zaken.course import Place, contact, term, timeline
from portal.registers.zaken.course_words import state_of, steps_in_words, term_in_words
from portal.registers.zaken.described import Described
from portal.registers.zaken.objecting import Way
from portal.registers.zaken.records import Case, Rol, Status, Statustype, Zaak, Zaaktype, duration
from portal.registers.zaken.visible import needs_surer_sign_in, owners, visible_to_resident

HELGA, OTHER = "999970458", "999990329"
TODAY = date(2026, 11, 24)
LIMIT = "zaakvertrouwelijk"
KIND = Zaaktype("http://ztc/1", "dakkapel", "Dakkapel", True, Period(days=56), Period(days=42))
ZAAK = Zaak(
    url="http://zrc/1", id=UUID(int=1), number="ZM-1", organisation="999993653", description="Dakkapel",
    zaaktype=KIND.url, started=date(2026, 11, 1), planned_end=None, latest_end=None, ended=None,
    confidentiality="zaakvertrouwelijk", suspended=None, extended=None, status=UUID(int=7), result=None,
    registered=date(2026, 11, 1),
)  # fmt: skip


def rol(
    role: str = "initiator",
    bsn: str = HELGA,
    mandate: str = "",
    kind: str = "natuurlijk_persoon",
    zaak: str = "http://zrc/1",
    level: str | None = None,
) -> Rol:
    context = {"source": "digid", "levelOfAssurance": level} if level is not None else None
    return Rol.of(
        {
            "zaak": zaak,
            "betrokkeneType": kind,
            "omschrijvingGeneriek": role,
            "indicatieMachtiging": mandate,
            "betrokkeneIdentificatie": {"inpBsn": bsn, "naam": "Team Vergunningen"},
            "authenticatieContext": context,
        }
    )


@pytest.mark.parametrize(
    ("sentence", "zaak", "kind", "roles", "limit", "seen"),
    [
        ("the own case", {}, {}, [rol()], LIMIT, True),
        ("asked together with another", {}, {}, [rol("mede_initiator")], LIMIT, True),
        ("whose mandate a representative uses", {}, {}, [rol(mandate="machtiginggever")], LIMIT, True),
        ("an internal type", {}, {"external": False}, [rol()], LIMIT, False),
        ("another type than the case's", {}, {"url": "http://ztc/2"}, [rol()], LIMIT, False),
        ("more confidential", {"confidentiality": "vertrouwelijk"}, {}, [rol()], LIMIT, False),
        ("a limit below it", {}, {}, [rol()], "openbaar", False),
        ("an unknown confidentiality", {"confidentiality": ""}, {}, [rol()], "zeer_geheim", False),
        ("an unknown limit", {}, {}, [rol()], "alles", False),
        ("without a status", {"status": None}, {}, [rol()], LIMIT, False),
        ("nobody's", {}, {}, [], LIMIT, False),
        ("somebody else's", {}, {}, [rol(bsn=OTHER)], LIMIT, False),
        ("a neighbour's, interested oneself", {}, {}, [rol(bsn=OTHER), rol("belanghebbende")], LIMIT, False),
        ("as a representative", {}, {}, [rol(mandate="gemachtigde")], LIMIT, False),
        ("the number on a role that is no person", {}, {}, [rol(kind="medewerker")], LIMIT, False),
        ("by a role in another case", {}, {}, [rol(zaak="http://zrc/2")], LIMIT, False),
        ("a role without a number", {}, {}, [rol(bsn="")], LIMIT, False),
    ],
)
def test_who_sees_a_case(
    sentence: str, zaak: dict[str, Any], kind: dict[str, Any], roles: Sequence[Rol], limit: str, seen: bool
) -> None:
    visible = visible_to_resident(replace(ZAAK, **zaak), replace(KIND, **kind), roles, BSN(HELGA), limit)

    assert visible is seen, sentence


SUBSTANTIAL, HIGH = (f"urn:oasis:names:tc:SAML:2.0:ac:classes:{one}" for one in ("Smartcard", "SmartcardPKI"))


@pytest.mark.parametrize(
    ("sentence", "roles", "signed_in", "seen"),
    [
        ("no level was written down", [rol()], Level.BASIS, True),
        ("the level of then", [rol(level=SUBSTANTIAL)], Level.SUBSTANTIEEL, True),
        ("a higher one", [rol(level=SUBSTANTIAL)], Level.HOOG, True),
        ("a lower one", [rol(level=SUBSTANTIAL)], Level.MIDDEN, False),
        ("two parts, of which one is above", [rol(), rol("mede_initiator", level=HIGH)], Level.MIDDEN, False),
        ("also one that does not own it", [rol(), rol("belanghebbende", level=HIGH)], Level.MIDDEN, False),
        ("of somebody else", [rol(), rol("mede_initiator", OTHER, level=HIGH)], Level.BASIS, True),
        ("a level that nobody knows", [rol(level="urn:example:utmost")], Level.HOOG, False),
        ("a context that does not say it", [rol(level="")], Level.HOOG, False),
        ("nobody signed in", [rol(level=f"{SUBSTANTIAL[:-9]}PasswordProtectedTransport")], 0, False),
    ],
)
def test_a_case_is_shown_to_who_signed_in_as_surely_as_when_it_began(
    sentence: str, roles: Sequence[Rol], signed_in: int, seen: bool
) -> None:
    who = BSN(HELGA, proven=signed_in)

    assert visible_to_resident(ZAAK, KIND, roles, who, LIMIT) is seen, sentence
    assert needs_surer_sign_in(ZAAK, roles, who) is not seen, sentence
    assert BSN(HELGA) in owners(ZAAK, roles), "news has no content: it may reach them"


STEPS = [Statustype(f"http://st/{number}", number, f"Stap {number}", number == 4) for number in (1, 2, 3, 4)]


def at(day: int) -> datetime:
    return datetime(2026, 11, day, 9, tzinfo=UTC)


def a_case(reached: Sequence[int], **zaak: Any) -> Case:
    statuses = [Status(ZAAK.url, f"http://st/{step}", at(day)) for day, step in enumerate(reached, start=1)]
    return Case(
        replace(ZAAK, **zaak),
        KIND,
        "ZM-1",
        STEPS,
        statuses,
        [rol(), rol("behandelaar", kind="organisatorische_eenheid")],
        "",
    )


@pytest.mark.parametrize(
    ("reached", "ended", "places"),
    [
        ((1, 2), None, ["done", "now", "to_come", "to_come"]),
        ((1,), None, ["now", "to_come", "to_come", "to_come"]),
        ((1, 3), None, ["done", "to_come", "now", "to_come"]),
        ((1, 2, 3, 4), date(2026, 11, 5), ["done"] * 4),
        ((1, 2, 3, 4), None, ["done"] * 4),
        ((1, 4), date(2026, 11, 5), ["done", "done"]),
        ((2, 1), None, ["now", "done", "to_come", "to_come"]),
        ((), None, ["to_come"] * 4),
    ],
    ids=["halfway", "begun", "skipped", "over", "last, not closed", "over, skipped", "back", "nothing"],
)
def test_the_timeline(reached: Sequence[int], ended: date | None, places: list[str]) -> None:
    assert [step.place.value for step in timeline(a_case(reached, ended=ended))] == places


def test_a_step_that_was_not_reached_has_no_date_and_the_others_have() -> None:
    for step in timeline(a_case((1, 2))):
        assert (step.reached is None) is (step.place is Place.TO_COME)


def test_our_promise_is_shown_before_the_legal_term() -> None:
    shown = term(ZAAK, KIND, TODAY)

    assert shown.expected == date(2026, 12, 13)
    assert shown.latest == date(2026, 12, 27)
    assert not shown.passed


def test_the_registers_own_dates_go_before_ours() -> None:
    zaak = replace(ZAAK, planned_end=date(2026, 12, 1), latest_end=date(2026, 12, 2))

    assert term(zaak, KIND, TODAY).expected == date(2026, 12, 1)
    assert term(zaak, KIND, TODAY).latest == date(2026, 12, 2)


def test_a_promise_that_is_over_gives_way_to_the_legal_term() -> None:
    zaak = replace(ZAAK, planned_end=date(2026, 11, 23))

    assert term(zaak, KIND, TODAY).expected == date(2026, 12, 27)


def test_a_report_has_no_legal_term_whatever_the_catalogue_must_say() -> None:
    report = replace(KIND, reports=True)
    late = replace(ZAAK, planned_end=date(2026, 11, 3), latest_end=date(2026, 11, 5))
    shown, without_promise = term(ZAAK, report, TODAY), term(ZAAK, replace(report, promise=None), TODAY)

    assert (shown.expected, shown.latest) == (date(2026, 12, 13), None)
    assert (without_promise.expected, without_promise.latest) == (date(2026, 12, 27), None)
    assert term_in_words(shown) == ["Wij verwachten dat het klaar is op 13 december 2026."]
    assert (term(late, report, TODAY).passed, term(late, report, TODAY).expected) == (False, None)
    assert state_of(term(late, report, TODAY), "ZM-1") is None  # nobody is put in default over a report


@pytest.mark.parametrize(("says", "reports"), [("melden", True), ("Melden", True), ("aanvragen", False)])
def test_what_begins_with_telling_something_is_a_report(says: str, reports: bool) -> None:
    answer = zaaktype(Words("http://ztc", TODAY, "9901"), REPORT) | {"handelingInitiator": says}

    assert Zaaktype.of(answer).reports is reports


@pytest.mark.parametrize(("latest", "passed"), [(date(2026, 11, 24), False), (date(2026, 11, 23), True)])
def test_a_term_has_passed_the_day_after_its_last(latest: date, passed: bool) -> None:
    assert term(replace(ZAAK, latest_end=latest), KIND, TODAY).passed is passed


def test_a_suspended_case_promises_no_date_and_is_not_late() -> None:
    shown = term(replace(ZAAK, suspended="Stuur de tekening", latest_end=date(2026, 11, 2)), KIND, TODAY)

    assert (shown.expected, shown.passed, shown.waiting) == (None, False, "Stuur de tekening")


def test_a_suspension_without_a_reason_is_still_one() -> None:
    assert term(replace(ZAAK, suspended=""), KIND, TODAY).waiting == ""
    assert term(ZAAK, KIND, TODAY).waiting is None


def test_a_case_that_is_over_has_only_its_end() -> None:
    shown = term(replace(ZAAK, ended=date(2026, 11, 20), latest_end=date(2026, 11, 2)), KIND, TODAY)

    assert (shown.ended, shown.expected, shown.latest, shown.passed) == (
        date(2026, 11, 20),
        None,
        None,
        False,
    )


@pytest.mark.parametrize("endless", ["P9999Y", "P99999999D", "P999999999W"])
def test_a_term_beyond_the_calendar_is_none(endless: str) -> None:
    shown = term(ZAAK, replace(KIND, term=duration(endless), promise=duration(endless)), TODAY)

    assert (shown.expected, shown.latest, shown.passed) == (None, None, False)


@pytest.mark.parametrize("told", ["2026-11-01T09:00:00", "2026-11-01", "9999-12-31T23:59:59Z"])
def test_a_step_is_shown_with_its_day_however_its_moment_is_written(told: str) -> None:
    status = Status.of({"zaak": ZAAK.url, "statustype": STEPS[0].url, "datumStatusGezet": told})
    way = timeline(replace(a_case(()), statuses=[status]))
    steps = steps_in_words(way, Described({}, Way.OBJECTION), None)

    assert steps[0].when in {"1 november 2026", "31 december 9999"}


def test_a_type_without_terms_promises_nothing() -> None:
    shown = term(ZAAK, replace(KIND, term=None, promise=None), TODAY)

    assert (shown.expected, shown.latest, shown.passed) == (None, None, False)


def test_whom_to_call_is_a_team_and_never_an_employee() -> None:
    case = a_case((1,))
    by_employee = replace(case, roles=[rol(), rol("behandelaar", kind="medewerker")])

    assert contact(case, {"phone": "14 0999"}).team == "Team Vergunningen"
    assert contact(by_employee, {"team": "Klantcontact", "phone": "14 0999"}).team == "Klantcontact"
    assert contact(by_employee, {"phone": "14 0999"}).phone == "14 0999"
    assert contact(by_employee, {}).team == ""


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("P56D", date(2027, 3, 28)),
        ("P8W", date(2027, 3, 28)),
        ("P1M", date(2027, 2, 28)),
        ("P3M", date(2027, 4, 30)),
        ("P1Y", date(2028, 1, 31)),
        ("P1Y2M3D", date(2028, 4, 3)),
        ("P0D", None),
        ("P9999Y", None),
        ("P999999999D", None),
        ("", None),
        (None, None),
        ("8 weken", None),
    ],
)
def test_a_duration_counts_months_by_the_calendar(text: str | None, last: date | None) -> None:
    found = duration(text)
    assert (found.last_day(date(2027, 1, 31)) if found else None) == last
