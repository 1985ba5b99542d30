"""Running text from a file: only what the editor of running text can make itself, whatever was typed.

Wagtail's own reading of HTML asks the database for each link and stops at a tag that is not closed, so here
is one that does neither. It makes blocks that hold no blocks, which is what the editor stores.
"""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

HEADINGS = {"h1", "h3", "h4", "h5", "h6"}
BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "blockquote",
    "tr",
    "table",
    "pre",
    "dt",
    "dd",
    "header",
    "footer",
}
BOLD = {"b", "strong"}
SAFE = re.compile(r"(?:/(?![/\\])|#|https?://|mailto:|tel:)[^\x00-\x20\x7f-\xa0]*", re.I)
"""Where a link may lead. Nothing a browser could take for something else: no spaces, no control signs."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link that stood in a text: an address, or the kind and id of something of the CMS."""

    address: str
    kind: str = ""
    id: int = 0


@dataclass(slots=True)
class Part:
    """A heading with its text, or a part of the page that is kept as it is."""

    title: str = ""
    text: str = ""
    kept: str = ""
    """The id of that part of the page."""


@dataclass(slots=True)
class Text:
    """What was read: the text before the first heading, the parts, and all links."""

    before: str = ""
    parts: list[Part] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def read_text(html: str, *, in_parts: bool = False) -> Text:
    """Read one cell; with `in_parts` each <h2> begins a part. In plain text an empty line parts."""
    if "<" not in html:
        apart = re.split(r"\n\s*\n", html.replace("\r\n", "\n").strip())
        html = "".join(f"<p>{one.replace(chr(10), '<br>')}</p>" for one in apart)
    reader = _Reader(in_parts)
    reader.feed(_whole_tags(html))
    reader.close()
    return reader.done()


WHOLE = r"[a-zA-Z/][^<>]{0,1000}>"


def _whole_tags(html: str) -> str:
    """Without comments, and with every other sign that begins no whole tag as a sign.

    Python's parser stops at a declaration it does not know, and takes minutes over tags that never end.
    """
    first, *rest = html.split("<!--")
    spoken = first + "".join(piece.partition("-->")[2] for piece in rest)
    return re.sub(rf"<(?!{WHOLE})", "&lt;", re.sub(r"<[!?][^<>]*>?", "", spoken))


def is_safe(link: Link) -> bool:
    """Whether an address may be linked to; something of the CMS is looked up elsewhere."""
    return bool(SAFE.fullmatch(link.address))


class _Reader(HTMLParser):
    """Makes flat blocks of whatever comes. Tags need not be closed, or in order."""

    def __init__(self, in_parts: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._in_parts = in_parts
        self._text = Text()
        self._blocks: list[tuple[str, str]] = []
        self._kind = "p"
        self._inline: list[str] = []
        self._open: list[str] = []
        self._lists: list[str] = []
        self._hidden = 0
        self._aside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._aside:
            self._aside += tag == "aside"
        elif tag in ("script", "style"):
            self._hidden += 1
        elif tag == "aside" and self._in_parts and given.get("data-blok"):
            self._end_block()
            self._end_part()
            self._text.parts.append(Part(kept=given["data-blok"] or ""))
            self._aside = 1
        elif tag == "h2" or tag in HEADINGS or tag in BLOCKS:
            heading = "h2" if tag == "h2" and self._in_parts else "h3"
            self._end_block("p" if tag in BLOCKS else heading)
        elif tag in ("ul", "ol"):
            self._end_block()
            self._lists.append(tag)
        elif tag == "li":
            self._end_block(self._lists[-1] if self._lists else "ul")
        elif tag == "br":
            self._inline.append("<br/>")
        elif tag in BOLD and "b" not in self._open:
            self._start("b", "<b>")
        elif tag == "a" and "a" not in self._open:
            self._link(given)

    def handle_endtag(self, tag: str) -> None:
        if self._aside:
            self._aside -= tag == "aside"
        elif tag in ("script", "style"):
            self._hidden = max(0, self._hidden - 1)
        elif tag in ("ul", "ol"):
            self._end_block()
            if self._lists:
                self._lists.pop()
        elif tag in BOLD:
            self._stop("b")
        elif tag == "a":
            self._stop("a")
        elif tag in HEADINGS or tag in BLOCKS or tag in ("h2", "li"):
            self._end_block()

    def handle_data(self, data: str) -> None:
        if not self._hidden and not self._aside:
            self._inline.append(escape(re.sub(r"\s+", " ", data), quote=False))

    def done(self) -> Text:
        self._end_block()
        self._end_part()
        return self._text

    def _link(self, given: dict[str, str | None]) -> None:
        kind, number = given.get("linktype"), given.get("id") or ""
        if kind in ("page", "document") and re.fullmatch(r"[0-9]{1,9}", number):
            self._text.links.append(Link("", kind, int(number)))
            self._start("a", f'<a id="{int(number)}" linktype="{kind}">')
        elif kind or given.get("href"):
            address = "" if kind else (given.get("href") or "").strip()
            self._text.links.append(Link(address))
            self._start("a", f'<a href="{escape(address)}">')

    def _start(self, name: str, opening: str) -> None:
        self._open.append(name)
        self._inline.append(opening)

    def _stop(self, name: str) -> None:
        if name in self._open:
            while self._open:
                last = self._open.pop()
                self._inline.append(f"</{last}>")
                if last == name:
                    break

    def _end_block(self, then: str = "p") -> None:
        while self._open:
            self._inline.append(f"</{self._open.pop()}>")
        html = "".join(self._inline)
        html = re.sub(r"<(a|b)\b[^>]*></\1>", "", html)
        html = re.sub(r" {2,}", " ", html).strip()
        while html.startswith("<br/>") or html.endswith("<br/>"):
            html = html.removeprefix("<br/>").removesuffix("<br/>").strip()
        kind, self._kind, self._inline = self._kind, then, []
        if not re.sub(r"<[^>]*>", "", html).strip():
            return
        if kind == "h2":
            self._end_part()
            title = re.sub(r"<[^>]*>", "", html)
            self._text.parts.append(Part(title=_unescaped(title)))
        else:
            self._blocks.append((kind, html))

    def _end_part(self) -> None:
        html, inside = "", ""
        for kind, inline in self._blocks:
            if inside and inside != kind:
                html, inside = f"{html}</{inside}>", ""
            if kind in ("ul", "ol"):
                html += ("" if inside else f"<{kind}>") + f"<li>{inline}</li>"
                inside = kind
            else:
                html += f"<{kind}>{inline}</{kind}>"
        html += f"</{inside}>" if inside else ""
        self._blocks = []
        if not html:
            return
        if self._text.parts and not self._text.parts[-1].kept:
            self._text.parts[-1].text += html
        else:
            self._text.before += html


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
