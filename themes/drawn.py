"""A logo is drawn once before a theme passes, by what sets letters and receipts: all of those carry it.

What cannot be drawn there would leave a municipality without its logo on paper. And only who draws a logo
knows whether anything of it is to be seen: there are too many ways to hide all of it.
"""

import io
from functools import cache
from pathlib import Path
from typing import Any

import typst
from PIL import Image, ImageChops

from .refusal import ThemeRefused

SHEET = Path(__file__).parent / "drawn.typ"
FAINT = 30
"""Of 255, how far in lightness a logo may be from what it lies on before one sees it."""
MOST_LOST = 0.5
"""How much of a logo's width or height may be lost on what it lies on."""


def drawn(drawing: str, where: str, ground: str = "") -> str:
    """The same drawing, now that it is known to print, and to show on white or black where one is named.

    Raises ThemeRefused.
    """
    try:
        _set(drawing, "pdf", pdf_standards=["a-3a", "ua-1"])
        picture = Image.open(io.BytesIO(_set(drawing, "png"))).convert("RGBA")
    except BaseException as fault:
        # What Typst did not foresee comes as a PanicException, which is no Exception and has no module.
        if not isinstance(fault, typst.TypstError) and type(fault).__name__ != "PanicException":
            raise
        raise ThemeRefused(
            [f"{where} is niet af te drukken. Bewaar hem opnieuw, in een ander programma."]
        ) from None
    if picture.getchannel("A").getbbox() is None:
        raise ThemeRefused([f"{where} is leeg: er is niets op te zien."])
    if ground and _lost(picture, ground):
        raise ThemeRefused([f"{where} {SWALLOWED[ground]}"])
    return drawing


SWALLOWED = {
    "white": (
        "is zo licht dat u hem, of een groot deel ervan, op wit niet ziet, ook niet op papier. Neem de "
        "gekleurde uitvoering; de witte kunt u logo-dark noemen."
    ),
    "black": "is zo donker dat u hem, of een groot deel ervan, op donker niet ziet. Neem lichtere kleuren.",
}


def _lost(picture: Image.Image, ground: str) -> bool:
    """Whether what is seen of a logo on a ground is far smaller than what was drawn.

    One that fills its whole frame brings a ground of its own, of which nothing is lost that counts.
    """
    below = Image.new("RGBA", picture.size, ground)
    greys = Image.alpha_composite(below, picture).convert("L")
    apart = ImageChops.difference(greys, below.convert("L"))
    seen = apart.point(lambda grey: 255 * (grey > FAINT)).getbbox()
    if seen is None:
        return True
    shapes = picture.getchannel("A").point(lambda alpha: 255 * (alpha > FAINT)).getbbox() or seen
    if shapes == (0, 0, *picture.size):
        return False
    (left, top, right, bottom), (from_left, from_top, to_right, to_bottom) = shapes, seen
    return to_right - from_left < MOST_LOST * (right - left) or to_bottom - from_top < MOST_LOST * (
        bottom - top
    )


def _set(drawing: str, form: Any, **how: Any) -> bytes:
    compiler = typst.Compiler(SHEET, font_paths=_no_typefaces(), ignore_system_fonts=True)
    made = compiler.compile(format=form, sys_inputs={"logo": drawing}, **how)
    assert isinstance(made, bytes), "one page"
    return made


@cache
def _no_typefaces() -> typst.Fonts:
    """A logo has no text; looking for a machine's typefaces takes longer than drawing it."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
