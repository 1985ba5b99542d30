"""How much work one token file may ask for.

A file of a few lines can refer to itself into the millions. All that follows, lays and extends takes its
steps from one amount, so that every file is read or refused within a second.
"""

from collections.abc import Iterable

from ..refusal import ThemeRefused, meant

MOST_STEPS = 300_000  # the largest export we know takes a third
OF_A_COLOUR = 40
"""Steps for working one colour out."""
MOST_GUESSES = 5  # of what was meant; a file with more mistakes has one cause
MOST_LOOKS = 40  # for such a guess, each some milliseconds


class Work:
    """What one reading has left."""

    def __init__(self) -> None:
        self.steps = MOST_STEPS
        self.guesses = MOST_GUESSES
        self.looks = MOST_LOOKS
        self.guessed: dict[str, str] = {}

    def step(self, many: int = 1) -> None:
        """Take some steps. Raises ThemeRefused when there are no more."""
        self.steps -= many
        if self.steps < 0:
            raise ThemeRefused(
                [
                    "tokens: sets, groepen of waarden verwijzen zo vaak naar elkaar dat wij dit niet lezen. "
                    "Haal herhaalde verwijzingen weg."
                ]
            )

    def meant(self, name: str, known: Iterable[str]) -> str:
        """“ Bedoelt u …?” for the first mistakes; looks no further when there are many."""
        if name not in self.guessed and self.guesses > 0 and self.looks > 0:
            self.looks -= 1
            self.guessed[name] = meant(name, known)
            self.guesses -= bool(self.guessed[name])
        return self.guessed.get(name, "")
