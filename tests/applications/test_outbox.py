"""Whatever is killed when, one complete case comes of an application, with nothing in it twice.

There is no transaction on the other side. Before and after each call that makes a record, the process is
killed, or the answer is lost; then the worker goes on, and what the case system holds is counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demo.registers import problems
from demo.registers.serving import Asked, Register, Reply
from demo.registers.zgw_store import Store
from portal.applications import leases, outbox
from portal.applications.models import Application, Write
from portal.municipalities.acting import acting_for
from portal.municipalities.models import ConnectionRow, Municipality
from portal.registers.case_types import CHOICES
from portal.registers.zaken import turn
from portal.sharing.overdue import overdue
from tests.conftest import Clock
from tests.mijn.conftest import HELGA, body_of, signed_in

from .conftest import TEAM, applications, filled_in, send

RECORDS = 9
"""Case, role, team, three properties, document, enclosure, status."""


FAULTS = ("not there", "answer lost", "nonsense")


class Killed(BaseException):
    """The process is gone: nobody catches it, nothing is written after it."""


@dataclass
class Line:
    """Between portal and case system; `cut` says what goes wrong at which write, once."""

    writes: int = 0
    cut: dict[int, str] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)


@pytest.fixture
def line(zaken_fake: Register, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """Counts the writes, and loses the question, the answer, or its sense; no busy machine stops them."""
    monkeypatch.setattr(outbox, "AT_ONCE", 60.0)
    monkeypatch.setattr(turn, "ONE_CALL", 60.0)
    between, respond = Line(), zaken_fake.respond

    def answer(asked: Asked) -> Reply:
        if asked.method != "POST" or asked.path.endswith("_zoek"):
            return respond(asked)
        between.writes += 1
        what = between.cut.pop(between.writes, "")
        if what == "not there":
            return Reply(503, {"title": "weg"})
        reply = respond(asked)
        between.made.append(asked.path)
        if what == "answer lost":
            return Reply(502, {"title": "weg"})
        if what == "nonsense":
            return Reply(201, {"geen": "url"})
        return reply

    monkeypatch.setattr(zaken_fake, "respond", answer)
    return between


def killed_at(note: str, number: int, *, after: bool, browser: Client, form: str) -> None:
    """Send, and kill the process before or after the n-th time that it writes something down."""
    real, times = getattr(leases, note), 0

    def noting(*args: Any) -> None:
        nonlocal times
        times += 1
        if times == number and not after:
            raise Killed
        real(*args)
        if times == number:
            raise Killed

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(leases, note, noting)
        with pytest.raises(Killed):
            send(browser, form)


def worker_goes_on(here: Municipality, clock: Clock, turns: int = 4) -> None:
    """Turns of the worker, each when the lease of whoever was killed is over."""
    for _turn in range(turns):
        clock.move(minutes=20)
        outbox.deliver_due(here)


def whole(store: Store, here: Municipality) -> None:
    """One case, with each of its parts once, and nothing left of the resident's answers."""
    (application,) = applications(here)
    (zaak,) = [one for one in store.zaken.values() if one["identificatie"] == application.number]
    url = zaak["url"]
    role, team = sorted(
        (one for one in store.rollen.values() if one["zaak"] == url),
        key=lambda one: one["betrokkeneType"],  # a person before a unit
    )
    facts = [one for one in store.facts.values() if one["zaak"] == url]
    (status,) = [one for one in store.statussen.values() if one["zaak"] == url]
    (enclosure,) = [one for one in store.enclosures.values() if one["zaak"] == url]
    (document,) = store.documenten.values()

    assert role["betrokkeneIdentificatie"]["inpBsn"] == HELGA.reveal()
    assert role["authenticatieContext"] == {
        "source": "digid",
        "levelOfAssurance": "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard",
    }
    assert (team["omschrijvingGeneriek"], team["betrokkeneType"]) == (
        "behandelaar",
        "organisatorische_eenheid",
    )
    assert team["betrokkeneIdentificatie"]["naam"] == TEAM
    assert sorted((one["naam"], one["waarde"]) for one in facts) == [
        ("Huishouden", "Met mijn partner"),
        ("Inkomen per maand", "€ 1.450,50"),
        ("Rekeningnummer", "NL91 ABNA 0417 1643 00"),
    ]
    assert enclosure["informatieobject"] == document["url"]
    assert store.contents[document["url"]].startswith(b"%PDF")
    assert store.types["statustypen"][status["statustype"]]["volgnummer"] == 1
    assert zaak["status"] == status["url"]
    assert application.state == Application.FILED
    assert application.content is None
    with acting_for(here), transaction.atomic():
        rows = list(Write.objects.order_by("place"))
    assert len(rows) == RECORDS
    assert all(row.done and row.url and row.bsn is None for row in rows)


