"""Founds one real municipality: `python -m demo.prod_check.content FOLDER`, with production's settings."""

import sys
from pathlib import Path

import django


def main() -> int:
    """Set up Django first; what we make needs its models."""
    django.setup()
    from .founded import found_in

    found_in(Path(sys.argv[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
