"""Types are remembered for a day; after it a register is asked only for what changed."""

import time
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from demo.content.residents import HELGA
from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection
from portal.registers.answers import Broken
from portal.registers.caller import Caller
from portal.registers.gather import Question, ask_one
from portal.registers.zaken import catalogue
from portal.registers.zaken.client import every
from portal.registers.zaken.records import LONGEST, STEPS, Zaaktype

from .conftest import Ask, zaken_connection

DAY = 24 * 3600 + 1
Days = Callable[[], None]


class Said:
    """What a register was asked, with what it knew already, and what it said; a test may spoil that."""

    def __init__(self, register: Register) -> None:
        self.honest = register.respond
        self.calls: list[tuple[str, str, int]] = []
        self.spoil: Callable[[Asked, Reply], Reply] = lambda _asked, reply: reply

    def __call__(self, asked: Asked) -> Reply:
        reply = self.spoil(asked, self.honest(asked))
        what = asked.path.split("/")[4]
        self.calls.append((what, asked.headers.get("if-none-match", ""), reply.status))
        return reply

    def since_then(self) -> list[tuple[str, str, int]]:
        told, self.calls = self.calls, []
        return told


@pytest.fixture
def said(zaken_fake: Register, monkeypatch: pytest.MonkeyPatch) -> Said:
    listening = Said(zaken_fake)
    monkeypatch.setattr(zaken_fake, "respond", listening)
    return listening


@pytest.fixture
def a_day_passes(monkeypatch: pytest.MonkeyPatch) -> Days:
    now = SimpleNamespace(monotonic=time.monotonic, later=0.0)
    monkeypatch.setattr(catalogue, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + now.later))

    def passes() -> None:
        now.later += DAY

    return passes


@pytest.fixture
def url(zaken_fake: Register) -> str:
    """The address of a kind of case."""
    store = zaken_fake.respond.stores["mijn-9901"]  # type: ignore[attr-defined]  # the demo's Zaken
    return next(iter(store.types["zaaktypen"]))


def kind(ask: Ask, zaken: Connection, url: str) -> Zaaktype:
    found: Zaaktype = ask(zaken, lambda caller: catalogue.zaaktype(caller, url))
    return found


def test_after_a_day_a_type_is_asked_once_again_and_kept_when_it_is_as_it_was(
    ask: Ask, zaken: Connection, url: str, said: Said, a_day_passes: Days
) -> None:
    first = kind(ask, zaken, url)
    assert kind(ask, zaken, url) is first
    ((_what, known, status),) = said.since_then()
    assert (known, status) == ("", 200)

    for _day in range(2):
        a_day_passes()
        assert kind(ask, zaken, url) is first
        assert kind(ask, zaken, url) is first, "and then for a day not again"
        ((_what, known, status),) = said.since_then()
        assert (bool(known), status) == (True, 304)


def test_a_type_that_changed_is_read_anew(
    ask: Ask, zaken: Connection, url: str, said: Said, a_day_passes: Days
) -> None:
    old = kind(ask, zaken, url)
    marks = {"ETag": '"another version"'}
    said.spoil = lambda asked, _reply: Reply(200, {**whole(said, asked), "omschrijving": "Nieuw"}, marks)
    a_day_passes()
    new = kind(ask, zaken, url)

    assert old.title != new.title == "Nieuw"
    a_day_passes()
    said.since_then()
    kind(ask, zaken, url)
    assert said.since_then()[0][1] == marks["ETag"]


def whole(said: Said, asked: Asked) -> dict[str, Any]:
    """The whole record, whatever we know already."""
    headers = {name: value for name, value in asked.headers.items() if name != "if-none-match"}
    body: dict[str, Any] = said.honest(Asked(asked.method, asked.path, asked.query, headers, None)).body
    return body


