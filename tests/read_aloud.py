"""What a screen reader makes of a page: each text in its language; and what was left in Dutch there."""

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser

from django.utils.translation import trans_real

SAID = ("alt", "aria-label", "title", "placeholder", "value")
NEVER_CLOSED = {"meta", "link", "img", "input", "br", "source", "hr", "wbr"}
SILENT = {"script", "style"}
LATIN = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Said:
    """A text, or an attribute that is read out."""

    text: str
    language: str
    direction: str


def read_aloud(html: str) -> list[Said]:
    """Everything a page says, in its order."""
    reader = _Reader()
    reader.feed(html)
    return reader.said


def latin_words(text: str) -> set[str]:
    """The words of a text in our letters, without addresses."""
    text = re.sub(r"\S*@\S*|\S+[/.]\S+", " ", text)
    return {word for word in LATIN.findall(text) if word.isascii() or "À" <= word[0] <= "ɏ"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[Said] = []
        self._open = [("", "", "")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        _, language, direction = self._open[-1]
        here = (tag, given.get("lang") or language, given.get("dir") or direction)
        if tag not in NEVER_CLOSED:
            self._open.append(here)
        visible = given.get("type") not in ("hidden", "radio", "checkbox")
        for name in SAID if visible and tag not in ("button", "link", "li", "option") else SAID[:2]:
            if given.get(name):
                self.said.append(Said(str(given[name]), *here[1:]))

    def handle_endtag(self, tag: str) -> None:
        while tag not in NEVER_CLOSED and len(self._open) > 1 and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, language, direction = self._open[-1]
        if data.strip() and tag not in SILENT:
            self.said.append(Said(data.strip(), language, direction))


@contextmanager
def left_in_dutch(language: str) -> Iterator[set[str]]:
    """What was asked for in a language in the block, and had no words in it: ours, and Django's."""
    words = trans_real.translation(language)
    dutch = words._fallback
    listening = _Listening(dutch)
    words._fallback = listening
    try:
        yield listening.asked
    finally:
        words._fallback = dutch


class _Listening(gettext.NullTranslations):
    def __init__(self, dutch: gettext.NullTranslations) -> None:
        super().__init__()
        self.asked: set[str] = set()
        self._dutch = dutch

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return self._dutch.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.asked.add(msgid1)
        return self._dutch.ngettext(msgid1, msgid2, n)
