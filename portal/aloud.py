"""Numbers that we give and people read aloud: short, random, and nobody's birth date or row count."""

import secrets

SYMBOLS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without what is read as something else: 0, 1, I, L, O and U. Almost five bits each."""


def new_number(letter: str, *groups: int) -> str:
    """Such as M-7QX4-9KTB for "M", 4, 4: the database sees to it that each is given once."""
    return "-".join([letter, *("".join(secrets.choice(SYMBOLS) for _ in range(many)) for many in groups)])
