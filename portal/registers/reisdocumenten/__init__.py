"""Which travel documents a resident has: passports and identity cards, by the BRP's own register of them.

Haal Centraal Reisdocumenten bevragen 2.0. Asked by the BSN of who signed in and never by a document's number.
"""
