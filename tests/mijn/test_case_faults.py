"""Every fault of a case system × list, case, document and calendar file, for two kinds of back end.

Never an answer that is no page of ours, never a word about somebody else's case, never broken shown as empty.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.db import transaction
from django.test import Client

from demo.content.cases import CASES
from demo.content.residents import ABDELLAH, FARID
from demo.registers.faults import FAULTS
from demo.registers.serving import Register
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from portal.registers import caller, content
from portal.registers.models import Breaker
from portal.registers.zaken import in_time
from tests.registers.conftest import zaken_connection
from tests.registers.crowds import case_system

from .conftest import body_of, connected, signed_in

HIS = [one for one in CASES if one.resident is FARID]
STRANGE = replace(HIS[0], number="XX-0001", about="Van een ander")
WORDS = ("nu niet te zien", "nu niet te openen", "Nog niet binnen")
"""What is said where something did not come."""


@dataclass
class Pages:
    """A resident of a municipality, and the addresses of everything about cases."""

    browser: Client
    register: Register
    here: Municipality
    addresses: dict[str, str]


@pytest.fixture(params=["openzaak", "old-1.0"])
def pages(
    request: pytest.FixtureRequest, zandmeer: Municipality, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Pages]:
    """Abdellah, whose cases have documents and decisions; somebody else's case is in the same system."""
    own = [one for one in CASES if one.resident is ABDELLAH]
    with case_system([*own, STRANGE], request.param) as register:
        connected(zandmeer, zaken_connection(register.url, "9903", back_end=request.param))
        browser = signed_in(zandmeer, BSN(ABDELLAH.bsn))
        listed = body_of(browser.get("/mijn/zaken/"))
        case = listed.split("OS-0802")[0].rpartition('<a href="')[2].split('"')[0]
        page = body_of(browser.get(case))
        document = re.search(r'href="([^"]+/documenten/[^"]+)"', page)
        calendar = re.search(r'href="([^"]+agenda.ics)"', page)
        assert document is not None
        assert calendar is not None
        addresses = {
            "list": "/mijn/zaken/",
            "case": case,
            "document": document[1],
            "calendar": calendar[1],
        }
        monkeypatch.setattr(caller, "LIMIT", 0.8)
        monkeypatch.setattr(content, "FIRST", 0.8)
        monkeypatch.setattr(in_time, "UTMOST", 1.0)
        yield Pages(browser, register, zandmeer, addresses)


@pytest.mark.parametrize("fault", [one for one in FAULTS if one != "none"])
def test_whatever_a_case_system_does_nothing_worse_comes_of_it(pages: Pages, fault: str) -> None:
    for name, address in pages.addresses.items():
        pages.register.misbehave(fault, 0.2)
        with acting_for(pages.here), transaction.atomic():
            Breaker.objects.all().delete()
        answer = pages.browser.get(address)
        try:
            body = b"".join(answer)  # type: ignore[call-overload]
        except Exception:
            assert name == "document"  # it broke off on its way, and the browser sees that
            continue
        text = body.decode(errors="replace")

        # Never that a case is not there: a register that says so of everything is broken.
        assert answer.status_code in {200, 503}, (name, answer.status_code)
        assert "XX-0001" not in text
        assert "Van een ander" not in text
        assert "geen lopende zaken" not in text
        if answer.status_code == 503:
            assert any(one in text for one in WORDS), name
        if answer.status_code == 200:
            check_whole(name, text, body)


def check_whole(name: str, text: str, body: bytes) -> None:
    """What came is all there is, or says what is missing."""
    partly = any(one in text for one in WORDS)
    match name:
        case "list":
            assert partly or all(one in text for one in ("OS-0750", "OS-0802", "OS-0901"))
        case "case":
            assert partly or ("B-OS-0802" in text and "Factuur van de wasmachine" in text)
        case "document":
            assert body.startswith(b"%PDF")
            assert body.rstrip().endswith(b"%%EOF")
        case "calendar":
            assert "BEGIN:VCALENDAR" in text
