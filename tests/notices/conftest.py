"""Somebody who shares at Zandmeer, and a clock that stands still; as in the tests of sharing."""

from tests.sharing.conftest import clock, desk, helga, in_zandmeer, offering

__all__ = ["clock", "desk", "helga", "in_zandmeer", "offering"]
