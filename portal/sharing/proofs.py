"""Whether what was proven under one text is proof under another too: never where a new proof could fail."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from .purposes import Attribute, Version
from .ways import ways


def still_proven(before: Version, now: Version, way: str, age: timedelta) -> Sequence[str]:
    """The names of what `now` takes as proven, when it was first proven `age` ago, by `way`, under `before`.

    Nothing where `now` looks closer: at who proves it, at how old it is, or at the way it comes. Since no
    version may ask more than the one before it, whatever lies in between asked no less than `now` either.
    """
    as_strict = before.personal >= now.personal and before.max_age <= now.max_age
    if not as_strict or age > now.max_age or way not in ways(now, again=False):
        return ()
    known = {_proof(one) for one in before.attributes}
    return [one.name for one in now.attributes if _proof(one) in known]


def _proof(attribute: Attribute) -> Attribute:
    """What is proven of it and how, without how it is worded."""
    return replace(attribute, label="", shown_as=None, required=False)
