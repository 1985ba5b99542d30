"""What a caseworker does in the demo's case system, and who hears of it, as the official text words that."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import httpx
import pytest

from demo.content.residents import RESIDENTS
from demo.registers import notificaties
from demo.registers.notificaties import Subscription, subscriptions_file, write_subscriptions
from demo.registers.serving import Asked, Register, Reply
from demo.registers.zaken import demo_register

from .conftest import DAY, SECRET
from .specs import lifted
from .test_contracts import check

AUTH = "Bearer what we gave with the subscription"
BOTH = [{"naam": "zaken", "filters": {}}, {"naam": "besluiten", "filters": {}}]
DAKKAPEL, PARKEREN, HULP = "ZM-0507", "ZM-0530", "VR-0103"
PATIENCE = 20.0  # seconds


@dataclass
class Ear:
    """Who subscribed: hears messages, and answers as the test wants."""

    heard: list[Asked] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    """What it says at first; then 204."""
    one_more: Event = field(default_factory=Event)

    def __call__(self, asked: Asked) -> Reply:
        self.heard.append(asked)
        self.one_more.set()
        return Reply(self.answers.pop(0) if self.answers else 204, None)

    def wait_for(self, most: int) -> list[dict[str, Any]]:
        """That many messages; fails when they do not come."""
        end = monotonic() + PATIENCE
        while len(self.heard) < most:
            assert monotonic() < end, [one.body for one in self.heard]
            self.one_more.wait(0.05)
            self.one_more.clear()
        return [one.body for one in self.heard]


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def callback(ear: Ear) -> Iterator[str]:
    with Register("who subscribed", ear) as register:
        yield f"http://zandmeer.localhost:{register.port}/api/notificaties/1/"


@pytest.fixture
def system(tmp_path: Path, callback: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """A case system of its own, where we subscribed to Zandmeer's news."""
    monkeypatch.setattr(notificaties, "WAITS", (0.0, 0.01, 0.01))
    monkeypatch.setattr(notificaties, "TWICE", 1000)
    write_subscriptions(tmp_path, "zaken", {"mijn-9901": Subscription(callback, AUTH, BOTH)})
    with started(tmp_path) as register:
        yield register


def started(folder: Path) -> Register:
    clients = {f"mijn-{code}": SECRET for code in ("9901", "9902")}
    told = subscriptions_file(folder, "zaken")
    here = "http://zaken.example"  # what links start with; a restart gets another port
    return demo_register(clients, DAY, public_url=here, folder=folder / "kept", subscriptions=told)


def work(system: Register, number: str, act: str, client: str = "mijn-9901", **headers: str) -> int:
    """Press a button on the caseworker's page."""
    store = system.respond.stores[client]  # type: ignore[attr-defined]  # the demo's Zaken
    (id,) = [one["uuid"] for one in store.zaken.values() if one["identificatie"] == number] or ["none"]
    form = {"client": client, "zaak": id, "doe": act}
    return httpx.post(f"{system.url}/_werk", data=form, headers=headers).status_code


def page(system: Register) -> str:
    return httpx.get(f"{system.url}/_werk").text


def case_on(text: str, number: str) -> str:
    return text.partition(f'id="{number}"')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("stap", [("zaken", "status")]),
        ("brief", [("zaken", "zaakinformatieobject")]),
        ("besluit", [("besluiten", "besluit")]),
    ],
)
def test_each_act_is_told_as_the_official_text_has_it(
    system: Register, ear: Ear, callback: str, act: str, told: list[tuple[str, str]]
) -> None:
    server, _slash, path = callback.partition("/api/")
    api = lifted("zgw/notificaties-consumer-1.0.0-rc1", f"{server}/api/notificaties")
    assert work(system, DAKKAPEL, act) == 303

    bodies = ear.wait_for(len(told))
    assert [(one["kanaal"], one["resource"]) for one in bodies] == told
    for asked in ear.heard:
        assert (asked.method, asked.path) == ("POST", "/api/" + path)
        assert asked.headers["authorization"] == AUTH
        check(api, server, replace_path(asked), Reply(204, None))


def replace_path(asked: Asked) -> Asked:
    """The text knows one place below its server only."""
    return Asked(asked.method, "/api/notificaties/1", {}, asked.headers, asked.body)


