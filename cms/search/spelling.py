"""What somebody meant who typed a word that stands on no page: the nearest words of the index. Pure."""

from collections import Counter
from collections.abc import Sequence

from .vocabulary import Vocabulary, trigrams
from .words import sound

LOOKED_AT = 40
"""Words that share most with it; of those it is counted how much must change."""
MOST = 3


def nearest(word: str, known: Sequence[Vocabulary]) -> list[str]:
    """The words of the index that need the fewest changes, and few enough; the most frequent first."""
    if len(word) < 4 or word.isdigit():
        return []
    heard = sound(word)
    allowed = 1 if len(heard) < 7 else 2
    shared: Counter[str] = Counter()
    threes = trigrams(heard)
    for vocabulary in known:
        for three in threes:
            shared.update(vocabulary.by_trigram.get(three, ()))
    found: dict[str, int] = {}
    for candidate, _count in shared.most_common(LOOKED_AT):
        other = next(one.sounds[candidate] for one in known if candidate in one.sounds)
        changes = distance(heard, other, allowed)
        if changes <= allowed:
            found[candidate] = changes
    if not found:
        return []
    fewest = min(found.values())
    best = [one for one, changes in found.items() if changes == fewest]
    return sorted(best, key=lambda one: -sum(each.counts.get(one, 0) for each in known))[:MOST]


def distance(one: str, other: str, most: int) -> int:
    """How many letters must be changed, added, left out or swapped; `most` + 1 for anything above `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
