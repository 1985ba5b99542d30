"""Fills the demo's database: `python -m demo.content --state DIR --first-port N --made DIR`."""

import argparse
import sys
from pathlib import Path

import django


def main() -> int:
    """Set up Django first; what we load needs its models."""
    arguments = argparse.ArgumentParser(prog="python -m demo.content", description=__doc__)
    arguments.add_argument("--state", type=Path, required=True)
    arguments.add_argument("--first-port", type=int, required=True)
    arguments.add_argument("--made", type=Path, required=True)
    given = arguments.parse_args()
    django.setup()
    from .load import load

    load(given.state, given.first_port, given.made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
