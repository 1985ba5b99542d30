"""Figures that tests measure, printed at the end of a run: a bound is worth more when its number is seen.

Loaded with `-p tests.figures`; `FUZZ=1` (set by `make fuzz`) asks for the long runs.
"""

import os
from collections.abc import Callable
from typing import Any

import pytest

LONG = bool(os.environ.get("FUZZ"))
"""Whether there is time for the whole figure, and not only for what fits in `make test`."""


@pytest.fixture
def figure(record_property: Callable[[str, Any], None]) -> Callable[[str], None]:
    """Tell a figure, as a line of its own."""
    return lambda text: record_property("figure", text)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The figures of all workers."""
    reports = [
        one for kind in terminalreporter.stats.values() for one in kind if hasattr(one, "user_properties")
    ]
    told = dict.fromkeys(
        f"{report.nodeid.rpartition('::')[2]}: {text}"
        for report in reports
        for name, text in report.user_properties
        if name == "figure"
    )
    if told:
        terminalreporter.section("figures")
        for line in told:
            terminalreporter.line(line)
