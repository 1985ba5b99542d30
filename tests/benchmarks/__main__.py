"""`make bench`: starts a demo, measures what the issue limits, and prints each time beside its limit.

Nothing fails here: the machines are shared, so times are read by people. DEMO_URLS measures a running demo.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from tests.running_demo import running_demo

from . import cases, overview, pages, ratios, sharing
from .figures import Figure, shown


def main() -> int:
    figures: list[Figure] = []
    with demo(figures) as urls:
        for measured in (pages.figures, ratios.figures, overview.figures, sharing.figures, cases.figures):
            figures += measured(urls)
    print(shown(figures))
    return 0


@contextmanager
def demo(figures: list[Figure]) -> Iterator[dict]:
    """A demo that runs already, or one started twice: with new state, and with state that is there."""
    if given := os.environ.get("DEMO_URLS"):
        yield json.loads(Path(given).read_text())
        return
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        state = Path(folder)
        state.chmod(0o755)
        began = monotonic()
        with running_demo(state) as first:
            figures.append(Figure("demo with new state, programs built", monotonic() - began, None))
            port = first.first_port
        began = monotonic()
        with running_demo(state, port) as again:
            figures.append(Figure("demo started again (warm)", monotonic() - began, 15.0))
            yield again.urls


if __name__ == "__main__":
    sys.exit(main())
