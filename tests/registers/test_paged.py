"""No list is so long that reading it holds up those who ask other registers."""

from typing import Any

import pytest

from demo.content.residents import HELGA
from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection
from portal.municipalities.models import Municipality
from portal.registers.answers import Broken
from portal.registers.errors import RegisterUnavailable
from portal.registers.gather import Question, ask_one
from portal.registers.paged import ROWS, rows_in
from portal.registers.zaken.client import every

JUNK = [{"url": str(number)} for number in range(ROWS + 1)]


@pytest.mark.parametrize("told", [JUNK, {"results": JUNK, "next": None, "count": 3}], ids=["bare", "page"])
def test_of_more_rows_than_a_page_can_have_none_is_read(told: Any) -> None:
    with pytest.raises(RegisterUnavailable):
        rows_in(told)
    assert len(rows_in(JUNK[:ROWS])) == ROWS


@pytest.mark.parametrize("told", [JUNK, {"results": JUNK, "next": None, "count": 3}], ids=["bare", "page"])
def test_a_case_system_that_tells_them_all_the_same_is_broken(
    here: Municipality, zaken: Connection, zaken_fake: Register, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    respond = zaken_fake.respond

    def too_many(asked: Asked) -> Reply:
        reply = respond(asked)
        return Reply(200, told) if "_zoek" in asked.path else reply

    monkeypatch.setattr(zaken_fake, "respond", too_many)
    answer = ask_one(Question(zaken, lambda caller: every(caller, BSN(HELGA.bsn))))

    assert answer == Broken("RegisterUnavailable more rows than a page can have")
