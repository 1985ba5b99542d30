"""What the trade register (Handelsregister of the KVK) says of a business that a resident acted for.

KVK Basisprofiel 1.3. It names nobody by BSN and cannot be asked for one: we ask only of businesses that
stand beside this resident in a case of theirs, and say so. Never an address: that is often somebody's home.
"""
