"""`make prod-check` at every change: production behind nginx, over TLS, with its main flow."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from demo.content.residents import RESIDENTS
from tests.canary.search import NOBODYS, Canary

OUTSIDE_WORLD = ("wallet", "wallets", "wallets.json")
ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("nginx", "redis-server", "unshare")

pytestmark = pytest.mark.irma


def test_production_does_what_it_must_and_leaves_no_bsn_behind(tmp_path: Path) -> None:
    path = os.environ.get("PATH", "") + ":/usr/sbin"
    missing = [program for program in NEEDED if not shutil.which(program, path=path)]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"not installed: {', '.join(missing)}")
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)  # the database runs as another user when we are root
    done = subprocess.run(
        [sys.executable, "-m", "demo.prod_check"],
        cwd=ROOT, capture_output=True, text=True, timeout=600,
        env={**os.environ, "PROD_CHECK_FOLDER": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Production does what it must." in done.stdout
    cache = next(tmp_path.rglob("dump.rdb"))
    assert b"limit|" in cache.read_bytes(), "Redis held nothing, so this would tell nothing"
    canary = Canary(one.bsn for one in RESIDENTS)
    assert set(canary.hits_in_folder(tmp_path, leave_out=OUTSIDE_WORLD + NOBODYS)) == set()
