"""The number of a case that we give: short enough to read aloud, and nobody's birth date or row count."""

import secrets

SYMBOLS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without what is read as something else: 0, 1, I, L, O and U."""


def new() -> str:
    """Such as M-7QX4-9KTB: 39 random bits; the database sees to it that it is given once."""
    free = "".join(secrets.choice(SYMBOLS) for _ in range(8))
    return f"M-{free[:4]}-{free[4:]}"
