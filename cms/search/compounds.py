"""Dutch writes words together: parkeervergunning, afvalpas. Taken apart by the index's own words. Pure."""

from collections.abc import Container, Sequence

SHORTEST = 3
BETWEEN = ("", "s", "e", "en", "n")
"""Letters that may stand between two parts."""
LITTLE = (
    "aan aar aars age als ander bij dan dat den der des die door dus een eer ele ende ers het hij "
    "hoe ien iet ind ing ingen isch kan lijk lijke loos maar met mij nog ons ook over per ren sen "
    "ste sten ten ter tie tje uit van ver voor wat wel wij zal zij zou baar heid heden schap "
)
NO_PARTS = frozenset(LITTLE.split())
"""Little words and endings, which are parts of nearly everything."""


def parts_of(word: str, known: Container[str]) -> Sequence[str]:
    """The known words that it is made of, in their order; nothing when it is not made of known words.

    The last part says what it is, so that one is made as long as can be.
    """
    for at in range(SHORTEST, len(word) - SHORTEST + 1):
        last = word[at:]
        if last in NO_PARTS or last not in known:
            continue
        for letters in BETWEEN:
            first = word[: at - len(letters)] if word[:at].endswith(letters) else ""
            if len(first) < SHORTEST or first in NO_PARTS:
                continue
            before = [first] if first in known else parts_of(first, known)
            if before:
                return [*before, last]
    return ()
