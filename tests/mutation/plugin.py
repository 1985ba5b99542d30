"""The plugin of pytest: each mutant meets the tests that reach it, in a fork that keeps the database."""

import json
import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import SimpleNamespace

import pytest
from _pytest.runner import runtestprotocol

from .mutants import MADE, put_in_place

SLOWER, SECONDS_MORE = 5, 10
"""A mutant hangs when its tests take this much longer than without it, and these seconds on top."""
put_in_place()


@dataclass(frozen=True)
class Reached:
    """The tests of a function that has mutants, the fastest first."""

    tests: Sequence[pytest.Item] = ()
    seconds: float = 0.0
    """What all of them took without a mutant."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """All tests once on the code as it is; then each mutant of our share."""
    share, of = map(int, os.environ["MUTATE_SHARE"].split("/"))
    every = int(os.environ.get("MUTATE_EVERY") or 1)
    reached = _reached_by(session)
    names = [f"{module}.{name}" for module, made in sorted(MADE.items()) for name in made.names]
    only = os.environ.get("MUTATE_ONLY", "")
    with Path(os.environ["MUTATE_RESULTS"]).open("a", buffering=1) as results:
        for name in [one for one in names if only in one][::every][share::of]:
            found = reached.get(name.rpartition("__mutmut_")[0], Reached())
            outcome = _meets(session, name, found) if found.tests else "no tests"
            module, _, mutant = name.rpartition(".")
            told = {"mutant": name, "outcome": outcome}
            if outcome in ("survived", "no tests"):
                told["difference"] = MADE[module].difference(mutant)
            results.write(json.dumps(told) + "\n")
    return True


def _reached_by(session: pytest.Session) -> dict[str, Reached]:
    """For each function that has mutants."""
    from mutmut.mutation import trampoline

    hits: set[str] = set()
    trampoline.record_trampoline_hit = lambda name, caller=None: hits.add(name)
    trampoline.set_mutant_under_test("stats")
    found: dict[str, list[tuple[float, int, pytest.Item]]] = {}
    for place, item in enumerate(session.items):
        hits.clear()
        began = monotonic()
        if not _passes(session, item):
            pytest.exit(f"{item.nodeid} fails without any mutant", returncode=1)
        for name in hits:
            found.setdefault(name, []).append((monotonic() - began, place, item))
    trampoline.set_mutant_under_test("")
    return {
        name: Reached([item for *_, item in sorted(took)], sum(seconds for seconds, *_ in took))
        for name, took in found.items()
    }


def _meets(session: pytest.Session, name: str, reached: Reached) -> str:
    """Whether any of its tests fails with this mutant in force."""
    from django.db import connections

    connections.close_all()  # a fork that closes our connection would end it for us
    child = os.fork()
    if child == 0:
        os._exit(_survives(session, name, reached))
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "killed by time" if os.WTERMSIG(status) == signal.SIGALRM else "killed"
    return "survived" if os.WEXITSTATUS(status) == 0 else "killed"


def _survives(session: pytest.Session, name: str, reached: Reached) -> int:
    """0 when no test minds."""
    from mutmut.mutation.trampoline import set_mutant_under_test

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(int(SLOWER * reached.seconds) + SECONDS_MORE)
    try:
        set_mutant_under_test(name)
        return int(not all(_passes(session, item) for item in reached.tests))
    except BaseException:
        return 1


def _passes(session: pytest.Session, item: pytest.Item) -> bool:
    reports = runtestprotocol(item, nextitem=_nothing_after(session), log=False)
    return all(report.outcome != "failed" for report in reports)


def _nothing_after(session: pytest.Session) -> pytest.Item:
    """Stands for the next test: of all that was set up, only what lives for the whole run is kept."""

    def listchain() -> list[pytest.Session]:
        return [session]

    return SimpleNamespace(listchain=listchain)  # type: ignore[return-value]


def pytest_terminal_summary() -> Iterator[None]:
    """Nothing: the results are told by `python -m tests.mutation`."""
    return iter(())
