"""What stands in for the outside world: PostgreSQL, registers, identity provider, wallet, content.

Nothing of the product imports this; production refuses its keys, addresses and marks.
"""
