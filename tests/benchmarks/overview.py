"""The overview while a register is slow, and while one hangs."""

from time import monotonic
from typing import Any

import httpx

from .browsing import signed_in_cookie
from .figures import Figure, middle
from .visitor import site_of, visitor

HELGA = "999970458"
TIMES = 15


def figures(urls: dict[str, Any]) -> list[Figure]:
    site = site_of(urls, "zandmeer")
    with visitor(site, signed_in_cookie(urls, "zandmeer", HELGA)) as client:
        read(client)
        well = [read(client) for _ in range(TIMES)]
        fault(urls, "brp", "delay", 2)
        slow = [read(client) for _ in range(TIMES // 3)]
        fault(urls, "brp", "hang", 60)
        hanging = read(client)
        after = read(client)
        fault(urls, "brp", "none", 0)
    return [
        middle("overview, all well: first byte", [one[0] for one in well], 0.1),
        middle("overview, all well: complete", [one[2] for one in well], None),
        middle("overview, BRP takes 2 s: first byte", [one[0] for one in slow], 0.1),
        middle("overview, BRP takes 2 s: cases are there", [one[1] for one in slow], None),
        middle("overview, BRP takes 2 s: complete", [one[2] for one in slow], None),
        Figure("overview, BRP hangs: complete", hanging[2], 4.0),
        Figure("overview, BRP hangs: the next visit", after[2], None),
    ]


def fault(urls: dict[str, Any], register: str, kind: str, seconds: float) -> None:
    """Let a register of the demo misbehave."""
    httpx.post(
        f"{urls['registers'][register]}/_faults", json={"kind": kind, "seconds": seconds}
    ).raise_for_status()


def read(client: httpx.Client) -> tuple[float, float, float]:
    """Seconds until the first byte, until the cases are there, and until the end."""
    began = monotonic()
    first = cases = 0.0
    seen = b""
    with client.stream("GET", "/mijn/") as answer:
        answer.raise_for_status()
        for piece in answer.iter_raw():
            first = first or monotonic() - began
            seen += piece
            if not cases and b"dakkapel" in seen:
                cases = monotonic() - began
    return first, cases, monotonic() - began