def test_where_a_register_gives_no_mark_of_its_version_it_is_just_asked(
    ask: Ask, zaken: Connection, url: str, said: Said, a_day_passes: Days
) -> None:
    said.spoil = lambda _asked, reply: Reply(reply.status, reply.body, {"API-version": "1.3.1"})
    first = kind(ask, zaken, url)
    a_day_passes()

    assert kind(ask, zaken, url) == first
    assert [(known, status) for _what, known, status in said.since_then()] == [("", 200)] * 2


@pytest.mark.parametrize(("status", "body"), [(304, b""), (200, b"null")])
def test_that_it_is_the_same_counts_only_where_we_named_a_version(
    here: object, zaken: Connection, url: str, said: Said, status: int, body: bytes
) -> None:
    said.spoil = lambda _asked, _reply: Reply(status, body, {"ETag": '"x"'})
    answer = ask_one(Question(zaken, lambda caller: catalogue.zaaktype(caller, url)))

    assert isinstance(answer, Broken)


def test_a_register_that_fails_after_a_day_is_broken_and_what_we_knew_is_used_when_it_works_again(
    ask: Ask, zaken: Connection, zaken_fake: Register, url: str, said: Said, a_day_passes: Days
) -> None:
    first = kind(ask, zaken, url)
    a_day_passes()
    zaken_fake.misbehave("500")
    assert isinstance(ask_one(Question(zaken, lambda caller: catalogue.zaaktype(caller, url))), Broken)
    zaken_fake.misbehave("none")
    said.since_then()

    assert kind(ask, zaken, url) is first
    assert said.since_then()[0][2] == 304


def test_what_one_municipality_knows_is_nothing_that_another_asks_with(
    ask: Ask, zaken_fake: Register, url: str, said: Said, a_day_passes: Days
) -> None:
    ours, theirs = zaken_connection(zaken_fake.url), zaken_connection(zaken_fake.url)
    kind(ask, ours, url)
    a_day_passes()
    kind(ask, theirs, url)

    assert [known for _what, known, _status in said.since_then()] == ["", ""]


def test_all_types_at_once_still_cost_two_calls_and_their_marks_stay_where_nothing_changed(
    ask: Ask, zaken: Connection, url: str, said: Said, a_day_passes: Days
) -> None:
    kind(ask, zaken, url)
    for _day in range(2):
        said.since_then()
        ask(zaken, lambda caller: every(caller, BSN(HELGA.bsn)))
        asked = [what for what, _known, _status in said.since_then()]
        assert sorted(one for one in asked if one != "zaken") == ["statustypen", "zaaktypen"]
        a_day_passes()

    kind(ask, zaken, url)
    assert [(known != "", status) for _what, known, status in said.since_then()] == [(True, 304)]


def test_a_case_system_that_names_ever_more_types_takes_no_room_of_another(
    ask: Ask, zaken: Connection, zaken_fake: Register, url: str, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "MOST", 5)
    other = zaken_connection(zaken_fake.url)
    kind(ask, other, url)
    ask(zaken, lambda caller: _remembers(caller, 50))
    said.since_then()

    assert kind(ask, other, url).url == url
    assert said.since_then() == []
    assert len(catalogue._kept[str(zaken.municipality_id), str(zaken.id), zaken.base_url]) <= 5


async def _remembers(caller: Caller, many: int) -> None:
    for number in range(many):
        catalogue._remember(caller, f"type {number}", catalogue._Known(number))


def test_no_text_of_a_catalogue_is_longer_than_the_standard_has_it(
    ask: Ask, zaken: Connection, url: str, said: Said
) -> None:
    steps = [f"{url}/{number}" for number in range(STEPS + 1)]

    def huge(_asked: Asked, reply: Reply) -> Reply:
        more = {"omschrijving": "x" * 1_000_000, "statustypen": steps}
        return replace(reply, body={**reply.body, **more}) if reply.body.get("url") == url else reply

    said.spoil = huge
    found = kind(ask, zaken, url)

    assert (len(found.title), found.steps) == (LONGEST, ())
