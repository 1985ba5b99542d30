"""A logo as SVG, taken in only when it can do nothing but be drawn.

The file is parsed and written out again from what is allowed; what could run, load or link is refused, so the
designer knows.
What drawing programs leave behind (their own elements and attributes) is dropped.
"""

import math
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from .files import NO_UTF8, SIZES, too_large, utf8
from .refusal import ThemeRefused, shown

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
MOST = SIZES["logo.svg"]

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
SHAPES = frozenset(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use"])
REASONS = {
    "script": "een script", "foreignObject": "foreignObject (stukken webpagina)",
    "image": "een ingesloten plaatje", "a": "een link", "filter": "een filter",
    "style": "een stijlblok; zet kleuren op de vormen zelf", "text": "tekst; zet die om in vormen (paden)",
    "animate": "een animatie", "set": "een animatie", "animateTransform": "een animatie",
}  # fmt: skip
ATTRIBUTES = frozenset(
    [
        "id",
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
        "display",
        "visibility",
        "color",
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
STYLES = re.compile(
    r"fill(?:-rule|-opacity)?|stroke(?:-[a-z]+)?|stop-(?:color|opacity)|clip-(?:path|rule)|mask|opacity|color|"
    r"display|visibility|transform(?:-origin|-box)?|mix-blend-mode|isolation|paint-order|vector-effect"
)
"""What `style` may say: how a shape is drawn, never where the drawing stands on a page or what covers it."""
STYLED = re.compile(r"[-\w#.,%()\s]{1,1000}", re.A)
CALLED = re.compile(r"\s*([\w-]*)")
"""The name before a bracket, read from the bracket backward: so every sign is looked at once."""
HARMLESS = frozenset(
    ["rgb", "rgba", "hsl", "hsla", "matrix", "translate", "scale", "rotate", "skewX", "skewY"]
)
# Nothing that loads or runs may stand in a value; a reference may only point inside the drawing.
DANGEROUS = re.compile(r"javascript:|data:|https?:|//|@|expression|\\|&|<", re.I)
ID = re.compile(r"[\w.:-]{1,200}")
"""Nothing that a browser would read as another name: no `%61`, no space that it leaves out."""
INSIDE = re.compile(rf"url\(\s*(['\"]?)#({ID.pattern})\1\s*\)")
DECLARATION = re.compile(
    r"<\?xml(?:\s+(?:version|standalone)\s*=\s*['\"][\w.]+['\"]|\s+encoding\s*=\s*['\"]utf-?8['\"])+\s*\?>",
    re.I,
)
MOST_DRAWN = 2_000
"""Shapes, with those that a reference draws again: a small file may not become an endless drawing."""
OF_A_SHAPE = 50
"""As much of a path counts as one shape more; a whole file of one path is then half of what may be."""
MOST_STEPS = 64
"""From one reference to the next; a longer row draws too many shapes in any order, so this only ends it."""
NUMBER = r"([-+]?(?:[0-9]{1,9}(?:\.[0-9]{0,20})?|\.[0-9]{1,20}))"
VIEW_BOX = re.compile(r"\s{0,9}" + r"(?:\s{0,9},\s{0,9}|\s{1,9})".join([NUMBER] * 4) + r"\s{0,9}", re.A)
LENGTH = re.compile(rf"\s{{0,9}}{NUMBER}(px|pt|mm|cm|in|)\s{{0,9}}", re.A)
"""Of the whole drawing; what is written in another way says no size on paper."""
LEAST, LARGEST = 1, 100_000
"""Of a drawing's own width and height: beyond it, browsers and printers round shapes away."""
WIDEST, HIGHEST = 10, 2
"""Of a logo: how many times wider than high, and higher than wide; wider runs off the paper."""


def clean_logo(content: bytes, where: str = "logo.svg") -> str:
    """The drawing, written out anew. Raises ThemeRefused with every reason there is."""
    if len(content) > MOST:
        raise ThemeRefused([too_large(where, len(content), MOST)])
    root = parsed(content, where)
    if root.tag != f"{{{SVG}}}svg":
        raise ThemeRefused([f"{where} is geen SVG: het eerste element is “{shown(root.tag)}”."])
    reasons = [f"{where} bevat {reason}." for reason in dict.fromkeys(faults(root))]
    reasons += [f"{where} {reason}" for reason in (size_fault(root), repeats_fault(root)) if reason]
    keep_what_draws(root)
    keep_true_size(root)
    if not reasons and not shows(root):
        reasons = [f"{where} is leeg: er staat geen vorm in die te zien is."]
    if reasons:
        raise ThemeRefused(reasons)
    drawing = written(root)
    if len(drawing.encode()) > MOST:
        raise ThemeRefused([f"{where} is uitgeschreven groter dan {MOST // 1000} kB."])
    return drawing


def parsed(content: bytes, where: str) -> ElementTree.Element:
    """The tree of a file that is UTF-8 and names nothing but itself. Raises ThemeRefused."""
    if (text := utf8(content)) is None:
        raise ThemeRefused([f"{where} is geen geldige SVG: {NO_UTF8}"])
    if re.search(r"<!DOCTYPE|<!ENTITY", text, re.I):
        raise ThemeRefused([f"{where} begint met een DOCTYPE of bevat entiteiten. Haal die weg."])
    if "<?" in DECLARATION.sub("", text[:200], count=1) + text[200:]:
        raise ThemeRefused([f"{where} bevat een opdracht voor een ander programma. Haal die weg."])
    parser = ElementTree.XMLParser(target=WithoutDoctype(), encoding="utf-8")  # noqa: S314 - see there
    try:
        parser.feed(text)
        root: ElementTree.Element = parser.close()
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise ThemeRefused([f"{where} is geen geldige SVG: {shown(error)}"]) from None
    return root


class WithoutDoctype(ElementTree.TreeBuilder):
    """Builds no tree of what could define entities, whatever the text before it looked like."""

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise ValueError("DOCTYPE")


def size_fault(root: ElementTree.Element) -> str:
    """What is wrong with the drawing's size, as the rest of a sentence."""
    if "viewBox" not in root.attrib:
        return "heeft geen viewBox, en kan dus niet meeschalen."
    found = VIEW_BOX.fullmatch(root.attrib["viewBox"])
    _left, _top, wide, high = map(float, found.groups()) if found else (0, 0, 0, 0)
    if not LEAST <= min(wide, high) <= max(wide, high) <= LARGEST:
        return (
            "heeft een viewBox die niet kan. Er horen vier getallen te staan: links, boven, breedte en "
            f"hoogte, zoals “0 0 64 32”. Breedte en hoogte zijn {LEAST} tot {LARGEST}."
        )
    return ratio_fault(wide, high)


def ratio_fault(wide: float, high: float) -> str:
    """Whether a logo is too long or too high, as the rest of a sentence."""
    if 1 / HIGHEST <= wide / high <= WIDEST:
        return ""
    return (
        f"is te lang of te hoog: hoogstens {WIDEST} keer zo breed als hoog, "
        f"en {HIGHEST} keer zo hoog als breed."
    )


def repeats_fault(root: ElementTree.Element) -> str:
    """Whether what refers draws in a circle, or draws what draws again until no browser ends."""
    named: dict[str, ElementTree.Element] = {}
    for one in root.iter():
        if (name := one.get("id")) in named:
            return f"heeft meer dan één vorm met de id “{shown(name)}”. Geef elke vorm een eigen naam."
        if name is not None:
            named[name] = one
    known: dict[str, float] = {}

    def drawn(element: ElementTree.Element, above: tuple[str, ...]) -> float:
        found: float = 0
        for one in element.iter():
            found += one.tag != f"{{{SVG}}}stop"  # a step of a gradient is no shape
            found += len(one.get("d", "") + one.get("points", "")) // OF_A_SHAPE
            for target in references(one):
                if target in above or len(above) > MOST_STEPS:
                    return math.inf
                if target in named and target not in known:
                    known[target] = drawn(named[target], (*above, target))
                found += known.get(target, 0)
        return found

    return "herhaalt zichzelf te vaak." if drawn(root, ()) > MOST_DRAWN else ""


def references(element: ElementTree.Element) -> Iterator[str]:
    """What it draws again: as a copy, mask, edge, colour, marker or filter, also out of `style`."""
    for attribute, value in element.attrib.items():
        if attribute.removeprefix(f"{{{XLINK}}}") == "href":
            yield value.removeprefix("#")
        else:
            yield from (name for _quote, name in INSIDE.findall(value))


def keep_what_draws(root: ElementTree.Element) -> None:
    """Leave out of each `style` what is no drawing: places and layers of a page, and what programs note."""
    for element in root.iter():
        if "style" in element.attrib and not (kept := ";".join(map(":".join, styles(element)))):
            del element.attrib["style"]
        elif "style" in element.attrib:
            element.attrib["style"] = kept


def keep_true_size(root: ElementTree.Element) -> None:
    """Leave out a width and height that are none, or of another shape than the drawing: its viewBox counts.

    A size of nothing breaks what is printed, and a false one would get round the limits.
    """
    if (found := VIEW_BOX.fullmatch(root.get("viewBox", ""))) is None:
        return
    _left, _top, wide, high = map(float, found.groups())
    sizes = [LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    width, height = (float(one[1]) if one else 0 for one in sizes)
    units = {one[2] for one in sizes if one}
    if not (width > 0 and height > 0 and len(units) == 1 and 0.98 < width / height / (wide / high) < 1.02):
        root.attrib.pop("width", None)
        root.attrib.pop("height", None)


def styles(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """The properties in an element's `style` that draw, and their values."""
    for one in element.get("style", "").split(";"):
        name, _, value = (part.strip() for part in one.partition(":"))
        value = value.removesuffix("!important").rstrip()
        if STYLES.fullmatch(name.lower()) and STYLED.fullmatch(INSIDE.sub("none", value)):
            yield name.lower(), value


def shows(element: ElementTree.Element) -> bool:
    """Whether there is a shape that is not hidden at first sight; `drawn.py` looks at what comes of it."""
    name = element.tag.removeprefix(f"{{{SVG}}}")
    said = {**element.attrib, **dict(styles(element))}
    if said.get("display", "").strip().lower() == "none" or said.get("opacity", "1").strip() in {"0", "0%"}:
        return False
    return name in SHAPES or (name in {"svg", "g"} and any(map(shows, element)))


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
        elif not ID.fullmatch(value[1:]):
            yield f"een verwijzing naar een naam die niet kan ({shown(value)})"
    elif name == "id" and not ID.fullmatch(value):
        del element.attrib[name]  # a layer's name, to which nothing can refer
    elif name not in ATTRIBUTES:
        del element.attrib[name]  # left behind by a drawing program
    elif DANGEROUS.search(value) or (name != "aria-label" and unknown_call(value)):
        yield f"een waarde die iets kan laden of uitvoeren ({shown(local)}=“{shown(value)}”)"


def unknown_call(value: str) -> bool:
    """Whether a value calls anything but a colour, a movement or a part of the drawing."""
    *before, _last = INSIDE.sub("", value).split("(")
    names = (found[1][::-1] for one in before if (found := CALLED.match(one[::-1])))
    return any(name not in HARMLESS for name in names)


def on_white(drawing: str) -> str:
    """A drawing of ours, with white behind it: for a dark page, where it has no form of its own."""
    start, box, rest = re.split(r'viewBox="([^"]*)"', drawing, maxsplit=1)
    left, top, wide, high = re.split(r"[\s,]+", box.strip())
    plate = f'<rect x="{left}" y="{top}" width="{wide}" height="{high}" fill="#ffffff"/>'
    return f'{start}viewBox="{box}"' + rest.replace(">", f">{plate}", 1)


def written(root: ElementTree.Element) -> str:
    """The tree as text, with the usual name space only."""
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return ElementTree.tostring(root, encoding="unicode") + "\n"
