"""The overview while registers are slow, and all other pages while one hangs."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any

import httpx

from .browsing import signed_in_cookie
from .figures import Figure, middle
from .visitor import site_of, visitor

HELGA = "999970458"
TIMES = 15
REGISTERS = (
    "brp", "zaken", "klantinteracties", "objecten", "taken", "berichten", "reisdocumenten", "woz", "kvk",
)  # fmt: skip
CLIENTS, SECONDS = 4, 10.0


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
        for register in REGISTERS:
            fault(urls, register, "delay", 0.3)
        together = [read(client) for _ in range(TIMES // 3)]
        for register in REGISTERS:
            fault(urls, register, "none", 0)
        calm, beside = others_while_one_hangs(urls, client)
    return [
        middle("overview, all well: first byte", [one[0] for one in well], 0.1),
        middle("overview, all well: complete", [one[2] for one in well], None),
        middle("overview, BRP takes 2 s: first byte", [one[0] for one in slow], 0.1),
        middle("overview, BRP takes 2 s: cases are there", [one[1] for one in slow], None),
        middle("overview, BRP takes 2 s: complete", [one[2] for one in slow], None),
        Figure("overview, BRP hangs: complete", hanging[2], 4.0),
        Figure("overview, BRP hangs: the next visit", after[2], None),
        middle("overview, every register takes 300 ms a call: complete", [one[2] for one in together], 0.4),
        Figure(f"other pages, {CLIENTS} clients: p95", calm, None),
        Figure(f"the same, BRP hangs, {CLIENTS} more visit the overview: p95", beside, 1.2 * calm),
    ]


def others_while_one_hangs(urls: dict[str, Any], client: httpx.Client) -> tuple[float, float]:
    """The slowest of twenty visits to a page that asks no register: all well, and with the breaker open.

    As many visit the overview in both, so that only the hanging differs.
    """
    read(client)
    calm = crowded(client)
    fault(urls, "brp", "hang", 600)
    read(client)  # the one that finds out
    beside = crowded(client)
    fault(urls, "brp", "none", 0)
    return calm, beside


def crowded(client: httpx.Client) -> float:
    until = monotonic() + SECONDS

    def others(number: int) -> list[float]:
        times = []
        while (began := monotonic()) < until:
            if number % 2:
                read(client)
            else:
                client.get("/mijn/delen/").raise_for_status()
                times.append(monotonic() - began)
        return times

    with ThreadPoolExecutor(2 * CLIENTS) as clients:
        times = sorted(time for own in clients.map(others, range(2 * CLIENTS)) for time in own)
    return times[int(len(times) * 0.95)]


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
