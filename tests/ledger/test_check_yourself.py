"""“Controleer zelf”: the own browser proves it and sees through lies; the script proves it without us."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from playwright.sync_api import APIResponse, Page, Route, sync_playwright

from portal.accounts.middleware import COOKIE
from portal.municipalities.acting import acting_for
from portal.sharing import grants
from portal.sharing.ledger import deposits, heads
from portal.sharing.models import Grant
from tests.chromium import launched
from tests.sharing.browser import Browser
from tests.sharing.conftest import HELGA, gives, new_session

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = Path(__file__).resolve().parent.parent.parent / "docs" / "controleer.py"


def sign(offering, at) -> None:
    with acting_for(offering):
        with transaction.atomic():
            heads.sign(at)
        deposits.deliver()


@pytest.fixture
def stopped(offering, clock) -> Grant:
    """Given, signed, used by others, stopped, signed."""
    with acting_for(offering), transaction.atomic():
        session = new_session(HELGA)
        grant = gives(session)
    sign(offering, clock())
    clock.move(minutes=1)
    with acting_for(offering), transaction.atomic():
        grants.withdraw(session, grant.id)
        gives(new_session())
    sign(offering, clock())
    clock.move(minutes=1)
    with acting_for(offering), transaction.atomic():
        gives(new_session())
    sign(offering, clock())
    return grant


@pytest.fixture
def helga_at(offering) -> Browser:
    return Browser(offering, HELGA)


def page_of(grant: Grant) -> str:
    return f"/mijn/delen/bewijs/{grant.id}/controleer/"


def test_the_receipt_shows_its_head_and_leads_to_the_page(helga_at, stopped):
    helga_at.goes(f"/mijn/delen/bewijs/{stopped.id}/")
    assert re.search(r"Stand van het logboek 1 · [0-9a-f]{64}", helga_at.text)
    helga_at.follows("Controleer zelf of dit in het logboek staat")
    assert helga_at.h1 == "Controleer zelf"
    assert "controleer.py" in helga_at.text
    assert "U stopte met delen." in helga_at.text


def test_another_resident_gets_neither_page_nor_proof(offering, stopped):
    somebody = Browser(offering, HELGA)
    with acting_for(offering), transaction.atomic():
        theirs = gives(new_session())
    for address in (page_of(theirs), page_of(theirs) + "bewijs.json"):
        assert somebody.goes(address).status == 404


def test_an_old_leaf_that_names_an_employee_verifies_and_the_page_shows_the_team(
    offering, helga_at, clock, tmp_path
):
    with acting_for(offering), transaction.atomic():
        grant = gives(new_session(HELGA))
        by = grants.By(employee="Gerrie Postma", channel="phone", team="Dorpenteam")
        grants.withdraw_for(grant.subject_id, grant.id, by)
    sign(offering, clock())
    helga_at.goes(page_of(grant))
    assert "Dorpenteam" in helga_at.text
    assert "In dit oude blad staat de naam van een medewerker." in helga_at.text
    assert "Gerrie" not in helga_at.page.html
    assert checked(proof_file(helga_at, grant, tmp_path))[0] == 0


def test_a_leaf_names_an_employee_by_an_id_and_is_shown_letter_by_letter(offering, helga_at, clock):
    employee = "6f1c2d3e-0000-4000-8000-00000000000a"
    with acting_for(offering), transaction.atomic():
        grant = gives(new_session(HELGA))
        by = grants.By(employee=employee, channel="phone", team="Dorpenteam")
        grants.withdraw_for(grant.subject_id, grant.id, by)
    sign(offering, clock())
    helga_at.goes(page_of(grant))
    assert employee in helga_at.text
    assert "Dorpenteam" in helga_at.text
    assert "In dit oude blad" not in helga_at.text


def proof_file(helga_at: Browser, grant: Grant, tmp_path: Path, **other: object) -> Path:
    content = helga_at.client.get(page_of(grant) + "bewijs.json").json()
    file = tmp_path / "bewijs.json"
    file.write_text(json.dumps(content | other))
    return file


def checked(*arguments: object) -> tuple[int, str]:
    """What the script says, run as a resident runs it."""
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), *map(str, arguments)], capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout + done.stderr


def test_the_script_proves_the_file_without_the_portal(helga_at, stopped, tmp_path):
    code, said = checked(proof_file(helga_at, stopped, tmp_path))
    assert code == 0, said
    assert said.count("bewezen:") == 9
    assert "Dit klopt." in said


def test_the_script_holds_the_heads_against_those_that_another_keeps(helga_at, stopped, tmp_path, outside):
    file = proof_file(helga_at, stopped, tmp_path)
    kept = outside / "heads.jsonl"
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps(helga_at.client.get("/.well-known/logboek-sleutels.json").json()))
    assert checked(file, "--koppen", kept, "--sleutels", keys)[0] == 0
    first, *_later = kept.read_text().splitlines()
    kept.write_text(first + "\n")
    code, said = checked(file, "--koppen", kept, "--sleutels", keys)
    assert code == 1
    assert "KLOPT NIET:  een ander bewaart deze kop ook" in said


def test_the_page_leads_to_the_script_and_says_how_to_run_it_with_the_own_file(helga_at, stopped):
    helga_at.goes(page_of(stopped))
    file = helga_at.client.get(helga_at.page.links["Bewaar uw bladen uit het logboek"])
    name = re.search(r'filename="(.+)"', file["Content-Disposition"])[1]
    assert f"python3 controleer.py {name}" in helga_at.text
    assert "Die komen dus ook van de gemeente" in helga_at.text
    program = helga_at.client.get(helga_at.page.links["Haal het losse programma controleer.py"])
    assert program.content == SCRIPT.read_bytes()
    assert program["Content-Disposition"] == 'attachment; filename="controleer.py"'


def test_the_image_takes_the_script_along():
    root = SCRIPT.parents[1]
    assert "COPY docs/controleer.py docs/controleer.py\n" in (root / "docker" / "Dockerfile").read_text()
    assert "!docs/controleer.py\n" in (root / ".dockerignore").read_text()


TAMPERINGS: list[tuple[str, Callable[[dict], object]]] = [
    ("de tekst en het zout geven het blad", lambda p: p["handelingen"][0].update(zout="00" * 32)),
    ("de tekst en het zout geven het blad", lambda p: p["handelingen"][0].update(
        tekst=p["handelingen"][0]["tekst"].replace("given", "taken"))),
    ("het blad staat op plaats 1", lambda p: p["handelingen"][0]["pad"].reverse()),
    ("het blad staat op plaats 2", lambda p: p["handelingen"][0].update(plaats=1)),
    ("sinds de kop op het bewijs", lambda p: p["handelingen"][0]["groei"].pop()),
    ("de kop is getekend", lambda p: p["kop"].update(tijd="2020-01-01T00:00:00Z")),
    ("de kop op het bewijs (1 bladen) is getekend",
     lambda p: p["handelingen"][0]["kopOpBewijs"].update(wortel="11" * 32)),
    ("de kop is getekend", lambda p: p["sleutels"].clear()),
]  # fmt: skip


@pytest.mark.parametrize(("step", "tamper"), TAMPERINGS)
def test_the_script_calls_out_what_was_tampered_with(helga_at, stopped, tmp_path, step, tamper):
    file = proof_file(helga_at, stopped, tmp_path)
    content = json.loads(file.read_text())
    tamper(content)
    file.write_text(json.dumps(content))
    code, said = checked(file)
    assert code == 1
    assert f"KLOPT NIET:  {step}" in said


@pytest.mark.parametrize("content", ["", "[]", '{"formaat": "iets"}', '{"formaat": "logboekbewijs/1"}'])
def test_the_script_says_when_a_file_is_no_proof(tmp_path, content):
    file = tmp_path / "bewijs.json"
    file.write_text(content)
    code, said = checked(file)
    assert code == 1
    assert "niet te lezen" in said
    assert "Traceback" not in said


def test_an_act_without_a_head_yet_is_not_called_proven(offering, helga_at, tmp_path):
    with acting_for(offering), transaction.atomic():
        grant = gives(new_session(HELGA))
    code, said = checked(proof_file(helga_at, grant, tmp_path))
    assert code == 2
    assert "Niet alles is bewezen." in said


Lie = Callable[[Page], None]


def honest(_page: Page) -> None:
    """Nothing is lied about."""


@pytest.fixture
def in_browser(live_server, offering, helga_at, settings):
    """Opens a page as Helga in Chromium, once for each lie; gives what each step says in the end.

    In a thread of its own: its event loop would make Django refuse the database.
    """
    settings.PUBLIC_PORT = str(urlsplit(live_server.url).port)
    site = f"http://{offering.host}:{settings.PUBLIC_PORT}"
    cookie = helga_at.client.cookies[COOKIE].value

    def opened(path: str, *lies: Lie) -> list[dict[str, str]]:
        with ThreadPoolExecutor(1) as apart:
            return apart.submit(look, site, cookie, path, lies).result()

    return opened


def look(site: str, cookie: str, path: str, lies: Sequence[Lie]) -> list[dict[str, str]]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        context = browser.new_context(viewport={"width": 320, "height": 900})
        there = site.rpartition(":")[0].replace("http:", "https:")  # as a Secure cookie must be set
        context.add_cookies([{"name": COOKIE, "value": cookie, "url": there, "secure": True}])
        found = [one_look(context.new_page(), site + path, lie) for lie in lies]
        browser.close()
    return found


def one_look(page: Page, address: str, lie: Lie) -> dict[str, str]:
    trouble: list[str] = []
    page.on("pageerror", lambda fault: trouble.append(str(fault)))
    page.on("console", lambda said: trouble.append(said.text) if "Content Security" in said.text else None)
    lie(page)
    page.goto(address)
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-place=whole] [data-says]:not([data-says=busy])')]"
        ".some((one) => !one.hidden)"
    )
    found: dict[str, str] = page.evaluate(
        "() => Object.fromEntries([...document.querySelectorAll('[data-place]')].map((place) =>"
        " [place.dataset.place, place.querySelector('[data-says]:not([hidden])')?.dataset.says ?? '']))"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert trouble == []
    page.close()
    return found


def real(route: Route) -> tuple[APIResponse, dict]:
    """What the portal itself answers; Playwright's own client finds no address for a name on localhost."""
    parts = urlsplit(route.request.url)
    url = route.request.url.replace(parts.netloc, f"127.0.0.1:{parts.port}", 1)
    answer = route.fetch(url=url, headers={**route.request.all_headers(), "host": parts.netloc})
    return answer, answer.json()


