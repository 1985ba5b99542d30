"""How tests are spread over the workers of pytest-xdist: what costs much to start is started once, and first.

`--dist loadgroup` does nothing here: pytest 9.2 keeps node ids otherwise than xdist 3.8 writes them.
"""

from typing import Any

import pytest

# These start a whole product or a server of Java's, or take minutes; begun last, one worker would wait for
# the other.
LONG_FIRST = (
    "tests/e2e/", "tests/production/", "tests/accounts/test_keycloak", "tests/demo/", "tests/cms/",
    "tests/sharing/test_any_order",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: [not item.nodeid.startswith(long) for long in LONG_FIRST])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from xdist.scheduler import LoadScopeScheduling

    class ByModule(LoadScopeScheduling):  # type: ignore[misc]
        """A module stays in one worker; all of e2e does, for it looks at one demo."""

        def _split_scope(self, nodeid: str) -> str:
            path = str(nodeid.split("::", 1)[0])
            return "tests/e2e" if path.startswith("tests/e2e/") else path

    config.option.loadscopereorder = False
    return ByModule(config, log)
