"""A municipality to close, with residents who share, and a folder outside the database."""

from pathlib import Path

import pytest

from tests.ledger.conftest import desk_at, offering, outside

__all__ = ["desk_at", "offering", "outside"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "export"