def says(where: str, **other: object) -> Lie:
    """A site that gives another answer in some place."""

    def answer(route: Route) -> None:
        response, content = real(route)
        route.fulfill(response=response, json={**content, **other})

    return lambda page: page.route(where, answer)


def rewords(page: Page) -> None:
    def answer(route: Route) -> None:
        response, content = real(route)
        act = content["handelingen"][0]
        act["tekst"] = act["tekst"].replace("email", "phone")
        route.fulfill(response=response, json=content)

    page.route("**/bewijs.json", answer)


def knows_no_ed25519(page: Page) -> None:
    page.add_init_script(
        "crypto.subtle.importKey = ((real) => (...how) => how[0] === 'jwk'"
        " ? Promise.reject(new DOMException('', 'NotSupportedError')) : real.apply(crypto.subtle, how)"
        ")(crypto.subtle.importKey)"
    )


ALL_GOOD = {"whole": "good", "leaf": "good", "head": "good", "inside": "good", "grown": "good"}
LIES: list[tuple[Lie, set[str]]] = [
    (says("**/kop", wortel="11" * 32), {"head", "inside", "grown"}),
    (says("**/kop", tijd="2026-01-01T00:00:00Z"), {"head"}),
    (says("**/logboek/bewijs/*", plaats=3), {"inside"}),
    (says("**/consistentie*", pad=["22" * 32]), {"grown"}),
    (says("**/logboek-sleutels.json", keys=[]), {"head", "grown"}),
    (rewords, {"leaf", "inside"}),
]


def test_the_browser_proves_all_four_steps_and_calls_out_every_lie(in_browser, stopped):
    found = in_browser(page_of(stopped), honest, *(lie for lie, _steps in LIES))
    assert found[0] == ALL_GOOD
    for seen, (_lie, steps) in zip(found[1:], LIES, strict=True):
        assert seen == ALL_GOOD | dict.fromkeys(steps, "bad") | {"whole": "bad"}


def test_the_browser_says_what_it_cannot_prove(in_browser, stopped):
    unknown = dict.fromkeys(("head", "grown", "whole"), "unknown")
    assert in_browser(page_of(stopped), knows_no_ed25519) == [ALL_GOOD | unknown]


def test_the_browser_says_that_an_act_of_just_now_has_no_head_yet(in_browser, offering, clock):
    with acting_for(offering), transaction.atomic():
        gives(new_session())
    sign(offering, clock())
    with acting_for(offering), transaction.atomic():
        grant = gives(new_session(HELGA))
    (found,) = in_browser(page_of(grant), honest)
    assert found["whole"] == "soon"
