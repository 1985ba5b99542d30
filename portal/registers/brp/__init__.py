"""What the BRP (the population register) knows of a resident: name, birth, address, family, nationality.

Haal Centraal BRP Personen bevragen 2.7. Of relatives we show name, birth date and the tie, never a BSN or
address. We never search for people: only by the BSN of who signed in.
"""
