"""Closing a municipality, in two steps, and the export of all that it has; for operators.

Step one stops what is shared and closes the host. Step two, when nothing is owed any more, makes the last
export and destroys the keys. In the CMS's room since it needs pages and sharing both.
"""

from .export import FolderInUse, LogIsNotWhole, export
from .steps import CannotYet, close, destroy, owed, plan

__all__ = ["CannotYet", "FolderInUse", "LogIsNotWhole", "close", "destroy", "export", "owed", "plan"]
