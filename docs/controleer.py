#!/usr/bin/env python3
"""Kijk een bewijs uit het logboek van een gemeente na, zonder de site van de gemeente en zonder internet.

    python3 controleer.py logboekbewijs.json
    python3 controleer.py logboekbewijs.json --sleutels sleutels.json --koppen koppen.jsonl
    python3 controleer.py kop.json --bladen bladen.txt    (het hele logboek van een gesloten gemeente)

Het bestand haalt u bij “Controleer zelf” in Mijn. Alleen Python 3.9 of nieuwer is nodig. Wie de gemeente ook
niet gelooft over haar sleutels en koppen, haalt die bij een ander die ze bewaart, en noemt ze hier. Hoe het
werkt staat in docs/ledger.md. Bewust één bestand, dat niets van het portaal gebruikt.

Uitkomst 0: alles bewezen. 1: er klopt iets niet. 2: niet alles kon worden bewezen.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import sys
from pathlib import Path

FORMAAT = "logboekbewijs/1"


def sha(kind: int, *parts: bytes) -> bytes:
    """RFC 9162: 0 voor een blad, 1 voor een knoop."""
    return hashlib.sha256(bytes([kind]) + b"".join(parts)).digest()


def blad(tekst: str, zout: bytes) -> bytes:
    """Het blad van een handeling: de hash van een gezouten belofte over de tekst."""
    return sha(0, hmac.new(zout, tekst.encode(), hashlib.sha256).digest())


def wortel_via(leaf: bytes, plaats: int, grootte: int, pad: list[bytes]) -> bytes | None:
    """De wortel die het pad bij dit blad geeft; None als het pad niet past. Van boven gerekend."""
    if grootte == 1:
        return leaf if not pad and plaats == 0 else None
    if not pad or not 0 <= plaats < grootte:
        return None
    left = 1 << ((grootte - 1).bit_length() - 1)
    *lower, beside = pad
    if plaats < left:
        found = wortel_via(leaf, plaats, left, lower)
        return found and sha(1, found, beside)
    found = wortel_via(leaf, plaats - left, grootte - left, lower)
    return found and sha(1, beside, found)


def wortels_via(
    toen: int, wortel: bytes, nu: int, pad: list[bytes], heel: bool = True
) -> tuple[bytes, bytes] | None:
    """De oude en de nieuwe wortel die het pad geeft; None als het pad niet past."""
    if toen == nu:
        if heel:
            return (wortel, wortel) if not pad else None
        return (pad[0], pad[0]) if len(pad) == 1 else None
    if not pad or not 0 < toen < nu:
        return None
    left = 1 << ((nu - 1).bit_length() - 1)
    *lower, beside = pad
    if toen <= left:
        found = wortels_via(toen, wortel, left, lower, heel)
        return found and (found[0], sha(1, found[1], beside))
    found = wortels_via(toen - left, wortel, nu - left, lower, False)
    return found and (sha(1, beside, found[0]), sha(1, beside, found[1]))


def wortel_van(bladen: list[bytes]) -> bytes:
    """De wortel over alle bladen. Onthoudt alleen de volle deelbomen, de grootste eerst."""
    boom: list[tuple[int, bytes]] = []
    for nieuw in bladen:
        hoogte = 0
        while boom and boom[-1][0] == hoogte:
            nieuw, hoogte = sha(1, boom.pop()[1], nieuw), hoogte + 1
        boom.append((hoogte, nieuw))
    if not boom:
        return hashlib.sha256(b"").digest()
    wortel = boom.pop()[1]
    while boom:
        wortel = sha(1, boom.pop()[1], wortel)
    return wortel


def getekend(kop: dict, sleutels: list[dict]) -> bool:
    """Of de handtekening onder een kop met een van deze sleutels is gezet."""
    passend = [one for one in sleutels if one["kid"] == kop["sleutel"] and one["crv"] == "Ed25519"]
    root = base64.b64encode(bytes.fromhex(kop["wortel"])).decode()
    tekst = f"{kop['logboek']}\n{kop['grootte']}\n{root}\n{kop['tijd']}\n".encode()
    return any(ed25519(_b64url(one["x"]), base64.b64decode(kop["handtekening"]), tekst) for one in passend)


# Ed25519 nakijken, zoals RFC 8032 (5.1.7) het beschrijft. Traag, maar zonder iets van een ander.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
I = pow(2, (P - 1) // 4, P)  # noqa: E741  # zo heet het in de RFC
Punt = tuple  # (X, Y, Z, T): x = X/Z, y = Y/Z, x·y = T/Z


def _plus(one: Punt, other: Punt) -> Punt:
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % P, (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _maal(times: int, point: Punt) -> Punt:
    total = (0, 1, 1, 0)
    while times:
        if times & 1:
            total = _plus(total, point)
        point, times = _plus(point, point), times >> 1
    return total


def _punt(raw: bytes) -> Punt | None:
    y, odd = int.from_bytes(raw, "little") & ((1 << 255) - 1), raw[31] >> 7
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * I % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    x = P - x if x & 1 != odd else x
    return (x, y, 1, x * y % P)


BASIS = _punt((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519(sleutel: bytes, handtekening: bytes, tekst: bytes) -> bool:
    """Of de eigenaar van deze openbare sleutel precies deze tekst tekende."""
    if len(sleutel) != 32 or len(handtekening) != 64:
        return False
    a, r = _punt(sleutel), _punt(handtekening[:32])
    s = int.from_bytes(handtekening[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(handtekening[:32] + sleutel + tekst).digest(), "little") % L
    left, right = _maal(s, BASIS), _plus(r, _maal(k, a))
    return not (
        (left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P
    )


def _b64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _hashes(pad: list[str]) -> list[bytes]:
    return [bytes.fromhex(one) for one in pad]


class Uitkomst:
    """Wat bewezen is, wat niet klopt en wat open bleef; elk in een zin."""

    def __init__(self) -> None:
        self.fout = self.open = False

    def stap(self, klopt: bool, zin: str) -> None:
        self.fout |= not klopt
        print(("  bewezen:     " if klopt else "  KLOPT NIET:  ") + zin)

    def onbewezen(self, zin: str) -> None:
        self.open = True
        print("  niet bewezen: " + zin)


def controleer(
    bewijs: dict, sleutels: list[dict], koppen: list[dict] | None, bladen: list[bytes] | None = None
) -> Uitkomst:
    """Alle stappen, voor elke handeling in het bewijs."""
    uit, kop = Uitkomst(), bewijs["kop"]
    if kop is None:
        uit.onbewezen("er is nog geen kop; haal het bestand over een minuut opnieuw")
        return uit
    root = bytes.fromhex(kop["wortel"])
    print(f"Logboek {kop['logboek']}: {kop['grootte']} bladen op {kop['tijd']}")
    uit.stap(getekend(kop, sleutels), "de kop is getekend met een sleutel van de gemeente")
    if koppen is not None:
        uit.stap(_bij_een_ander(kop, koppen), "een ander bewaart deze kop ook")
    if bladen is not None:
        heel = len(bladen) == kop["grootte"] and wortel_van(bladen) == root
        uit.stap(heel, "de bladen zijn precies die onder de kop")
    for one in bewijs["handelingen"]:
        _handeling(one, kop, root, sleutels, koppen, uit)
    return uit


def _handeling(
    one: dict, kop: dict, root: bytes, sleutels: list[dict], koppen: list[dict] | None, uit: Uitkomst
) -> None:
    feiten = json.loads(one["tekst"])
    print(f"Handeling “{feiten['act']}” van {feiten['at']}")
    leaf = blad(one["tekst"], bytes.fromhex(one["zout"]))
    uit.stap(leaf.hex() == one["blad"], "de tekst en het zout geven het blad")
    if not one["onderKop"]:
        uit.onbewezen("dit blad staat nog niet onder de kop; haal het bestand over een minuut opnieuw")
        return
    found = wortel_via(leaf, one["plaats"], kop["grootte"], _hashes(one["pad"]))
    uit.stap(found == root, f"het blad staat op plaats {one['plaats'] + 1} in het logboek")
    toen = one["kopOpBewijs"]
    if toen is None:
        uit.onbewezen("op dit bewijs staat nog geen kop")
        return
    zelfde = toen["logboek"] == kop["logboek"]
    uit.stap(
        zelfde and getekend(toen, sleutels), f"de kop op het bewijs ({toen['grootte']} bladen) is getekend"
    )
    if koppen is not None:
        uit.stap(_bij_een_ander(toen, koppen), "een ander bewaart de kop op het bewijs ook")
    was = bytes.fromhex(toen["wortel"])
    grown = wortels_via(toen["grootte"], was, kop["grootte"], _hashes(one["groei"]))
    uit.stap(grown == (was, root), "sinds de kop op het bewijs is het logboek alleen gegroeid")


def _bij_een_ander(kop: dict, koppen: list[dict]) -> bool:
    names = ("logboek", "grootte", "wortel", "tijd")
    return any(all(other.get(name) == kop[name] for name in names) for other in koppen)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("bewijs", type=Path, help="het bestand van “Controleer zelf”")
    asked.add_argument("--sleutels", type=Path, help="openbare sleutels (JWK set) die u bij een ander haalde")
    asked.add_argument("--koppen", type=Path, help="koppen die u bij een ander haalde, één per regel (JSON)")
    asked.add_argument("--bladen", type=Path, help="alle bladen van het logboek, één per regel (hex)")
    given = asked.parse_args()
    try:
        bewijs = json.loads(given.bewijs.read_text())
        if bewijs["formaat"] != FORMAAT:
            raise ValueError("dit formaat ken ik niet")
        keys = json.loads(given.sleutels.read_text())["keys"] if given.sleutels else bewijs["sleutels"]
        heads = [json.loads(one) for one in given.koppen.read_text().splitlines()] if given.koppen else None
        leaves = _hashes(given.bladen.read_text().split()) if given.bladen else None
        uit = controleer(bewijs, keys, heads, leaves)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        print(f"Dit bestand is niet te lezen als bewijs: {fault}", file=sys.stderr)
        return 1
    if given.sleutels is None or given.koppen is None:
        print("Sleutels en koppen komen uit het bestand zelf; zie --sleutels en --koppen.")
    print("ER KLOPT IETS NIET." if uit.fout else "Niet alles is bewezen." if uit.open else "Dit klopt.")
    return 1 if uit.fout else 2 if uit.open else 0


if __name__ == "__main__":
    sys.exit(main())
