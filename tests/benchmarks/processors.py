"""How much processor time processes took and how much memory they hold, as Linux counts it."""

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def own() -> float:
    """Seconds of this process, all its threads."""
    return sum(os.times()[:2])


def of_child(program: str) -> float:
    """Seconds of those processes we started whose command names a program, and of all that these started."""
    return sum(seconds for _pid, seconds in _descended(program))


def memory_of_children(program: str) -> list[float]:
    """MB of each of the same processes, what they share divided among them (Pss); the largest first."""
    held = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid, _seconds in _descended(program)]
    return sorted((int(one.split("Pss:")[1].split()[0]) / 1024 for one in held), reverse=True)


def _descended(program: str) -> list[tuple[int, float]]:
    running = [one for one in map(_numbers, Path("/proc").glob("[0-9]*")) if one]
    ours = {pid for pid, parent, _seconds in running if parent == os.getpid() and program in _command(pid)}
    while found := {pid for pid, parent, _seconds in running if parent in ours} - ours:
        ours |= found
    return [(pid, seconds) for pid, _parent, seconds in running if pid in ours]


def _numbers(process: Path) -> tuple[int, int, float] | None:
    """Its id, its parent's, and its seconds; None for one that just ended."""
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return int(process.name), int(fields[1]), (int(fields[11]) + int(fields[12])) / TICK


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""
