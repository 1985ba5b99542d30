"""Words as they are compared: small letters without accents, and keys that alike ones share."""

import re
import unicodedata
from functools import lru_cache

LETTERS = re.compile(r"[^\W_]+")
ENDINGS = ("ingen", "ing", "tjes", "tje", "jes", "je", "en", "es", "er", "e")
LEAST = 3
"""Letters that stay when an ending goes."""
SOUNDS = (
    ("ij", "ei"), ("y", "ei"), ("auw", "ou"), ("ouw", "ou"), ("au", "ou"), ("ph", "f"), ("th", "t"),
    ("sch", "sg"), ("ch", "g"), ("ck", "k"), ("c", "k"), ("q", "k"), ("x", "ks"), ("dt", "t"),
    ("z", "s"), ("v", "f"),
)  # fmt: skip
"""Dutch spellings that sound alike, or that people often mix up."""
TWICE = re.compile(r"(.)\1+")
SLOT_WORD = "slot"


def plain(text: str) -> str:
    """Small letters, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def words_of(text: str) -> list[str]:
    """The words of a text in their order."""
    return LETTERS.findall(plain(text))


def sound(word: str) -> str:
    """How a word sounds, roughly; words that are often mixed up have the same."""
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    word = TWICE.sub(r"\1", word)
    return word[:-1] + "t" if word.endswith("d") and len(word) > LEAST else word


@lru_cache(20_000)
def roots(word: str) -> frozenset[str]:
    """A word without its usual endings, as it sounds: verhuisd, verhuizen and verhuizing share one.

    With and without a last t or s, and a first ge with it, for nobody can tell whether that belongs to it.
    """
    heard = sound(word)
    found = {_without_ending(heard)}
    if heard.endswith(("t", "s")) and len(heard) > LEAST + 1:
        found.add(_without_ending(heard[:-1]))
        if heard.startswith("ge") and len(heard) > LEAST + 3:
            found.add(_without_ending(heard[2:-1]))
    return frozenset(found)


def _without_ending(heard: str) -> str:
    for ending in ENDINGS:
        if heard.endswith(ending) and len(heard) - len(ending) >= LEAST:
            return TWICE.sub(r"\1", heard[: -len(ending)])
    return heard


def slot_word(name: str) -> str:
    """The one word that stands in the index for a local fact, which differs from site to site."""
    return SLOT_WORD + "".join(words_of(name))
