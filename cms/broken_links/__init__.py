"""Links that lead nowhere on a municipality's site, each with the page to mend it on.

Addresses elsewhere are not tried: only hosts that the operator listed are ever called.
"""
