"""Where settings come from: the environment, or files that it names."""

import os
from pathlib import Path


def from_environment(name: str, default: str = "") -> str:
    """A setting from NAME, or from the file that NAME_FILE points at (for secrets)."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, default)
