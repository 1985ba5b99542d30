"""The number of a receipt: nobody can guess it, and it can be read aloud over the phone.

Fifteen random symbols (75 bits) and a check symbol, in groups of four. The symbols are Crockford's base 32:
no I, L, O or U, so that what is written as O is read as 0, and I or L as 1. The check symbol is Luhn's for 32
symbols: it finds each single wrong symbol.
"""

import secrets

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_READ_AS = str.maketrans("OIL", "011")


def new() -> str:
    """A number that was never given out."""
    free = "".join(secrets.choice(SYMBOLS) for _ in range(LENGTH - 1))
    return free + check_symbol(free)


def spoken(number: str) -> str:
    """In groups of four, as it stands on the receipt."""
    return "-".join(number[at : at + 4] for at in range(0, LENGTH, 4))


def read(typed: str) -> str:
    """The number somebody typed: small letters, spaces and dashes are as good; not more than its length."""
    known = typed.upper().translate(_READ_AS)
    return "".join(one for one in known if one in SYMBOLS)[: LENGTH + 1]


def repeated(typed: str) -> str:
    """What was typed, to compare it with the paper: as it stands there, or as it is when it is no number."""
    number = read(typed)
    return spoken(number) if len(number) == LENGTH else typed.strip()[:40]


def is_well_formed(number: str) -> bool:
    """Whether length and check symbol are right; says nothing of whether it was given out."""
    return len(number) == LENGTH and check_symbol(number[:-1]) == number[-1]


def check_symbol(free: str) -> str:
    """Luhn's check symbol over 32 symbols."""
    total = 0
    for place, one in enumerate(reversed(free)):
        value = SYMBOLS.index(one) * (2 if place % 2 == 0 else 1)
        total += value // len(SYMBOLS) + value % len(SYMBOLS)
    return SYMBOLS[-total % len(SYMBOLS)]
