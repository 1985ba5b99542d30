"""`make prod-check` at every change: production behind nginx, over TLS, with its main flow."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("nginx", "redis-server", "unshare")

pytestmark = [pytest.mark.irma, pytest.mark.xdist_group("prod-check")]


def test_production_does_what_it_must() -> None:
    path = os.environ.get("PATH", "") + ":/usr/sbin"
    missing = [program for program in NEEDED if not shutil.which(program, path=path)]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"not installed: {', '.join(missing)}")
    done = subprocess.run(
        [sys.executable, "-m", "demo.prod_check"], cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Production does what it must." in done.stdout
