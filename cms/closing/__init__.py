"""Closing a municipality, in two steps, and the export of all that it has; for operators.

Step one stops what is shared and closes the host. Step two, when nothing is owed any more, makes the last
export and destroys the keys. Where some become one (`merging`) they close; their pages go along as drafts.
In the CMS's room since it needs pages and sharing both.
"""

from . import merging
from .export import FolderInUse, LogIsNotWhole, empty_folder, export
from .merging import CannotMerge, merge
from .steps import CannotYet, close, destroy, owed, plan

__all__ = [
    "CannotMerge",
    "CannotYet",
    "FolderInUse",
    "LogIsNotWhole",
    "close",
    "destroy",
    "empty_folder",
    "export",
    "merge",
    "merging",
    "owed",
    "plan",
]
