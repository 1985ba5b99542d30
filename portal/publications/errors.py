"""What can go wrong when the source is asked; no text here holds an answer or an address."""


class NoAnswer(Exception):
    """The root of this tree."""


class Unreachable(NoAnswer):
    """It cannot be reached, is broken, or does not answer in its time: for nobody."""


class Nonsense(NoAnswer):
    """It answers, but not what was asked."""
