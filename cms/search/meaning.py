"""From what was typed to what is looked for: each word with its alternatives. Pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from .compounds import parts_of
from .spelling import nearest
from .vocabulary import Vocabulary
from .words import roots, slot_word, words_of

MOST_TERMS = 10
MOST_WEAK = 40
SAYING_NOTHING = (
    "de en van ik te dat die in een hij het niet zijn is was op aan met als voor er maar om dan of "
    "wat mijn dit zo door over ze bij ook tot je mij uit der naar heb hoe heeft hebben deze u want "
    "nog zal me zij nu omdat iets moet ben kan wil doen uw ons wij we waar wie wanneer welke mag "
    "gaat ga krijg krijgen hebt kunnen moeten mogen willen graag the a an to of for my how can do i "
    "is in on and what where "
)
SHORT = frozenset(SAYING_NOTHING.split())
"""Words that say nothing of what is looked for."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is looked for."""

    strong: tuple[str, ...]
    """Words that mean just this: as typed, spelled rightly, another form, or what editors say it means."""
    weak: tuple[str, ...]
    """Words that have to do with it: longer ones it is a part of, or the parts it is made of."""
    weight: float
    """How telling it is: a word that stands on every page says little."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """All of it."""

    terms: tuple[Term, ...]
    instead: str
    """What is looked for instead of what was typed, where spelling was put right; else empty."""


def meaning_of(
    text: str, known: Sequence[Vocabulary], facts: Mapping[str, str], *, typing: bool = False
) -> Meaning:
    """What a text means on a site that knows these words; `typing`: its last word may not be whole yet."""
    typed = words_of(text)
    said, rest = _said_by_editors(typed, known)
    telling = [word for word in rest if word not in SHORT][:MOST_TERMS]
    terms = [
        _term([word, *_alternatives(word, known, is_last=False)[0]], [], known)
        for means in said
        for word in means
    ]
    corrected: dict[str, str] = {}
    for at, word in enumerate(telling):
        is_last = typing and word == typed[-1]
        strong, weak = _alternatives(word, known, is_last=is_last)
        if strong and word not in strong and not is_last:
            corrected[word] = strong[0]
        beside = telling[at - 1 : at] + telling[at + 1 : at + 2]
        strong += _written_together(word, beside, known)
        strong += [slot_word(name) for name, value in facts.items() if _names(word, value)]
        if strong or weak:
            terms.append(_term(strong, weak, known))
    instead = " ".join(corrected.get(word, word) for word in typed) if corrected else ""
    return Meaning(tuple(terms), instead)


def _forms(word: str, known: Sequence[Vocabulary]) -> list[str]:
    """As which words of the index it stands there."""
    return [one for each in known for key in roots(word) for one in each.by_root.get(key, ())]


def _alternatives(word: str, known: Sequence[Vocabulary], *, is_last: bool) -> tuple[list[str], list[str]]:
    all_words: dict[str, int] = {}
    for vocabulary in known:
        for one in {one for key in roots(word) for one in vocabulary.by_root.get(key, ())}:
            all_words[one] = all_words.get(one, 0) + vocabulary.counts[one]
    strong = sorted(all_words, key=lambda one: (one != word, -all_words[one]))
    longer = [one for vocabulary in known for one in _longer(word, vocabulary)]
    starts: list[str] = []
    if is_last or not strong:
        starts = [one for vocabulary in known for one in vocabulary.counts if one.startswith(word)]
    parts: list[str] = []
    if word not in all_words:
        for vocabulary in known:
            parts += parts_of(word, vocabulary)
        parts = [one for part in parts for one in _forms(part, known)]
    if not strong and not parts and not (is_last and starts):
        strong = nearest(word, known)
        longer += [one for each in strong for vocabulary in known for one in _longer(each, vocabulary)]
    weak = [one for one in dict.fromkeys([*parts, *longer, *starts]) if one not in strong]
    return strong, weak[:MOST_WEAK]


def _longer(word: str, vocabulary: Vocabulary) -> Sequence[str]:
    """Words that it is a part of."""
    return list(dict.fromkeys(one for key in roots(word) for one in vocabulary.made_of.get(key, ())))


def _said_by_editors(
    typed: list[str], known: Sequence[Vocabulary]
) -> tuple[list[tuple[str, ...]], list[str]]:
    """What editors say that words, or words in a row, mean; and the words that are left."""
    meanings = [pair for vocabulary in known for pair in vocabulary.synonyms]
    meanings.sort(key=lambda pair: -len(pair[0]))
    rest, found = list(typed), []
    for words, means in meanings:
        at = next((at for at in range(len(rest)) if _same(rest[at : at + len(words)], words)), None)
        if at is not None and words:
            found.append(means)
            rest[at : at + len(words)] = words if len(words) == 1 else ()
    return found, rest


def _same(typed: Sequence[str], words: Sequence[str]) -> bool:
    return len(typed) == len(words) and all(
        one == other or roots(one) & roots(other) for one, other in zip(typed, words, strict=True)
    )


def _written_together(word: str, beside: Sequence[str], known: Sequence[Vocabulary]) -> list[str]:
    """“afval pas” is afvalpas."""
    together = [
        a + between + b
        for other in beside
        for a, b in ((word, other), (other, word))
        for between in ("", "s")
    ]
    return [one for one in together if any(one in vocabulary.counts for vocabulary in known)]


def _names(word: str, value: str) -> bool:
    return len(word) > 3 and word in words_of(value)


def _term(strong: Sequence[str], weak: Sequence[str], known: Sequence[Vocabulary]) -> Term:
    pages = sum(vocabulary.pages for vocabulary in known) + 1
    stands = max(
        (sum(one.counts.get(word, 0) for one in known) for word in strong[:1] or weak[:1]), default=0
    )
    return Term(tuple(dict.fromkeys(strong)), tuple(weak), 0.1 + log(1 + pages / (1 + stands)))
