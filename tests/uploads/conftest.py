"""Helga of Zandmeer adds documents to her dormer; behind Mijn stand the demo's case system and scanner."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from demo.registers import zaken as demo_zaken
from demo.registers.scanner import Scanner
from demo.registers.serving import Register
from demo.registers.zgw_store import Store
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.registers.zaken.records import Zaaktype
from portal.uploads import stored, working
from portal.uploads.models import Upload, UploadPart
from tests.mijn.conftest import connected, signed_in
from tests.registers import conftest as registers

PART = 40_000
"""Bytes of a part in these tests: many parts in little time."""


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same file in more parts, and a scanner that nobody left alone before."""
    from portal.uploads import coming, receiving, views

    for module in (stored, receiving, coming, views):
        monkeypatch.setattr(module, "PART", PART)
    monkeypatch.setattr(working, "_rests_until", datetime.min.replace(tzinfo=UTC))


@pytest.fixture
def zaken_fake() -> Iterator[Register]:
    """A case system of this test's own: what is written stays in it."""
    clients = {f"mijn-{code}": registers.SECRET for code in ("9901", "9902")}
    with demo_zaken.demo_register(clients, registers.DAY) as register:
        yield register


@pytest.fixture
def store(zaken_fake: Register) -> Store:
    """What the case system holds of Zandmeer."""
    return zaken_fake.respond.stores["mijn-9901"]  # type: ignore[attr-defined]  # the demo's Zaken


@pytest.fixture
def clamd(settings: Any) -> Iterator[Scanner]:
    with Scanner() as running:
        settings.CLAMD_ADDRESS = running.address
        yield running


def taking(url: str, store: Store, *kinds: str) -> registers.Connection:
    """A case system whose cases of these kinds take documents."""
    known = registers.zaken_connection(url)
    types = [Zaaktype.of(one) for one in store.types["zaaktypen"].values()]
    choices = {one.key: {"upload": True} for one in types if one.identification in kinds}
    return replace(known, parameters={**known.parameters, "case_type_choices": choices})


@pytest.fixture
def mijn(zandmeer: Municipality, zaken_fake: Register, store: Store, clamd: Scanner) -> Municipality:
    connected(zandmeer, taking(zaken_fake.url, store, "dakkapel", "verhuizing"))
    return zandmeer


@pytest.fixture
def helga(mijn: Municipality) -> Client:
    return signed_in(mijn)


@dataclass(frozen=True)
class Case:
    """One of Helga's cases, by its addresses."""

    page: str
    add: str
    zaak: UUID
    url: str
    """In the case system."""


def case_of(here: Municipality, store: Store, number: str) -> Case:
    """A case by its number."""
    (zaak,) = [one for one in store.zaken.values() if one["identificatie"] == number]
    with acting_for(here), transaction.atomic():
        from portal.municipalities.connections import connections

        system = connections("zaken")[0].id
    ids = f"{system}/{zaak['uuid']}/"
    return Case(f"/mijn/zaken/{ids}", f"/mijn/documenten/toevoegen/{ids}", UUID(zaak["uuid"]), zaak["url"])


@pytest.fixture
def dormer(mijn: Municipality, store: Store) -> Case:
    """It runs, and its kind takes documents."""
    return case_of(mijn, store, "ZM-0507")


def sent(browser: Client, case: Case, content: bytes, name: str = "tekening.pdf", **fields: Any):  # type: ignore[no-untyped-def]
    """The plain form, with a file in it; gives what comes back."""
    return browser.post(case.add, {"titel": "", "bestand": SimpleUploadedFile(name, content), **fields})


class InParts:
    """What the script does, by hand."""

    def __init__(self, browser: Client, case: Case, content: bytes, name: str = "tekening.pdf") -> None:
        self.browser, self.case, self.content = browser, case, content
        self.announced = {
            "naam": name,
            "omvang": str(len(content)),
            "sha256": hashlib.sha256(content).hexdigest(),
            "titel": "",
        }

    def begin(self, **changed: str):  # type: ignore[no-untyped-def]
        return self.browser.post(f"{self.case.add}begin/", {**self.announced, **changed})

    def part(self, to: str, at: int, content: bytes | None = None):  # type: ignore[no-untyped-def]
        body = self.content[at : at + PART] if content is None else content
        return self.browser.post(
            to, body, content_type="application/octet-stream", headers={"Upload-Offset": str(at)}
        )

    def all_of_it(self) -> str:
        """From the beginning to the receipt; gives its address."""
        told = self.begin().json()
        to = told
        while told.get("ontvangen", len(self.content)) < len(self.content):
            answer = self.part(to["delen"], told["ontvangen"])
            assert answer.status_code == 200, answer.content
            told = answer.json()
        answer = self.browser.post(to["klaar"])
        assert answer.status_code == 200, answer.content
        return str(answer.json()["bewijs"])


def uploads(here: Municipality) -> list[Upload]:
    """All of a municipality's, the oldest first."""
    with acting_for(here), transaction.atomic():
        return list(Upload.objects.order_by("begun"))


def parts(here: Municipality) -> int:
    """How many parts are kept of all of them."""
    with acting_for(here), transaction.atomic():
        return UploadPart.objects.count()


def added(store: Store, case: Case) -> list[tuple[dict[str, Any], bytes | None]]:
    """The documents that the case system has with a case beyond the story's own, and their content."""
    urls = [one["informatieobject"] for one in store.enclosures.values() if one["zaak"] == case.url]
    return [(store.documenten[url], store.contents.get(url)) for url in urls]