def test_undisturbed_it_is_whole_when_the_receipt_is_shown(
    helga: Client, mijn: Municipality, store: Store, line: Line
) -> None:
    send(helga, filled_in(helga))

    whole(store, mijn)
    assert line.writes == RECORDS


@pytest.mark.parametrize("number", range(1, RECORDS + 1))
@pytest.mark.parametrize("what", FAULTS)
def test_a_write_that_goes_wrong_is_made_up_for(
    helga: Client, mijn: Municipality, store: Store, line: Line, clock: Clock, what: str, number: int
) -> None:
    line.cut[number] = what
    answer = send(helga, filled_in(helga))
    assert "Wij hebben uw aanvraag" in body_of(helga.get(answer["Location"]))

    worker_goes_on(mijn, clock)
    whole(store, mijn)
    assert len(line.made) == RECORDS  # nothing was made a second time


MOMENTS = {
    "before it is said": ("attempt", False),
    "said, and not sent": ("attempt", True),
    "made, and not noted": ("done", False),
    "noted": ("done", True),
}


@pytest.mark.parametrize("number", range(1, RECORDS + 1))
@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_write_the_worker_makes_it_whole(
    helga: Client, mijn: Municipality, store: Store, line: Line, clock: Clock, moment: str, number: int
) -> None:
    note, after = MOMENTS[moment]
    killed_at(note, number, after=after, browser=helga, form=filled_in(helga))

    worker_goes_on(mijn, clock)
    whole(store, mijn)
    assert len(line.made) == RECORDS


@pytest.mark.parametrize("after", [False, True])
def test_killed_at_the_last_note_it_is_whole(
    helga: Client, mijn: Municipality, store: Store, line: Line, clock: Clock, after: bool
) -> None:
    killed_at("complete", 1, after=after, browser=helga, form=filled_in(helga))

    worker_goes_on(mijn, clock)
    whole(store, mijn)
    assert len(line.made) == RECORDS


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(cuts=st.dictionaries(st.integers(1, 20), st.sampled_from(FAULTS), min_size=2, max_size=6))
def test_any_row_of_faults_ends_in_one_whole_case(
    mijn: Municipality, store: Store, line: Line, clock: Clock, cuts: dict[int, str]
) -> None:
    clock.move(days=4)  # nobody may send more than ten of a kind in thirty days
    helga = signed_in(mijn)  # each time anew: the clock goes on
    before = {one.id for one in applications(mijn)}
    documents, made = len(store.documenten), len(line.made)
    line.cut = {line.writes + number: what for number, what in cuts.items()}
    send(helga, filled_in(helga))

    worker_goes_on(mijn, clock, turns=len(cuts) + 1)
    (application,) = [one for one in applications(mijn) if one.id not in before]
    assert application.state == Application.FILED
    assert len([one for one in store.zaken.values() if one["identificatie"] == application.number]) == 1
    assert len(store.documenten) == documents + 1
    assert len(line.made) == made + RECORDS


def not_chosen(here: Municipality, *names: str) -> None:
    """The municipality says nothing of this, of its case system."""
    with acting_for(here), transaction.atomic():
        row = ConnectionRow.objects.get(kind="zaken")
        row.parameters = {name: value for name, value in row.parameters.items() if name not in names}
        row.save()


def test_the_page_of_the_case_names_the_team_to_call(
    helga: Client, mijn: Municipality, store: Store, line: Line
) -> None:
    send(helga, filled_in(helga))
    (application,) = applications(mijn)
    zaak = next(one for one in store.zaken.values() if one["identificatie"] == application.number)
    not_chosen(mijn, CHOICES)  # it is in the case itself, whatever is chosen later
    page = body_of(helga.get(f"/mijn/zaken/{application.connection}/{zaak['uuid']}/"))

    assert f"{TEAM}</span> behandelt uw zaak" in page


@pytest.mark.parametrize("missing", ["roltype", "team"])
def test_without_a_role_for_it_or_a_team_that_is_named_the_case_is_whole_without(
    helga: Client, mijn: Municipality, store: Store, line: Line, missing: str
) -> None:
    if missing == "roltype":
        handling = [one for one in store.types["roltypen"].values() if one["omschrijving"] == "Behandelaar"]
        for kind in store.types["zaaktypen"].values():
            kind["roltypen"] = [
                url for url in kind["roltypen"] if url not in {one["url"] for one in handling}
            ]
    else:
        not_chosen(mijn, CHOICES, "team")
    send(helga, filled_in(helga))

    (application,) = applications(mijn)
    zaak = next(one for one in store.zaken.values() if one["identificatie"] == application.number)
    roles = [one for one in store.rollen.values() if one["zaak"] == zaak["url"]]
    assert application.state == Application.FILED
    assert [one["omschrijvingGeneriek"] for one in roles] == ["initiator"]


