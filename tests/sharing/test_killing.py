"""Killed at random moments, nothing confirmed is lost or doubled; `make kill` does it a hundred times."""

import os
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from demo.state import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
POINTS = 5


def test_killed_at_random_moments_nothing_confirmed_is_lost_or_doubled(figure: Callable[[str], None]):
    owner = urlsplit(os.environ["DATABASE_OWNER_URL"])
    template = urlunsplit(owner._replace(path=f"/{connection.settings_dict['NAME']}"))
    own = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.sharing.killing", "--points", str(POINTS)],
        cwd=ROOT, env={**own, "KILL_TEMPLATE": template}, capture_output=True, text=True, timeout=500,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    figure(done.stdout.strip())
