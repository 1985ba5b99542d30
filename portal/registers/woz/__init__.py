"""What a resident's house is worth to the municipality (Waardering onroerende zaken).

Haal Centraal WOZ bevragen 1.0. It cannot be asked by BSN: we ask by the house where the BRP says that
somebody lives, and show what names this resident as owner or user, and nobody else's.
"""
