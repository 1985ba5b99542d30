"""A logo as SVG, taken in only when it can do nothing but be drawn.

The file is parsed and written out again from what is allowed; what could run, load or link is refused, so the
designer knows.
What drawing programs leave behind (their own elements and attributes) is dropped.
"""

import math
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from .refusal import ThemeRefused, shown

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
MOST = 50_000  # bytes

DRAWN = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "title",
        "desc",
        "defs",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "use",
        "symbol",
    ]
)
REASONS = {
    "script": "een script", "foreignObject": "foreignObject (stukken webpagina)",
    "image": "een ingesloten plaatje", "a": "een link", "filter": "een filter",
    "style": "een stijlblok; zet kleuren op de vormen zelf", "text": "tekst; zet die om in vormen (paden)",
    "animate": "een animatie", "set": "een animatie", "animateTransform": "een animatie",
}  # fmt: skip
ATTRIBUTES = frozenset(
    [
        "id",
        "class",
        "d",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "width",
        "height",
        "points",
        "viewBox",
        "transform",
        "fill",
        "fill-rule",
        "fill-opacity",
        "clip-rule",
        "clip-path",
        "mask",
        "opacity",
        "stroke",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-opacity",
        "offset",
        "stop-color",
        "stop-opacity",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "clipPathUnits",
        "maskUnits",
        "maskContentUnits",
        "preserveAspectRatio",
        "version",
        "role",
        "aria-label",
        "style",
    ]
)
CALLS = re.compile(r"([\w-]*)\s*\(")
HARMLESS = frozenset(
    ["rgb", "rgba", "hsl", "hsla", "matrix", "translate", "scale", "rotate", "skewX", "skewY"]
)
# Nothing that loads or runs may stand in a value; a reference may only point inside the drawing.
DANGEROUS = re.compile(r"javascript:|data:|https?:|//|@|expression|\\|&|<", re.I)
INSIDE = re.compile(r"url\(\s*(['\"]?)#[\w.:-]+\1\s*\)")
NUMBERS = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?", re.I)
MOST_DRAWN = 2_000
"""Shapes, with those that `use` draws again: a small file may not become an endless drawing."""
WIDEST, HIGHEST = 12, 2
"""Of a logo: how many times wider than high, and higher than wide."""


def clean_logo(content: bytes, where: str = "logo.svg") -> str:
    """The drawing, written out anew. Raises ThemeRefused with every reason there is."""
    if len(content) > MOST:
        raise ThemeRefused(
            [f"{where} is {len(content) // 1000} kB; het mag hoogstens {MOST // 1000} kB zijn."]
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ThemeRefused([f"{where} is geen geldige SVG: het is geen tekst in UTF-8."]) from None
    if re.search(r"<!DOCTYPE|<!ENTITY", text, re.I):
        raise ThemeRefused([f"{where} begint met een DOCTYPE of bevat entiteiten. Haal die weg."])
    if re.search(r"<\?(?!xml\s)|<\?xml[^>]*encoding\s*=\s*['\"](?!utf-?8['\"])", text, re.I):
        raise ThemeRefused([f"{where} bevat een opdracht voor een ander programma. Haal die weg."])
    try:
        root = ElementTree.fromstring(text.encode())  # noqa: S314 - no entities, see above
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise ThemeRefused([f"{where} is geen geldige SVG: {shown(error)}"]) from None
    if root.tag != f"{{{SVG}}}svg":
        raise ThemeRefused([f"{where} is geen SVG: het eerste element is “{shown(root.tag)}”."])
    reasons = [f"{where} bevat {reason}." for reason in dict.fromkeys(faults(root))]
    reasons += [f"{where} {reason}" for reason in (size_fault(root), repeats_fault(root)) if reason]
    if reasons:
        raise ThemeRefused(reasons)
    return written(root)


def size_fault(root: ElementTree.Element) -> str:
    """What is wrong with the drawing's size, as the rest of a sentence."""
    if "viewBox" not in root.attrib:
        return "heeft geen viewBox, en kan dus niet meeschalen."
    numbers = [float(one) for one in NUMBERS.findall(root.attrib["viewBox"])]
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)) or min(numbers[2:]) <= 0:
        return "heeft een viewBox die niet kan. Er horen vier getallen te staan."
    ratio = numbers[2] / numbers[3]
    if not 1 / HIGHEST <= ratio <= WIDEST:
        return (
            f"is te lang of te hoog: hoogstens {WIDEST} keer zo breed als hoog, "
            f"en {HIGHEST} keer zo hoog als breed."
        )
    return ""


def repeats_fault(root: ElementTree.Element) -> str:
    """Whether `use` draws in a circle, or draws what draws again until no browser ends."""
    named = {one.attrib["id"]: one for one in root.iter() if "id" in one.attrib}
    known: dict[str, float] = {}

    def drawn(element: ElementTree.Element, above: frozenset[str]) -> float:
        found: float = 1 + sum(drawn(child, above) for child in element)
        target = element.get("href", element.get(f"{{{XLINK}}}href", "")).removeprefix("#")
        if element.tag == f"{{{SVG}}}use" and target in named:
            if target in above:
                return math.inf
            if target not in known:
                known[target] = drawn(named[target], above | {target})
            found += known[target]
        return found

    try:
        endless = drawn(root, frozenset()) > MOST_DRAWN
    except RecursionError:
        endless = True
    return "herhaalt zichzelf te vaak." if endless else ""


def faults(element: ElementTree.Element, depth: int = 0) -> Iterator[str]:
    """What makes a drawing unfit, in words; also removes what drawing programs left behind."""
    if depth > 50:
        yield "te veel lagen in elkaar"
        return
    for child in list(element):
        if (
            not isinstance(child.tag, str)
            or not child.tag.startswith(f"{{{SVG}}}")
            or child.tag == f"{{{SVG}}}metadata"
        ):
            if str(child.tag).startswith("{http://www.w3.org/1999/xhtml}"):
                yield REASONS["foreignObject"]
            element.remove(child)
            continue
        yield from faults(child, depth + 1)
    name = element.tag.removeprefix(f"{{{SVG}}}")
    if name not in DRAWN:
        yield REASONS.get(name, f"het element “{shown(name)}”")
    for attribute, value in list(element.attrib.items()):
        yield from attribute_faults(element, attribute, value)


def attribute_faults(element: ElementTree.Element, name: str, value: str) -> Iterator[str]:
    local = name.removeprefix(f"{{{XLINK}}}")
    if local.lower().startswith("on"):
        yield f"code bij een gebeurtenis ({shown(local)})"
    elif local == "href":
        if not value.startswith("#"):
            yield f"een verwijzing naar buiten ({shown(value)})"
    elif name not in ATTRIBUTES:
        del element.attrib[name]  # left behind by a drawing program
    elif DANGEROUS.search(value) or (name != "aria-label" and unknown_call(value)):
        yield f"een waarde die iets kan laden of uitvoeren ({shown(local)}=“{shown(value)}”)"


def unknown_call(value: str) -> bool:
    """Whether a value calls anything but a colour, a movement or a part of the drawing."""
    return any(name not in HARMLESS for name in CALLS.findall(INSIDE.sub("", value)))


def written(root: ElementTree.Element) -> str:
    """The tree as text, with the usual name space only."""
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return ElementTree.tostring(root, encoding="unicode") + "\n"
