"""Whatever registers write, it is text on every page that shows it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from demo.registers import berichten as demo_berichten
from demo.registers import taken as demo_taken
from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.models import Municipality
from tests.registers.berichten.conftest import berichten_connection
from tests.registers.conftest import DAY
from tests.registers.klantinteracties.conftest import klant, klant_connection, klant_fake
from tests.registers.taken.conftest import vtb_connection

from .conftest import HELGA, body_of, connected, signed_in

__all__ = ["klant", "klant_fake"]

TOKENS = {f"token of {code}": code for code in ("9901", "9902")}
TAG = "<img src=x onerror=alert(1)>"
SAID = f"""'">{TAG}<!--</title></script>{{{{ 7|add:7 }}}}\u202e\x07"""
LINKS = re.compile(r'href="(/mijn/(?:zaken|taken|berichten|contact|gegevens|aanvragen)/[^"#?]*)"')
TEXTS = frozenset(
    {
        "achternaam", "berichtTekst", "beschrijving", "bestandsnaam", "description", "geslachtsnaam",
        "handelingsPerspectief", "inhoud", "kanaal", "label", "langFormaat", "naam", "officieleStraatnaam",
        "omschrijving", "onderwerp", "reactie", "reden", "statustekst", "titel", "title", "toelichting",
        "transactieomschrijving", "volledigeNaam", "voornamen", "voorvoegsel", "woonplaats",
    }
)  # fmt: skip
"""What registers call their texts."""


@pytest.fixture
def taken() -> Iterator[Register]:
    with demo_taken.demo_register(TOKENS, DAY) as register:
        yield register


@pytest.fixture
def berichten() -> Iterator[Register]:
    with demo_berichten.demo_register(TOKENS, DAY) as register:
        yield register


def hostile(told: Any, name: str = "") -> Any:
    """The same answer with something at the end of each of its texts."""
    if isinstance(told, Mapping):
        return {key: hostile(value, str(key)) for key, value in told.items()}
    if isinstance(told, list):
        return [hostile(one, name) for one in told]
    return f"{told} {SAID}" if isinstance(told, str) and told and name in TEXTS else told


def pages(browser: Client) -> Iterator[tuple[str, str]]:
    """Each page of Mijn that another one leads to, by its address."""
    waiting, seen = ["/mijn/"], set[str]()
    while waiting:
        address = waiting.pop(0)
        seen.add(address)
        answer = browser.get(address)
        if not answer["Content-Type"].startswith("text/html"):
            continue
        page = body_of(answer)
        yield address, page
        found = re.findall(
            r'href="(/mijn/(?:zaken|taken|berichten|contact|gegevens|aanvragen)/[^"#?]*)"', page
        )
        waiting += [one for one in dict.fromkeys(found) if one not in seen and one not in waiting]


def test_nothing_that_a_register_writes_becomes_part_of_a_page(
    mijn: Municipality,
    brp_fake: Register,
    zaken_fake: Register,
    klant_fake: Register,
    taken: Register,
    berichten: Register,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected(mijn, vtb_connection(taken, "9901"))
    connected(mijn, berichten_connection(berichten))
    connected(mijn, klant_connection(klant_fake.url))
    browser = signed_in(mijn, HELGA)
    for register in (brp_fake, zaken_fake, klant_fake, taken, berichten):
        respond = register.respond

        def told(asked: Asked, respond: Any = respond) -> Reply:
            reply: Reply = respond(asked)
            return replace(reply, body=hostile(reply.body))

        monkeypatch.setattr(register, "respond", told)

    shown = dict(pages(browser))
    assert [address for address, page in shown.items() if TAG in page or "14" + "\u202e" in page] == []
    assert sum("&lt;img src=x" in page for page in shown.values()) > 8
