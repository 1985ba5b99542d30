"""Purposes: why an attribute is asked. A published version never changes; its hash is what was agreed to."""

from .published import newest, offered, publish, recall
from .record import TICKED, Attribute, Ground, Version, canonical, content_hash, read

__all__ = [
    "TICKED",
    "Attribute",
    "Ground",
    "Version",
    "canonical",
    "content_hash",
    "newest",
    "offered",
    "publish",
    "read",
    "recall",
]
