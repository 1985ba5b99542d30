"""Whether a text can be read by nearly everyone (level B1): how long its sentences are, and hard words.

A measure, not a judgement: it finds what is surely too hard. Source: the government's own advice on B1.
"""

import re
from dataclasses import dataclass

MEAN = 15
"""Words in a sentence, on average."""
LONGEST = 25
"""Words in any one sentence."""

HARD = {
    "middels": "met",
    "teneinde": "om",
    "conform": "volgens",
    "indien": "als",
    "alsmede": "en ook",
    "derhalve": "daarom",
    "dientengevolge": "daardoor",
    "betreffende": "over",
    "omtrent": "over",
    "inzake": "over",
    "jegens": "tegen",
    "desgewenst": "als u dat wilt",
    "voornoemd": "",
    "bovengenoemd": "",
    "geschieden": "gebeuren",
    "geschiedt": "gebeurt",
    "verstrekken": "geven",
    "verstrekt": "geeft",
    "verstrekking": "geven",
    "dienaangaande": "daarover",
    "uwerzijds": "van u",
    "onverwijld": "meteen",
    "verwerkingsverantwoordelijke": "wie beslist over uw gegevens",
    "betrokkene": "u",
    "persoonsgegevens": "gegevens",
    "rechtmatig": "volgens de wet",
    "grondslag": "reden in de wet",
    "doelbinding": "waarvoor",
    "proportioneel": "niet meer dan nodig",
    "subsidiariteit": "",
    "attributen": "gegevens",
    "attribuut": "gegeven",
    "credential": "bewijs",
    "authenticatie": "inloggen",
    "faciliteren": "helpen",
    "implementeren": "maken",
    "monitoren": "volgen",
    "evalueren": "bekijken",
    "participatie": "meedoen",
    "optimaliseren": "beter maken",
    "helaas": "",
    "te allen tijde": "altijd",
    "ten behoeve van": "voor",
    "met betrekking tot": "over",
    "ten aanzien van": "over",
    "op grond van": "door",
    "in het kader van": "voor",
    "uit hoofde van": "door",
}
"""Hard words with a plain one, or nothing where the word can simply go."""

_END = re.compile(r"(?<=[.!?:])\s+|\n+")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard a text is."""

    mean: float
    longest: int
    hard: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        """Whether nothing in it is surely above B1."""
        return self.mean <= MEAN and self.longest <= LONGEST and not self.hard


def reading_of(text: str) -> Reading:
    """Measure one text."""
    lengths = [words(sentence) for sentence in sentences(text)]
    hard = hard_words(text)
    if not lengths:
        return Reading(0, 0, hard)
    return Reading(sum(lengths) / len(lengths), max(lengths), hard)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line that ends without a full stop is one too."""
    return [sentence.strip() for sentence in _END.split(text) if words(sentence)]


def hard_words(text: str) -> tuple[str, ...]:
    """The hard words in it, as they stand in `HARD`."""
    low = " ".join(text.lower().split())
    return tuple(word for word in HARD if re.search(rf"(?<!\w){word}(?!\w)", low))


def words(sentence: str) -> int:
    """How many words a sentence has; a dash is none."""
    return sum(1 for part in sentence.split() if _WORD.search(part))
