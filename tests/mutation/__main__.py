"""Runs the mutants, a process and a database for each processor, and tells the score.

MUTATE_ONLY narrows it to mutants with that text in their name, MUTATE_EVERY=5 to each fifth, spread over all
functions; MUTATE_JOBS says how many at once.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import monotonic

from .mutants import CHOSEN, ROOT

BOUND = 0.90


def main() -> int:
    jobs = int(os.environ.get("MUTATE_JOBS") or os.cpu_count() or 1)
    began = monotonic()
    with tempfile.TemporaryDirectory(prefix="portal-mutants-") as folder:
        results = [Path(folder) / str(share) for share in range(jobs)]
        running = [_start(share, jobs, file) for share, file in enumerate(results)]
        failed = [process.wait() for process in running]
        told = [json.loads(line) for file in results if file.exists() for line in file.open()]
    if any(failed) or not told:
        print("the tests did not run to their end", file=sys.stderr)
        return 1
    return _tell(told, monotonic() - began)


def _start(share: int, of: int, results: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.mutation.plugin", "-p", "no:cacheprovider"]
    command += ["-p", "no:playwright", "-m", "not e2e and not irma", *CHOSEN["tests"]]
    own = {"MUTATE_SHARE": f"{share}/{of}", "MUTATE_RESULTS": str(results)}
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **own}, stdout=subprocess.DEVNULL)


def _tell(told: list[dict[str, str]], seconds: float) -> int:
    for one in told:
        if "difference" in one:
            print(f"{one['outcome']}: {one['mutant']}\n{one['difference']}\n")
    modules: dict[str, Counter[str]] = {}
    for one in told:
        module = one["mutant"].rpartition(".")[0]
        modules.setdefault(module, Counter())["killed" if "killed" in one["outcome"] else "left"] += 1
    for module, counted in sorted(modules.items()):
        print(f"{module:40} {counted['killed']:4} of {counted.total():4} found")
    found = sum(counted["killed"] for counted in modules.values())
    score = found / len(told)
    print(f"mutation score {score:.1%}: {found} of {len(told)} mutants found, in {seconds:.0f} s")
    return int(score < BOUND)


if __name__ == "__main__":
    sys.exit(main())
