"""A logo is drawn once before a theme passes, by what sets letters and receipts: all of those carry it.

What cannot be drawn there would leave a municipality without its logo on paper. And only who draws a logo
knows whether anything of it is to be seen: there are too many ways to hide all of it.
"""

import io
from functools import cache
from pathlib import Path
from typing import Any

import typst
from PIL import Image

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
        picture = _set(drawing, "png")
        shows = picture != _set(drawing.partition(">")[0] + "/>", "png")  # the frame alone
        on_its_ground = _set(drawing, "png", ground=ground or "none")
    except BaseException as fault:
        # What Typst did not foresee comes as a PanicException, which is no Exception and has no module.
        if not isinstance(fault, typst.TypstError) and type(fault).__name__ != "PanicException":
            raise
        raise ThemeRefused(
            [f"{where} is niet af te drukken. Bewaar hem opnieuw, in een ander programma."]
        ) from None
    if not shows:
        raise ThemeRefused([f"{where} is leeg: er is niets op te zien."])
    if ground and _lost(picture, on_its_ground, ground):
        raise ThemeRefused([f"{where} {SWALLOWED[ground]}"])
    return drawing


SWALLOWED = {
    "white": (
        "is zo licht dat u hem, of een groot deel ervan, op wit niet ziet, ook niet op papier. Neem de "
        "gekleurde uitvoering; de witte kunt u logo-dark noemen."
    ),
    "black": "is zo donker dat u hem, of een groot deel ervan, op donker niet ziet. Neem lichtere kleuren.",
}


def _lost(alone: Any, on_ground: Any, ground: str) -> bool:
    """Whether what is seen of a logo on a ground is far smaller than what was drawn.

    One that fills its whole frame brings a ground of its own, of which nothing is lost that counts.
    """
    with Image.open(io.BytesIO(alone)) as image:
        shapes = image.convert("RGBA").getchannel("A").point(lambda alpha: 255 * (alpha > FAINT))
    with Image.open(io.BytesIO(on_ground)) as image:
        greys = image.convert("RGB").convert("L")
    seen = greys.point(lambda grey: 255 * (abs(grey - (255 if ground == "white" else 0)) > FAINT)).getbbox()
    left, top, right, bottom = shapes.getbbox() or (0, 0, 0, 0)
    if seen is None:
        return True
    if (left, top, right, bottom) == (0, 0, *shapes.size):
        return False
    wide, high = seen[2] - seen[0], seen[3] - seen[1]
    return wide < MOST_LOST * (right - left) or high < MOST_LOST * (bottom - top)


def _set(drawing: str, form: Any, ground: str = "none", **how: Any) -> object:
    compiler = typst.Compiler(SHEET, font_paths=_no_typefaces(), ignore_system_fonts=True)
    return compiler.compile(format=form, sys_inputs={"logo": drawing, "ground": ground}, **how)


@cache
def _no_typefaces() -> typst.Fonts:
    """A logo has no text; looking for a machine's typefaces takes longer than drawing it."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
