"""How a resident wants to be reached, and the contacts they had: Klantinteracties 0.9 (Open Klant 2).

We ask who they are by BSN, which stands in the address: this API has no other way (`bsn_in_addresses.py`).
We never ask for internal notes or tasks, and show a team but never an employee. Nothing of it is stored here,
but for minutes an address that waits for its code.
"""
