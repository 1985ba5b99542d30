"""Somebody who shares at Zandmeer; as in the tests of sharing."""

from tests.sharing.conftest import desk, helga, in_zandmeer, offering

__all__ = ["desk", "helga", "in_zandmeer", "offering"]
