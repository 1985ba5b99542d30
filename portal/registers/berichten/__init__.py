"""Messages of the municipality to a resident: Open VTB's Berichten API 0.1 (beta).

We ask by BSN, which stands in the address: this API has no other way (`bsn_in_addresses.py`). To whom a
message is we compare ourselves. We write one thing: when its resident first opened it.
"""
