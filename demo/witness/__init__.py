"""The demo's second party: it keeps the signed heads of every municipality's act log.

It believes nobody: a head is kept when a key of that municipality signed it and the log only grew since the
head it had. It checks with the script that residents have, `docs/controleer.py`, and shares no code with
the portal.
"""
