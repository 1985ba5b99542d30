"""How much it takes to come somewhere on the pages: what one must open, press and read, and how hard."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.utils import translation
from django.utils.translation import gettext

from portal.sharing.purposes.plain_words import reading_of

from .browser import Browser

IN_A_LINE = {"a", "abbr", "b", "bdi", "button", "em", "i", "label", "small", "span", "strong", "time"}
UNREAD = {"script", "style", "svg", "title", "noscript"}


class Main(HTMLParser):
    """What there is to read on a page, without the frame around it; each block is a line of its own."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self._inside, self._unread = "", False, 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self._inside = self._inside or tag == "main"
        self._unread += tag in UNREAD
        self.text += "" if tag in IN_A_LINE else "\n"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "main"
        self._unread -= tag in UNREAD
        self.text += "" if tag in IN_A_LINE else "\n"

    def handle_data(self, data: str) -> None:
        if self._inside and not self._unread:
            self.text += " ".join(data.split("\n"))


@dataclass(frozen=True)
class Effort:
    """What one way took."""

    pages: int
    clicks: int
    words: int
    level: float
    """Of its hardest page: words in a sentence, on average, as the product measures its own purposes."""

    def over(self, other: "Effort") -> "Effort":
        """This effort as a part of another."""
        return Effort(*(mine / theirs for mine, theirs in zip(self.parts, other.parts, strict=True)))  # type: ignore[arg-type]

    @property
    def parts(self) -> tuple[float, ...]:
        return (self.pages, self.clicks, self.words, self.level)


@dataclass
class Walk:
    """A way through the pages in one language; the page it begins on does not count, every later one does."""

    browser: Browser
    language: str
    read: list[str] = field(default_factory=list)

    def begins(self, path: str) -> "Walk":
        prefix = "" if self.language == "nl" else f"/{self.language}"
        self.browser.goes(prefix + path)
        self.browser.clicks, self.read = 0, []
        return self

    def follows(self, label: str) -> "Walk":
        self.browser.follows(label)
        return self._reads()

    def presses(self, button: str, **typed: str) -> "Walk":
        self.browser.presses(button, **typed)
        return self._reads()

    def waits(self) -> "Walk":
        """The page goes on by itself, when the phone is ready."""
        self.browser.reloads()
        return self._reads()

    def sees(self, button: str) -> bool:
        """Whether there is such a button here."""
        return any(
            self.said(button) == label for form in self.browser.page.forms for label, _ in form.buttons
        )

    def said(self, dutch: str) -> str:
        """A label as this language has it."""
        with translation.override(self.language):
            return gettext(dutch)

    def _reads(self) -> "Walk":
        assert self.browser.status == 200, (self.browser.status, self.browser.address, self.browser.text)
        self.read.append(Main(self.browser.page.html).text)
        return self

    @property
    def effort(self) -> Effort:
        words = sum(len(page.split()) for page in self.read)
        hardest = max(reading_of(page).mean for page in self.read)
        return Effort(len(self.read), self.browser.clicks, words, hardest)