def test_what_is_told_leads_to_what_is_new_and_says_nothing_of_it(system: Register, ear: Ear) -> None:
    work(system, DAKKAPEL, "stap")
    (body,) = ear.wait_for(1)

    store = system.respond.stores["mijn-9901"]  # type: ignore[attr-defined]
    assert store.zaken[body["hoofdObject"]]["status"] == body["resourceUrl"]
    assert body["kenmerken"].keys() == {"bronorganisatie", "zaaktype", "vertrouwelijkheidaanduiding"}
    assert not re.search("dakkapel|Helga|ZM-0507", json.dumps(body))


def test_it_is_told_again_until_it_is_taken(system: Register, ear: Ear) -> None:
    ear.answers = [503, 500]
    work(system, DAKKAPEL, "stap")
    work(system, DAKKAPEL, "brief")
    told = [one["resource"] for one in ear.wait_for(4)]

    assert told == ["status", "status", "status", "zaakinformatieobject"]


def test_now_and_then_it_is_told_twice(system: Register, ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notificaties, "TWICE", 2)
    work(system, DAKKAPEL, "brief")
    work(system, DAKKAPEL, "stap")

    first, second, again = ear.wait_for(3)
    assert first != second == again


def test_who_did_not_subscribe_to_it_hears_nothing(
    system: Register, ear: Ear, callback: str, tmp_path: Path
) -> None:
    narrow = [{"naam": "zaken", "filters": {"bronorganisatie": "111222333"}}, BOTH[1]]
    write_subscriptions(tmp_path, "zaken", {"mijn-9901": Subscription(callback, AUTH, narrow)})
    work(system, DAKKAPEL, "stap")
    work(system, HULP, "besluit", "mijn-9902")
    work(system, DAKKAPEL, "besluit")

    (body,) = ear.wait_for(1)
    assert body["resource"] == "besluit"


def test_a_case_goes_on_step_by_step_until_it_is_over(system: Register) -> None:
    assert "Zet de volgende stap: Vergunning actief" in case_on(page(system), PARKEREN)
    assert work(system, PARKEREN, "stap") == 303

    store = system.respond.stores["mijn-9901"]  # type: ignore[attr-defined]
    (zaak,) = [one for one in store.zaken.values() if one["identificatie"] == PARKEREN]
    assert zaak["einddatum"]
    assert zaak["resultaat"]
    assert zaak["opschorting"]["indicatie"] is False
    assert work(system, PARKEREN, "stap") == 400, "it is over"
    shown = page(system)
    assert f"{PARKEREN} staat nu op: Vergunning actief." in shown
    assert not case_on(shown, PARKEREN)
    assert "staat nu op" not in page(system), "said once"


def test_what_was_done_is_there_after_a_restart_and_nobody_is_told_again(
    system: Register, ear: Ear, tmp_path: Path
) -> None:
    for act in ("stap", "brief", "besluit"):
        work(system, DAKKAPEL, act)
    before = ear.wait_for(3)
    with started(tmp_path) as again:
        text = case_on(page(again), DAKKAPEL)
        store = again.respond.stores["mijn-9901"]  # type: ignore[attr-defined]
        (decided,) = [one for one in store.beside.decisions() if one["identificatie"] == "B-ZM-0507"]
        work(again, DAKKAPEL, "brief")

        assert "Staat op: Wij nemen een besluit" in text
        assert decided["verzenddatum"]
        assert ear.wait_for(4)[:3] == before


def test_the_page_shows_names_and_nothing_that_no_resident_may_see(system: Register) -> None:
    text = page(system)

    assert "Helga Huisman" in text
    assert not any(one.bsn in text for one in RESIDENTS)
    assert not any(number in text for number in ("ZM-0999", "ZM-0998", "ZM-0997", "ZM-0411"))


@pytest.mark.parametrize(
    ("form", "headers", "status"),
    [
        ({"client": "mijn-9901", "zaak": "none", "doe": "stap"}, {}, 400),
        ({"client": "mijn-1111", "zaak": "none", "doe": "stap"}, {}, 400),
        ({}, {}, 400),
        ({"doe": "stap"}, {"Origin": "https://elsewhere.example"}, 403),
    ],
)
def test_what_the_page_did_not_offer_is_refused(
    system: Register, ear: Ear, form: dict[str, str], headers: dict[str, str], status: int
) -> None:
    assert httpx.post(f"{system.url}/_werk", data=form, headers=headers).status_code == status
    assert ear.heard == []
