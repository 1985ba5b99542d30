"""What a component asks for, read from the comment that opens its template.

The comment is the component's documentation and its contract at once, so the two cannot differ:

    {% comment %}
    A short message that belongs to the page.
      kind*: info | success | warning | error
      title: a heading above the text
      slot: the text
      slot actions: links or buttons below it
    {% endcomment %}

A star means the argument is required; words with bars between them are the only values allowed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from django.template import TemplateSyntaxError

LINE = re.compile(r"^  (?P<slot>slot ?)?(?P<name>[a-z_]*)(?P<star>\*?): (?P<means>.+)$")


class WrongComponent(TemplateSyntaxError):
    """A template uses a component that does not exist, or uses it wrongly."""


@dataclass(frozen=True, slots=True)
class Contract:
    """Arguments and slots of one component."""

    name: str
    about: str
    arguments: dict[str, frozenset[str]]
    """Name to the only values allowed; an empty set allows any."""
    required: frozenset[str]
    slots: frozenset[str]
    """The default slot is the empty name."""

    def check(self, given: dict[str, str | None]) -> None:
        """Raises WrongComponent unless these arguments suit; a value of None is known only later."""
        for name, value in given.items():
            if name not in self.arguments:
                raise WrongComponent(f"{self.name} has no argument “{name}”{nearest(name, self.arguments)}.")
            allowed = self.arguments[name]
            if allowed and value is not None and value not in allowed:
                raise WrongComponent(
                    f"{self.name}: {name} may be {', '.join(sorted(allowed))}; not “{value}”."
                )
        if missing := self.required - given.keys():
            raise WrongComponent(f"{self.name} asks for {', '.join(sorted(missing))}.")

    def check_slot(self, name: str) -> None:
        """Raises WrongComponent when the component has no such slot."""
        if name not in self.slots:
            raise WrongComponent(f"{self.name} has no slot “{name}”{nearest(name, self.slots)}.")


def nearest(name: str, names: Iterable[str]) -> str:
    """“, did you mean …?”, or nothing."""
    found = get_close_matches(name, list(names), n=1)
    return f", did you mean “{found[0]}”?" if found else ""


def contract_of(name: str, source: str) -> Contract:
    """Read the opening comment of a component's template."""
    start, end = "{% comment %}\n", "{% endcomment %}"
    if not source.startswith(start) or end not in source:
        raise WrongComponent(f"The template of {name} does not open with a comment that documents it.")
    comment = source[len(start) : source.index(end)]
    arguments: dict[str, frozenset[str]] = {}
    required, slots, about = set(), set(), []
    for line in filter(None, comment.splitlines()):
        if not (found := LINE.match(line)):
            about.append(line.strip())
        elif found["slot"]:
            slots.add(found["name"])
        else:
            values = found["means"].split(" | ")
            arguments[found["name"]] = frozenset(values if len(values) > 1 else ())
            if found["star"]:
                required.add(found["name"])
    return Contract(name, " ".join(about), arguments, frozenset(required), frozenset(slots))
