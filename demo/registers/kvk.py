"""The trade register of the demo: KVK Basisprofiel 1.3.

`python -m demo.registers.kvk --port N --state DIR`.
"""

import hmac
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from demo.content.own_registers import TRADES, Trade
from demo.state import secrets_of

from .serving import Asked, Register, Reply, serve_alone

ROOT = "/api"
_PATH = re.compile(rf"{ROOT}/v1/basisprofielen/(?P<number>[^/]+)")
_KIND = {"Content-Type": "application/hal+json"}


class Kvk:
    """Answers about businesses by their number."""

    def __init__(self, trades: Mapping[str, Trade], key: str) -> None:
        self._trades, self._key = trades, key

    def __call__(self, asked: Asked) -> Reply:
        if not hmac.compare_digest(asked.headers.get("apikey", "").encode(), self._key.encode()):
            return _fault(401, "IPD0002", "Het API-token is niet geldig.")
        found = _PATH.fullmatch(asked.path)
        if asked.method != "GET" or not found:
            return _fault(404, "IPD0005", "Product niet gevonden.")
        number = found["number"]
        if not re.fullmatch("[0-9]{8}", number):
            return _fault(400, "IPD0004", "Het KVK-nummer is niet valide.")
        if asked.fault == "foreign":
            number = next((one for one in self._trades if one != number), number)
        trade = self._trades.get(number)
        return Reply(200, _profile(trade), _KIND) if trade else _fault(404, "IPD0005", "Niet gevonden.")


def _profile(trade: Trade) -> dict[str, Any]:
    place = {"rel": "self", "href": f"{ROOT}/v1/basisprofielen/{trade.number}"}
    home = trade.owner
    address = {
        "type": "bezoekadres",
        "indAfgeschermd": "Nee",
        "volledigAdres": f"{home.street} {home.number} {home.postcode}",
        "straatnaam": home.street,
        "huisnummer": int(home.number),
        "postcode": home.postcode,
        "land": "Nederland",
    }
    sbi = [
        {"sbiCode": code, "sbiOmschrijving": words, "indHoofdactiviteit": "Nee" if n else "Ja"}
        for n, (code, words) in enumerate(trade.activities)
    ]
    return {
        "kvkNummer": trade.number,
        "indNonMailing": "Ja",
        "naam": trade.names[0],
        "formeleRegistratiedatum": trade.begun,
        "materieleRegistratie": {"datumAanvang": trade.begun},
        "totaalWerkzamePersonen": 1,
        "handelsnamen": [{"naam": name, "volgorde": n} for n, name in enumerate(trade.names)],
        "sbiActiviteiten": sbi,
        "links": [place],
        "_embedded": {
            "hoofdvestiging": {
                "vestigingsnummer": f"0000{trade.number}",
                "kvkNummer": trade.number,
                "eersteHandelsnaam": trade.names[0],
                "indHoofdvestiging": "Ja",
                "adressen": [address],
            },
            "eigenaar": {"rechtsvorm": trade.legal_form, "uitgebreideRechtsvorm": trade.legal_form},
        },
    }


def _fault(status: int, code: str, words: str) -> Reply:
    return Reply(status, {"fout": [{"code": code, "omschrijving": words}]}, _KIND)


def demo_register(key: str, port: int = 0, trades: Mapping[str, Trade] = TRADES) -> Register:
    """The demo's trade register."""
    return Register("Handelsregister (demo)", Kvk(trades, key), port)


def _made(state: Path, port: int) -> Register:
    return demo_register(secrets_of(state).kvk_key, port)


if __name__ == "__main__":
    sys.exit(serve_alone("kvk", _made))
