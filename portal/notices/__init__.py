"""Notices to a resident (Awb 2:10, in force since 1-1-2026): that a message is there, never what is in it.

Call `telling.tell` in the transaction of the act. It knows no sharing, no case and no address: who
knows those registers in `known.py`.
"""
