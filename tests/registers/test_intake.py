"""What is remembered of a catalogue is of that catalogue: after it moved, the new one is asked."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from portal.municipalities.connections import Connection
from portal.registers.zaken.intake import incoming_document

from .conftest import zaken_connection


class Catalogue:
    """Stands for a caller; answers with the address it was asked at, and counts."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self.asked = connection, 0

    async def get(
        self, _path: str, _headers: Mapping[str, str], _params: Mapping[str, str], root: str
    ) -> Any:
        self.asked += 1
        row = {"informatieobjecttype": f"{root}informatieobjecttypen/1", "richting": "inkomend"}
        return {"next": None, "results": [row]}


def incoming(catalogue: Any) -> str:
    return asyncio.run(incoming_document(catalogue, "https://old.example/zaaktypen/1"))


def test_it_is_asked_once_an_hour_and_anew_of_a_catalogue_that_moved() -> None:
    known = zaken_connection("https://zaken.example")
    there, moved = (
        Catalogue(replace(known, parameters={**known.parameters, "catalogi_url": f"https://{host}.example/"}))
        for host in ("old", "new")
    )

    assert [incoming(there) for _again in range(2)] == ["https://old.example/informatieobjecttypen/1"] * 2
    assert incoming(moved) == "https://new.example/informatieobjecttypen/1"
    assert (there.asked, moved.asked) == (1, 1)
