"""Times beside their limits, printed by `make bench` over a demo of its own; counts are held by the tests."""