def test_a_catalogue_that_says_without_end_stops_no_case(
    helga: Client, mijn: Municipality, store: Store, line: Line
) -> None:
    for kind in store.types["zaaktypen"].values():
        kind["servicenorm"] = "P9999Y"
    send(helga, filled_in(helga))

    (application,) = applications(mijn)
    assert application.state == Application.FILED
    assert application.promised is not None


def test_a_case_system_that_takes_no_team_as_handler_has_the_case_whole_without(
    helga: Client, mijn: Municipality, store: Store, zaken_fake: Register, clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Some want an employee there: to ask again for ever would leave the resident with no case for ever."""
    honest, refused = zaken_fake.respond, []

    def respond(asked: Asked) -> Reply:
        if asked.method == "POST" and asked.body.get("betrokkeneType") == "organisatorische_eenheid":
            refused.append(asked.path)
            return problems.invalid([("betrokkeneType", "invalid-choice")])
        return honest(asked)

    monkeypatch.setattr(zaken_fake, "respond", respond)
    monkeypatch.setattr(outbox, "AT_ONCE", 60.0)
    send(helga, filled_in(helga))
    worker_goes_on(mijn, clock)

    (application,) = applications(mijn)
    zaak = next(one for one in store.zaken.values() if one["identificatie"] == application.number)
    assert application.state == Application.FILED
    assert len(refused) == 1
    assert [one["omschrijvingGeneriek"] for one in store.rollen.values() if one["zaak"] == zaak["url"]] == [
        "initiator"
    ]


def test_while_the_case_system_is_down_nothing_is_lost_and_it_is_told(
    helga: Client, mijn: Municipality, store: Store, zaken_fake: Register, clock: Clock
) -> None:
    form = filled_in(helga)
    zaken_fake.misbehave("500")
    page = body_of(helga.get(send(helga, form)["Location"]))
    (application,) = applications(mijn)

    assert "Uw zaak verschijnt zodra ons zaaksysteem weer werkt" in page
    assert application.number in page
    assert application.number in body_of(helga.get("/mijn/zaken/"))
    clock.move(minutes=31)
    with acting_for(mijn), transaction.atomic():
        (late,) = overdue(clock.time)
    assert (late.what, late.consumer) == ("not_filed", "kwijtschelding")
    assert HELGA.reveal() not in late.about

    zaken_fake.misbehave("none")
    worker_goes_on(mijn, clock)
    whole(store, mijn)
    with acting_for(mijn), transaction.atomic():
        assert overdue(clock.time) == []


def test_who_lost_the_lease_writes_nothing_more(
    helga: Client, mijn: Municipality, store: Store, line: Line, clock: Clock
) -> None:
    killed_at("attempt", 3, after=True, browser=helga, form=filled_in(helga))
    (slow,) = applications(mijn)
    with acting_for(mijn), transaction.atomic():
        write = Write.objects.get(place=2)
    worker_goes_on(mijn, clock, turns=1)

    with acting_for(mijn), pytest.raises(leases.LeaseLost):
        leases.attempt(slow, write)
    with acting_for(mijn), pytest.raises(leases.LeaseLost):
        leases.done(slow, write, "https://elders.example/")
    whole(store, mijn)


def test_a_case_of_somebody_else_under_our_number_is_never_touched(
    helga: Client, mijn: Municipality, store: Store, line: Line, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = next(one for one in store.zaken.values() if one["identificatie"] == "ZM-0507")
    monkeypatch.setattr("portal.applications.sending.new_number", lambda *_: "ZM-0507")
    roles = len(store.rollen)
    send(helga, filled_in(helga))
    worker_goes_on(mijn, clock)

    (application,) = applications(mijn)
    assert application.state == Application.SENT
    assert "another case has our number" in application.problem
    assert (len(store.rollen), other["status"]) == (roles, store.zaken[other["url"]]["status"])


def test_the_web_process_stops_when_its_time_is_over_and_the_worker_goes_on_at_once(
    helga: Client, mijn: Municipality, store: Store, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = filled_in(helga)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(outbox, "AT_ONCE", 0.0)
        send(helga, form)
    assert line.writes == 0

    assert outbox.deliver_due(mijn) == 1
    whole(store, mijn)
