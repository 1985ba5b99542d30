"""What an IRMA server could say of a session: forged results, others' results, and nonsense."""

import json
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import Any

from tests.sharing.fake_irma import CLIENT, TOKEN, FakeIrma, Said

from . import junk
from .tokens import Forger
from .watch import CANARY

OTHER_NAMES = ("mijn-demo.sidn-pbdf.email.domain", "irma-demo.sidn-pbdf.email.email", 7, None, [], "", CANARY)


def forger_of(irma: FakeIrma, **disclosed: str) -> Forger:
    """Knows the result in which these attributes were proven."""
    now = int(time.time())
    groups = [[{"id": f"mijn-demo.{name.replace('__', '.')}", "rawvalue": value, "status": "PRESENT",
                "issuancetime": now - 86_400}] for name, value in disclosed.items()]  # fmt: skip
    claims = {
        "iss": "portaal-irma", "sub": "disclosing_result", "iat": now, "exp": now + 600, "token": TOKEN,
        "type": "disclosing", "status": "DONE", "proofStatus": "VALID", "disclosed": groups,
    }  # fmt: skip
    odd = (None, 7, True, [], {}, CANARY, "\0")
    return Forger(
        {"alg": "RS256", "typ": "JWT"}, claims, irma.key, irma.stranger,
        {
            "iss": odd, "token": (*odd, CLIENT, TOKEN.upper()), "type": (*odd, "signing", "issuing"),
            "sub": (*odd, "disclosure_result", "issuing_result"), "proofStatus": (*odd, "INVALID", "EXPIRED"),
            "status": (*odd, "CANCELLED", "TIMEOUT"), "exp": (now - 900, [], {}, "straks"),
            "iat": (now + 900, [], {}, "nu"), "nbf": (now + 900,),
            "disclosed": (*odd, [[]], groups + groups, [groups], [one * 2 for one in groups], [{}]),
        },
        ("iss", "sub", "iat", "exp", "token", "type", "status", "proofStatus", "disclosed"),
    )  # fmt: skip


def results(irma: FakeIrma, chance: Random) -> Iterator[tuple[str, Said, Said]]:
    """What it is, the status that is said, and the result."""
    forger = forger_of(irma, **{"sidn-pbdf__email__email": f"{CANARY}@voorbeeld.example"})
    done: Said = (200, b'"DONE"')
    while True:
        dice = chance.random()
        if dice < 0.6:
            what, token = forger.forged(chance)
            yield what, done, (200, token.encode("utf-8", "surrogatepass"))
        elif dice < 0.85:
            what, claims = _otherwise_disclosed(chance, forger)
            yield what, done, (200, forger.with_claims(**claims).real().encode())
        elif dice < 0.93:
            yield "a status that is none", _odd(chance), (200, forger.real().encode())
        else:
            yield "a result that is none", done, _odd(chance)


def _otherwise_disclosed(chance: Random, forger: Forger) -> tuple[str, dict[str, Any]]:
    """Signed as it should be, and about something else than was asked."""
    groups = deepcopy(forger.claims["disclosed"])
    one = groups[0][0]
    changes: tuple[Callable[[], Any], ...] = (
        lambda: one.update(id=chance.choice(OTHER_NAMES)),
        lambda: one.update(status=chance.choice(("NULL", "EXTRA", None, 1, [], CANARY))),
        lambda: one.update(rawvalue=chance.choice((None, "", 7, [], {}, True))),
        lambda: one.update(issuancetime=chance.choice((None, "0", -1, 0, 1.5, 10**30, True, 4_000_000_000))),
        lambda: groups.append(deepcopy(groups[0])),
        lambda: groups[0].append(deepcopy(one)),
        lambda: groups[0].clear(),
        lambda: groups.clear(),
        lambda: groups[0].append(junk.value(chance)),
    )  # fmt: skip
    chance.choice(changes)()
    return "otherwise disclosed", {"disclosed": groups}


def _odd(chance: Random) -> Said:
    ways: tuple[Callable[[], Said], ...] = (
        lambda: (chance.choice((301, 302, 400, 401, 404, 418, 429, 500, 503)), CANARY.encode()),
        lambda: (chance.choice((400, 404)), b'{"error": "SESSION_UNKNOWN", "x": "' + CANARY.encode() + b'"}'),
        lambda: (200, junk.nested(chance)),
        lambda: (200, junk.mangled(chance, b'"CONNECTED"' + CANARY.encode())),
        lambda: (200, json.dumps(junk.value(chance)).encode()),
        lambda: (200, b'"DONE' + chance.choice(junk.BYTES) + b'"'),
        lambda: (200, b"x" * 1_100_000),
        lambda: (200, b""),
    )
    return chance.choice(ways)()
