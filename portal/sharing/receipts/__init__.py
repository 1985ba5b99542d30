"""Receipts: the proof of each act that a resident keeps, and that anybody can have confirmed.

An act of a yes (given, changed, stopped, over) gets its number in its own transaction (`issue`). All that a
receipt says is read back from the grant, the act log and the purpose version, which never change; so it can
be had again at any time, as it was: on screen, as PDF, as linked data. Whoever sees one can ask the
municipality whether it is genuine, and hears nothing else.
"""

from .issue import issue

__all__ = ["issue"]
