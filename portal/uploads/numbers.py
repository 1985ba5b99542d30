"""The number of a receipt: short enough to read aloud, and nobody's birth date or row count."""

import secrets

SYMBOLS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without what is read as something else: 0, 1, I, L, O and U."""


def new() -> str:
    """Such as D-7QX4-9KTB-2M: the database sees to it that it is given once."""
    free = "".join(secrets.choice(SYMBOLS) for _ in range(10))
    return f"D-{free[:4]}-{free[4:8]}-{free[8:]}"
