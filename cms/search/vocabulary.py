"""The words of the index, with how they hang together. Made once for each state of a tree, and kept.

That of the library serves all municipalities of a process; one's own words are few.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from uuid import UUID

from django.db import connection

from cms.trees import LIBRARY

from .compounds import parts_of
from .words import roots, sound, words_of

COMPOUND = 8
"""Letters of the shortest word that is looked into."""


class Vocabulary:
    """The words of one tree and what its editors say of them."""

    def __init__(self, counts: Mapping[str, int], pages: int, synonyms: Iterable[tuple[str, str]]) -> None:
        self.counts = counts
        """In how many pages a word stands."""
        self.pages = pages
        self.synonyms = [(tuple(words_of(typed)), tuple(words_of(means))) for typed, means in synonyms]

    @cached_property
    def by_root(self) -> Mapping[str, list[str]]:
        """Words with the same root."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.counts:
            for one in roots(word):
                found[one].append(word)
        return found

    def __contains__(self, word: object) -> bool:
        """Whether it stands on a page, in whatever form."""
        text = str(word)
        return text in self.counts or (len(text) > 5 and any(one in self.by_root for one in roots(text)))

    @cached_property
    def sounds(self) -> Mapping[str, str]:
        """How each word sounds."""
        return {word: sound(word) for word in self.counts if not word.isdigit()}

    @cached_property
    def by_trigram(self) -> Mapping[str, list[str]]:
        """Words by each three letters of their sound."""
        found: dict[str, list[str]] = defaultdict(list)
        for word, heard in self.sounds.items():
            for three in trigrams(heard):
                found[three].append(word)
        return found

    @cached_property
    def made_of(self) -> Mapping[str, list[str]]:
        """For each root the longer words that a word with that root is a part of."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.counts:
            if len(word) >= COMPOUND:
                for one in {one for part in parts_of(word, self.counts) for one in roots(part)}:
                    found[one].append(word)
        return found


def trigrams(heard: str) -> set[str]:
    """Each three letters in a row, with the word's ends."""
    padded = f" {heard} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


@lru_cache(2)
def of_library(generation: int) -> Vocabulary:  # noqa: ARG001  # what it is kept under
    """Of the library as it is under this generation. One query, none when it is kept."""
    return _read(LIBRARY, None)


@lru_cache(400)
def of_municipality(slug: str, municipality: UUID, generation: int) -> Vocabulary:  # noqa: ARG001  # as above
    """Of a municipality's own pages, which are few. One query, none when it is kept."""
    return _read(slug, municipality)


def forget() -> None:
    """For tests, which take back what they wrote."""
    of_library.cache_clear()
    of_municipality.cache_clear()


def _read(tree: str, municipality: UUID | None) -> Vocabulary:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'word', word, count(*)::text FROM cms_indexedpage, unnest(words) word"
            " WHERE tree = %s GROUP BY word"
            " UNION ALL SELECT 'pages', '', count(*)::text FROM cms_indexedpage WHERE tree = %s"
            " UNION ALL SELECT 'synonym', typed, means FROM cms_synonym"
            " WHERE municipality_id IS NOT DISTINCT FROM %s",
            [tree, tree, municipality],
        )
        rows = cursor.fetchall()
    counts = {word: int(count) for kind, word, count in rows if kind == "word"}
    pages = next(int(count) for kind, _word, count in rows if kind == "pages")
    return Vocabulary(counts, pages, [(typed, means) for kind, typed, means in rows if kind == "synonym"])
